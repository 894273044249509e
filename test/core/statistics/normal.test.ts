import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { erfc, twoSidedP } from '../../../server/core/statistics/normal.ts'

/** The double nearest to erfc(x), made with 40-digit arithmetic (mpmath 1.3 `erfc`). */
const published: readonly (readonly [x: number, erfc: number])[] = [
  [1e-10, 0.999999999887162],
  [0.1, 0.887537083981715],
  [0.5, 0.4795001221869535],
  [0.75, 0.28884436634648486],
  [0.999, 0.15771472979350307],
  [1, 0.15729920705028513],
  [1.001, 0.15688451452192373],
  [1.25, 0.07709987174354177],
  [1.5, 0.033894853524689274],
  [2, 0.004677734981047266],
  [2.5, 0.0004069520174449589],
  [3.7, 1.6715105790914599e-7],
  [5, 1.537459794428035e-12],
  [7.3, 5.502573750691923e-25],
  [10, 2.088487583762545e-45],
  [15.1, 3.53196266856349e-101],
  [20, 5.395865611607901e-176],
  [12.3456789, 2.918511547199251e-68],
  [19.87654321, 7.460850076425403e-174],
  [25.4321, 2.8030896371499576e-283],
  [26, 5.663192408856143e-296],
]

describe('erfc', () => {
  it.each(published)('erfc(%d) to a relative 1e-14', (x, value) => {
    expect(Math.abs(erfc(x) / value - 1)).toBeLessThan(1e-14)
    expect(erfc(-x)).toBeCloseTo(2 - value, 15)
  })

  it('is symmetric about 1, falls everywhere, and has no step where the method changes', () => {
    expect(erfc(0)).toBe(1)
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 26, noNaN: true }),
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        (x, d) => {
          expect(erfc(x) + erfc(-x)).toBeCloseTo(2, 15)
          expect(erfc(x + d)).toBeLessThanOrEqual(erfc(x))
        },
      ),
    )
    expect(Math.abs(erfc(1 - 1e-15) / erfc(1) - 1)).toBeLessThan(1e-14)
  })
})

describe('the two-sided p', () => {
  it('is the tail every table prints', () => {
    expect(twoSidedP(0)).toBe(1)
    expect(twoSidedP(1.959963984540054)).toBeCloseTo(0.05, 15)
    expect(twoSidedP(-2.5758293035489)).toBeCloseTo(0.01, 14)
    expect(twoSidedP(6)).toBeCloseTo(1.973175290075396e-9, 22) // R: 2 * pnorm(-6)
  })

  it('is never 0', () => {
    for (const z of [38, 39, 100, -1e6, Number.POSITIVE_INFINITY]) expect(twoSidedP(z)).toBeGreaterThan(0)
    expect(twoSidedP(39)).toBe(Number.MIN_VALUE)
  })
})
