/**
 * By when what has to be done with an incident, and whether it was: worked out from its history, the policy and the calendar each
 * time, never kept, so that a holiday published late or a policy put right moves what is still open.
 */
import {
  categoryOf,
  type IncidentLevel,
  type IncidentPolicy,
  type Urgency,
} from '../policy/incident-policy.ts'
import type { LifeStep } from './life.ts'
import {
  endOfWorkingDays,
  type WorkingCalendar,
  workingDayMilliseconds,
  workingTimeBetween,
} from './working-time.ts'

/** `unknown`: it was done, nobody wrote down when. */
export type DeadlineStatus = 'on_time' | 'due_soon' | 'overdue' | 'met' | 'met_late' | 'unknown'

export interface Deadline {
  /** `take_on`: accepted, passed up or handled by the level it arrived at · `answer`: answered or resolved. */
  readonly kind: 'take_on' | 'answer'
  readonly level: IncidentLevel
  /** Since when it runs. Epoch milliseconds, as the others. */
  readonly from: number
  readonly dueAt: number
  /** When it was met; null: not yet, or nobody knows. */
  readonly metAt: number | null
  readonly status: DeadlineStatus
  /** Working time from now to the due instant, negative when it has passed; null once it is met. */
  readonly workingMillisecondsLeft: number | null
  /** Working time during which it did not run. */
  readonly stoppedMilliseconds: number
}

export interface IncidentHistory {
  readonly category: string
  readonly urgency: Urgency
  /** In order, the report first: its instant is the moment from which time runs. At least one. */
  readonly steps: readonly LifeStep[]
}

const doneStates: readonly LifeStep['to'][] = ['resolved', 'verified', 'closed']

/** In the order in which they began. */
export function deadlines(
  history: IncidentHistory,
  policy: IncidentPolicy,
  calendar: WorkingCalendar,
  now: number,
): Deadline[] {
  return [...takingOn(history, policy, calendar, now), answering(history, policy, calendar, now)]
}

/** One for each arrival at a level: reported, or passed up to it. */
function takingOn(
  { category, urgency, steps }: IncidentHistory,
  policy: IncidentPolicy,
  calendar: WorkingCalendar,
  now: number,
): Deadline[] {
  const days = categoryOf(policy, category).takeOnWorkingDays ?? policy.takeOnWorkingDays
  return steps.flatMap((step, i): Deadline[] => {
    // A file may begin with a state further on: nobody wrote down when it arrived there.
    const isArrival = step.action === 'pass_up' || (step.action === 'report' && step.to === 'reported')
    if (!isArrival) return []
    const dueAt =
      urgency === 'emergency'
        ? step.at + policy.emergencyMinutes * 60_000
        : endOfWorkingDays(calendar, step.at, days)
    const met = steps.slice(i + 1).find(({ action }) => action !== 'note' && action !== 'tell')
    return [
      {
        kind: 'take_on',
        level: step.level,
        from: step.at,
        stoppedMilliseconds: 0,
        ...judged(dueAt, met?.at ?? null, policy, calendar, now),
      },
    ]
  })
}

function answering(
  { category, steps }: IncidentHistory,
  policy: IncidentPolicy,
  calendar: WorkingCalendar,
  now: number,
): Deadline {
  const days = categoryOf(policy, category).answerWorkingDays ?? policy.answerWorkingDays
  const first = steps[0]!
  const last = steps.at(-1)!
  const stops: readonly LifeStep['to'][] = policy.clockStopsIn
  // The run of done states at the end, if there is one: what was returned before was not done.
  const lastOpen = steps.findLastIndex(({ to }) => !doneStates.includes(to))
  const done = steps[lastOpen + 1]
  const metAt = lastOpen < 0 ? null : (done?.at ?? null)
  let stopped = 0
  for (const [i, step] of steps.entries()) {
    if (i > lastOpen) break
    const state = doneStates.includes(step.to) ? 'resolved' : step.to
    if (stops.includes(state)) stopped += workingTimeBetween(calendar, step.at, steps[i + 1]?.at ?? now)
  }
  const dueAt = endOfWorkingDays(calendar, first.at, days, stopped)
  const shared = { kind: 'answer', level: last.level, from: first.at, stoppedMilliseconds: stopped } as const
  if (done && metAt === null)
    return { ...shared, dueAt, metAt, status: 'unknown', workingMillisecondsLeft: null }
  return { ...shared, ...judged(dueAt, metAt, policy, calendar, now) }
}

function judged(
  dueAt: number,
  metAt: number | null,
  policy: IncidentPolicy,
  calendar: WorkingCalendar,
  now: number,
): Pick<Deadline, 'dueAt' | 'metAt' | 'status' | 'workingMillisecondsLeft'> {
  if (metAt !== null)
    return { dueAt, metAt, status: metAt <= dueAt ? 'met' : 'met_late', workingMillisecondsLeft: null }
  const left = workingTimeBetween(calendar, now, dueAt)
  return { dueAt, metAt, status: openStatus(dueAt, policy, calendar, now), workingMillisecondsLeft: left }
}

/** Of a deadline that is not met. */
export function openStatus(
  dueAt: number,
  policy: Pick<IncidentPolicy, 'dueSoonWorkingDays'>,
  calendar: WorkingCalendar,
  now: number,
): 'overdue' | 'due_soon' | 'on_time' {
  if (now > dueAt) return 'overdue'
  const soon = policy.dueSoonWorkingDays * workingDayMilliseconds(calendar)
  return workingTimeBetween(calendar, now, dueAt) <= soon ? 'due_soon' : 'on_time'
}

/** When each deadline that is not met is due. */
export const openDues = (all: readonly Deadline[]): number[] =>
  all.flatMap(({ dueAt, workingMillisecondsLeft }) => (workingMillisecondsLeft === null ? [] : [dueAt]))

/** Whether time to answer does not run in a state: what is due in it is due later with each moment. */
export const standsStill = (state: LifeStep['to'], { clockStopsIn }: IncidentPolicy): boolean =>
  !doneStates.includes(state) && (clockStopsIn as readonly LifeStep['to'][]).includes(state)

/** The one that has to be kept next: the earliest that is still open; null where nothing is. */
export function nextDeadline(all: readonly Deadline[]): Deadline | null {
  const open = all.filter(({ workingMillisecondsLeft }) => workingMillisecondsLeft !== null)
  return open.reduce<Deadline | null>(
    (best, one) => (best === null || one.dueAt < best.dueAt ? one : best),
    null,
  )
}
