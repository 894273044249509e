/** Two periods set beside each other: how many times as many incidents a day, and how sure that is. */
import { rateRatio } from '../statistics/rate-ratio.ts'

export interface Change {
  /** Incidents a day now over incidents a day then; null: none then. */
  readonly ratio: number | null
  /** 95 % interval; `high` null: unbounded. Both null where there are none at all. */
  readonly low: number | null
  readonly high: number | null
}

/** The ratio of two Poisson rates, with its exact limits. */
export function changeOf(after: number, afterDays: number, before: number, beforeDays: number): Change {
  const { ratio, lower, upper } = rateRatio(after, afterDays, before, beforeDays)
  return { ratio, low: lower, high: upper }
}
