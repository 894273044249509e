/** One worker's month: what is paid and why, what was visited, and every day with what was asked of it. */
import type { ReactNode } from 'react'
import type { MonthSheetAnswer } from '../../../../server/contract/assessment.ts'
import type { Target } from '../../../address.ts'
import { DrawerShell } from '../../../frame/drawer.tsx'
import { Empty, Failed, Loading } from '../../../frame/states.tsx'
import {
  addDays,
  formatDate,
  formatDay,
  formatMoment,
  formatMonth,
  formatNumber,
  formatShare,
  formatWeekday,
} from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { useSay } from '../../../i18n/use-say.ts'
import { navigate, useStored } from '../../../state.ts'
import { WithinError } from '../rule-mark.tsx'
import { workerOfTarget } from '../trace-time.ts'
import { CardMark } from './card-mark.tsx'
import { Reopen } from './close-month.tsx'
import { hasNothing, useMonthShown, useSheets } from './data.ts'
import { ObjectionDrawer } from './objection-drawer.tsx'
import { RecordList } from './record-list.tsx'
import { text } from './text.ts'

/** What is selected in the view of a month's sheets: an objection, or a worker's sheet. */
export function SheetDrawer({ selection }: { readonly selection: Target }): ReactNode {
  if (selection.kind === 'objection') return <ObjectionDrawer id={selection.id} />
  return <WorkerSheet worker={workerOfTarget(selection) ?? selection.id} />
}

function WorkerSheet({ worker }: { readonly worker: string }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const month = useMonthShown() ?? ''
  const { data, current, error, reload } = useSheets()
  const sheet = data?.sheets.find((one) => one.worker === worker)
  return (
    <DrawerShell
      kind={`${say(text.sheets)} · ${formatMonth(language, month)} · ${worker}`}
      title={sheet?.name ?? worker}
    >
      {sheet ? (
        <Sheet key={`${month} ${worker}`} sheet={sheet} month={month} />
      ) : error ? (
        <Failed error={error} onRetry={reload} />
      ) : current ? (
        <Empty title={say(text.none, { month: formatMonth(language, month) })} hint={say(text.noneHint)} />
      ) : (
        <Loading rows={10} />
      )}
    </DrawerShell>
  )
}

interface SheetProps {
  readonly sheet: MonthSheetAnswer
  readonly month: string
}

function Sheet({ sheet, month }: SheetProps): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const counts = (['met', 'not_met', 'excused'] as const).filter(
    (key) => key !== 'excused' || sheet.counts[key] > 0,
  )
  return (
    <>
      {hasNothing(sheet) && <p className="notice">{say(text.nothingReceived)}</p>}
      <dl className="figures is-even">
        {counts.map((key) => (
          <div key={key} className="figure">
            <dt className="quiet">{say(text.counts[key])}</dt>
            <dd>
              <strong>{formatNumber(sheet.counts[key])}</strong>
            </dd>
          </div>
        ))}
        {sheet.days_within_error > 0 && (
          <div className="figure" title={say(text.within.daysTitle)}>
            <dt className="quiet">{say(text.within.days)}</dt>
            <dd>
              <strong>{formatNumber(sheet.days_within_error)}</strong>
            </dd>
          </div>
        )}
        {sheet.total !== null && (
          <div className="figure">
            <dt className="quiet">{say(text.total)}</dt>
            <dd>
              <strong>{formatNumber(sheet.total)}</strong>
            </dd>
          </div>
        )}
        {sheet.score !== null && (
          <div className="figure" title={say(text.scoreNote)}>
            <dt className="quiet">{say(text.score)}</dt>
            <dd>
              <strong>{formatNumber(sheet.score, 1)}</strong>
            </dd>
          </div>
        )}
      </dl>
      {hasState(sheet) && (
        <p className="quiet">
          <CardMark card={sheet.card} /> {sheet.grade && say(text.grades[sheet.grade])}
          {!sheet.is_over && say(text.running)}
          {sheet.closed_by !== null &&
            say(text.closed, { who: sheet.closed_by, when: formatMoment(language, sheet.closed_at) })}
        </p>
      )}
      {sheet.differs && <p className="quiet">{say(text.differs)}</p>}
      {(['patrol', 'information', 'tasks'] as const).map((kind) => (
        <PaymentLines key={kind} kind={kind} payment={sheet[kind]} />
      ))}
      {sheet.notes.includes('few_tasks_dispatched') && <p className="quiet">{say(text.fewTasks)}</p>}
      <Periods sheet={sheet} />
      <Days sheet={sheet} />
      <RecordList worker={sheet.worker} isClosed={sheet.closed_by !== null} />
      {sheet.score !== null && <p className="quiet">{say(text.scoreNote)}</p>}
      <Closings closings={sheet.closings} />
      {sheet.closed_by !== null && <Reopen month={month} worker={sheet.worker} />}
    </>
  )
}

/** Who signed the month off, who took it up again, and what they said. */
function Closings({ closings }: Pick<MonthSheetAnswer, 'closings'>): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  if (closings.length === 0) return null
  const steps = closings.flatMap((one) => [
    { line: text.closedLine, when: one.closed_at, who: one.closed_by, said: one.remark },
    ...(one.reopened_at === null
      ? []
      : [
          {
            line: text.reopenedLine,
            when: one.reopened_at,
            who: one.reopened_by ?? '',
            said: one.reopen_reason,
          },
        ]),
  ])
  return (
    <section aria-label={say(text.closings)} data-testid="closings">
      <h2>{say(text.closings)}</h2>
      <ul className="plain-list entries">
        {steps.map(({ line, when, who, said }) => (
          <li key={`${line.en} ${when}`}>
            {say(line, { when: formatMoment(language, when), who })}
            {said !== null && <div>{said}</div>}
          </li>
        ))}
      </ul>
    </section>
  )
}
/** A card, a grade, that the month still runs or was closed: anything to be said beside the figures. */
const hasState = ({ card, grade, is_over: isOver, closed_by: closedBy }: MonthSheetAnswer): boolean =>
  (card !== null && card !== 'none') || grade !== null || !isOver || closedBy !== null

