import type { Obligation } from './values.ts'

/** Many obligations as a few figures. Ages in days. */
export interface ObligationSummary {
  readonly total: number
  /** Of which a rule asks something; the next four add up to it. */
  readonly asked: number
  readonly done: number
  readonly pending: number
  readonly missed: number
  readonly intervalNotKept: number
  /** Whose due day has passed. */
  readonly overdue: number
  readonly never: number
  /** Of those ever visited; null where none was. */
  readonly oldestDays: number | null
  /** The middle one, the older of two, never older than any; null where that is never, and of nothing. */
  readonly medianDays: number | null
}

export function summarise(obligations: readonly Obligation[]): ObligationSummary {
  const count = (is: (one: Obligation) => boolean): number => obligations.filter(is).length
  const ages = obligations.map(({ ageDays }) => ageDays ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
  const known = ages.filter(Number.isFinite)
  const median = ages[Math.floor(ages.length / 2)]
  return {
    total: obligations.length,
    asked: count(({ status }) => status !== null),
    done: count(({ status }) => status === 'done'),
    pending: count(({ status }) => status === 'pending'),
    missed: count(({ status }) => status === 'missed'),
    intervalNotKept: count(({ status }) => status === 'interval_not_kept'),
    overdue: count(({ overdueDays }) => overdueDays > 0),
    never: ages.length - known.length,
    oldestDays: known.at(-1) ?? null,
    medianDays: median !== undefined && Number.isFinite(median) ? median : null,
  }
}
