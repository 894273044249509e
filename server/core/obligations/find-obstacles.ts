import type { ObligationSummary } from './summarise.ts'

/** What stood in a worker's way. None of them is a fault: they say where help may be needed. */
export type Obstacle =
  /** More households to reach than half again the usual of a worker there. */
  | 'many_households'
  /** Reports of the device were refused or corrected. */
  | 'device_reports'
  /** The phone was silent for a third of the time or more. */
  | 'long_silences'
  /** Positions were not believable for a third of the time or more. */
  | 'poor_positions'
  /** No position came on any day of the week. */
  | 'no_positions'

/** A worker's week, and what the grids ask. */
export interface WorkerWeek {
  /** Households of the worker's grids, shared among the workers of each. */
  readonly householdShare: number
  readonly days: number
  readonly seconds: number
  readonly secondsUnobserved: number
  readonly secondsUnreliable: number
  readonly reportsRefused: number
}

const muchMore = 1.5
const third = 1 / 3

/** @param usualShare the median of the household shares of the area's workers. */
export function findObstacles(week: WorkerWeek, usualShare: number): Obstacle[] {
  const { seconds, secondsUnobserved, secondsUnreliable } = week
  const found: [Obstacle, boolean][] = [
    ['many_households', usualShare > 0 && week.householdShare >= muchMore * usualShare],
    ['no_positions', week.days === 0],
    ['long_silences', seconds > 0 && secondsUnobserved >= third * seconds],
    ['poor_positions', seconds > 0 && secondsUnreliable >= third * seconds],
    ['device_reports', week.reportsRefused > 0],
  ]
  return found.filter(([, is]) => is).map(([obstacle]) => obstacle)
}

/** Whether much of what is asked in a worker's grids is overdue: a tenth and more. */
export const isBehind = ({ asked, overdue }: Pick<ObligationSummary, 'asked' | 'overdue'>): boolean =>
  asked > 0 && overdue >= asked / 10
