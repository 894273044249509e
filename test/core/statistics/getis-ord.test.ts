import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceBandWeights } from '../../../server/core/statistics/distance-band.ts'
import { benjaminiHochberg } from '../../../server/core/statistics/false-discovery.ts'
import { getisOrd } from '../../../server/core/statistics/getis-ord.ts'
import { twoSidedP } from '../../../server/core/statistics/normal.ts'
import { rowStandardised, weightsFromNeighbours, withSelf } from '../../../server/core/statistics/weights.ts'
import { hasRealData } from '../../support/real-data.ts'
import { neighboursOfColumn, neighboursOfLinks, publishedTable } from './published.ts'

/** The largest difference between a result and what was published; fails on a null. */
function largestDifference(actual: readonly (number | null)[], published: readonly number[]): number {
  expect(actual).toHaveLength(published.length)
  expect(actual).not.toContain(null)
  return Math.max(...published.map((value, i) => Math.abs(actual[i]! - value)))
}

const pOf = (z: readonly (number | null)[]): (number | null)[] =>
  z.map((value) => (value === null ? null : twoSidedP(value)))

describe('Gi and Gi* by hand', () => {
  // Five places in a row, all the events on the last two. x̄ = 2, s² = (3·4 + 2·9)/5 = 6.
  const values = [0, 0, 0, 5, 5]
  const row = weightsFromNeighbours([[1], [0, 2], [1, 3], [2, 4], [3]])

  it('is the formula of Ord and Getis with the place itself', () => {
    const z = getisOrd(values, withSelf(row))
    // Place 3: Σw x = 0 + 5 + 5, W = S1 = 3: (10 − 6) / √(6 (15 − 9)/4) = 4/3.
    expect(z[3]).toBeCloseTo(4 / 3, 14)
    // Place 4: 10 − 4 over √(6 (10 − 4)/4) = 3.
    expect(z[4]).toBeCloseTo(2, 14)
  })

  it('is the formula of Ord and Getis without the place itself', () => {
    const z = getisOrd(values, row)
    // Place 4: the others are 0 0 0 5, mean 5/4, s² = 75/16, n − 1 = 4: (5 − 5/4) / √(75/16 (4 − 1)/3) = √3.
    expect(z[4]).toBeCloseTo(Math.sqrt(3), 14)
  })

  // Published in PySAL esda, getisord.py and its tests, to the printed digits: six points, threshold 15.
  const y = [2, 3, 3.2, 5, 8, 7]
  const six = [10, 10, 20, 10, 40, 10, 15, 20, 30, 20, 30, 30]
  const weights = distanceBandWeights(
    y.map((_, i) => [six[2 * i]!, six[2 * i + 1]!]),
    15,
  )

  it('meets the six points of PySAL, binary weights', () => {
    const gi = [-1.0136729, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941]
    const giStar = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    expect(largestDifference(getisOrd(y, weights), gi)).toBeLessThan(5.1e-9)
    expect(largestDifference(getisOrd(y, withSelf(weights)), giStar)).toBeLessThan(5.1e-9)
  })

  // PySAL divides by s √(W (n − W)/(n − 1)), which is Ord and Getis only where Σw² = W, that is for binary weights. Rows of k that sum
  // to 1 have Σw² = 1/k: the standard divides by s √((n/k − 1)/(n − 1)) and gives the z of the binary weights, PySAL's print another.
  it('is not the row-standardised Gi* of PySAL, which is smaller by √((n/k − 1)/(n − 1))', () => {
    const printed = [-0.62488094, -0.09144599, 0.41150696, -0.09144599, 0.24690418, 1.28024388]
    const star = withSelf(weights)
    const z = getisOrd(y, rowStandardised(star))
    expect(largestDifference(z, getisOrd(y, star) as number[])).toBeLessThan(1e-12)
    const k = y.map((_, i) => star.starts[i + 1]! - star.starts[i]!)
    const pysal = z.map((value, i) => value! * Math.sqrt((6 / k[i]! - 1) / 5))
    expect(largestDifference(pysal, printed)).toBeLessThan(5.1e-9)
    for (const [i, value] of printed.entries()) expect(Math.abs(z[i]!)).toBeGreaterThan(1.3 * Math.abs(value))
  })
})

