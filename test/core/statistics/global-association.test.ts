import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceBandWeights } from '../../../server/core/statistics/distance-band.ts'
import { empiricalBayesRates } from '../../../server/core/statistics/empirical-bayes.ts'
import {
  type GlobalAssociation,
  generalG,
  globalGeary,
  globalMoran,
} from '../../../server/core/statistics/global-association.ts'
import { rowStandardised, weightsFromNeighbours, withSelf } from '../../../server/core/statistics/weights.ts'
import { hasRealData } from '../../support/real-data.ts'
import { neighboursOfColumn, neighboursOfLinks, publishedJson, publishedTable } from './published.ts'
import { relabelled, settings, weightsOf } from './settings.ts'

const squares = (side: number) =>
  distanceBandWeights(
    Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const),
    1,
  )

describe('the published answers', () => {
  it('nine squares with 1 … 9, of PySAL', () => {
    const moran = globalMoran([1, 2, 3, 4, 5, 6, 7, 8, 9], squares(3))!
    expect(moran.statistic).toBeCloseTo(0.5, 14)
    expect(moran.expectation).toBe(-1 / 8)
    expect(moran.normality!.variance).toBeCloseTo(0.053125, 14)
    expect(moran.randomisation!.variance).toBeCloseTo(0.0596875, 14)
  })

  it("six points of PySAL: Getis and Ord's G", () => {
    const points = [
      [10, 10],
      [20, 10],
      [40, 10],
      [15, 20],
      [30, 20],
      [30, 30],
    ] as const
    const g = generalG([2, 3, 3.2, 5, 8, 7], distanceBandWeights(points, 15))!
    expect(g.statistic).toBeCloseTo(0.55709779, 8)
  })
})

describe.runIf(hasRealData)('the published answers of R spdep', () => {
  it('crime in Columbus, the neighbours of 1988', () => {
    const table = publishedTable('fixtures/statistics/columbus_oldcol.csv')
    const binary = neighboursOfColumn(table.texts('nb'))
    const crime = table.numbers('crime')
    const moran = globalMoran(crime, rowStandardised(binary))!
    expect(moran.statistic).toBeCloseTo(0.510951264, 9)
    expect(moran.expectation).toBeCloseTo(-0.020833333, 9)
    expect(moran.randomisation!.variance).toBeCloseTo(0.008908762, 9)
    expect(moran.randomisation!.z).toBeCloseTo(5.6341, 4)
    expect(moran.normality!.variance).toBeCloseTo(0.008779831, 9)
    expect(moran.normality!.z).toBeCloseTo(5.6754, 4)
    const unweighted = globalMoran(crime, binary)!
    expect(unweighted.statistic).toBeCloseTo(0.52063815, 8)
    expect(unweighted.randomisation!.variance).toBeCloseTo(0.00759872, 8)
    expect(unweighted.randomisation!.z).toBeCloseTo(6.2116, 4)
    const geary = globalGeary(crime, rowStandardised(binary))!
    expect(geary.statistic).toBeCloseTo(0.52986993, 8)
    expect(geary.randomisation!.variance).toBeCloseTo(0.00975278, 8)
    expect(geary.randomisation!.z).toBeCloseTo(4.7605, 4)
  })

  it('sudden infant deaths: raw rates, and the excess over the rate of all', () => {
    const table = publishedTable('fixtures/statistics/sids74_nc.csv')
    const weights = rowStandardised(neighboursOfColumn(table.texts('nb')))
    expect(globalMoran(table.numbers('raw'), weights)!.statistic).toBeCloseTo(0.24772517169, 11)
    // PySAL's "excess risk" is the raw rate over the rate of all.
    const { prior } = empiricalBayesRates(table.numbers('cases'), table.numbers('pop'))
    const excess = table.numbers('raw').map((rate) => rate / prior!.mean)
    const published = [0.453433, 0, 0.775871, 0.97381, 3.13319]
    expect(excess.slice(0, 5).map((value) => Number(value.toPrecision(6)))).toEqual(published)
  })

  interface Published {
    variables: Record<string, Record<string, number>>
  }

  it.each([
    ['columbus', 'CRIME'],
    ['columbus', 'HOVAL'],
    ['guerry', 'Donatns'],
    ['guerry', 'Crm_prs'],
    ['nc_sids', 'SIDR74'],
  ])('%s, %s, queen neighbours', (folder, variable) => {
    const wanted = (publishedJson(`data/stats/${folder}/expected.json`) as Published).variables[variable]!
    const table = publishedTable(`data/stats/${folder}/expected_local_${variable}.csv`)
    const binary = neighboursOfLinks(
      publishedTable(`data/stats/${folder}/expected_queen_neighbours.csv`),
      table.texts('id'),
    )
    const values = table.numbers('value')
    const moran = globalMoran(values, rowStandardised(binary))!
    const geary = globalGeary(values, rowStandardised(binary))!
    const g = generalG(values, binary)!
    const pairs: [actual: number, published: number][] = [
      [moran.statistic, wanted['moran_I']!],
      [moran.expectation, wanted['moran_E']!],
      [moran.randomisation!.variance, wanted['moran_var_randomisation']!],
      [moran.randomisation!.z, wanted['moran_z']!],
      // spdep prints the upper tail of a z above 0: half of the two-sided p.
      [moran.randomisation!.p / 2, wanted['moran_p_one_sided']!],
      [geary.statistic, wanted['geary_C']!],
      [geary.randomisation!.variance, wanted['geary_var_randomisation']!],
      [geary.randomisation!.z, wanted['geary_z']!],
      [g.statistic, wanted['global_G']!],
      [g.randomisation!.z, wanted['global_G_z']!],
    ]
    // Thirteen digits are printed; z of G loses some to the difference of large sums, in R as here.
    for (const [actual, published] of pairs) expect(Math.abs(actual / published - 1)).toBeLessThan(1e-10)
  })
})

