/** Which records a question counts, and why each of the others does not. */
import { dayBounds } from '../trajectories/local-day.ts'
import type { RecordTable } from './records.ts'
import type { Days, IncidentFilter } from './values.ts'

const hourMilliseconds = 3_600_000
/** Asia/Shanghai is UTC+8 all year since 1992. */
const offsetHours = 8

/** Why a record is not counted; the first reason that holds, in this order. */
export interface LeftOut {
  readonly otherCategory: number
  readonly otherSeverity: number
  readonly otherStatus: number
  readonly otherPeriod: number
  /** Another hour of the day or day of the week. */
  readonly otherHour: number
}

export interface SelectedRecords {
  /** Rows of the table, ascending. */
  readonly rows: Uint32Array
  readonly leftOut: LeftOut
}

/** Hour of the week in Asia/Shanghai: 0 is Monday 0–1 o'clock, 167 Sunday 23–24. */
export function hourOfWeek(time: number): number {
  // 1 January 1970 was a Thursday: three days after a Monday.
  const hour = (Math.floor(time / hourMilliseconds) + offsetHours + 3 * 24) % 168
  return hour < 0 ? hour + 168 : hour
}

/** Days as epoch milliseconds, half-open; an open end is infinite. */
export const boundsOf = ({ from, to }: Days): { from: number; to: number } => ({
  from: from === null ? Number.NEGATIVE_INFINITY : dayBounds(from).from,
  to: to === null ? Number.POSITIVE_INFINITY : dayBounds(to).from,
})

/** What a severity that is none is called in a filter. */
export const withoutSeverity = 'none'

/**
 * The rows that a filter lets through.
 * @param period instead of the filter's own: the same filter at another time
 * @param countsOtherDays false: records of other days were not asked for and stand nowhere
 */
export function selectRecords(
  table: RecordTable,
  filter: IncidentFilter,
  period: Days = filter.period,
  countsOtherDays = true,
): SelectedRecords {
  const { from, to } = boundsOf(period)
  const category = wanted(table.categories, filter.categories)
  const severity = wanted(
    table.severities.map((one) => one ?? withoutSeverity),
    filter.severities,
  )
  const status = wanted(table.statuses, filter.statuses)
  const hours = wantedHours(filter)
  const rows = new Uint32Array(table.size)
  let size = 0
  const left = { otherCategory: 0, otherSeverity: 0, otherStatus: 0, otherPeriod: 0, otherHour: 0 }
  for (let row = 0; row < table.size; row++) {
    const time = table.occurredAt[row]!
    const elsewhen = time < from || time >= to
    if (elsewhen && !countsOtherDays) continue
    if (category[table.category[row]!] === 0) left.otherCategory++
    else if (severity[table.severity[row]!] === 0) left.otherSeverity++
    else if (status[table.status[row]!] === 0) left.otherStatus++
    else if (elsewhen) left.otherPeriod++
    else if (hours !== null && hours[hourOfWeek(time)] === 0) left.otherHour++
    else rows[size++] = row
  }
  return { rows: rows.slice(0, size), leftOut: left }
}

/** For each word 1 if it is asked for. */
function wanted(words: readonly string[], asked: readonly string[] | null): Uint8Array {
  const set = asked && new Set(asked)
  return Uint8Array.from(words, (word) => (set === null || set.has(word) ? 1 : 0))
}

function wantedHours({ hours, weekdays }: IncidentFilter): Uint8Array | null {
  if (hours === null && weekdays === null) return null
  return Uint8Array.from({ length: 168 }, (_, hour) =>
    (hours?.includes(hour % 24) ?? true) && (weekdays?.includes(Math.floor(hour / 24) + 1) ?? true) ? 1 : 0,
  )
}

/** The records of the table within days, whatever their kind: what the legend's colours are made from. */
export function rowsOfPeriod(table: RecordTable, period: Days): Uint32Array {
  const { from, to } = boundsOf(period)
  const rows = new Uint32Array(table.size)
  let size = 0
  for (let row = 0; row < table.size; row++) {
    const time = table.occurredAt[row]!
    if (time >= from && time < to) rows[size++] = row
  }
  return rows.slice(0, size)
}
