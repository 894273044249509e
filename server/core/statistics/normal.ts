/** Tails of the normal distribution, to full precision also where they are tiny. */

/**
 * Complementary error function, relative error below 1e-14 for 0 ≤ x ≤ 26 (then doubles end).
 *
 * Below 1: one minus the power series of erf, all of whose terms are positive (DLMF 7.6.2). From 1 on: the continued
 * fraction √π e^{x²} erfc x = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + 2/(x + …))))) (DLMF 7.9), whose error after k
 * levels falls like exp(−2x√(2k)): 200 levels leave less than 1e-17 at x = 1.
 * @see https://dlmf.nist.gov/7.6 and https://dlmf.nist.gov/7.9
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  if (x < 1) {
    let term = x
    let sum = x
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1)
      sum += term
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
  }
  if (x > 28) return 0 // e^{-784} is far below the smallest double
  let tail = x
  for (let k = 200; k > 0; k--) tail = x + k / 2 / tail
  // x² rounded to a double would cost the exponential x² · 1e-16 of its relative precision: the square of x's
  // leading 24 bits is exact, and the rest is a small exponent of its own.
  const lead = Math.fround(x)
  return (Math.exp(-lead * lead) * Math.exp((lead - x) * (lead + x))) / (Math.sqrt(Math.PI) * tail)
}

/**
 * Two-sided p of a standard normal z: 2Φ(−|z|). Never 0: what is below the smallest positive double (|z| > 38.5) is
 * given as that double, because "impossible under chance" is not something a sample can show.
 */
export function twoSidedP(z: number): number {
  return Math.max(erfc(Math.abs(z) / Math.SQRT2), Number.MIN_VALUE)
}
