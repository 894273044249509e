import type { ObligationRule } from '../policy/obligation-policy.ts'
import { dayBounds, localDayOf } from '../trajectories/local-day.ts'
import { type DuePeriod, daysBetween, periodAfter, periodOn } from './periods.ts'
import type { AsOf, Obligation, ObligationStatus, Visit } from './values.ts'

/**
 * What the visits of one household, place, lane or grid amount to on a day. A function of the set of visits: neither their order nor
 * a repetition makes a difference. For a rule that asks for one visit a period the last visit alone gives the same answer.
 */
export function judgeObligation(
  visits: readonly Visit[],
  rule: ObligationRule | undefined,
  asOf: AsOf,
): Obligation {
  const end = dayBounds(asOf.day).to
  const counted = visits.filter(
    ({ from, evidence }) => from < end && (rule?.evidence !== 'visit' || evidence === 'visited'),
  )
  const last = counted.reduce((latest, { from }) => Math.max(latest, from), Number.NEGATIVE_INFINITY)
  const lastDay = Number.isFinite(last) ? localDayOf(last) : null
  const ageDays = lastDay === null ? null : daysBetween(lastDay, asOf.day)
  if (!rule) return { status: null, ageDays, lastDay, dueDay: null, overdueDays: 0 }
  const period = periodOn(asOf.day, rule)
  const status = statusIn(period, counted, rule, asOf)
  const dueDay = dueOf(period, status, counted, rule, asOf)
  return { status, ageDays, lastDay, dueDay, overdueDays: Math.max(0, daysBetween(dueDay, asOf.day)) }
}

function statusIn(
  period: DuePeriod,
  visits: readonly Visit[],
  rule: ObligationRule,
  { until }: AsOf,
): ObligationStatus {
  const { seen, apart } = countIn(period, visits, rule)
  if (apart >= rule.times) return 'done'
  if (seen >= rule.times) return 'interval_not_kept'
  return period.due < until ? 'missed' : 'pending'
}

/** Visits in a period, and how many of them at most are far enough apart: the one that ends first, then the next after its gap. */
function countIn(
  { from, to }: Pick<DuePeriod, 'from' | 'to'>,
  visits: readonly Visit[],
  { leastGapSeconds }: ObligationRule,
): { seen: number; apart: number } {
  const [first, end] = [dayBounds(from).from, dayBounds(to).from]
  const within = new Map(
    visits.filter((one) => one.from >= first && one.from < end).map((one) => [`${one.from} ${one.to}`, one]),
  )
  let apart = 0
  let left = Number.NEGATIVE_INFINITY
  for (const visit of [...within.values()].sort((a, b) => a.to - b.to || a.from - b.from)) {
    if (visit.from - left < leastGapSeconds * 1000) continue
    apart++
    left = visit.to
  }
  return { seen: within.size, apart }
}

/**
 * When the next visit is due: in the next period once this one is done; else in the first period not kept after the last one that was.
 * What was never kept counts from the first day of which anything is known.
 */
function dueOf(
  period: DuePeriod,
  status: ObligationStatus,
  visits: readonly Visit[],
  rule: ObligationRule,
  { since }: AsOf,
): string {
  if (status === 'done') return periodAfter(period, rule).due
  const days = new Set(visits.map(({ from }) => localDayOf(from)))
  let next: DuePeriod | undefined
  for (const day of [...days].sort().reverse()) {
    if (day >= period.from) continue
    const kept = periodOn(day, rule)
    // Somebody came on a day off: that keeps no period, and the one to come is the next to keep.
    if (kept.from > day) next = kept
    else if (countIn(kept, visits, rule).apart >= rule.times) next = periodAfter(kept, rule)
    if (next) break
  }
  const first = next ?? firstWhole(since, rule)
  return first.due < period.due ? first.due : period.due
}

/** The first period that begins on a day or after it: half a week is no week. */
function firstWhole(day: string, rule: ObligationRule): DuePeriod {
  const period = periodOn(day, rule)
  return period.from < day ? periodAfter(period, rule) : period
}
