import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceBandWeights } from '../../../server/core/statistics/distance-band.ts'
import { getisOrd } from '../../../server/core/statistics/getis-ord.ts'
import { type LocalMoran, localMoran } from '../../../server/core/statistics/local-moran.ts'
import { rowStandardised, weightsFromNeighbours, withSelf } from '../../../server/core/statistics/weights.ts'
import { hasRealData } from '../../support/real-data.ts'
import { neighboursOfColumn, neighboursOfLinks, publishedTable, type Table } from './published.ts'
import { relabelled, settings, weightsOf } from './settings.ts'

describe('local Moran by hand', () => {
  it('five places in a row', () => {
    // x̄ = 2, z = −2 −2 −2 3 3, m₂ = 30/5 = 6; binary weights.
    const places = localMoran([0, 0, 0, 5, 5], weightsFromNeighbours([[1], [0, 2], [1, 3], [2, 4], [3]]))
    expect(places.map((place) => place!.quadrant)).toEqual(['LL', 'LL', 'LH', 'HH', 'HH'])
    // Place 2: −2/6 (−2 + 3); E = −4 · 2/(4 · 6); Var = (2/6)² 5/3 (2 − 4/4)(6 − 4/4).
    expect(places[2]!.statistic).toBeCloseTo(-1 / 3, 14)
    expect(places[2]!.expectation).toBeCloseTo(-1 / 3, 14)
    expect(places[2]!.variance).toBeCloseTo(25 / 27, 14)
    expect(places[2]!.z).toBeCloseTo(0, 14)
    // Place 4: 3/6 · 3; E = −9/(4 · 6); Var = (1/2)² 5/3 (1 − 1/4)(6 − 9/4) = 75/64.
    expect(places[4]!.statistic).toBeCloseTo(1.5, 14)
    expect(places[4]!.z).toBeCloseTo((1.5 + 9 / 24) / Math.sqrt(75 / 64), 14)
  })
})

/** The largest difference from the columns of a published table, relative where a figure is above 1. */
function apartFrom(
  places: readonly (LocalMoran | null)[],
  columns: Partial<Record<Figure, number[]>>,
): number {
  const figures = Object.entries(columns) as [Figure, number[]][]
  return Math.max(
    ...figures.flatMap(([figure, published]) => {
      expect(places).toHaveLength(published.length)
      return published.map((value, i) => Math.abs(places[i]![figure] - value) / Math.max(1, Math.abs(value)))
    }),
  )
}
type Figure = 'statistic' | 'expectation' | 'variance' | 'z'

/** The tables print fifteen digits, from values that are themselves rounded to as many. */
const printed = 1e-12

describe.runIf(hasRealData)('local Moran as R spdep prints it', () => {
  const published = (table: Table) => ({
    statistic: table.numbers('local_moran_I'),
    expectation: table.numbers('local_moran_E'),
    variance: table.numbers('local_moran_var'),
    z: table.numbers('local_moran_z'),
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
    const weights = rowStandardised(neighboursOfLinks(links, table.texts('id')))
    expect(apartFrom(localMoran(table.numbers('value'), weights), published(table))).toBeLessThan(printed)
  })

  it('crime in Columbus, the neighbours of 1988', () => {
    const table = publishedTable('fixtures/statistics/columbus_oldcol.csv')
    const weights = rowStandardised(neighboursOfColumn(table.texts('nb')))
    const apart = apartFrom(localMoran(table.numbers('crime'), weights), {
      statistic: table.numbers('Ii'),
      expectation: table.numbers('EIi'),
      variance: table.numbers('VIi'),
      z: table.numbers('ZIi'),
    })
    expect(apart).toBeLessThan(printed)
  })

  it('sudden infant deaths of North Carolina', () => {
    const table = publishedTable('fixtures/statistics/sids74_nc.csv')
    const weights = rowStandardised(neighboursOfColumn(table.texts('nb')))
    const apart = apartFrom(localMoran(table.numbers('raw'), weights), {
      statistic: table.numbers('Ii'),
      z: table.numbers('Z_Ii'),
    })
    expect(apart).toBeLessThan(printed)
  })
})

describe('where local Moran is undefined', () => {
  const ring = weightsFromNeighbours([
    [1, 3],
    [0, 2],
    [1, 3],
    [0, 2],
  ])

  it('is null', () => {
    expect(localMoran([0.1, 0.1, 0.1, 0.1], ring)).toEqual([null, null, null, null])
    // An island; and place 1, which lies at the mean of 3: there I is 0 whatever the neighbours are.
    const chain = weightsFromNeighbours([[1], [0, 2], [1, 3], [2], []])
    const places = localMoran([1, 3, 2, 4, 5], chain)
    expect(places.map((place) => place === null)).toEqual([false, true, false, false, true])
    // All the others are equal.
    expect(localMoran([0.7, 0.1, 0.1, 0.1], ring)[0]).toBeNull()
    const full = weightsFromNeighbours([0, 1, 2, 3].map((i) => [0, 1, 2, 3].filter((j) => j !== i)))
    expect(localMoran([1, 2, 4, 8], rowStandardised(full))).toEqual([null, null, null, null])
  })

  it('has no quadrant where the neighbours are together at the mean', () => {
    // x̄ = 3; the neighbours of place 0 are 1 and 5.
    const place = localMoran([4, 1, 2, 5], ring)[0]!
    expect(place.quadrant).toBeNull()
    expect(place.statistic).toBeCloseTo(0, 14)
  })

  it('refuses weights with the place itself', () => {
    expect(() => localMoran([1, 2, 3, 4], withSelf(ring))).toThrow(RangeError)
  })
})

describe('properties of local Moran', () => {
  const near = (a: LocalMoran | null, b: LocalMoran | null): boolean =>
    a === null || b === null
      ? a === b
      : a.quadrant === b.quadrant &&
        Math.abs(a.statistic - b.statistic) < 1e-8 &&
        Math.abs(a.variance - b.variance) < 1e-8 &&
        Math.abs(a.z - b.z) < 1e-8

  it('neither the order of the places nor the unit and origin of the values show', () => {
    fc.assert(
      fc.property(
        settings,
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: -1e4, max: 1e4 }),
        (given, a, b) => {
          const places = localMoran(given.values, weightsOf(given))
          const moved = relabelled({ ...given, values: given.values.map((value) => a * value + b) })
          const other = localMoran(moved.values, weightsOf(moved))
          expect(other.every((place, k) => near(place, places[given.order[k]!]!))).toBe(true)
        },
      ),
    )
  })

  it('the moments and the z taken from Gi agree', () => {
    const side = 6
    const weights = distanceBandWeights(
      Array.from({ length: side * side }, (_, i) => [i % side, Math.floor(i / side)] as const),
      1.5,
    )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 36, maxLength: 36 }), (values) => {
        const places = localMoran(values, weights)
        const deviates = getisOrd(values, weights)
        places.forEach((place, i) => {
          if (place === null) return
          // The variance by its formula against the z taken from Gi.
          const z = (place.statistic - place.expectation) / Math.sqrt(place.variance)
          expect(Math.abs(z - place.z)).toBeLessThan(1e-9)
          expect(Math.abs(place.z)).toBeCloseTo(Math.abs(deviates[i]!), 12)
        })
      }),
      { numRuns: 30 },
    )
  })
})