describe.runIf(hasRealData)('Gi and Gi* as R spdep prints them', () => {
  const raster = hasRealData ? publishedTable('data/stats/getisord/getisord_expected_G.csv') : null

  it.each([30, 60, 90, 120, 150])('the 16 × 16 raster of Getis and Ord, distance band %i', (distance) => {
    const [x, y] = [raster!.numbers('x'), raster!.numbers('y')]
    const band = distanceBandWeights(
      x.map((_, i) => [x[i]!, y[i]!]),
      distance,
    )
    const size = raster!.numbers(`n_${distance}`)
    expect(size.map((_, i) => band.starts[i + 1]! - band.starts[i]!)).toEqual(size)
    const values = raster!.numbers('val')
    const gi = getisOrd(values, band)
    const giStar = getisOrd(values, withSelf(band))
    expect(largestDifference(gi, raster!.numbers(`G_z_${distance}`))).toBeLessThan(1e-12)
    expect(largestDifference(giStar, raster!.numbers(`Gstar_z_${distance}`))).toBeLessThan(1e-12)
    // As printed in spdep's documentation of localG for place 120, counting from 1.
    const printed: Record<number, [gi: number, giStar: number, raw: number, bh: number, bonferroni: number]> =
      {
        30: [1.221979163, 1.450779807, 114, 78, 9],
        60: [1.748097543, 1.900558883, 155, 145, 71],
        90: [1.986135427, 2.096938746, 182, 179, 125],
        120: [1.893373824, 1.981906852, 198, 194, 150],
        150: [1.237454253, 1.306698444, 207, 204, 169],
      }
    const [ofGi, ofGiStar, raw, bh, bonferroni] = printed[distance]!
    expect(gi[119]).toBeCloseTo(ofGi, 9)
    expect(giStar[119]).toBeCloseTo(ofGiStar, 9)
    const p = pOf(giStar)
    expect([
      p.filter((value) => value! < 0.05).length,
      benjaminiHochberg(p).filter((value) => value! < 0.05).length,
      p.filter((value) => value! < 0.05 / 256).length,
    ]).toEqual([raw, bh, bonferroni])
  })

  it('p and corrected p of the raster at distance 30', () => {
    const table = publishedTable('fixtures/statistics/getisord_d30.csv')
    const [x, y] = [table.numbers('x'), table.numbers('y')]
    const band = distanceBandWeights(
      x.map((_, i) => [x[i]!, y[i]!]),
      30,
    )
    const giStar = getisOrd(table.numbers('val'), withSelf(band))
    expect(largestDifference(giStar, table.numbers('GiStar30'))).toBeLessThan(1e-12)
    expect(largestDifference(getisOrd(table.numbers('val'), band), table.numbers('Gi30'))).toBeLessThan(1e-12)
    expect(largestDifference(pOf(giStar), table.numbers('p'))).toBeLessThan(1e-14)
    expect(largestDifference(benjaminiHochberg(pOf(giStar)), table.numbers('p_fdr'))).toBeLessThan(1e-14)
  })

  it('sudden infant deaths of North Carolina: Gi* of rates, p and corrected p', () => {
    const table = publishedTable('fixtures/statistics/sids74_nc.csv')
    const rates = table.numbers('raw').map((rate) => rate * 1000)
    const z = getisOrd(rates, withSelf(neighboursOfColumn(table.texts('nb'))))
    expect(largestDifference(z, table.numbers('GiStar_rate1000'))).toBeLessThan(1e-12)
    expect(largestDifference(pOf(z), table.numbers('p'))).toBeLessThan(1e-14)
    expect(largestDifference(benjaminiHochberg(pOf(z)), table.numbers('p_fdr'))).toBeLessThan(1e-14)
  })

  it('crime in Columbus, the neighbours of 1988', () => {
    const table = publishedTable('fixtures/statistics/columbus_oldcol.csv')
    const weights = neighboursOfColumn(table.texts('nb'))
    expect(largestDifference(getisOrd(table.numbers('crime'), weights), table.numbers('Gi'))).toBeLessThan(
      1e-12,
    )
    const star = getisOrd(table.numbers('crime'), withSelf(weights))
    expect(largestDifference(star, table.numbers('GiStar'))).toBeLessThan(1e-12)
  })

  it.each([
    ['columbus', 'CRIME'],
    ['columbus', 'HOVAL'],
    ['guerry', 'Donatns'],
    ['guerry', 'Crm_prs'],
    ['nc_sids', 'SIDR74'],
  ])('%s, %s, queen neighbours', (folder, variable) => {
    const table = publishedTable(`data/stats/${folder}/expected_local_${variable}.csv`)
    const links = publishedTable(`data/stats/${folder}/expected_queen_neighbours.csv`)
    const weights = neighboursOfLinks(links, table.texts('id'))
    const values = table.numbers('value')
    expect(largestDifference(getisOrd(values, weights), table.numbers('g_z_binary'))).toBeLessThan(1e-12)
    const star = getisOrd(values, withSelf(weights))
    expect(largestDifference(star, table.numbers('gstar_z_binary_self'))).toBeLessThan(1e-12)
  })
})

