/** Calendar periods of an obligation, and the working days in them. */

import type { ObligationRule } from '../policy/obligation-policy.ts'
import { workingDaysBetween } from '../policy/working-days.ts'
import { addDays } from '../trajectories/local-day.ts'

export interface DuePeriod {
  /** Visits in [from, to) count. */
  readonly from: string
  readonly to: string
  /** The last day on which one is in time. */
  readonly due: string
}

type Rhythm = Pick<ObligationRule, 'per' | 'workingDays'>

/** The calendar period a day lies in. */
function calendarPeriod(day: string, per: ObligationRule['per']): { from: string; to: string } {
  if (per === 'day') return { from: day, to: addDays(day, 1) }
  if (per === 'week') {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const from = addDays(day, -((weekday + 6) % 7))
    return { from, to: addDays(from, 7) }
  }
  const month = Number(day.slice(5, 7))
  const first = per === 'month' ? month : month - ((month - 1) % 3)
  const from = `${day.slice(0, 5)}${String(first).padStart(2, '0')}-01`
  // 31 days or 93 after the first day is always within the next period's first month.
  const to = `${addDays(from, per === 'month' ? 31 : 93).slice(0, 7)}-01`
  return { from, to }
}

/** No calendar has a longer run of days off than this. */
const longestRest = 62

/**
 * The period a day lies in; with working days only, the next one that has a working day: on a day off, the next working day's.
 */
export function periodOn(day: string, { per, workingDays }: Rhythm): DuePeriod {
  let period = calendarPeriod(day, per)
  for (let skipped = 0; ; skipped++) {
    if (!workingDays || skipped > longestRest) return { ...period, due: addDays(period.to, -1) }
    const due = workingDaysBetween(period.from, period.to).at(-1)
    if (due !== undefined) return { ...period, due }
    period = calendarPeriod(period.to, per)
  }
}

/** The period that comes next. */
export const periodAfter = (period: Pick<DuePeriod, 'to'>, rhythm: Rhythm): DuePeriod =>
  periodOn(period.to, rhythm)
