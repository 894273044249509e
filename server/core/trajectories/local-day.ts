import type { PatrolPolicy } from '../policy/patrol-policy.ts'

/** Asia/Shanghai is UTC+8 all year since 1992. */
const offsetMilliseconds = 8 * 3_600_000
const dayMilliseconds = 86_400_000

/** The day asked for last, by its number, and how it is written: a batch of fixes asks for the same one again and again. */
let lastNumber = Number.NaN
let lastDay = ''

/** The day in Asia/Shanghai of an instant, `YYYY-MM-DD`. @throws RangeError when it is no instant */
export function localDayOf(time: number): string {
  const number = Math.floor((time + offsetMilliseconds) / dayMilliseconds)
  if (number !== lastNumber) {
    lastDay = new Date(number * dayMilliseconds).toISOString().slice(0, 10)
    lastNumber = number
  }
  return lastDay
}

/** The day so many days later; earlier, where they are negative. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10)

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMilliseconds)

/** Local midnight to local midnight, half-open, epoch milliseconds. @throws RangeError when `day` is no date. */
export function dayBounds(day: string): { readonly from: number; readonly to: number } {
  const from = Date.parse(`${day}T00:00:00Z`) - offsetMilliseconds
  if (Number.isNaN(from) || localDayOf(from) !== day) throw new RangeError(`not a day: ${day}`)
  return { from, to: from + dayMilliseconds }
}

/**
 * The fixes a day's result depends on: those of the day, and those near enough to reach across midnight. A movement
 * across midnight joins fixes at most one gap limit apart, and whether such a fix is believed depends on its own
 * neighbour at most one gap limit further. Load this interval and the day comes out as from the whole history.
 */
export function fixesNeededFor(
  day: string,
  policy: Pick<PatrolPolicy, 'gapSeconds'>,
): { readonly from: number; readonly to: number } {
  const { from, to } = dayBounds(day)
  const margin = 2 * policy.gapSeconds * 1000 + 1
  return { from: from - margin, to: to + margin }
}
