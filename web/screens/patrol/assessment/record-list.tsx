/** What was recorded of a worker's month beside the patrols: leave, meetings, reports, tasks, findings; with the forms to enter them. */
import { Button, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { type DutyRecord, withdrawDutyRecord } from '../../../api-assessment.ts'
import type { ApiError } from '../../../api-error.ts'
import { ToggledForm } from '../../../frame/entry-form.tsx'
import { Failed, Loading } from '../../../frame/states.tsx'
import { addDays, formatDate, formatMoment } from '../../../i18n/format.ts'
import type { Language } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { useStored } from '../../../state.ts'
import { refreshResources } from '../../../use-resource.ts'
import { usePatrolDayShown } from '../data.ts'
import { useDutyRecords, useMayAssess } from './data.ts'
import { text } from './entry-text.ts'
import { RecordForm } from './record-form.tsx'

interface Props {
  readonly worker: string
  /** Nothing may be entered: the month is signed off. */
  readonly isClosed: boolean
}

export function RecordList({ worker, isClosed }: Props): ReactNode {
  const say = useSay()
  const area = useArea()
  const day = usePatrolDayShown()
  const mayAssess = useMayAssess()
  const { data, current, error, reload } = useDutyRecords(worker)
  if (!area || !day) return null
  const records = current ? data?.records : undefined
  return (
    <section aria-label={say(text.records)}>
      <h2>{say(text.records)}</h2>
      {error && !records && <Failed error={error} onRetry={reload} />}
      {!records && !error && <Loading rows={3} />}
      {records?.length === 0 && <p className="quiet">{say(text.noRecords)}</p>}
      {records && records.length > 0 && (
        <ul className="plain-list entries">
          {records.map((record) => (
            <li key={record.id}>
              <Record record={record} area={area.code} mayChange={mayAssess && !isClosed} />
            </li>
          ))}
        </ul>
      )}
      {mayAssess &&
        (isClosed ? (
          <p className="quiet">{say(text.closedNow)}</p>
        ) : (
          <ToggledForm label={say(text.addRecord)}>
            {(close) => <RecordForm area={area.code} worker={worker} day={day} onClose={close} />}
          </ToggledForm>
        ))}
    </section>
  )
}

interface RecordProps {
  readonly record: DutyRecord
  readonly area: string
  readonly mayChange: boolean
}

function Record({ record, area, mayChange }: RecordProps): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const [failed, setFailed] = useState<ApiError | null>(null)
  const what = `${say(text.kinds[record.kind])} ${daysOf(record, language)}`
  const withdraw = async (): Promise<void> => {
    setFailed(null)
    try {
      await withdrawDutyRecord(area, record.id)
      refreshResources()
    } catch (thrown) {
      setFailed(thrown as ApiError)
    }
  }
  return (
    <>
      <div>
        <b>{what}</b> · {say(stateOf(record))}
      </div>
      <div>{record.note}</div>
      <div className="quiet">
        {say(text.enteredBy, { who: record.entered_by, when: formatMoment(language, record.entered_at) })}
      </div>
      {mayChange && (
        <div className="entry-actions">
          <ToggledForm size="small" label={say(text.changeRecord)} title={say(text.changeOf, { what })}>
            {(close) => (
              <RecordForm
                area={area}
                worker={record.worker}
                day={record.from}
                record={record}
                onClose={close}
              />
            )}
          </ToggledForm>
          <Popconfirm
            title={say(text.withdrawOf, { what })}
            description={say(text.withdrawing)}
            okText={say(text.withdraw)}
            onConfirm={() => void withdraw()}
          >
            <Button size="small" aria-label={say(text.withdrawOf, { what })}>
              {say(text.withdraw)}
            </Button>
          </Popconfirm>
        </div>
      )}
      {failed && <Failed error={failed} />}
    </>
  )
}

const stateOf = ({ kind, state }: DutyRecord) =>
  kind === 'finding' ? text.findingMissed : text.states[state as keyof typeof text.states]

/** 10月12日, or 10月12日 – 10月16日: people name the last day. */
function daysOf({ from, to }: DutyRecord, language: Language): string {
  const last = addDays(to, -1)
  const first = formatDate(language, from)
  return last === from ? first : `${first} – ${formatDate(language, last)}`
}