describe('where the statistic is undefined', () => {
  const ring = weightsFromNeighbours([
    [1, 3],
    [0, 2],
    [1, 3],
    [0, 2],
  ])

  it('is null for an island, with and without the place itself', () => {
    const weights = weightsFromNeighbours([[1], [0, 2], [1, 3], [2], []])
    expect(getisOrd([1, 2, 4, 8, 16], weights)[4]).toBeNull()
    expect(getisOrd([1, 2, 4, 8, 16], withSelf(weights))[4]).toBeNull()
    expect(getisOrd([1, 2, 4, 8, 16], withSelf(weights))[3]).not.toBeNull()
  })

  it('is null when all values are equal, also where their sum is not exact', () => {
    expect(getisOrd([0.1, 0.1, 0.1, 0.1], withSelf(ring))).toEqual([null, null, null, null])
    expect(getisOrd([0.1, 0.1, 0.1, 0.1], ring)).toEqual([null, null, null, null])
  })

  it('is null for Gi, and only there, when all the other values are equal', () => {
    const z = getisOrd([0.7, 0.1, 0.1, 0.1], ring)
    expect(z.map((value) => value === null)).toEqual([true, false, false, false])
  })

  it('is null when the neighbourhood is the whole set', () => {
    const full = weightsFromNeighbours([0, 1, 2, 3].map((i) => [0, 1, 2, 3].filter((j) => j !== i)))
    for (const weights of [full, withSelf(full), rowStandardised(full), rowStandardised(withSelf(full))]) {
      expect(getisOrd([1, 2, 4, 8], weights)).toEqual([null, null, null, null])
    }
  })

  it('is defined for the whole set when its parts weigh differently', () => {
    const weights = withSelf(
      weightsFromNeighbours([0, 1, 2, 3].map((i) => [0, 1, 2, 3].filter((j) => j !== i))),
      2,
    )
    // Place 3: x̄ = 15/4, s² = 115/16, W = 5, S1 = 7: (23 − 75/4) / √(115/16 (28 − 25)/3).
    expect(getisOrd([1, 2, 4, 8], weights)[3]).toBeCloseTo(4.25 / Math.sqrt(115 / 16), 14)
  })

  it('is null for one place, and nothing for none', () => {
    expect(getisOrd([5], withSelf(weightsFromNeighbours([[]])))).toEqual([null])
    expect(getisOrd([], weightsFromNeighbours([]))).toEqual([])
  })

  it('refuses values that are no numbers or not as many as places', () => {
    expect(() => getisOrd([1, 2, Number.NaN, 4], ring)).toThrow(RangeError)
    expect(() => getisOrd([1, 2, 3], ring)).toThrow(RangeError)
  })

  it('keeps its digits beside one value that dwarfs the others', () => {
    const values = [1e9, 1, 0, 1, 0, 2]
    const circle = weightsFromNeighbours(values.map((_, i) => [(i + 1) % 6, (i + 5) % 6]))
    // Gi of place 0: the others 1 0 1 0 2, mean 4/5, s² = 14/25, neighbours 1 + 2: (3 − 8/5) / √(14/25 (10 − 4)/4).
    expect(getisOrd(values, circle)[0]).toBeCloseTo(1.4 / Math.sqrt(0.84), 14)
  })
})

