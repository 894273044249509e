/** The codes that fit a plan's grids: looked at first, then taken as edits like any other. */
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { PlanCodes } from '../../../../server/contract/plans.ts'
import type { Refusal } from '../../../../server/core/planning/drawing/edit.ts'
import { api, load } from '../../../api.ts'
import type { ApiError } from '../../../api-error.ts'
import { Failed } from '../../../frame/states.tsx'
import { formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useEditing } from './editing.ts'
import { text } from './recode-text.ts'
import type { Session } from './session.ts'
import { takeEdits } from './take-edits.ts'

export function Recode({ plan }: { readonly plan: string }): ReactNode {
  const session = useEditing((editing) => editing.session)
  const canDraw = useEditing((editing) => editing.canDraw)
  return session && canDraw ? <RecodeOn key={plan} plan={plan} session={session} /> : null
}

function RecodeOn({ plan, session }: { readonly plan: string; readonly session: Session }): ReactNode {
  const say = useSay()
  const [codes, setCodes] = useState<PlanCodes | null>(null)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)
  const [outdated, setOutdated] = useState(false)
  const [refused, setRefused] = useState<Refusal | null>(null)
  /** Of what is saved: what waits is sent first. */
  const look = async (): Promise<void> => {
    setBusy(true)
    setFailed(null)
    setRefused(null)
    try {
      if (await session.settled()) setCodes(await load(api.planCodes(plan), new AbortController().signal))
    } catch (thrown) {
      setFailed(thrown as ApiError)
    } finally {
      setBusy(false)
    }
  }
  const take = async (wanted: PlanCodes): Promise<void> => {
    const { revision, waiting } = session.store.read()
    const isOutdated = revision !== wanted.revision || waiting.length > 0
    setOutdated(isOutdated)
    if (isOutdated) return look()
    const why = takeEdits(session, wanted.edits)
    setRefused(why)
    if (why === null) setCodes(null)
  }
  return (
    <div className="recode">
      {!codes && (
        <Button size="small" loading={busy} onClick={() => void look()}>
          {say(text.recode)}
        </Button>
      )}
      {failed && <Failed error={failed} onRetry={() => void look()} />}
      {codes && (
        <section aria-label={say(text.recode)}>
          <p className="quiet">
            {say(outdated ? text.changed : codes.codes.length > 0 ? text.hint : text.nothing)}
          </p>
          <CodeTable codes={codes.codes} />
          {refused && <p role="alert">{say(refused.message)}</p>}
          {codes.flaws.map((flaw) => (
            <p key={`${flaw.code} ${flaw.place.id}`} role="alert">
              {say(flaw.message)}
            </p>
          ))}
          {codes.codes.length > 0 && (
            <Button size="small" type="primary" loading={busy} onClick={() => void take(codes)}>
              {say(text.take)}
            </Button>
          )}{' '}
          <Button size="small" onClick={() => setCodes(null)}>
            {say(text.close)}
          </Button>
        </section>
      )}
    </div>
  )
}

function CodeTable({ codes }: Pick<PlanCodes, 'codes'>): ReactNode {
  const say = useSay()
  if (codes.length === 0) return null
  return (
    <table className="change-table">
      <thead>
        <tr>
          <th>{say(text.from)}</th>
          <th>{say(text.to)}</th>
          <th className="is-right">{say(text.households)}</th>
          <th className="is-right">{say(text.shared)}</th>
        </tr>
      </thead>
      <tbody>
        {codes.map((one) => (
          <tr key={one.from}>
            <td>{one.from}</td>
            <td>{one.to}</td>
            <td className="is-right">{formatNumber(one.households)}</td>
            <td className="is-right">{one.is_new ? say(text.isNew) : formatNumber(one.shared_households)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
