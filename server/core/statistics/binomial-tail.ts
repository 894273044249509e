/**
 * Tails of the binomial distribution, also where they are tiny and the numbers large.
 *
 * Loader C (2000) Fast and accurate computation of binomial probabilities: the probability as a deviance from the best p, so that
 * nothing large is subtracted from something as large. From there the tail away from the mean is summed term by term; each term is
 * smaller than the one before.
 */

/** ln n! − (n ln n − n + ½ ln 2πn), Stirling's error; exact below 16, where the series would not be. */
function stirlingError(n: number): number {
  if (n < 16) return exactStirlingErrors[n]!
  const square = n * n
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / n
}

const exactStirlingErrors = Float64Array.from({ length: 16 }, (_, n) => {
  let logFactorial = 0
  for (let i = 2; i <= n; i++) logFactorial += Math.log(i)
  return logFactorial - (n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n))
})

/** x ln(x/m) + m − x, also where x and m are near each other. */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m)
  if (Math.abs(v) >= 0.1) return x * Math.log(x / m) + m - x
  let sum = (x - m) * v
  let power = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    power *= v * v
    const next = sum + power / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

/** P(X = x) of n trials with probability p in (0, 1). */
function binomialProbability(x: number, n: number, p: number): number {
  if (x === 0) return Math.exp(n * Math.log1p(-p))
  if (x === n) return Math.exp(n * Math.log(p))
  const exponent =
    stirlingError(n) -
    stirlingError(x) -
    stirlingError(n - x) -
    deviance(x, n * p) -
    deviance(n - x, n * (1 - p))
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * x * (n - x)))
}

/**
 * Two-sided p of x of n trials with probability p: twice the smaller of P(X ≤ x) and P(X ≥ x), at most 1, never 0.
 * @throws RangeError when x is no whole number in [0, n], or p lies outside [0, 1]
 */
export function twoSidedBinomialP(x: number, n: number, p: number): number {
  if (!(Number.isInteger(x) && Number.isInteger(n) && x >= 0 && x <= n))
    throw new RangeError(`${x} of ${n} is no count`)
  if (!(p >= 0 && p <= 1)) throw new RangeError(`no probability: ${p}`)
  // What is certain surprises nobody; what is impossible is as rare as can be told.
  if (p === 0 || p === 1) return x === n * p ? 1 : Number.MIN_VALUE
  const isUpper = x > n * p
  const odds = p / (1 - p)
  let term = binomialProbability(x, n, p)
  let tail = term
  for (let k = x; (isUpper ? k < n : k > 0) && term > tail * 1e-17; k += isUpper ? 1 : -1) {
    term *= isUpper ? ((n - k) / (k + 1)) * odds : k / ((n - k + 1) * odds)
    tail += term
  }
  return Math.max(Math.min(1, 2 * tail), Number.MIN_VALUE)
}
