/**
 * How much more often something happened in one period than in another, and how sure that is: the exact comparison of two
 * Poisson counts. Given their sum, the first is binomial; the limits are those of Clopper and Pearson, p is the probability of
 * every split at most as likely as the one seen. The same as R's `poisson.test(c(a, b), c(s, t))`.
 *
 * Przyborowski J, Wilenski H (1940) Homogeneity of results in testing samples from Poisson series. Biometrika 31: 313–323.
 */

export interface RateRatio {
  /** Rate of the first over the rate of the second; `null` where nothing happened in the second: no number says how much more. */
  readonly ratio: number | null
  /** 95 % limits; `null`: 0 below or no limit above. Both `null` where nothing happened at all. */
  readonly lower: number | null
  readonly upper: number | null
  /** Two-sided; `null` where nothing happened at all. */
  readonly p: number | null
}

const undefinedRatio: RateRatio = { ratio: null, lower: null, upper: null, p: null }

/**
 * Compares `count` in `exposure` with `otherCount` in `otherExposure`; exposures in any one unit, e.g. days.
 * @throws RangeError for a count that is none or an exposure that is not positive
 */
export function rateRatio(
  count: number,
  exposure: number,
  otherCount: number,
  otherExposure: number,
  level = 0.95,
): RateRatio {
  if (![count, otherCount].every((n) => Number.isInteger(n) && n >= 0))
    throw new RangeError(`no counts: ${count}, ${otherCount}`)
  if (!(exposure > 0 && otherExposure > 0))
    throw new RangeError(`no exposures: ${exposure}, ${otherExposure}`)
  const n = count + otherCount
  if (n === 0) return undefinedRatio
  const tail = (1 - level) / 2
  /** The share of the first, as a ratio of rates. */
  const asRatio = (share: number): number => (share / (1 - share)) * (otherExposure / exposure)
  return {
    ratio: otherCount === 0 ? null : (count / exposure) * (otherExposure / otherCount),
    // P(at least `count`) grows with the share, from 0 to 1: the lower limit is where it reaches the tail.
    lower: count === 0 ? 0 : asRatio(shareWhere((x) => incompleteBeta(x, count, otherCount + 1), tail)),
    upper:
      otherCount === 0
        ? null
        : asRatio(shareWhere((x) => incompleteBeta(x, count + 1, otherCount), 1 - tail)),
    p: splitProbability(count, n, exposure / (exposure + otherExposure)),
  }
}

/** The share in (0, 1) at which an increasing function reaches a value. */
function shareWhere(of: (share: number) => number, value: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 100 && high - low > low * 1e-15; step++) {
    const middle = (low + high) / 2
    if (of(middle) < value) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** What R allows for rounding when it asks which splits are as likely as the one seen. */
const tolerance = 1 + 1e-7

/** Probability of all splits of n that are at most as likely as `count`, each of the n falling to the first with this share. */
function splitProbability(count: number, n: number, share: number): number {
  const [inFirst, inSecond] = [Math.log(share), Math.log1p(-share)]
  const whole = logGamma(n + 1)
  const likelihood = (k: number): number =>
    Math.exp(whole - logGamma(k + 1) - logGamma(n - k + 1) + k * inFirst + (n - k) * inSecond)
  const most = likelihood(count) * tolerance
  let sum = 0
  for (let k = 0; k <= n; k++) {
    const one = likelihood(k)
    if (one <= most) sum += one
  }
  return Math.min(1, Math.max(sum, Number.MIN_VALUE))
}

/** Lanczos' coefficients with g = 7 (Godfrey): relative error of Γ below 1e-14 for positive arguments. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const

/** ln Γ(x), x ≥ 1. */
function logGamma(x: number): number {
  const shifted = x - 1
  let sum: number = lanczos[0]
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (shifted + i)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a binomial of a + b − 1 trials with share x is at least a.
 * By its continued fraction (DLMF 8.17.22), on the side where that converges fast.
 * @see https://dlmf.nist.gov/8.17
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  const tiny = 1e-300
  const notZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  // Lentz's method, both steps of a pair at a time.
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / notZero(1 + even * d)
    c = notZero(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / notZero(1 + odd * d)
    c = notZero(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return (front * fraction) / a
}
