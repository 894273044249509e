/** Who read personal data: for administrators of an area, for workers of what is theirs. Newest first, page by page. */
import { Button, Drawer, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Access } from '../../../server/contract/accesses.ts'
import { api } from '../../api.ts'
import { accesses as accessesOf } from '../../api-accesses.ts'
import { addDays, formatDay, formatMoment } from '../../i18n/format.ts'
import type { Language, Say } from '../../i18n/language.ts'
import { useSay } from '../../i18n/use-say.ts'
import { today, useArea } from '../../period.ts'
import { useStored } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { text as accountText } from '../account-text.ts'
import { Failed, Loading } from '../states.tsx'
import { text } from './text.ts'

type Action = Access['action']

const shownDays = 90
/** Where nobody signs in, the name that ledgers have is no name of a person. */
const openAccount = /^local-(administrator|supervisor|planner|analyst|worker)$/
const actions = Object.keys(text.actions) as Action[]

export interface AccessesDrawerProps {
  /** The worker whose account it is; null: an administrator, who reads of everybody. */
  readonly own: { readonly town: string } | null
  readonly onClose: () => void
}

export function AccessesDrawer({ own, onClose }: AccessesDrawerProps): ReactNode {
  const say = useSay()
  const area = useArea()
  const [action, setAction] = useState<Action | undefined>(undefined)
  const [pages, setPages] = useState(1)
  const to = addDays(today(), 1)
  const code = own?.town ?? area?.code
  const days = { from: addDays(to, -shownDays), to }
  const wanted = code === undefined ? null : accessesOf(code, days, action, pages)
  const { data, error, loading, reload } = useResource(wanted)
  const title = own ? say(text.openOwn) : `${say(text.title)} · ${area?.name ?? ''}`
  return (
    <Drawer open onClose={onClose} title={title} size={480}>
      <p className="quiet">{say(own ? text.aboutOwn : text.about, { days: shownDays })}</p>
      <Select<Action | ''>
        aria-label={say(text.which)}
        className="access-kind"
        value={action ?? ''}
        onChange={(chosen) => {
          setAction(chosen === '' ? undefined : chosen)
          setPages(1)
        }}
        options={[
          { value: '', label: say(text.all) },
          ...actions.map((one) => ({ value: one, label: say(text.actions[one]) })),
        ]}
      />
      {error && !data && <Failed error={error} onRetry={reload} />}
      {!error && !data && <Loading rows={8} />}
      {data && data.accesses.length === 0 && <p>{say(text.none, { days: shownDays })}</p>}
      {data && <AccessList accesses={data.accesses} />}
      {data && data.next !== null && (
        <Button loading={loading} onClick={() => setPages(pages + 1)}>
          {say(text.more)}
        </Button>
      )}
    </Drawer>
  )
}

function AccessList({ accesses }: { readonly accesses: readonly Access[] }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { data: tree } = useResource(api.areas())
  const areaName = (code: string): string => tree?.areas.find((one) => one.code === code)?.name ?? code
  return (
    <ul className="accesses">
      {accesses.map(({ at, by, action, subject }, index) => (
        // Two readings may be alike in everything told of them.
        // oxlint-disable-next-line react/no-array-index-key -- entries are only ever added at the end
        <li key={index}>
          {say(text.deed, {
            deed: say(text.actions[action]),
            whose: subjectWords(subject, { say, language, areaName }),
          })}
          <p className="quiet">
            {say(text.by, {
              who: openAccount.test(by) ? say(accountText.thisMachine) : by,
              at: formatMoment(language, at, true),
            })}
          </p>
        </li>
      ))}
    </ul>
  )
}

interface Words {
  readonly say: Say
  readonly language: Language
  readonly areaName: (code: string) => string
}

/** `worker:w1/2026-10-08` in words. What is not known is told as it stands. */
export function subjectWords(subject: string, { say, language, areaName }: Words): string {
  const [, kind = '', rest = ''] = /^([a-z]+):?(.*)$/s.exec(subject) ?? []
  if (kind === 'area') return areaName(rest)
  if (kind === 'incident') return say(text.incident, { id: rest })
  if (kind === 'household') {
    return rest === '' ? say(text.noHousehold) : say(text.households, { ids: rest.replaceAll(',', '、') })
  }
  const [, id = '', day] = /^(.*?)(?:\/(\d{4}-\d\d-\d\d))?$/s.exec(rest) ?? []
  if (kind !== 'worker' && kind !== 'workers') return subject
  const whose = kind === 'workers' ? say(text.workers) : say(text.worker, { id })
  return day === undefined ? whose : say(text.ofDay, { whose, day: formatDay(language, day, true) })
}
