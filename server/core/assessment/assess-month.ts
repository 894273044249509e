/** The monthly sheet of one worker, every figure with the days and records behind it. */
import type { AssessmentPolicy } from '../policy/assessment-policy.ts'
import { judgeDays, longestRun } from './judge-days.ts'
import type {
  DayStatus,
  DayVerdict,
  Deduction,
  Loss,
  MonthFacts,
  MonthSheet,
  Payment,
  PeriodResult,
} from './values.ts'

/** A function of the set of facts: neither their order nor a repetition by id makes a difference. */
export function assessMonth(facts: MonthFacts, policy: AssessmentPolicy): MonthSheet {
  const days = judgeDays(facts, policy.dayTargets)
  const counts = countByStatus(days)
  const run = longestRun(days)
  const patrol = policy.patrolSubsidy && payPatrol(days, run, facts, policy.patrolSubsidy)
  const information = policy.informationSubsidy && payInformation(facts, policy.informationSubsidy)
  const tasks = policy.taskReward && payTasks(facts, policy.taskReward)
  const periods = judgePeriods(facts, policy)
  const isBelow = patrol && patrol.lost !== null
  const score = scoreOf(days, periods, facts, policy)
  const payments = [patrol, information, tasks].filter((one) => one !== null)
  const owed = policy.taskReward?.dispatched ?? 0
  return {
    worker: facts.worker,
    month: facts.month,
    policy: policy.name,
    isOver: days.at(-1)!.day < facts.until,
    days,
    counts,
    longestRun: run,
    patrol,
    information,
    tasks,
    periods,
    total: payments.length === 0 ? null : payments.reduce((sum, { amount }) => sum + amount, 0),
    isBelow,
    card: policy.cards && isBelow !== null ? cardOf(isBelow, facts.monthsBelowBefore, policy.cards) : null,
    score,
    grade: score === null ? null : (policy.grades?.find(({ from }) => score >= from)?.grade ?? null),
    notes: [
      ...(idsOf(facts.tasks).length < owed ? (['few_tasks_dispatched'] as const) : []),
      ...(hasNoFix(facts) && counts.not_met > 0 ? (['nothing_received'] as const) : []),
    ],
  }
}

function countByStatus(days: readonly DayVerdict[]): Record<DayStatus, number> {
  const counts = { met: 0, not_met: 0, excused: 0, off: 0, unassigned: 0, ahead: 0 }
  for (const { status } of days) counts[status]++
  return counts
}

function payPatrol(
  days: readonly DayVerdict[],
  run: readonly string[],
  { month, meetings }: MonthFacts,
  rule: NonNullable<AssessmentPolicy['patrolSubsidy']>,
): Payment {
  const notMet = days.filter(({ status }) => status === 'not_met').map(({ day }) => day)
  const missed = idsOf(meetings.filter((one) => one.attendance === 'missed' && one.day.startsWith(month)))
  const lost: Loss | null =
    run.length >= rule.lostAfterRunning
      ? { reason: 'days_running', evidence: run }
      : notMet.length >= rule.lostAfterInMonth
        ? { reason: 'days_in_month', evidence: notMet }
        : null
  return payment(
    rule.base,
    [deduction('day_not_met', rule.perDay, notMet), deduction('meeting_missed', rule.perMeeting, missed)],
    lost,
  )
}

function payInformation(
  { reports, missed }: MonthFacts,
  rule: NonNullable<AssessmentPolicy['informationSubsidy']>,
): Payment {
  const valid = new Set(reports).size
  const short = Math.max(0, rule.reports - valid)
  const lost: Loss | null =
    missed.length > 0 ? { reason: 'finding_missed', evidence: [...new Set(missed)].toSorted() } : null
  const deductions: Deduction[] = [
    {
      reason: 'report_short',
      count: short,
      each: rule.perShort,
      amount: short * rule.perShort,
      evidence: [],
    },
  ]
  return payment(rule.base, deductions, lost)
}

function payTasks({ tasks }: MonthFacts, rule: NonNullable<AssessmentPolicy['taskReward']>): Payment {
  const open = idsOf(tasks.filter(({ isDone }) => !isDone))
  return payment(rule.base, [], open.length > 0 ? { reason: 'task_open', evidence: open } : null)
}

const hasNoFix = ({ days, month }: MonthFacts): boolean =>
  days.every(({ day, fixes }) => fixes === 0 || !day.startsWith(month))

const deduction = (reason: Deduction['reason'], each: number, evidence: readonly string[]): Deduction => ({
  reason,
  count: evidence.length,
  each,
  amount: evidence.length * each,
  evidence,
})

function payment(base: number, all: readonly Deduction[], lost: Loss | null): Payment {
  const deductions = all.filter(({ count }) => count > 0)
  const off = deductions.reduce((sum, { amount }) => sum + amount, 0)
  return { base, deductions, lost, amount: lost ? 0 : Math.max(0, base - off) }
}

function judgePeriods({ periods, until }: MonthFacts, { periodTargets }: AssessmentPolicy): PeriodResult[] {
  return periodTargets.flatMap(({ target, requiredShare }) =>
    periods
      .filter((one) => one.target === target)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      // Of nothing, all was reached.
      .map((one) => ({
        ...one,
        requiredShare,
        met: one.actual + 1e-8 >= requiredShare * one.total,
        isRunning: one.to > until,
      })),
  )
}

/**
 * 100 × the mean of the shares that the policy asks for: working days met; reports against their base, tasks done, meetings attended
 * where they are paid for; each period's share against the one required; none above 1. No document gives a formula for its
 * „综合排名“: this one weighs all alike, and each share stands on the sheet. Excused days and meetings are left out of both sides.
 */
function scoreOf(
  days: readonly DayVerdict[],
  periods: readonly PeriodResult[],
  facts: MonthFacts,
  policy: AssessmentPolicy,
): number | null {
  const share = (part: number, whole: number): number[] => (whole > 0 ? [Math.min(1, part / whole)] : [])
  const { met, not_met: notMet } = countByStatus(days)
  const meetings = facts.meetings.filter(({ attendance }) => attendance !== 'excused')
  const attended = meetings.filter(({ attendance }) => attendance === 'present')
  const done = facts.tasks.filter(({ isDone }) => isDone)
  const shares = [
    ...share(met, met + notMet),
    ...(policy.patrolSubsidy ? share(idsOf(attended).length, idsOf(meetings).length) : []),
    ...(policy.informationSubsidy
      ? share(new Set(facts.reports).size, policy.informationSubsidy.reports)
      : []),
    ...(policy.taskReward ? share(idsOf(done).length, idsOf(facts.tasks).length) : []),
    ...periods.flatMap(({ actual, total, requiredShare }) => share(actual, total * requiredShare)),
  ]
  if (shares.length === 0) return null
  return Math.round((10_000 * shares.reduce((sum, one) => sum + one, 0)) / shares.length) / 100
}

/** Yellow for a month below, red once so many run. */
function cardOf(
  isBelow: boolean,
  before: number,
  { redAfterMonths }: NonNullable<AssessmentPolicy['cards']>,
): 'none' | 'yellow' | 'red' {
  if (!isBelow) return 'none'
  return before + 1 >= redAfterMonths ? 'red' : 'yellow'
}

const idsOf = (list: readonly { readonly id: string }[]): string[] =>
  [...new Set(list.map(({ id }) => id))].toSorted()
