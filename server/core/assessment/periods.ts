/** Weeks and months as periods of days. */
import type { PeriodTarget } from '../policy/assessment-policy.ts'
import { addDays } from '../trajectories/local-day.ts'

export interface Period {
  /** [from, to). */
  readonly from: string
  readonly to: string
}

/** The month as days; `to` is the first of the next. */
export function monthPeriod(month: string): Period {
  const from = `${month}-01`
  return { from, to: `${addDays(from, 31).slice(0, 7)}-01` }
}

/** Weeks, Monday to Sunday, that end in a month. */
export function weeksOf(month: string): Period[] {
  const { from, to } = monthPeriod(month)
  const weekday = new Date(`${from}T00:00:00Z`).getUTCDay()
  const weeks: Period[] = []
  // The Monday after the first Sunday of the month.
  for (let end = addDays(from, weekday === 0 ? 1 : 8 - weekday); end <= to; end = addDays(end, 7))
    weeks.push({ from: addDays(end, -7), to: end })
  return weeks
}

export const periodsOf = (month: string, per: PeriodTarget['per']): Period[] =>
  per === 'week' ? weeksOf(month) : [monthPeriod(month)]