describe('variances', () => {
  it('under randomisation are those of all orders of six values', () => {
    // All 720 orders, each counted: what the formulas state in closed form.
    const weights = weightsFromNeighbours([[1, 2], [0], [0, 3, 4], [2], [2, 5], [4]])
    const values = [1, 2, 4, 4, 7, 12]
    const orders = permutationsOf(values)
    for (const statistic of [globalMoran, globalGeary, generalG]) {
      const drawn = orders.map((order) => statistic(order, weights)!.statistic)
      const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
      const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length
      const stated = statistic(values, weights)!
      expect(stated.expectation).toBeCloseTo(mean, 12)
      expect(stated.randomisation!.variance).toBeCloseTo(variance, 12)
    }
  })

  function permutationsOf(values: readonly number[]): number[][] {
    if (values.length === 0) return [[]]
    return values.flatMap((value, i) =>
      permutationsOf(values.filter((_, j) => j !== i)).map((rest) => [value, ...rest]),
    )
  }
})

describe('where nothing can be said', () => {
  const ring = weightsFromNeighbours([
    [1, 3],
    [0, 2],
    [1, 3],
    [0, 2],
  ])
  const full = weightsFromNeighbours([0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].filter((j) => j !== i)))

  it.each([
    ['Moran', globalMoran],
    ['Geary', globalGeary],
    ['G', generalG],
  ] as const)('%s is null', (_, statistic) => {
    expect(statistic([0.1, 0.1, 0.1, 0.1], ring)).toBeNull()
    expect(statistic([1, 2, 3], weightsFromNeighbours([[1], [0, 2], [1]]))).toBeNull()
    expect(statistic([1, 2, 3, 4], weightsFromNeighbours([[], [], [], []]))).toBeNull()
    // Everybody beside everybody: the statistic is the same in every order.
    expect(statistic([1, 2, 4, 8, 16], full)!.randomisation).toBeNull()
  })

  it('an island changes nothing', () => {
    const island = weightsFromNeighbours([[1, 3], [0, 2], [1, 3], [0, 2], []])
    for (const statistic of [globalMoran, globalGeary, generalG]) {
      const without = statistic([3, 1, 4, 1.5], ring)!
      const with5 = statistic([3, 1, 4, 1.5, 99], island)!
      expect(with5.n).toBe(4)
      expect(apart(with5, without)).toBeLessThan(1e-12)
    }
  })

  it('refuses weights with the place itself, and G a value below 0', () => {
    expect(() => globalMoran([1, 2, 3, 4], withSelf(ring))).toThrow(RangeError)
    expect(() => generalG([1, -2, 3, 4], ring)).toThrow(RangeError)
    expect(() => globalGeary([1, Number.NaN, 3, 4], ring)).toThrow(RangeError)
  })
})

/** The largest difference of two answers; infinite where one says nothing and the other does. */
function apart(a: GlobalAssociation | null, b: GlobalAssociation | null): number {
  if (a === null || b === null) return a === b ? 0 : Number.POSITIVE_INFINITY
  const tests = [
    [a.normality, b.normality],
    [a.randomisation, b.randomisation],
  ] as const
  return Math.max(
    Math.abs(a.statistic - b.statistic),
    ...tests.map(([one, other]) => {
      if (one === null || other === null) return one === other ? 0 : Number.POSITIVE_INFINITY
      return Math.max(Math.abs(one.variance - other.variance), Math.abs(one.z - other.z))
    }),
  )
}

describe('properties', () => {
  it('neither the order of the places nor the unit and origin of the values show', () => {
    fc.assert(
      fc.property(
        settings,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 0, max: 1e4 }),
        (given, a, b) => {
          const positive = given.values.map((value) => value + 500)
          const weights = weightsOf(given)
          const moved = relabelled({ ...given, values: positive })
          for (const statistic of [globalMoran, globalGeary, generalG]) {
            const answer = statistic(positive, weights)
            expect(apart(statistic(moved.values, weightsOf(moved)), answer)).toBeLessThan(1e-8)
            // G is a ratio of products: it bears another unit, not another origin.
            const scaled = positive.map((value) => a * value + (statistic === generalG ? 0 : b))
            expect(apart(statistic(scaled, weights), answer)).toBeLessThan(1e-8)
          }
        },
      ),
    )
  })
})
