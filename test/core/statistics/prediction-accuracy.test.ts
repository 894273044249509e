import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accuracyCurve,
  accuracyOf,
  accuracyOfShare,
  type JudgedPlace,
} from '../../../server/core/statistics/prediction-accuracy.ts'

const periods = { map: { from: 0, to: 10 }, later: { from: 10, to: 20 } }
const place = (
  id: string,
  score: number | null,
  before: number,
  after: number,
  squareKm = 1,
): JudgedPlace => ({
  id,
  score,
  before,
  after,
  squareKm,
})

describe('accuracy of a map', () => {
  const places = [place('a', 9, 8, 4), place('b', 7, 6, 1), place('c', 2, 1, 5), place('d', null, 5, 0)]

  it('is the published figures, worked out by hand', () => {
    // Half of the area, 2 of 4 km²: a and b, hit by 5 of 10 incidents. PAI = 0.5 / 0.5. The best two would be c and a with 9:
    // PEI = 5/9. They held 14 of 20 before: RRI = (5/14) / (10/20) = 5/7.
    expect(accuracyOfShare(places, 0.5, periods)).toEqual({
      hot: 2,
      hotSquareKm: 2,
      areaShare: 0.5,
      hits: 5,
      incidents: 10,
      hitRate: 0.5,
      pai: 1,
      pei: 5 / 9,
      rri: 5 / 7,
    })
  })

  it('of places named hot', () => {
    // c alone: 5 of 10 in a quarter of the area, the best choice; it had 1 of 20 before.
    const named = accuracyOf(places, new Set(['c']), periods)
    expect(named).toMatchObject({ hits: 5, pai: 2, pei: 1, rri: 10 })
  })

  it('is a curve over the places the map ranks', () => {
    const curve = accuracyCurve(places, periods)
    expect(curve.map(({ areaShare, hits }) => [areaShare, hits])).toEqual([
      [0.25, 4],
      [0.5, 5],
      [0.75, 10],
    ])
    expect(curve[1]).toEqual(accuracyOfShare(places, 0.5, periods))
  })

  it('is unknown, not 0, where nothing is hot or nothing came', () => {
    const none = accuracyOf(places, new Set(), periods)
    expect(none).toMatchObject({ hits: 0, hitRate: null, pai: null, pei: null, rri: null })
    const quiet = accuracyOf([place('a', 1, 3, 0), place('b', 0, 1, 0)], new Set(['a']), periods)
    expect(quiet).toMatchObject({ hitRate: null, pai: null, pei: null, rri: null })
  })

  it('is refused for the period that made the map', () => {
    const same = { map: { from: 0, to: 10 }, later: { from: 9, to: 20 } }
    expect(() => accuracyOfShare(places, 0.5, same)).toThrow(RangeError)
    expect(() => accuracyOfShare([place('a', 1, 0, 0, 0)], 0.5, periods)).toThrow(RangeError)
  })

  const random = fc.uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,3}$/),
      score: fc.option(fc.integer({ min: 0, max: 3 })),
      before: fc.nat(5),
      after: fc.nat(5),
      squareKm: fc.constantFrom(0.5, 1, 1.5),
    }),
    { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
  )

  it('never depends on the order or the unit of area, and PEI never passes 1', () => {
    fc.assert(
      fc.property(random, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const given = accuracyOfShare(list, share, periods)
        expect(accuracyOfShare(list.toReversed(), share, periods)).toEqual(given)
        const hectares = list.map((one) => ({ ...one, squareKm: one.squareKm * 128 }))
        const { hotSquareKm: _, ...rest } = accuracyOfShare(hectares, share, periods)
        expect(given).toMatchObject(rest)
        expect(given.pei ?? 0).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })

  it('by chance has a PAI of 1: the mean over all choices of equal places, weighted alike', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 2, maxLength: 9 }), (after) => {
        fc.pre(after.some((count) => count > 0))
        const list = after.map((count, i) => place(`${i}`, i, 0, count))
        const single = list.map(({ id }) => accuracyOf(list, new Set([id]), periods).pai!)
        expect(single.reduce((sum, pai) => sum + pai, 0) / list.length).toBeCloseTo(1, 12)
      }),
    )
  })
})
