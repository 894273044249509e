import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { benjaminiHochberg, correct } from '../../../server/core/statistics/false-discovery.ts'
import { hotSpotClass } from '../../../server/core/statistics/hot-spot-class.ts'

const someP = fc.array(fc.option(fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }), { freq: 5 }))

describe('Benjamini–Hochberg', () => {
  it("gives what R's p.adjust gives", () => {
    // Rank j of m = 6: p m/j = 0.06 for the first five, 0.5 for the last.
    const q = benjaminiHochberg([0.01, 0.02, 0.03, 0.04, 0.05, 0.5])
    const wanted = [0.06, 0.06, 0.06, 0.06, 0.06, 0.5]
    q.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 15))
    // p.adjust(c(.001, .5, .008, .039, .041), 'BH') = .005 .5 .02 .05125 .05125
    const second = benjaminiHochberg([0.001, 0.5, 0.008, 0.039, 0.041])
    const wantedSecond = [0.005, 0.5, 0.02, 0.05125, 0.05125]
    second.forEach((value, i) => expect(value).toBeCloseTo(wantedSecond[i]!, 15))
  })

  it('leaves out what was not tested', () => {
    expect(benjaminiHochberg([null, 0.02, null, 0.03])).toEqual([null, 0.03, null, 0.03])
    expect(benjaminiHochberg([null])).toEqual([null])
    expect(benjaminiHochberg([])).toEqual([])
  })

  it('refuses what is no probability', () => {
    for (const p of [0, -0.1, 1.1, Number.NaN]) expect(() => benjaminiHochberg([p])).toThrow(RangeError)
  })

  it('is never below p, never above 1, and keeps the order of p', () => {
    fc.assert(
      fc.property(someP, (p) => {
        const q = benjaminiHochberg(p)
        const pairs = p.flatMap((value, i) => (value === null ? [] : [[value, q[i]!] as const]))
        expect(pairs.length).toBe(q.filter((value) => value !== null).length)
        pairs.sort(([a], [b]) => a - b)
        pairs.forEach(([value, corrected], i) => {
          expect(corrected).toBeGreaterThanOrEqual(value)
          expect(corrected).toBeLessThanOrEqual(1)
          expect(corrected).toBeGreaterThanOrEqual(pairs[Math.max(0, i - 1)]![1])
        })
      }),
    )
  })

  it('rejects exactly what the step-up rule of 1995 rejects', () => {
    fc.assert(
      fc.property(someP, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p, rate) => {
        const sorted = p.filter((value) => value !== null).sort((a, b) => a - b)
        // Away from ties between p m/j and the rate, where rounding decides.
        fc.pre(sorted.every((value, j) => Math.abs((value * sorted.length) / (j + 1) - rate) > 1e-12))
        const last = sorted.findLastIndex((value, j) => value <= ((j + 1) / sorted.length) * rate)
        const rejected = benjaminiHochberg(p).filter((q) => q !== null && q <= rate).length
        expect(rejected).toBe(last + 1)
      }),
    )
  })
})

describe('Benjamini–Yekutieli', () => {
  it("gives what R's p.adjust gives", () => {
    // c = 1 + 1/2 + 1/3 + 1/4 + 1/5 = 137/60; p c m/j = 137/60 · (0.005 0.5 0.02 0.05125 0.05125), at most 1.
    const q = correct([0.001, 0.5, 0.008, 0.039, 0.041], 'by')
    const wanted = [0.011416666666666667, 1, 0.04566666666666667, 0.1170208333333333, 0.1170208333333333]
    q.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 15))
  })

  it('is Benjamini–Hochberg dearer by 1 + 1/2 + … + 1/m, m without the untested', () => {
    fc.assert(
      fc.property(someP, (p) => {
        const m = p.filter((value) => value !== null).length
        const price = Array.from({ length: m }, (_, j) => 1 / (j + 1)).reduce((sum, part) => sum + part, 0)
        const hochberg = correct(p, 'bh')
        const apart = correct(p, 'by').map((q, i) => {
          const cheaper = hochberg[i]!
          if (q === null || cheaper === null) return q === cheaper ? 0 : Number.POSITIVE_INFINITY
          return Math.abs(q - (cheaper < 1 ? Math.min(1, cheaper * price) : 1))
        })
        expect(Math.max(0, ...apart)).toBeLessThan(1e-12)
      }),
    )
  })
})

describe('the class of a place', () => {
  it.each([
    [4, 0.009, 'hot_0.01'],
    [4, 0.01, 'hot_0.05'],
    [-4, 0.04, 'cold_0.05'],
    [2, 0.05, 'hot_0.1'],
    [-2, 0.0999, 'cold_0.1'],
    [-2, 0.1, 'none'],
    [0, 1, 'none'],
    [null, null, null],
  ] as const)('z %d and q %d give %s', (z, q, wanted) => {
    expect(hotSpotClass(z, q)).toBe(wanted)
  })
})
