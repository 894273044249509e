import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { distanceBandWeights } from '../../../server/core/statistics/distance-band.ts'
import { benjaminiHochberg } from '../../../server/core/statistics/false-discovery.ts'
import { localMoran } from '../../../server/core/statistics/local-moran.ts'
import { localMoranPermutation } from '../../../server/core/statistics/local-moran-permutation.ts'
import { RunStopped } from '../../../server/core/statistics/run-control.ts'
import {
  rowStandardised,
  type SpatialWeights,
  weightsFromNeighbours,
} from '../../../server/core/statistics/weights.ts'
import { farFromUniform, relabelled, settings, weightsOf } from './settings.ts'

const latticeOf = (side: number): SpatialWeights =>
  distanceBandWeights(
    Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const),
    1,
  )

/** As good as normal: a sum of twelve uniforms. */
const normal = (random: () => number): number => {
  let sum = -6
  for (let k = 0; k < 12; k++) sum += random()
  return sum
}

describe('p by conditional permutation', () => {
  it('comes near to the share of all possible neighbourhoods', () => {
    // Place 0 (value 9) with two of the other five as neighbours: ten pairs, each as likely.
    const values = [9, 1, 2, 4, 8, 6]
    const weights = weightsFromNeighbours([[4, 5], [0], [1], [2], [3], [4]])
    const sums = [3, 5, 9, 7, 6, 10, 8, 12, 10, 14] // of 1 2 4 8 6, observed 8 + 6 = 14: one of ten
    expect(sums.filter((sum) => sum >= 14)).toHaveLength(1)
    const p = localMoranPermutation(values, weights, { permutations: 20_000, seed: 5 })[0]!
    // Two-sided 0.2; the standard error of the share is 2 √(0.1 · 0.9/20000) = 0.0042.
    expect(Math.abs(p - 0.2)).toBeLessThan(4 * 0.0042)
  })

  it('draws without replacement, and pairs unequal weights with any of the draws', () => {
    // All three others are neighbours, one of them weighing 2; with replacement 27 sums were possible. Sums 7+1, 7+2, 7+4 (of 1 2 4), equally likely.
    const uneven: SpatialWeights = {
      size: 4,
      includesSelf: false,
      starts: Uint32Array.of(0, 3, 3, 3, 3),
      places: Uint32Array.of(1, 2, 3),
      weights: Float64Array.of(1, 1, 2),
    }
    const p = localMoranPermutation([9, 1, 2, 4], uneven, { permutations: 20_000, seed: 1 })[0]!
    expect(Math.abs(p - 2 / 3)).toBeLessThan(4 * 2 * Math.sqrt((1 / 3) * (2 / 3) * (1 / 20_000)))
  })

  it('is never 0, and 2/(R + 1) at least', () => {
    const side = 8
    const values = Array.from({ length: side * side }, (_, i) =>
      i % side < 2 && i < 2 * side ? 100 + i : i % 3,
    )
    const p = localMoranPermutation(values, latticeOf(side), { permutations: 99, seed: 3 })
    expect(Math.min(...p.map((value) => value ?? 1))).toBe(2 / 100)
  })

  it('counts ties on both sides', () => {
    // Place 0 is the only one with another value: whoever its neighbours are, they are 1. The rest are tied in part.
    const values = [5, 1, 1, 1, 2, 1]
    const weights = weightsFromNeighbours([[1, 2], [2, 3], [1, 3], [1], [0, 1], [0]])
    const p = localMoranPermutation(values, weights, { permutations: 999 })
    // Place 3 (1 beside 1): of the others 5 1 1 2 1 three are as low as its neighbour, none lower: r₋ ≈ 3/5, so 2 · 3/5 > 1.
    expect(p[3]).toBe(1)
  })

  it('is null where local Moran is', () => {
    fc.assert(
      fc.property(settings, (given) => {
        const weights = weightsOf(given)
        const p = localMoranPermutation(given.values, weights, { permutations: 19 })
        expect(p.map((value) => value === null)).toEqual(
          localMoran(given.values, weights).map((place) => place === null),
        )
      }),
    )
  })

  it('neither the order of the places, nor the unit of the values, nor row-standardising shows', () => {
    fc.assert(
      fc.property(
        settings,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: -999, max: 999 }),
        (given, a, b) => {
          const options = { permutations: 99, seed: 11 }
          const weights = weightsOf(given)
          const p = localMoranPermutation(given.values, weights, options)
          expect(localMoranPermutation(given.values, rowStandardised(weights), options)).toEqual(p)
          const moved = relabelled({ ...given, values: given.values.map((value) => a * value + b) })
          expect(localMoranPermutation(moved.values, weightsOf(moved), options)).toEqual(
            given.order.map((i) => p[i]!),
          )
        },
      ),
    )
  })

  it('is the same for the same seed, tells its progress and ends when told to', () => {
    const values = Array.from({ length: 64 }, (_, i) => (i * 37) % 17)
    const lattice = latticeOf(8)
    const steps: number[] = []
    const p = localMoranPermutation(values, lattice, {
      seed: 4,
      onProgress: (step, total) => steps.push(step / total),
    })
    expect(p).toEqual(localMoranPermutation(values, lattice, { seed: 4 }))
    expect(p).not.toEqual(localMoranPermutation(values, lattice, { seed: 5 }))
    expect(steps.at(-1)).toBe(1)
    expect(() => localMoranPermutation(values, lattice, { shouldStop: () => true })).toThrow(RunStopped)
    expect(() => localMoranPermutation(values, lattice, { permutations: 0 })).toThrow(RangeError)
  })
})

