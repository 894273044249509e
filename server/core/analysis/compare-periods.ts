/** Two periods set beside each other: how many times as many incidents a day, and how sure that is. */

export interface Change {
  /** Incidents a day now over incidents a day then; null: none then. */
  readonly ratio: number | null
  /** 95 % interval; `high` null: unbounded. Both null where there are none at all. */
  readonly low: number | null
  readonly high: number | null
}

/** Φ⁻¹(0.975). */
const z = 1.959963984540054

/**
 * The ratio of two Poisson rates. Given their sum, the later count is binomial with share s = r d/(r d + d₀), d and d₀ the days:
 * Wilson's score interval for s (Wilson E B (1927) JASA 22: 209–212), turned back into r, as Brown, Cai and DasGupta advise for
 * shares (2001, Statistical Science 16: 101–133). Defined for counts of 0, and never narrower for being so.
 */
export function rateRatio(after: number, afterDays: number, before: number, beforeDays: number): Change {
  const n = after + before
  if (n === 0) return { ratio: null, low: null, high: null }
  const share = after / n
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const ratioOf = (part: number): number => ((part / (1 - part)) * beforeDays) / afterDays
  return {
    ratio: before === 0 ? null : ((after / before) * beforeDays) / afterDays,
    low: after === 0 ? 0 : ratioOf(Math.max(0, middle - half)),
    high: before === 0 ? null : ratioOf(middle + half),
  }
}
