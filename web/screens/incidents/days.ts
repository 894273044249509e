/** Counts by day as bars, by week where days would be too thin. Pure. */
import { addDays } from '../../i18n/format.ts'

export interface Bar {
  /** Days since the first day of the axis; half-open. */
  readonly from: number
  readonly to: number
  readonly count: number
}

export const dayNumber = (day: string, first: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86_400_000)

/** Bars of so many days each from the first day on; days without a count are 0, the last bar may be shorter. */
export function barsOf(
  days: readonly { readonly day: string; readonly count: number }[],
  first: string,
  length: number,
  each: number,
): Bar[] {
  const bars = Array.from({ length: Math.ceil(length / each) }, (_, i) => ({
    from: i * each,
    to: Math.min(length, (i + 1) * each),
    count: 0,
  }))
  for (const { day, count } of days) {
    const bar = bars[Math.floor(dayNumber(day, first) / each)]
    if (bar) bar.count += count
  }
  return bars
}

/** First days of months within the axis, at most about `most`, with their number of days since its start. */
export function monthTicks(first: string, length: number, most: number): { at: number; month: string }[] {
  const months: { at: number; month: string }[] = []
  let day = `${first.slice(0, 7)}-01`
  if (day < first) day = `${addDays(day, 31).slice(0, 7)}-01`
  for (; dayNumber(day, first) <= length; day = `${addDays(day, 31).slice(0, 7)}-01`)
    months.push({ at: dayNumber(day, first), month: day.slice(0, 7) })
  const every = Math.max(1, Math.ceil(months.length / most))
  return months.filter((_, index) => index % every === 0)
}