interface PaymentProps {
  readonly kind: 'patrol' | 'information' | 'tasks'
  readonly payment: MonthSheetAnswer['patrol']
}

function PaymentLines({ kind, payment }: PaymentProps): ReactNode {
  const say = useSay()
  if (!payment) return null
  return (
    <section className="payment">
      <h2>
        {say(text.payments[kind])}
        <span className="payment-amount">{say(text.yuan, { n: formatNumber(payment.amount) })}</span>
      </h2>
      <ul className="plain-list">
        <li className="quiet">{say(text.base, { n: formatNumber(payment.base) })}</li>
        {payment.deductions.map((one) => (
          <li key={one.reason}>
            −{say(text.yuan, { n: formatNumber(one.amount) })} ·{' '}
            {say(text.deductions[one.reason], {
              count: formatNumber(one.count),
              each: formatNumber(one.each),
            })}
            <Evidence list={one.evidence} />
          </li>
        ))}
        {payment.lost && (
          <li>
            <b>{say(text.losses[payment.lost.reason])}</b>
            <Evidence list={payment.lost.evidence} />
          </li>
        )}
      </ul>
    </section>
  )
}

const isDay = (one: string): boolean => /^\d{4}-\d\d-\d\d$/.test(one)

/** Days open what they rest on; ids of records are written out. */
function Evidence({ list }: { readonly list: readonly string[] }): ReactNode {
  return (
    <div className="evidence">
      {list.map((one) => (isDay(one) ? <DayLink key={one} day={one} /> : <code key={one}>{one}</code>))}
    </div>
  )
}

function DayLink({ day }: { readonly day: string }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const choices = useStored((state) => state.address.choices)
  const { view: _, ...others } = choices
  return (
    <button
      type="button"
      className="link-button"
      title={say(text.openDay, { day: formatDay(language, day) })}
      onClick={() => navigate({ day, choices: others })}
    >
      {formatDate(language, day)}
    </button>
  )
}

function Periods({ sheet }: { readonly sheet: MonthSheetAnswer }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  // Where there is nothing to visit, nothing is asked.
  const periods = sheet.periods.filter(({ total }) => total > 0)
  if (periods.length === 0) return null
  return (
    <section>
      <h2>{say(text.periods)}</h2>
      <ul className="plain-list">
        {periods.map((one) => (
          <li key={`${one.target} ${one.from}`}>
            <span aria-hidden="true">{one.met ? '✓' : '✗'}</span>
            <span className="sr-only">{say(one.met ? text.counts.met : text.counts.not_met)}</span>{' '}
            {say(text.periodNames[one.target])} {formatNumber(one.actual)} / {formatNumber(one.total)}{' '}
            <span className="quiet">
              {say(text.ofRequired, { share: formatShare(one.required_share) })}
              {one.is_running && ` · ${say(text.stillRuns)}`} · {formatDay(language, one.from)} –{' '}
              {formatDay(language, addDays(one.to, -1))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const withinTitle = (
  one: MonthSheetAnswer['days'][number]['targets'][number],
  say: Say,
): string | undefined =>
  one.within_error
    ? say(text.within.by, { required: formatNumber(one.required, 2), error: formatNumber(one.error, 2) })
    : undefined

function Days({ sheet }: { readonly sheet: MonthSheetAnswer }): ReactNode {
  const say = useSay()
  const language = useStored((state) => state.language)
  const asked = sheet.days.filter(
    ({ status }) => status === 'met' || status === 'not_met' || status === 'excused',
  )
  if (asked.length === 0) return null
  const targets = asked[0]?.targets.map(({ target }) => target) ?? []
  return (
    <section>
      <h2>{say(text.days)}</h2>
      <table className="sheet-days">
        <thead>
          <tr>
            <th scope="col">{say(text.day)}</th>
            {targets.map((target) => (
              <th key={target} scope="col">
                {say(text.targets[target])}
              </th>
            ))}
            <th scope="col">{say(text.verdict)}</th>
          </tr>
        </thead>
        <tbody>
          {asked.map((day) => (
            <tr key={day.day} className={`is-${day.status}`}>
              <th scope="row">
                <DayLink day={day.day} />{' '}
                <span className="quiet">
                  {formatWeekday(language, day.day)} {day.kind !== 'working' && say(text.dayKinds[day.kind])}
                </span>
              </th>
              {day.targets.map((one) => (
                <td key={one.target} className={one.met ? '' : 'is-short'} title={withinTitle(one, say)}>
                  {one.target === 'online' ? (
                    <>
                      <span aria-hidden="true">{one.met ? '✓' : '✗'}</span>
                      <span className="sr-only">{say(one.met ? text.counts.met : text.counts.not_met)}</span>
                    </>
                  ) : (
                    formatNumber(one.actual, one.target === 'hours' || one.target === 'kilometres' ? 2 : 0)
                  )}
                </td>
              ))}
              <td>
                {day.excuse ? (
                  <span title={day.excuse.reason}>{say(text.excuses[day.excuse.kind])}</span>
                ) : (
                  say(text.counts[day.status])
                )}
                {day.within_error && <WithinError />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
