import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision, type DivisionGrid } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { AreaGeometry, HouseholdPoint } from '../../../server/core/values.ts'
import {
  by,
  cells,
  columns,
  inCell,
  named,
  north,
  onNorthSide,
  onSouthSide,
  outlineOf,
  rows,
  seeds,
  withVertexMoved,
} from './planted-faults.ts'

describe('a whole division', () => {
  test('has no problem, alone or within its outline; its area is the sum of the grids', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const polygons = cells(seed)
        const alone = checkDivision({ grids: named(polygons) })
        expect(alone).toMatchObject({ valid: true, problems: [], enclaves: [], grids: columns * rows })
        const within = checkDivision({ grids: named(polygons), within: outlineOf(polygons) })
        expect(within).toMatchObject({ valid: true, problems: [] })
        const sum = polygons.reduce((total, cell) => total + areaSquareMetres(cell), 0)
        expect(within.areaSquareMetres / sum).toBeCloseTo(1, 12)
        expect(areaSquareMetres(outlineOf(polygons)) / sum).toBeCloseTo(1, 9)
      }),
      { numRuns: 30 },
    )
  })

  test("keeps the area's own holes and exclaves", () => {
    const polygons = cells(3)
    const kept = polygons.filter((_, i) => i !== inCell)
    const outline = outlineOf(polygons)
    const within: AreaGeometry = {
      type: 'MultiPolygon',
      coordinates: [[outline.coordinates[0]!, polygons[inCell]!.coordinates[0]!.toReversed()]],
    }
    expect(checkDivision({ grids: named(kept), within }).problems).toEqual([])
  })
})