describe('when there is nothing to find', () => {
  const side = 10
  const lattice = rowStandardised(latticeOf(side))
  const runs = Array.from({ length: 500 }, (_, seed) => {
    const random = mulberry32(seed)
    const values = Array.from({ length: side * side }, () => normal(random))
    return localMoranPermutation(values, lattice, { permutations: 199, seed: seed + 10_000 }).map((p) => p!)
  })

  it.each([
    ['corner', 0],
    ['edge', 5],
    ['middle', 44],
  ])('p is uniform over 500 seeds at a place of the %s', (_, place) => {
    const { distance, critical } = farFromUniform(runs.map((p) => p[place]!))
    // p takes 100 values, 0.01 apart: a step of that is no departure.
    expect(distance).toBeLessThan(critical + 0.01)
  })

  it('Benjamini–Hochberg at 0.05 finds something in about one run of twenty at most', () => {
    const alarms = runs.filter((p) => benjaminiHochberg(p).some((q) => q! < 0.05)).length
    expect(alarms).toBeLessThanOrEqual(37) // 25 expected; 37 is the 99th percentile of Binomial(500, 0.05)
  })
})

describe('when there is something to find', () => {
  it('Benjamini–Hochberg keeps its false discovery rate over 100 simulations', () => {
    // A block of 4 × 4 with values 3 above the rest of 10 × 10. False is what has no place of the block in its neighbourhood.
    const side = 10
    const inBlock = (i: number): boolean => i % side < 4 && i < 4 * side
    const lattice = latticeOf(side)
    const touches = Array.from({ length: side * side }, (_, i) =>
      [i, ...lattice.places.subarray(lattice.starts[i], lattice.starts[i + 1])].some(inBlock),
    )
    let rates = 0
    let found = 0
    for (let seed = 0; seed < 100; seed++) {
      const random = mulberry32(seed)
      const values = Array.from({ length: side * side }, (_, i) => normal(random) + (inBlock(i) ? 3 : 0))
      const q = benjaminiHochberg(localMoranPermutation(values, lattice, { permutations: 4999, seed }))
      const called = [...q.keys()].filter((i) => q[i] !== null && q[i]! < 0.05)
      rates += called.length === 0 ? 0 : called.filter((i) => !touches[i]).length / called.length
      found += called.filter(inBlock).length
    }
    expect(rates / 100).toBeLessThan(0.05)
    expect(found / 100).toBeGreaterThan(2) // it is not kept by finding nothing
  })
})
