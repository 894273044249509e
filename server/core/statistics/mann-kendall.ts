import { twoSidedP } from './normal.ts'

/** Whether a series rises or falls overall. */
export interface Trend {
  /** Pairs that rise minus pairs that fall. */
  readonly s: number
  /** Variance of s when the order means nothing, ties taken into account. */
  readonly variance: number
  /** Kendall's tau-b of values and time: −1 … 1. */
  readonly tau: number
  /** With continuity correction: (s ∓ 1) / √variance. */
  readonly z: number
  /** Two-sided. */
  readonly p: number
}

/**
 * Mann–Kendall test of a series in time order, with ties of t values each:
 *
 *     S = Σ sign(xⱼ − xᵢ), i < j     Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18     z = (S ∓ 1)/√Var S, 0 for S = 0
 *
 * Mann H B (1945) Nonparametric tests against trend. Econometrica 13: 245–259; Kendall M G (1975) Rank correlation methods.
 * `null` for fewer than three values and when all are equal: then there is no order to speak of.
 * @throws RangeError for a value that is not finite
 */
export function mannKendall(series: ArrayLike<number>): Trend | null {
  const n = series.length
  for (let i = 0; i < n; i++)
    if (!Number.isFinite(series[i])) throw new RangeError(`value ${i} of the series is not a finite number`)
  if (n < 3) return null
  let s = 0
  for (let j = 1; j < n; j++) for (let i = 0; i < j; i++) s += Math.sign(series[j]! - series[i]!)
  const { tiedPairs, tiedVariance } = tiesOf(Float64Array.from(series).sort())
  const variance = (n * (n - 1) * (2 * n + 5) - tiedVariance) / 18
  if (variance === 0) return null
  const pairs = (n * (n - 1)) / 2
  const z = (s - Math.sign(s)) / Math.sqrt(variance)
  return { s, variance, tau: s / Math.sqrt((pairs - tiedPairs) * pairs), z, p: twoSidedP(z) }
}

function tiesOf(sorted: Float64Array): { tiedPairs: number; tiedVariance: number } {
  let tiedPairs = 0
  let tiedVariance = 0
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    const t = to - from
    tiedPairs += (t * (t - 1)) / 2
    tiedVariance += t * (t - 1) * (2 * t + 5)
  }
  return { tiedPairs, tiedVariance }
}
