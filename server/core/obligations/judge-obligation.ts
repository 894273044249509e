import type { ObligationRule } from '../policy/obligation-policy.ts'
import { dayBounds, daysBetween, localDayOf } from '../trajectories/local-day.ts'
import { type DuePeriod, periodAfter, periodOn } from './periods.ts'
import type { AsOf, Obligation, ObligationStatus, Visit } from './values.ts'

/**
 * What the visits of one household, place, lane or grid amount to on a day. A function of the set of visits: neither their order nor
 * a repetition makes a difference. For a rule that asks for one visit a period the last visit alone gives the same answer.
 */
export const judgeObligation = (
  visits: readonly Visit[],
  rule: ObligationRule | undefined,
  asOf: AsOf,
): Obligation => obligationJudge(rule, asOf)(visits)

/** The same for many subjects of one rule and day: the calendar is looked up once. */
export function obligationJudge(
  rule: ObligationRule | undefined,
  asOf: AsOf,
): (visits: readonly Visit[]) => Obligation {
  const end = dayBounds(asOf.day).to
  const dayOf = rememberedDays()
  const due = rule && dueDays(rule, asOf, dayOf)
  return (visits) => {
    const counted = visits.filter(
      ({ from, evidence }) => from < end && (rule?.evidence !== 'visit' || evidence === 'visited'),
    )
    const last = counted.reduce((latest, { from }) => Math.max(latest, from), Number.NEGATIVE_INFINITY)
    const lastDay = Number.isFinite(last) ? dayOf(last) : null
    const ageDays = lastDay === null ? null : daysBetween(lastDay, asOf.day)
    if (!due) return { status: null, ageDays, lastDay, dueDay: null, overdueDays: 0 }
    const { status, dueDay } = due(counted)
    return { status, ageDays, lastDay, dueDay, overdueDays: Math.max(0, daysBetween(dueDay, asOf.day)) }
  }
}

/** Local days of instants, each reckoned once: many visits share few days. */
function rememberedDays(): (time: number) => string {
  const bounds = new Map<number, string>()
  return (time) => {
    // Local midnights are whole hours apart: an hour lies in one day.
    const hour = Math.floor(time / 3_600_000)
    const known = bounds.get(hour)
    if (known !== undefined) return known
    const day = localDayOf(time)
    bounds.set(hour, day)
    return day
  }
}

/** A period with its ends as instants. */
interface Window extends DuePeriod {
  readonly begins: number
  readonly ends: number
}

/**
 * Status in the period of the day, and when the next visit is due: in the next period once this one is done; else in the first period
 * not kept after the last one that was. What was never kept counts from the first whole period of which anything is known.
 */
function dueDays(
  rule: ObligationRule,
  { day, until, since }: AsOf,
  dayOf: (time: number) => string,
): (visits: readonly Visit[]) => { status: ObligationStatus; dueDay: string } {
  const windows = new Map<string, Window>()
  const windowOn = (on: string): Window => {
    const known = windows.get(on)
    if (known) return known
    const period = periodOn(on, rule)
    const made = { ...period, begins: dayBounds(period.from).from, ends: dayBounds(period.to).from }
    windows.set(on, made)
    return made
  }
  const period = windowOn(day)
  const afterwards = periodAfter(period, rule).due
  const first = firstWhole(since, rule)

  const dueAfter = (visits: readonly Visit[]): string => {
    const days = new Set(visits.filter(({ from }) => from < period.begins).map(({ from }) => dayOf(from)))
    for (const visited of [...days].sort().reverse()) {
      const kept = windowOn(visited)
      // Somebody came on a day off: that keeps no period, and the one to come is the next to keep.
      if (kept.from > visited) return kept.due
      if (countIn(kept, visits, rule).apart >= rule.times) return windowOn(kept.to).due
    }
    return first.due
  }

  return (visits) => {
    const { seen, apart } = countIn(period, visits, rule)
    if (apart >= rule.times) return { status: 'done', dueDay: afterwards }
    const dueDay = dueAfter(visits)
    return {
      status: seen >= rule.times ? 'interval_not_kept' : period.due < until ? 'missed' : 'pending',
      dueDay: dueDay < period.due ? dueDay : period.due,
    }
  }
}

/** Visits in a period, and how many of them at most are far enough apart: the one that ends first, then the next after its gap. */
function countIn(
  { begins, ends }: Pick<Window, 'begins' | 'ends'>,
  visits: readonly Visit[],
  { leastGapSeconds }: ObligationRule,
): { seen: number; apart: number } {
  const within = new Map(
    visits.filter(({ from }) => from >= begins && from < ends).map((one) => [`${one.from} ${one.to}`, one]),
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

/** The first period that begins on a day or after it: half a week is no week. */
function firstWhole(day: string, rule: ObligationRule): DuePeriod {
  const period = periodOn(day, rule)
  return period.from < day ? periodAfter(period, rule) : period
}
