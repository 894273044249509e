import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mannKendall } from '../../../server/core/statistics/mann-kendall.ts'

describe('Mann–Kendall', () => {
  it('gives the published S, variance, z, p and tau', () => {
    // R 4.2, formula of Kendall; tau 37/45 without ties.
    const trend = mannKendall([2, 3, 1, 5, 4, 6, 8, 7, 9, 12])!
    expect(trend.s).toBe(37)
    expect(trend.variance).toBe(125)
    expect(trend.z).toBeCloseTo(3.2199378876, 10)
    expect(trend.p).toBeCloseTo(0.00128218374181, 14)
    expect(trend.tau).toBeCloseTo(37 / 45, 14)
  })

  it('takes ties into account', () => {
    // 1 1 2 2 2 5: 4 · 3 + … by hand: pairs 15, tied 1 + 3, S = 11. Var = (6·5·17 − 2·1·9 − 3·2·11)/18 = (510 − 18 − 66)/18.
    const trend = mannKendall([1, 1, 2, 2, 2, 5])!
    expect(trend.s).toBe(11)
    expect(trend.variance).toBeCloseTo(426 / 18, 14)
    expect(trend.z).toBeCloseTo(10 / Math.sqrt(426 / 18), 14)
    expect(trend.tau).toBeCloseTo(11 / Math.sqrt(11 * 15), 14)
  })

  it('has z 0 and p 1 where rises and falls are even', () => {
    expect(mannKendall([1, 2, 2, 1])).toMatchObject({ s: 0, z: 0, p: 1 })
  })

  it('is null for too few values and for equal ones', () => {
    expect(mannKendall([1, 2])).toBeNull()
    expect(mannKendall([3, 3, 3, 3])).toBeNull()
    expect(() => mannKendall([1, Number.NaN, 2])).toThrow(RangeError)
  })

  it('has as its variance that of S over all orders', () => {
    // 4 values with a tie: 24 orders.
    const orders = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].flatMap((b) =>
        [0, 1, 2, 3].flatMap((c) =>
          new Set([a, b, c]).size === 3 ? [[a, b, c, 6 - a - b - c].map((k) => [1, 2, 2, 7][k]!)] : [],
        ),
      ),
    )
    expect(orders).toHaveLength(24)
    const variance = orders.reduce((sum, order) => sum + mannKendall(order)!.s ** 2, 0) / 24
    expect(mannKendall([1, 2, 2, 7])!.variance).toBeCloseTo(variance, 12)
  })

  it('turns with time, and bears any rising unit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 }), (series) => {
        const trend = mannKendall(series)
        const backwards = mannKendall(series.toReversed())
        const cubed = mannKendall(series.map((value) => value ** 3 + 7))
        expect(cubed).toEqual(trend)
        expect(backwards?.p).toBe(trend?.p)
        // + 0 turns −0 into 0.
        expect(backwards && -backwards.s + 0).toBe(trend && trend.s + 0)
      }),
    )
  })
})
