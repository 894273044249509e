/** A worker's claim about a part of a day: typed, or marked on the timeline below. */
import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { enterObjection } from '../../../api-assessment.ts'
import { EntryForm, type Faults, Field, useSending } from '../../../frame/entry-form.tsx'
import { useSay } from '../../../i18n/use-say.ts'
import { refreshResources } from '../../../use-resource.ts'
import { clockOf, midnightOf, type Span } from '../trace-time.ts'
import { text } from './entry-text.ts'
import { secondOf } from './typed-time.ts'

type FieldName = 'from' | 'to' | 'claim'

interface Props {
  readonly area: string
  readonly worker: string
  readonly day: string
  /** The part of the day that is marked, if any: the form follows it. */
  readonly marked: Span | null
  readonly onClose: () => void
}

export function ObjectionForm({ area, worker, day, marked, onClose }: Props): ReactNode {
  const say = useSay()
  const [times, setTimes] = useState(() => timesOf(marked))
  const [followed, setFollowed] = useState(marked)
  if (marked && (marked.from !== followed?.from || marked.to !== followed.to)) {
    setFollowed(marked)
    setTimes(timesOf(marked))
  }
  const [claim, setClaim] = useState('')
  const sending = useSending<FieldName>({ from: 'from', to: 'to', claim: 'claim' }, () => {
    refreshResources()
    onClose()
  })
  const span = { from: secondOf(times.from), to: secondOf(times.to) }
  const faults = (): Faults<FieldName> => ({
    ...(span.from === null && { from: text.timeMissing }),
    ...(span.to === null && { to: text.timeMissing }),
    ...(span.from !== null && span.to !== null && span.to <= span.from && { to: text.timesTurned }),
    ...(claim.trim() === '' && { claim: text.claimMissing }),
  })
  const instant = (second: number | null): string =>
    new Date(midnightOf(day) + (second ?? 0) * 1000).toISOString()
  return (
    <EntryForm
      label={say(text.submit)}
      sending={sending}
      onCancel={onClose}
      onSend={() =>
        sending.send(faults(), () =>
          enterObjection(area, {
            worker,
            from: instant(span.from),
            to: instant(span.to),
            claim: claim.trim(),
          }),
        )
      }
    >
      <p className="quiet">{say(text.objectHint)}</p>
      <div className="entry-row">
        <Field label={say(text.fromTime)} fault={sending.faults.from}>
          {(aria) => (
            <Input
              {...aria}
              inputMode="numeric"
              placeholder={clockOf(0)}
              value={times.from}
              onChange={(event) => setTimes({ ...times, from: event.target.value })}
            />
          )}
        </Field>
        <Field label={say(text.toTime)} fault={sending.faults.to}>
          {(aria) => (
            <Input
              {...aria}
              inputMode="numeric"
              placeholder={clockOf(0)}
              value={times.to}
              onChange={(event) => setTimes({ ...times, to: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={say(text.claim)} hint={say(text.claimHint)} fault={sending.faults.claim}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            rows={3}
            maxLength={2000}
            value={claim}
            onChange={(event) => setClaim(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}

const timesOf = (span: Span | null): { readonly from: string; readonly to: string } =>
  span ? { from: clockOf(span.from), to: clockOf(span.to) } : { from: '', to: '' }
