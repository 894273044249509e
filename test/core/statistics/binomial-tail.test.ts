import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { twoSidedBinomialP } from '../../../server/core/statistics/binomial-tail.ts'

/** Σ C(n, k) p^k (1 − p)^(n − k) term by term from one end, as written. */
function tail(n: number, p: number, isIn: (k: number) => boolean): number {
  let [choose, sum] = [1, 0]
  for (let k = 0; k <= n; k++) {
    if (isIn(k)) sum += choose * p ** k * (1 - p) ** (n - k)
    choose = (choose * (n - k)) / (k + 1)
  }
  return sum
}

describe('two-sided binomial p', () => {
  it('by hand: ten tosses of a fair coin', () => {
    // P(X ≥ 8) = (45 + 10 + 1)/1024.
    expect(twoSidedBinomialP(8, 10, 0.5)).toBeCloseTo(112 / 1024, 14)
    expect(twoSidedBinomialP(2, 10, 0.5)).toBeCloseTo(112 / 1024, 14)
    expect(twoSidedBinomialP(5, 10, 0.5)).toBe(1)
    // One of two sixes: P(X ≥ 1) = 11/36.
    expect(twoSidedBinomialP(1, 2, 1 / 6)).toBeCloseTo(22 / 36, 14)
    // 0 of 3 at 1/2: P(X ≤ 0) = 1/8.
    expect(twoSidedBinomialP(0, 3, 0.5)).toBeCloseTo(1 / 4, 14)
  })

  it('is the sum of its terms, to twelve digits', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.nat(),
    )
    fc.assert(
      fc.property(cases, ([n, p, some]) => {
        const x = some % (n + 1)
        const summed = x > n * p ? tail(n, p, (k) => k >= x) : tail(n, p, (k) => k <= x)
        expect(twoSidedBinomialP(x, n, p) / Math.min(1, 2 * summed)).toBeCloseTo(1, 12)
      }),
    )
  })

  it('goes over into the Poisson tail for many trials of a small chance', () => {
    // P(X ≥ 12), mean 4: 1 − Σ e⁻⁴ 4^k/k!, k < 12, is 9.1523e-4 (table of the Poisson distribution); 2·10⁶ trials differ in the sixth digit.
    const poisson =
      1 -
      Array.from({ length: 12 }, (_, k) => k).reduce(
        (sum, k) => sum + (Math.exp(-4) * 4 ** k) / factorial(k),
        0,
      )
    expect(twoSidedBinomialP(12, 2_000_000, 2e-6) / (2 * poisson)).toBeCloseTo(1, 4)
  })

  it('is never 0, and refuses what is no count', () => {
    expect(twoSidedBinomialP(5000, 5000, 0.001)).toBeGreaterThan(0)
    expect(twoSidedBinomialP(0, 10, 0)).toBe(1)
    expect(twoSidedBinomialP(1, 10, 0)).toBe(Number.MIN_VALUE)
    expect(twoSidedBinomialP(10, 10, 1)).toBe(1)
    for (const [x, n, p] of [
      [-1, 3, 0.5],
      [4, 3, 0.5],
      [1.5, 3, 0.5],
      [1, 3, 1.1],
    ] as const)
      expect(() => twoSidedBinomialP(x, n, p)).toThrow(RangeError)
  })
})

const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1))
