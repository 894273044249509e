/** One objection: what is claimed, by whom, and how it was decided; or the form to decide. */
import { Input, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Objection } from '../../../../server/contract/assessment.ts'
import { api } from '../../../api.ts'
import { decideObjection } from '../../../api-assessment.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { EntryForm, type Faults, Field, ToggledForm, useSending } from '../../../frame/entry-form.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import { formatClock, formatDay, formatMoment, formatNumber } from '../../../i18n/format.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { useArea } from '../../../period.ts'
import { navigate, useStored } from '../../../state.ts'
import { refreshResources, useResource } from '../../../use-resource.ts'
import { formatSpan, midnightOf, spanOf } from '../trace-time.ts'
import { useMayAssess, useObjections } from './data.ts'
import { clockOfEnd, stateOf } from './day-objections.tsx'
import { text } from './entry-text.ts'
import { useNames } from './objection-list.tsx'

export function ObjectionDrawer({ id }: { readonly id: string }): ReactNode {
  const say = useSay()
  const { data, current, error, reload } = useObjections()
  const names = useNames()
  const found = data?.objections.find((one) => one.id === id)
  return (
    <DrawerShell
      kind={`${say(text.objections)}${found ? ` · ${found.worker}` : ''}`}
      title={found ? (names.get(found.worker) ?? found.worker) : say(text.objections)}
    >
      {found ? (
        <Details key={id} objection={found} />
      ) : error ? (
        <Failed error={error} onRetry={reload} />
      ) : current ? (
        <Empty title={say(text.notFound)} />
      ) : (
        <Loading rows={6} />
      )}
    </DrawerShell>
  )
}

const minutesOf = ({ from, to }: Objection): number => (Date.parse(to) - Date.parse(from)) / 60_000

function Details({ objection }: { readonly objection: Objection }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const { decided_by: by, decided_at: at } = objection
  const minutes = formatNumber(minutesOf(objection))
  return (
    <>
      <dl className="facts">
        <dt>{say(text.state)}</dt>
        <dd>
          <b>{say(stateOf(objection))}</b>
        </dd>
        <dt>{say(text.claimed)}</dt>
        <dd>
          {formatDay(language, objection.day)} {formatClock(objection.from)}–{clockOfEnd(objection)} ·{' '}
          {say(text.minutes, { n: minutes })}
        </dd>
        <dt>{say(text.claim)}</dt>
        <dd>{objection.claim}</dd>
        <dt>{say(text.enteredLine)}</dt>
        <dd>
          {say(text.byAt, { who: objection.entered_by, when: formatMoment(language, objection.entered_at) })}
        </dd>
        {by !== null && (
          <>
            <dt>{say(text.decidedLine)}</dt>
            <dd>{say(text.byAt, { who: by, when: formatMoment(language, at) })}</dd>
            <dt>{say(text.reason)}</dt>
            <dd>{objection.reason}</dd>
            <dt>{say(text.credited)}</dt>
            <dd>
              {say(text.creditedValue, {
                minutes: formatNumber(objection.credited_seconds / 60),
                kilometres: formatNumber(objection.credited_metres / 1000, 2),
              })}
            </dd>
          </>
        )}
      </dl>
      <p>
        <button
          type="button"
          className="link-button"
          onClick={() =>
            navigate({
              day: objection.day,
              choices: { span: formatSpan(spanOf(objection, midnightOf(objection.day))) },
              selection: { kind: 'worker', id: objection.worker },
            })
          }
        >
          {say(text.openDay)}
        </button>
      </p>
      {objection.verdict === null && <Deciding objection={objection} />}
    </>
  )
}

/** The way to decide, or why it is not there. */
function Deciding({ objection }: { readonly objection: Objection }): ReactNode {
  const say = useSay()
  const area = useArea()
  const person = useResource(api.session()).data?.name
  const mayAssess = useMayAssess()
  if (!area || person === undefined) return null
  if (!mayAssess) return <p className="quiet">{say(text.notYours)}</p>
  if (person === objection.entered_by) return <p className="quiet">{say(text.own)}</p>
  return (
    <section aria-label={say(text.decide)}>
      <ToggledForm label={say(text.decide)}>
        {(close) => <DecideForm area={area.code} objection={objection} onClose={close} />}
      </ToggledForm>
    </section>
  )
}

type FieldName = 'verdict' | 'minutes' | 'kilometres' | 'reason'

interface FormProps {
  readonly area: string
  readonly objection: Objection
  readonly onClose: () => void
}

function DecideForm({ area, objection, onClose }: FormProps): ReactNode {
  const say = useSay()
  const claimed = minutesOf(objection)
  const [verdict, setVerdict] = useState<'upheld' | 'rejected'>('upheld')
  const [minutes, setMinutes] = useState(String(claimed))
  const [kilometres, setKilometres] = useState('0')
  const [reason, setReason] = useState('')
  const sending = useSending<FieldName>(
    { verdict: 'verdict', credited_seconds: 'minutes', credited_metres: 'kilometres', reason: 'reason' },
    () => {
      refreshResources()
      onClose()
    },
  )
  const isUpheld = verdict === 'upheld'
  const faults = (): Faults<FieldName> => ({
    ...(isUpheld && !isWithin(minutes, claimed) && { minutes: numberUpTo(claimed) }),
    ...(isUpheld && !isWithin(kilometres, 100) && { kilometres: numberUpTo(100) }),
    ...(reason.trim() === '' && { reason: text.reasonMissing }),
  })
  return (
    <EntryForm
      label={say(text.decide)}
      sending={sending}
      onCancel={onClose}
      onSend={() =>
        sending.send(faults(), () =>
          decideObjection(area, objection.id, {
            verdict,
            credited_seconds: isUpheld ? Math.round(Number(minutes) * 60) : null,
            credited_metres: isUpheld ? Math.round(Number(kilometres) * 1000) : 0,
            reason: reason.trim(),
          }),
        )
      }
    >
      <Field label={say(text.verdict)} fault={sending.faults.verdict}>
        {({ id }) => (
          <Radio.Group
            id={id}
            aria-label={say(text.verdict)}
            value={verdict}
            onChange={(event) => setVerdict(event.target.value as typeof verdict)}
            options={(['upheld', 'rejected'] as const).map((value) => ({
              value,
              label: say(text.verdicts[value]),
            }))}
          />
        )}
      </Field>
      {isUpheld && (
        <div className="entry-row">
          <Field
            label={say(text.creditMinutes)}
            hint={say(text.atMost, { n: formatNumber(claimed) })}
            fault={sending.faults.minutes}
          >
            {(aria) => (
              <Input
                {...aria}
                inputMode="decimal"
                value={minutes}
                onChange={(event) => setMinutes(event.target.value)}
              />
            )}
          </Field>
          <Field label={say(text.creditKilometres)} fault={sending.faults.kilometres}>
            {(aria) => (
              <Input
                {...aria}
                inputMode="decimal"
                value={kilometres}
                onChange={(event) => setKilometres(event.target.value)}
              />
            )}
          </Field>
        </div>
      )}
      <Field label={say(text.reason)} fault={sending.faults.reason}>
        {(aria) => (
          <Input.TextArea
            {...aria}
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </EntryForm>
  )
}

const isWithin = (typed: string, most: number): boolean =>
  /^\s*\d+([.]\d+)?\s*$/.test(typed) && Number(typed) <= most

const numberUpTo = (max: number) => ({
  zh: text.notNumber.zh.replace('{max}', formatNumber(max)),
  en: text.notNumber.en.replace('{max}', formatNumber(max)),
})
