import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { twoSidedBinomialP } from '../../../server/core/statistics/binomial-tail.ts'
import { evenSpreadPs, evenSpreadPsInTime, largerP } from '../../../server/core/statistics/even-spread.ts'
import { benjaminiHochberg } from '../../../server/core/statistics/false-discovery.ts'
import { getisOrd } from '../../../server/core/statistics/getis-ord.ts'
import { twoSidedP } from '../../../server/core/statistics/normal.ts'
import { spaceTimeGetisOrd } from '../../../server/core/statistics/space-time-getis-ord.ts'
import {
  type SpatialWeights,
  weightsFromNeighbours,
  withSelf,
} from '../../../server/core/statistics/weights.ts'

const ones = (n: number): Float64Array => new Float64Array(n).fill(1)

describe('by hand: five places in a row, ten incidents on the last two', () => {
  const counts = [0, 0, 0, 5, 5]
  const row = weightsFromNeighbours([[1], [0, 2], [1, 3], [2, 4], [3]])

  it('with the place itself: 10 of 10 in 3/5 of the ground, where z alone gives 0.18', () => {
    const star = withSelf(row)
    const z = getisOrd(counts, star)
    const p = evenSpreadPs(z, { counts, base: ones(5) }, star)
    expect(p[3]).toBeCloseTo(2 * 0.6 ** 10, 12)
    // At place 0, 0 of 10 in 2/5.
    expect(p[0]).toBeCloseTo(2 * 0.6 ** 10, 12)
    // z = 4/3 (getis-ord.test.ts): its p is the larger one.
    expect(largerP([twoSidedP(4 / 3), null], [p[3]!, 0.5])).toEqual([twoSidedP(4 / 3), null])
  })

  it('without it: what is there takes no part', () => {
    const p = evenSpreadPs(getisOrd(counts, row), { counts, base: ones(5) }, row)
    // Place 4: 5 of the other 5 in 1/4 of the other ground.
    expect(p[4]).toBeCloseTo(2 / 4 ** 5, 12)
  })

  it('of neighbourhoods that are alike in all it depends on is the same, and of others its own', () => {
    // A ring of eight with six incidents, 2.25 expected around each place: 3 around 0 and 4, 2 around 2 and 6.
    const neighbours = Array.from({ length: 8 }, (_, i) => [(i + 1) % 8, (i + 7) % 8])
    const ring = withSelf(weightsFromNeighbours(neighbours))
    const spread = { counts: [1, 1, 0, 1, 1, 1, 0, 1], base: ones(8) }
    const p = evenSpreadPs([1, 1, 1, 1, -1, 1, -1, 1], spread, ring)
    expect([p[0], p[4]]).toEqual([twoSidedBinomialP(3, 6, 3 / 8), 1])
    expect([p[2], p[6]]).toEqual([1, twoSidedBinomialP(2, 6, 3 / 8)])
  })

  it('over households: 10 of 10 where nine tenths of them live is nothing', () => {
    const star = withSelf(row)
    const z = getisOrd(counts, star)
    const p = evenSpreadPs(z, { counts, base: [5, 5, 0, 45, 45] }, star)
    // 2 · 0.9¹⁰ = 0.697.
    expect(p[3]).toBeCloseTo(2 * 0.9 ** 10, 12)
  })

  it('is null where z is, and 1 where the even spread points the other way', () => {
    const star = withSelf(row)
    expect(evenSpreadPs([null, 1, 1, 1, 1], { counts, base: ones(5) }, star)[0]).toBeNull()
    expect(evenSpreadPs([1, 1, 1, 1, 1], { counts, base: ones(5) }, star)[0]).toBe(1)
    expect(() => evenSpreadPs([1], { counts, base: ones(5) }, star)).toThrow(RangeError)
  })
})

describe('few incidents anywhere', () => {
  const side = 20
  const lattice: SpatialWeights = weightsFromNeighbours(
    Array.from({ length: side * side }, (_, i) =>
      [-side, -1, 1, side]
        .map((step) => i + step)
        .filter(
          (j) =>
            j >= 0 &&
            j < side * side &&
            (Math.abs(j - i) === side || Math.floor(j / side) === Math.floor(i / side)),
        ),
    ),
  )
  const star = withSelf(lattice)
  /** 20 incidents, each anywhere on 400 places. */
  const runs = Array.from({ length: 400 }, (_, seed) => {
    const random = mulberry32(seed + 1)
    const counts = new Float64Array(side * side)
    for (let i = 0; i < 20; i++) counts[Math.floor(random() * side * side)]!++
    return { counts, z: getisOrd(counts, star) }
  })
  const alarms = (pOf: (run: (typeof runs)[number]) => (number | null)[]): number =>
    runs.filter((run) => benjaminiHochberg(pOf(run)).some((q) => q !== null && q < 0.05)).length

  it('raise no more false alarms than one in twenty, and by the normal p nearly always one', () => {
    // 400 · 0.05 = 20 expected at most; 31 is the 99th percentile of Binomial(400, 0.05).
    const normal = (z: readonly (number | null)[]): (number | null)[] =>
      z.map((value) => value && twoSidedP(value))
    const larger = alarms(({ z, counts }) =>
      largerP(normal(z), evenSpreadPs(z, { counts, base: ones(400) }, star)),
    )
    expect(larger).toBeLessThanOrEqual(31)
    expect(alarms(({ z }) => normal(z))).toBeGreaterThan(200)
  })
})

it('in space and time: the neighbourhood is places × steps of the whole', () => {
  const pair = withSelf(weightsFromNeighbours([[1], [0], [3], [2]]))
  const steps = [
    [0, 0, 1, 1],
    [0, 0, 1, 1],
    [9, 9, 1, 1],
  ]
  const z = spaceTimeGetisOrd(steps, pair, 1)
  const p = evenSpreadPsInTime(z, steps, pair, 1)
  // Place 0 at step 2: 18 of 24 incidents in 2 places × 2 of 3 steps, 4/12 of the cube.
  expect(p[8]).toBe(twoSidedBinomialP(18, 24, 1 / 3))
  // At step 0 there is no step back: 2 of 24 in 2/12, on the side that z says.
  expect(p[2]).toBe(twoSidedBinomialP(2, 24, 1 / 6))
})