describe('one planted fault is found, measured, and nothing else', () => {
  const planted = fc.record({ seed: seeds, share: fc.double({ min: 0.05, max: 0.4, noNaN: true }) })
  const near = (found: number | null, expected: number): void =>
    expect(Math.abs(found! / expected - 1)).toBeLessThan(1e-6)

  test('gap: a line drawn inside its neighbour’s', () => {
    fc.assert(
      fc.property(planted, ({ seed, share }) => {
        const polygons = cells(seed)
        const { moved, ground } = withVertexMoved(polygons, inCell, onNorthSide, by(share))
        const { problems } = checkDivision({ grids: named(moved), within: outlineOf(polygons) })
        expect(problems).toMatchObject([{ code: 'gap', grids: ['g07', 'g12'] }])
        near(problems[0]!.areaSquareMetres, areaSquareMetres(ground))
      }),
      { numRuns: 40 },
    )
  })

  test('overlap: a line drawn across its neighbour’s', () => {
    fc.assert(
      fc.property(planted, ({ seed, share }) => {
        const polygons = cells(seed)
        const { moved, ground } = withVertexMoved(polygons, inCell, onNorthSide, by(-share))
        const { problems } = checkDivision({ grids: named(moved), within: outlineOf(polygons) })
        expect(problems).toMatchObject([{ code: 'overlap', grids: ['g07', 'g12'] }])
        near(problems[0]!.areaSquareMetres, areaSquareMetres(ground))
      }),
      { numRuns: 40 },
    )
  })

  test('hole: a grid with a hole of its own', () => {
    fc.assert(
      fc.property(planted, ({ seed, share }) => {
        const polygons = cells(seed)
        const ring = polygons[inCell]!.coordinates[0]!
        const middle = [0, 1].map((k) => ring.reduce((sum, p) => sum + p[k]!, 0) / ring.length)
        const size = 0.0001 * share
        const hole = [
          [-1, -1],
          [-1, 1],
          [1, 1],
          [1, -1],
          [-1, -1],
        ].map(([x, y]): Position => [middle[0]! + x! * size, middle[1]! + y! * size])
        const grids = polygons.with(inCell, { type: 'Polygon', coordinates: [ring, hole] })
        // Four to eight metres wide: no wider than the gap width, so no enclave.
        const { problems, enclaves } = checkDivision({ grids: named(grids) })
        expect(enclaves).toEqual([])
        expect(problems).toMatchObject([{ code: 'hole', grids: ['g07'] }])
        near(problems[0]!.areaSquareMetres, areaSquareMetres({ type: 'Polygon', coordinates: [hole] }))
      }),
      { numRuns: 40 },
    )
  })

  test('inlet and outside_area: a line inside or across the area’s edge', () => {
    fc.assert(
      fc.property(planted, fc.boolean(), ({ seed, share }, outward) => {
        const polygons = cells(seed)
        const { moved, ground } = withVertexMoved(polygons, 2, onSouthSide, by(outward ? -share : share))
        const { problems } = checkDivision({ grids: named(moved), within: outlineOf(polygons) })
        expect(problems).toMatchObject([{ code: outward ? 'outside_area' : 'inlet', grids: ['g02'] }])
        near(problems[0]!.areaSquareMetres, areaSquareMetres(ground))
      }),
      { numRuns: 40 },
    )
  })

  test('a shift of millimetres is an unmatched edge, inside and at the area’s edge', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 1e-9, max: 4e-8, noNaN: true }), (seed, degrees) => {
        const polygons = cells(seed)
        const shift = (p: Position): Position => [p[0]! + degrees, p[1]! + degrees]
        const inside = withVertexMoved(polygons, inCell, onNorthSide, shift)
        expect(checkDivision({ grids: named(inside.moved) }).problems).toMatchObject([
          { code: 'unmatched_edge', grids: ['g07', 'g12'] },
        ])
        const edge = withVertexMoved(polygons, 2, onSouthSide, shift)
        const report = checkDivision({ grids: named(edge.moved), within: outlineOf(polygons) })
        expect(report.problems).toMatchObject([{ code: 'unmatched_edge', grids: ['g02'] }])
        // Lines may be snapped by a micrometre, along some 130 m on either side: 2 × 1.1e-6 × 130.
        const off = Math.abs(report.problems[0]!.areaSquareMetres! - areaSquareMetres(edge.ground))
        expect(off).toBeLessThan(3e-4 + areaSquareMetres(edge.ground) / 1000)
      }),
      { numRuns: 40 },
    )
  })

  test('a vertex that the neighbour lacks is an unmatched edge without width', () => {
    const polygons = cells(11)
    const ring = polygons[inCell]!.coordinates[0]!
    const [p, q] = [ring[onNorthSide]!, ring[onNorthSide + 1]!]
    const between: Position = [(p[0]! + q[0]!) / 2, (p[1]! + q[1]!) / 2]
    const grids = polygons.with(inCell, {
      type: 'Polygon',
      coordinates: [ring.toSpliced(onNorthSide + 1, 0, between)],
    })
    const { problems } = checkDivision({ grids: named(grids) })
    expect(problems).toMatchObject([{ code: 'unmatched_edge', grids: ['g07', 'g12'], widthMetres: 0 }])
  })

  test('a grid left out is an enclave without an area, a gap between four with it', () => {
    const polygons = cells(12)
    const grids = named(polygons).filter((_, i) => i !== inCell)
    const alone = checkDivision({ grids })
    expect(alone.valid).toBe(true)
    expect(alone.enclaves).toMatchObject([{ grids: ['g02', 'g06', 'g08', 'g12'] }])
    const within = checkDivision({ grids, within: outlineOf(polygons) })
    expect(within.problems).toMatchObject([{ code: 'gap', grids: ['g02', 'g06', 'g08', 'g12'] }])
    near(within.problems[0]!.areaSquareMetres, areaSquareMetres(polygons[inCell]!))
  })

  test('the same ground twice is a duplicate; a thin strip of a grid is a sliver; a piece behind others is cut off', () => {
    const polygons = cells(13)
    const twice = [...named(polygons), { code: 'twin', geometry: polygons[inCell]! }]
    expect(checkDivision({ grids: twice }).problems).toMatchObject([
      { code: 'duplicate', grids: ['g07', 'twin'] },
    ])
    const strip: Polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [110, 28],
          [110.001, 28],
          [110.001, 28.000005],
          [110, 28.000005],
          [110, 28],
        ],
      ],
    }
    expect(checkDivision({ grids: [{ code: 's', geometry: strip }] }).problems).toMatchObject([
      { code: 'sliver', grids: ['s'] },
    ])
    const apart = named(polygons).filter((_, i) => i !== 9)
    apart[5] = {
      code: 'g05',
      geometry: { type: 'MultiPolygon', coordinates: [polygons[5]!, polygons[9]!].map((c) => c.coordinates) },
    }
    expect(checkDivision({ grids: apart }).problems).toMatchObject([
      { code: 'disconnected_part', grids: ['g05'] },
    ])
  })

  test('an invalid grid is told with its place and leaves its neighbours alone', () => {
    const polygons = cells(14)
    const ring = polygons[inCell]!.coordinates[0]!
    // Out and back along one line: a spike into its own inside.
    const spike = ring.toSpliced(
      onNorthSide + 1,
      0,
      by(0.3)(ring[onNorthSide]!, [0, -0.001]),
      ring[onNorthSide]!,
    )
    const grids = polygons.with(inCell, { type: 'Polygon', coordinates: [spike] })
    const { problems, areaSquareMetres: area } = checkDivision({ grids: named(grids) })
    expect(problems).toMatchObject([{ code: 'invalid_geometry', grids: ['g07'] }])
    expect(problems[0]!.flaws!.map(({ reason }) => reason)).toContain('ring_crosses_itself')
    expect(area / polygons.reduce((sum, cell) => sum + areaSquareMetres(cell), 0)).toBeCloseTo(1, 9)
  })

  test('codes are judged where they are the grids’ own', () => {
    const polygons = cells(15)
    const grids = named(polygons)
    grids[1] = { ...grids[1]!, code: 'g00' }
    grids[2] = { ...grids[2]!, code: '' }
    expect(checkDivision({ grids }).problems).toEqual([])
    const declared = grids.map((grid) => ({ ...grid, codeDeclared: true }))
    expect(checkDivision({ grids: declared }).problems.map(({ code }) => code)).toEqual([
      'code_malformed',
      'code_repeated',
    ])
    const strict = checkDivision({ grids: declared, codePattern: /^g0\d$/ })
    // g10 to g19 and the empty one.
    expect(strict.counts).toEqual({ code_malformed: 11, code_repeated: 1 })
  })
})

