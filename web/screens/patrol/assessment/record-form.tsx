/** Enters a duty record, or puts one right. */
import { Input, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { dutyStates } from '../../../../server/core/assessment/duty-states.ts'
import { type DutyRecord, enterDutyRecord } from '../../../api-assessment.ts'
import { EntryForm, type Faults, Field, useSending } from '../../../frame/entry-form.tsx'
import { addDays } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { refreshResources } from '../../../use-resource.ts'
import { text } from './entry-text.ts'

type Kind = DutyRecord['kind']
type State = keyof typeof text.states
type FieldName = 'kind' | 'from' | 'to' | 'state' | 'note'

const kinds = Object.keys(dutyStates) as Kind[]
/** Excuses last for days; the others happen on one. */
const lasts = (kind: Kind): boolean => (dutyStates[kind] as readonly string[]).includes('granted')

interface Props {
  readonly area: string
  readonly worker: string
  /** Of the month shown: where a new record begins. */
  readonly day: string
  /** The one to be put right; absent: a new one. */
  readonly record?: DutyRecord
  readonly onClose: () => void
}

export function RecordForm({ area, worker, day, record, onClose }: Props): ReactNode {
  const say = useSay()
  const [kind, setKind] = useState<Kind>(record?.kind ?? 'leave')
  const [from, setFrom] = useState(record?.from ?? day)
  // People name the last day, the service the one after it.
  const [last, setLast] = useState(record ? addDays(record.to, -1) : day)
  const states = dutyStates[kind] as readonly State[]
  const [chosen, setChosen] = useState<string | undefined>(record?.state)
  const state = states.find((one) => one === chosen) ?? states[0]!
  const [note, setNote] = useState(record?.note ?? '')
  const sending = useSending<FieldName>(
    { kind: 'kind', from: 'from', to: 'to', state: 'state', note: 'note' },
    () => {
      refreshResources()
      onClose()
    },
  )
  const until = lasts(kind) ? last : from
  const faults = (): Faults<FieldName> => ({
    ...(from === '' && { from: text.dayMissing }),
    ...(lasts(kind) && until === '' && { to: text.dayMissing }),
    ...(from !== '' && until !== '' && until < from && { to: text.daysTurned }),
    ...(note.trim() === '' && { note: text.noteMissing }),
  })
  return (
    <EntryForm
      label={say(text.save)}
      sending={sending}
      onCancel={onClose}
      onSend={() =>
        sending.send(faults(), () =>
          enterDutyRecord(area, {
            id: record?.id ?? newId(),
            worker,
            kind,
            from,
            to: addDays(until, 1),
            state,
            note: note.trim(),
          }),
        )
      }
    >
      <Field label={say(text.kind)} fault={sending.faults.kind}>
        {(aria) => (
          <Select<Kind>
            {...aria}
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: say(text.kinds[value]) }))}
          />
        )}
      </Field>
      <div className="entry-row">
        <Field label={say(lasts(kind) ? text.firstDay : text.oneDay)} fault={sending.faults.from}>
          {(aria) => (
            <Input {...aria} type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
        {lasts(kind) && (
          <Field label={say(text.lastDay)} fault={sending.faults.to}>
            {(aria) => (
              <Input
                {...aria}
                type="date"
                min={from}
                value={last}
                onChange={(event) => setLast(event.target.value)}
              />
            )}
          </Field>
        )}
      </div>
      {states.length > 1 && (
        <Field label={say(text.state)} fault={sending.faults.state}>
          {({ id }) => (
            <Radio.Group
              id={id}
              aria-label={say(text.state)}
              value={state}
              onChange={(event) => setChosen(String(event.target.value))}
              options={states.map((value) => ({ value, label: say(text.states[value]) }))}
            />
          )}
        </Field>
      )}
      <Field label={say(text.note)} hint={say(text.noteHint)} fault={sending.faults.note}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            rows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}

/** Of the sender's own, so that a record sent twice is one. Offices use plain http, where `crypto.randomUUID` is absent. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((one) => one.toString(16).padStart(8, '0')).join('')
