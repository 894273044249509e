/** Two counts compared: figures of R's documentation and of R itself, and what must hold for any two. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateRatio } from '../../../server/core/statistics/rate-ratio.ts'

describe('the ratio of two rates', () => {
  it('is that of R 4.2.2, poisson.test', () => {
    // help(poisson.test), example 2: c(11, 6+8+7) in c(800, 1083+1050+878) person years.
    const helped = rateRatio(11, 800, 21, 3011)
    expect(helped.ratio).toBeCloseTo(1.97148809524, 10)
    expect(helped.lower).toBeCloseTo(0.858426403392, 9)
    expect(helped.upper).toBeCloseTo(4.277265943654, 9)
    expect(helped.p).toBeCloseTo(0.079668633, 8)
    // poisson.test(c(14, 4), c(31, 30))
    const october = rateRatio(14, 31, 4, 30)
    expect(october.ratio).toBeCloseTo(3.3870967741935, 12)
    expect(october.lower).toBeCloseTo(1.0637384619896, 9)
    expect(october.upper).toBeCloseTo(14.1315093748643, 8)
    expect(october.p).toBeCloseTo(0.0312793408265, 10)
    // poisson.test(c(5000, 4800), c(31, 30))
    const many = rateRatio(5000, 31, 4800, 30)
    expect(many.lower).toBeCloseTo(0.968725712227, 9)
    expect(many.upper).toBeCloseTo(1.049009275128, 9)
    expect(many.p).toBeCloseTo(0.693580631073, 7)
  })

  it('has no number where the other period had nothing, but a lower limit', () => {
    // poisson.test(c(5, 0), c(31, 30)): Inf, from 0.8867959909504, p = 0.06266798817061
    const grown = rateRatio(5, 31, 0, 30)
    expect(grown.ratio).toBeNull()
    expect(grown.upper).toBeNull()
    expect(grown.lower).toBeCloseTo(0.8867959909504, 10)
    expect(grown.p).toBeCloseTo(0.06266798817061, 10)
    expect(rateRatio(0, 31, 0, 30)).toEqual({ ratio: null, lower: null, upper: null, p: null })
  })

  it('turned round is its inverse, and the unit of the exposure does not show', () => {
    const count = fc.integer({ min: 1, max: 60 })
    const days = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(count, days, count, days, (a, s, b, t) => {
        const there = rateRatio(a, s, b, t)
        const back = rateRatio(b, t, a, s)
        const hours = rateRatio(a, s * 24, b, t * 24)
        expect(there.p).toBeCloseTo(back.p ?? Number.NaN, 9)
        expect(hours.p).toBeCloseTo(there.p ?? Number.NaN, 9)
        expect((there.ratio ?? 0) * (back.ratio ?? 0)).toBeCloseTo(1, 9)
        expect((there.upper ?? 0) * (back.lower ?? 0)).toBeCloseTo(1, 6)
        expect(there.lower ?? 0).toBeLessThan(there.ratio ?? 0)
      }),
    )
  })

  it('refuses what is no count and no exposure', () => {
    expect(() => rateRatio(-1, 1, 1, 1)).toThrow(RangeError)
    expect(() => rateRatio(1, 0, 1, 1)).toThrow(RangeError)
  })
})