test('the order of grids, the start and the sense of rings do not show in a single byte', () => {
  const polygons = cells(21)
  const broken = withVertexMoved(
    withVertexMoved(polygons, inCell, onNorthSide, by(0.2)).moved,
    north + 1,
    onNorthSide,
    by(-0.2),
  ).moved
  const households: HouseholdPoint[] = Array.from({ length: 40 }, (_, i) => ({
    id: `h${i}`,
    longitude: 111.9 + (i % 8) * 0.0027,
    latitude: 28.4 + Math.floor(i / 8) * 0.0033,
  }))
  const within = outlineOf(polygons)
  const reference = JSON.stringify(checkDivision({ grids: named(broken), households, within }))
  const shuffled = fc.tuple(
    fc.shuffledSubarray(named(broken), { minLength: broken.length }),
    fc.array(fc.tuple(fc.nat(50), fc.boolean()), { minLength: broken.length, maxLength: broken.length }),
  )
  fc.assert(
    fc.property(shuffled, ([grids, turns]) => {
      const turned = grids.map((grid, i): DivisionGrid => {
        const [start, reversed] = turns[i]!
        const open = (grid.geometry as Polygon).coordinates[0]!.slice(0, -1)
        const k = start % open.length
        const ring = [...open.slice(k), ...open.slice(0, k)]
        if (reversed) ring.reverse()
        return { ...grid, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]!]] } }
      })
      expect(JSON.stringify(checkDivision({ grids: turned, households, within }))).toBe(reference)
    }),
    { numRuns: 30 },
  )
})

test('microgrids are a layer of their own, against the grid they belong to', () => {
  const polygons = cells(31)
  const parent = outlineOf(polygons)
  const micro = polygons.map(
    (geometry, i): DivisionGrid => ({
      code: `m${i}`,
      geometry,
      kind: 'microgrid',
      parent: 'P',
    }),
  )
  const grids = [{ code: 'P', geometry: parent }, ...micro]
  expect(checkDivision({ grids }).problems).toEqual([])
  const missing = checkDivision({ grids: grids.filter(({ code }) => code !== 'm7') })
  expect(missing.counts).toEqual({ gap: 1 })
})
