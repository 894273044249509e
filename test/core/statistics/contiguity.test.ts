import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { FeatureCollection } from 'geojson'
import { describe, expect, it } from 'vitest'
import { type ContiguityRule, contiguityWeights } from '../../../server/core/statistics/contiguity.ts'
import { globalMoran } from '../../../server/core/statistics/global-association.ts'
import { rowStandardised, type SpatialWeights } from '../../../server/core/statistics/weights.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { hasRealData, realData } from '../../support/real-data.ts'
import { neighboursOfLinks, publishedJson, publishedTable } from './published.ts'

const neighboursOf = (w: SpatialWeights): number[][] =>
  Array.from({ length: w.size }, (_, i) => [...w.places.subarray(w.starts[i], w.starts[i + 1])])

const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

describe('contiguity', () => {
  const four = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2)]

  it('of four squares: across edges, and for queens across the corner', () => {
    expect(neighboursOf(contiguityWeights(four, 'edge'))).toEqual([
      [1, 2],
      [0, 3],
      [0, 3],
      [1, 2],
    ])
    expect(neighboursOf(contiguityWeights(four, 'queen'))).toEqual([
      [1, 2, 3],
      [0, 2, 3],
      [0, 1, 3],
      [0, 1, 2],
    ])
  })

  it('sees edges that meet without a common vertex', () => {
    // A long box over two short ones, which meet in the middle of its edge; and one that touches by a corner only.
    const boxes = [box(0, 1, 4, 2), box(0, 0, 2, 1), box(2, 0, 4, 1), box(4, 2, 5, 3)]
    expect(neighboursOf(contiguityWeights(boxes, 'edge'))).toEqual([[1, 2], [0, 2], [0, 1], []])
    expect(neighboursOf(contiguityWeights(boxes, 'queen'))).toEqual([[1, 2, 3], [0, 2], [0, 1], [0]])
    // Half an edge beside half an edge.
    expect(neighboursOf(contiguityWeights([box(0, 0, 1, 2), box(1, 1, 2, 3)], 'edge'))).toEqual([[1], [0]])
    // A corner on the middle of an edge.
    const diamond: AreaGeometry = {
      type: 'Polygon',
      coordinates: [
        [
          [1, 1],
          [2, 0],
          [3, 1],
          [2, 2],
          [1, 1],
        ],
      ],
    }
    expect(neighboursOf(contiguityWeights([box(0, 0, 1, 2), diamond], 'edge'))).toEqual([[], []])
    expect(neighboursOf(contiguityWeights([box(0, 0, 1, 2), diamond], 'queen'))).toEqual([[1], [0]])
  })

  it('is parted by the narrowest gap, and reaches holes and parts', () => {
    expect(neighboursOf(contiguityWeights([box(0, 0, 1, 1), box(1 + 1e-9, 0, 2, 1)], 'queen'))).toEqual([
      [],
      [],
    ])
    const [outer] = (box(0, 0, 9, 9) as { coordinates: number[][][] }).coordinates
    const [hole] = (box(3, 3, 6, 6) as { coordinates: number[][][] }).coordinates
    const ring: AreaGeometry = { type: 'Polygon', coordinates: [outer!, hole!] }
    const parts: AreaGeometry = {
      type: 'MultiPolygon',
      coordinates: [box(3, 3, 6, 6), box(20, 20, 21, 21)].map((part) => part.coordinates as number[][][]),
    }
    expect(neighboursOf(contiguityWeights([ring, parts, box(21, 20, 22, 21)]))).toEqual([[1], [0, 2], [1]])
    expect(contiguityWeights([]).size).toBe(0)
  })

  it('is a lattice for a lattice, wherever it lies, in any order, whichever way its rings run', () => {
    const setting = fc.record({
      columns: fc.integer({ min: 1, max: 5 }),
      rows: fc.integer({ min: 1, max: 5 }),
      shift: fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })),
      rule: fc.constantFrom<ContiguityRule>('edge', 'queen'),
      turned: fc.boolean(),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(setting, ({ columns, rows, shift: [dx, dy], rule, turned, seed }) => {
        const n = columns * rows
        const order = Array.from({ length: n }, (_, i) => i).sort(
          (a, b) => ((a * 7919 + seed) % n) - ((b * 7919 + seed) % n),
        )
        const polygons = order.map((i) => {
          const [x, y] = [(i % columns) + dx, Math.floor(i / columns) + dy]
          const polygon = box(x, y, x + 1, y + 1) as { type: 'Polygon'; coordinates: number[][][] }
          return turned ? { ...polygon, coordinates: [polygon.coordinates[0]!.toReversed()] } : polygon
        })
        const wanted = order.map((i) =>
          order.flatMap((j, k) => {
            const across = Math.abs((i % columns) - (j % columns))
            const along = Math.abs(Math.floor(i / columns) - Math.floor(j / columns))
            const near = rule === 'edge' ? across + along === 1 : Math.max(across, along) === 1
            return near ? [k] : []
          }),
        )
        expect(neighboursOf(contiguityWeights(polygons, rule))).toEqual(wanted)
      }),
      { numRuns: 60 },
    )
  })
})

describe.runIf(hasRealData)("contiguity as R spdep's poly2nb finds it", () => {
  interface Expected {
    id: string
    queen_links: number
    rook_links: number
    variables: Record<string, { moran_I: number }>
  }

  it.each(['columbus', 'guerry', 'nc_sids'])('%s', (folder) => {
    const expected = publishedJson(`data/stats/${folder}/expected.json`) as Expected
    const { features } = JSON.parse(
      readFileSync(realData(`data/stats/${folder}/${folder}.geojson`), 'utf8'),
    ) as FeatureCollection
    const polygons = features.map((feature) => feature.geometry as AreaGeometry)
    const ids = features.map((feature) => String(feature.properties![expected.id]))
    const queen = contiguityWeights(polygons, 'queen')
    const links = publishedTable(`data/stats/${folder}/expected_queen_neighbours.csv`)
    expect(neighboursOf(queen)).toEqual(neighboursOf(neighboursOfLinks(links, ids)))
    expect(queen.places.length).toBe(expected.queen_links)
    expect(contiguityWeights(polygons, 'edge').places.length).toBe(expected.rook_links)
    // From the polygons to the published I.
    for (const [name, { moran_I }] of Object.entries(expected.variables)) {
      const values = features.map((feature) => Number(feature.properties![name]))
      expect(globalMoran(values, rowStandardised(queen))!.statistic).toBeCloseTo(moran_I, 12)
    }
  })
})
