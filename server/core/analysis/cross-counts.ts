/** Counts for linked charts: each under every filter but its own, so that what is not chosen can still be seen and chosen. */
import { addDays, dayBounds, daysBetween } from '../trajectories/local-day.ts'
import type { RecordTable } from './records.ts'
import { hourOfWeek, withoutSeverity } from './select-records.ts'
import type { Days, IncidentFilter } from './values.ts'

const dayMilliseconds = 86_400_000

/** How many lie in a period; `before`: in the period compared with, null without one. */
export interface Bar<Key> {
  readonly key: Key
  readonly count: number
  readonly before: number | null
}

export interface CrossCounts {
  /** All incidents of the period. */
  readonly read: number
  /** Under all filters. */
  readonly total: number
  readonly before: number | null
  /** Every day of the period, and of the period compared with. */
  readonly days: readonly { readonly day: string; readonly count: number }[]
  readonly compareDays: readonly { readonly day: string; readonly count: number }[] | null
  readonly categories: readonly Bar<string>[]
  readonly severities: readonly Bar<string | null>[]
  readonly statuses: readonly Bar<string>[]
  /** By cell of the ground, an index; −1: in none. */
  readonly cells: readonly Bar<number>[]
  /** Monday to Sunday, each by the hour. */
  readonly week: readonly (readonly number[])[]
}

interface WholeDays {
  readonly from: string
  readonly to: string
}

/** Bits of the filters a record fails. */
const fails = { category: 1, severity: 2, status: 4, hour: 8 } as const

/**
 * @param cellOf for each record the cell it lies in, negative: in none
 * @param compare a period set beside the filter's own, or null
 */
export function crossCounts(
  table: RecordTable,
  filter: IncidentFilter & { readonly period: WholeDays },
  compare: WholeDays | null,
  cellOf: Int32Array,
): CrossCounts {
  const now = tally(table, filter, filter.period, cellOf)
  const then = compare && tally(table, filter, compare, cellOf)
  const bars = <Key>(words: readonly Key[], counts: (of: Tally) => Float64Array): Bar<Key>[] =>
    words
      .map((key, code) => ({ key, count: counts(now)[code]!, before: then && counts(then)[code]! }))
      .filter(({ count, before }) => count > 0 || (before ?? 0) > 0)
  return {
    read: now.read,
    total: now.total,
    before: then && then.total,
    days: daysOf(filter.period, now.days),
    compareDays: compare && then && daysOf(compare, then.days),
    categories: bars(table.categories, (of) => of.category),
    severities: bars(table.severities, (of) => of.severity),
    statuses: bars(table.statuses, (of) => of.status),
    cells: bars([-1, ...Array.from({ length: now.cells.length - 1 }, (_, i) => i)], (of) => of.cells),
    week: Array.from({ length: 7 }, (_, day) => [...now.week.subarray(day * 24, day * 24 + 24)]),
  }
}

interface Tally {
  readonly read: number
  readonly total: number
  readonly days: Float64Array
  readonly category: Float64Array
  readonly severity: Float64Array
  readonly status: Float64Array
  /** The first stands for none. */
  readonly cells: Float64Array
  readonly week: Float64Array
}

function tally(table: RecordTable, filter: IncidentFilter, period: WholeDays, cellOf: Int32Array): Tally {
  const [from, to] = [dayBounds(period.from).from, dayBounds(period.to).from]
  const severities = table.severities.map((one) => one ?? withoutSeverity)
  const [category, severity, status] = [
    failing(table.categories, filter.categories, fails.category),
    failing(severities, filter.severities, fails.severity),
    failing(table.statuses, filter.statuses, fails.status),
  ]
  const hours = Uint8Array.from({ length: 168 }, (_, hour) =>
    (filter.hours?.includes(hour % 24) ?? true) &&
    (filter.weekdays?.includes(Math.floor(hour / 24) + 1) ?? true)
      ? 0
      : fails.hour,
  )
  const mostCell = cellOf.reduce((most, cell) => (cell > most ? cell : most), -1)
  const counts = {
    days: new Float64Array(daysBetween(period.from, period.to)),
    category: new Float64Array(table.categories.length),
    severity: new Float64Array(table.severities.length),
    status: new Float64Array(table.statuses.length),
    cells: new Float64Array(mostCell + 2),
    week: new Float64Array(168),
  }
  let [read, total] = [0, 0]
  for (let row = 0; row < table.size; row++) {
    const time = table.occurredAt[row]!
    if (time < from || time >= to) continue
    read++
    const hour = hourOfWeek(time)
    const failed =
      category[table.category[row]!]! |
      severity[table.severity[row]!]! |
      status[table.status[row]!]! |
      hours[hour]!
    if ((failed & ~fails.category) === 0) counts.category[table.category[row]!]!++
    if ((failed & ~fails.severity) === 0) counts.severity[table.severity[row]!]!++
    if ((failed & ~fails.status) === 0) counts.status[table.status[row]!]!++
    if ((failed & ~fails.hour) === 0) counts.week[hour]!++
    if (failed !== 0) continue
    total++
    counts.days[Math.floor((time - from) / dayMilliseconds)]!++
    counts.cells[Math.max(-1, cellOf[row]!) + 1]!++
  }
  return { read, total, ...counts }
}

const failing = (words: readonly string[], asked: readonly string[] | null, bit: number): Uint8Array =>
  Uint8Array.from(words, (word) => (asked === null || asked.includes(word) ? 0 : bit))

const daysOf = ({ from }: Days & WholeDays, counts: Float64Array): { day: string; count: number }[] =>
  Array.from(counts, (count, i) => ({ day: addDays(from, i), count }))
