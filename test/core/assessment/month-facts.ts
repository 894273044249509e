/** Months put together by hand. October 2026 has 18 working days: 8, 9, 10 (a Saturday, made up), 12–16, 19–23, 26–30. */
import { daysOfMonth } from '../../../server/core/assessment/judge-days.ts'
import type { DayFacts, MonthFacts } from '../../../server/core/assessment/values.ts'

export const goodDay = (day: string): DayFacts => ({
  day,
  grids: ['g1'],
  fixes: 700,
  insideSeconds: 4.2 * 3600,
  insideMetres: 3300,
  insideErrorSeconds: null,
  insideErrorMetres: null,
  creditedSeconds: 0,
  creditedMetres: 0,
  rounds: 2,
  keyPersons: 3,
  keyPlaces: 1,
})

/** A short day: everything as it should be but for the hours. */
export const shortDay = (day: string): DayFacts => ({ ...goodDay(day), insideSeconds: 3.9 * 3600 })

/** A month in which every day is good, with what differs. Days off are worked as well, which must not matter. */
export function monthOf(
  month: string,
  short: readonly string[] = [],
  more: Partial<MonthFacts> = {},
): MonthFacts {
  return {
    worker: 'w1',
    month,
    until: '2099-01-01',
    days: daysOfMonth(month).map((day) => (short.includes(day) ? shortDay(day) : goodDay(day))),
    excuses: [],
    meetings: [],
    reports: Array.from({ length: 20 }, (_, i) => `r${i}`),
    missed: [],
    tasks: ['t1', 't2', 't3', 't4'].map((id) => ({ id, day: `${month}-05`, isDone: true })),
    periods: [],
    monthsBelowBefore: 0,
    ...more,
  }
}