describe('properties', () => {
  /** Places with values and symmetric links; the values are not all alike by chance of the generator, only sometimes. */
  const setting = fc.integer({ min: 3, max: 25 }).chain((n) =>
    fc.record({
      values: fc.array(fc.integer({ min: -500, max: 500 }), { minLength: n, maxLength: n }),
      links: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)), { maxLength: 3 * n }),
      order: fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i),
        { minLength: n },
      ),
      star: fc.boolean(),
    }),
  )

  const weightsOf = (n: number, links: readonly (readonly [number, number])[], star: boolean) => {
    const lists: number[][] = Array.from({ length: n }, () => [])
    for (const [a, b] of links) {
      if (a === b) continue
      lists[a]!.push(b)
      lists[b]!.push(a)
    }
    const weights = weightsFromNeighbours(lists)
    return star ? withSelf(weights) : weights
  }

  /** Undefined in the same places, and the largest difference elsewhere. */
  function difference(actual: readonly (number | null)[], wanted: readonly (number | null)[]): number {
    const apart = actual.map((value, i) => {
      const other = wanted[i]!
      if (value === null || other === null) return value === other ? 0 : Number.POSITIVE_INFINITY
      return Math.abs(value - other)
    })
    return Math.max(...apart)
  }

  it('binary and row-standardised weights give the same z', () => {
    fc.assert(
      fc.property(setting, ({ values, links, star }) => {
        const weights = weightsOf(values.length, links, star)
        expect(
          difference(getisOrd(values, rowStandardised(weights)), getisOrd(values, weights)),
        ).toBeLessThan(1e-9)
      }),
    )
  })

  it('the order of the places does not matter', () => {
    fc.assert(
      fc.property(setting, ({ values, links, order, star }) => {
        const place = new Map(order.map((from, to) => [from, to]))
        const moved = links.map(([a, b]) => [place.get(a)!, place.get(b)!] as const)
        const z = getisOrd(values, weightsOf(values.length, links, star))
        const shuffled = getisOrd(
          order.map((i) => values[i]!),
          weightsOf(values.length, moved, star),
        )
        const wanted = order.map((i) => z[i]!)
        expect(difference(shuffled, wanted)).toBeLessThan(1e-9)
      }),
    )
  })

  it('a·x + b leaves z for a > 0 and turns its sign for a < 0', () => {
    const factor = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: -1000, max: -1 }))
    fc.assert(
      fc.property(setting, factor, fc.integer({ min: -1e6, max: 1e6 }), ({ values, links, star }, a, b) => {
        const weights = weightsOf(values.length, links, star)
        const z = getisOrd(values, weights)
        const changed = getisOrd(
          values.map((value) => a * value + b),
          weights,
        )
        const wanted = z.map((value) => (value === null ? null : Math.sign(a) * value))
        expect(difference(changed, wanted)).toBeLessThan(1e-9)
      }),
    )
  })
})

describe('when there is nothing to find', () => {
  /** Uniform numbers from a seed (mulberry32), so that the test is the same on every run. */
  function uniform(seed: number): () => number {
    let state = seed
    return () => {
      state = (state + 0x6d2b79f5) | 0
      let t = Math.imul(state ^ (state >>> 15), state | 1)
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
      return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
    }
  }

  const side = 12
  const lattice = withSelf(
    distanceBandWeights(
      Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const),
      1,
    ),
  )
  const runs = Array.from({ length: 500 }, (_, seed) => {
    const random = uniform(seed)
    // A sum of twelve uniforms: as good as normal.
    const value = (): number => Array.from({ length: 12 }, random).reduce((sum, part) => sum + part, 0)
    return pOf(
      getisOrd(
        Array.from({ length: side * side }, () => value()),
        lattice,
      ),
    )
  })

  it.each([
    ['corner', 0],
    ['edge', 5],
    ['middle', 66],
  ])('p is uniform over 500 seeds at a place of the %s', (_, place) => {
    const sorted = runs.map((p) => p[place]!).sort((a, b) => a - b)
    const distance = Math.max(...sorted.map((p, i) => Math.max(p - i / 500, (i + 1) / 500 - p)))
    expect(distance).toBeLessThan(1.628 / Math.sqrt(500)) // Kolmogorov–Smirnov, 1 %
  })

  it('Benjamini–Hochberg at 0.05 finds something in about one run of twenty at most', () => {
    const alarms = runs.filter((p) => benjaminiHochberg(p).some((q) => q! < 0.05)).length
    expect(alarms).toBeLessThanOrEqual(37) // 25 expected; 37 is the 99th percentile of Binomial(500, 0.05)
  })
})
