/** What an area goes by: the policy in force of each kind, what is to come, who set what and why; for administrators the form. */
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import type { Policies } from '../../../server/contract/policies.ts'
import { api } from '../../api.ts'
import { formatDay, formatMoment } from '../../i18n/format.ts'
import { useSay } from '../../i18n/use-say.ts'
import { today, useArea } from '../../period.ts'
import { useStored } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { ToggledForm } from '../entry-form.tsx'
import { Failed, Loading } from '../states.tsx'
import { PolicyForm, type PolicyKind } from './policy-form.tsx'
import { text } from './text.ts'

type Policy = Policies['policies'][number]

const kinds = Object.keys(text.kinds) as PolicyKind[]

export function PoliciesDrawer({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = useSay()
  const area = useArea()
  const { data: session } = useResource(api.session())
  const { data, error, reload } = useResource(area ? api.policies(area.code) : null)
  const maySet = session?.role === 'administrator'
  return (
    <Drawer open onClose={onClose} title={`${say(text.title)} · ${area?.name ?? ''}`} size={480}>
      <p className="quiet">{say(text.about)}</p>
      {error && !data && <Failed error={error} onRetry={reload} />}
      {!error && !data && <Loading rows={6} />}
      {data && area && (
        <>
          {kinds.map((kind) => (
            <Kind key={kind} kind={kind} area={area.code} policies={data.policies} maySet={maySet} />
          ))}
          <History changes={data.changes} />
        </>
      )}
    </Drawer>
  )
}

interface KindProps {
  readonly kind: PolicyKind
  readonly area: string
  /** Of all kinds; of one kind the nearest area first, newest first. */
  readonly policies: readonly Policy[]
  readonly maySet: boolean
}

function Kind({ kind, area, policies, maySet }: KindProps): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const day = today()
  const own = policies.filter((one) => one.kind === kind)
  const inForce = own.find((one) => one.from <= day && (one.to === null || day < one.to))
  const upcoming = own.filter((one) => one.from > day)
  const name = say(text.kinds[kind])
  const told = (one: Policy): string =>
    say(text.inForce, { name: one.name, area: one.area_name, from: formatDay(language, one.from, true) }) +
    (one.to === null ? '' : say(text.until, { to: formatDay(language, one.to, true) }))
  return (
    <section className="policy" aria-label={name}>
      <h2>{name}</h2>
      <p>{inForce ? told(inForce) : say(text.preset)}</p>
      {upcoming.map((one) => (
        <p key={`${one.area} ${one.from}`} className="quiet">
          {say(text.upcoming)}：{told(one)}
        </p>
      ))}
      {inForce && (
        <details>
          <summary className="quiet">{say(text.rules)}</summary>
          <pre>{JSON.stringify(inForce.rules, null, 2)}</pre>
        </details>
      )}
      {maySet && (
        <ToggledForm size="small" label={say(text.set)} title={say(text.setKind, { kind: name })}>
          {(close) => <PolicyForm kind={kind} area={area} standing={inForce} onClose={close} />}
        </ToggledForm>
      )}
    </section>
  )
}

function History({ changes }: { readonly changes: Policies['changes'] }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  return (
    <section className="policy">
      <h2>{say(text.history)}</h2>
      {changes.length === 0 && <p className="quiet">{say(text.noHistory)}</p>}
      <ul className="stretches">
        {changes.map((one) => (
          <li key={one.id}>
            {say(text.change, {
              kind: say(text.kinds[one.kind]),
              name: one.name,
              from: formatDay(language, one.from, true),
            })}
            <p className="quiet">
              {say(text.by, {
                who: one.changed_by,
                at: formatMoment(language, one.changed_at, true),
                reason: one.reason,
              })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
