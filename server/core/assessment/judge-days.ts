import type { DayTarget } from '../policy/assessment-policy.ts'
import { dayKind } from '../policy/working-days.ts'
import { isAllWithinError, isWithinError, shownError } from '../trajectories/within-error.ts'
import type { DayFacts, DayVerdict, Excuse, MonthFacts, TargetResult } from './values.ts'

const dayMilliseconds = 86_400_000

/** Every day of a month, `YYYY-MM`. */
export function daysOfMonth(month: string): string[] {
  const days: string[] = []
  for (let time = Date.parse(`${month}-01T00:00:00Z`); ; time += dayMilliseconds) {
    const day = new Date(time).toISOString().slice(0, 10)
    if (!day.startsWith(month)) return days
    days.push(day)
  }
}

/**
 * Each day of a month: what was asked, what was reached. Nothing is asked on a day off, on an excused day, or without a grid; what was
 * done on such a day is not held against anybody and not counted either.
 */
export function judgeDays(
  { month, until, days: facts, excuses }: Pick<MonthFacts, 'month' | 'until' | 'days' | 'excuses'>,
  targets: readonly DayTarget[],
): DayVerdict[] {
  const byDay = new Map(facts.map((one) => [one.day, one]))
  return daysOfMonth(month).map((day): DayVerdict => {
    const kind = dayKind(day)
    const one = byDay.get(day)
    const nothing = { day, kind, targets: [], withinError: null, excuse: null }
    if (kind === 'rest' || kind === 'holiday' || targets.length === 0) return { ...nothing, status: 'off' }
    if (day >= until) return { ...nothing, status: 'ahead' }
    if (!one || one.grids.length === 0) return { ...nothing, status: 'unassigned' }
    const results = targets.map((target) => judgeTarget(target, one))
    const excuse = firstOf(excuses.filter(({ from, to }) => from <= day && day < to))
    if (excuse) return { day, kind, targets: results, withinError: null, excuse, status: 'excused' }
    return {
      day,
      kind,
      targets: results,
      withinError: isAllWithinError(results),
      excuse: null,
      status: results.every(({ met }) => met) ? 'met' : 'not_met',
    }
  })
}

const firstOf = (excuses: readonly Excuse[]): Excuse | null =>
  excuses.toSorted((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1))[0] ??
  null

function judgeTarget(target: DayTarget, day: DayFacts): TargetResult {
  const exact = {
    online: day.fixes,
    hours: (day.insideSeconds + day.creditedSeconds) / 3600,
    kilometres: (day.insideMetres + day.creditedMetres) / 1000,
    rounds: day.rounds,
    key_persons: day.keyPersons,
    key_places: day.keyPlaces,
  }[target.target]
  const error = errorOf(target, day)
  const required = target.target === 'online' ? 1 : target.required
  return {
    target: target.target,
    required,
    // As the patrol day's own rules are rounded (judge-rules.ts).
    actual: Math.floor(exact * 100 + 1e-6) / 100,
    met: exact + 1e-8 >= required,
    error: shownError(error),
    withinError: isWithinError(exact, required, error),
  }
}

/** In the target's own unit. Credits are decided, not measured: the error is that of what was measured. */
function errorOf({ target }: DayTarget, { insideErrorSeconds, insideErrorMetres }: DayFacts): number | null {
  if (target === 'hours' && insideErrorSeconds !== null) return insideErrorSeconds / 3600
  if (target === 'kilometres' && insideErrorMetres !== null) return insideErrorMetres / 1000
  return null
}

/**
 * The longest run of working days not met, the first of equals. A day off lies in no run and ends none, and so with a day without a
 * grid; an excused day ends it: nobody is charged with the days around a sickness.
 */
export function longestRun(days: readonly DayVerdict[]): string[] {
  let longest: string[] = []
  let run: string[] = []
  for (const { day, status } of days) {
    if (status === 'met' || status === 'excused') run = []
    else if (status === 'not_met') run = [...run, day]
    if (run.length > longest.length) longest = run
  }
  return longest
}
