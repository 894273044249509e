import { featureCollection, intersect, polygon as turfPolygon, union } from '@turf/turf'
import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import {
  type CheckReport,
  checkDivision,
  type DivisionGrid,
} from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { AreaGeometry, HouseholdPoint } from '../../../server/core/values.ts'
import { wigglyDivision } from './wiggly-division.ts'

const columns = 5
const rows = 4
const inner = 4
const perSide = inner + 1
const cells = (seed: number): Polygon[] => wigglyDivision({ columns, rows, inner, seed })
const named = (polygons: readonly AreaGeometry[]): DivisionGrid[] =>
  polygons.map((geometry, i) => ({ code: `g${String(i).padStart(2, '0')}`, geometry }))
const seeds = fc.nat(1_000_000)

/** The outline of edge-matched cells: their edges that no neighbour runs back along, end to end. */
function outlineOf(polygons: readonly Polygon[]): Polygon {
  const key = (p: Position): string => p.join(' ')
  const next = new Map<string, Position[]>()
  for (const { coordinates } of polygons)
    for (const ring of coordinates)
      for (let i = 1; i < ring.length; i++)
        next.set(`${key(ring[i - 1]!)}>${key(ring[i]!)}`, [ring[i - 1]!, ring[i]!])
  const onward = new Map<string, Position>()
  for (const [a, b] of next.values()) if (!next.has(`${key(b!)}>${key(a!)}`)) onward.set(key(a!), b!)
  const [start] = [...onward.values()]
  const ring = [start!]
  for (let p = onward.get(key(start!))!; key(p) !== key(start!); p = onward.get(key(p))!) ring.push(p)
  return { type: 'Polygon', coordinates: [[...ring, start!]] }
}

/** The cells with one vertex of one cell moved, and the ground between the old and the new line. */
function withVertexMoved(
  polygons: readonly Polygon[],
  cell: number,
  vertex: number,
  move: (p: Position, toInside: Position) => Position,
): { moved: Polygon[]; ground: Polygon } {
  const ring = polygons[cell]!.coordinates[0]!
  const [before, p, after] = [ring[vertex - 1]!, ring[vertex]!, ring[vertex + 1]!]
  // Left of the side is inside, rings running counterclockwise.
  const toInside: Position = [-(after[1]! - before[1]!), after[0]! - before[0]!]
  const q = move(p, toInside)
  const changed = ring.with(vertex, q)
  return {
    moved: polygons.with(cell, { type: 'Polygon', coordinates: [changed] }),
    ground: { type: 'Polygon', coordinates: [[before, q, after, p, before]] },
  }
}

const by =
  (share: number) =>
  (p: Position, [dx, dy]: Position): Position => [p[0]! + share * dx!, p[1]! + share * dy!]

/** Cell 7 is inside, its neighbour to the north is 12; side 2 of its ring runs along it. */
const inCell = 7
const north = 12
const onNorthSide = 2 * perSide + 2
const onSouthSide = 2

const codes = (report: CheckReport): string[] => report.problems.map((problem) => problem.code)

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
        expect(report.problems[0]!.areaSquareMetres! / areaSquareMetres(edge.ground)).toBeCloseTo(1, 3)
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
    expect(codes(checkDivision({ grids: declared }))).toEqual(['code_malformed', 'code_repeated'])
    const strict = checkDivision({ grids: declared, codePattern: /^g0\d$/ })
    // g10 to g19 and the empty one.
    expect(strict.counts).toEqual({ code_malformed: 11, code_repeated: 1 })
  })
})

describe('any two squares', () => {
  const square = fc.record({
    x: fc.integer({ min: 0, max: 6 }),
    y: fc.integer({ min: 0, max: 6 }),
    w: fc.integer({ min: 1, max: 5 }),
    h: fc.integer({ min: 1, max: 5 }),
  })
  const ringOf = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }): Position[] =>
    [
      [0, 0],
      [w, 0],
      [w, h],
      [0, h],
      [0, 0],
    ].map(([dx, dy]): Position => [112 + (x + dx!) / 1024, 28 + (y + dy!) / 1024])

  test('the grids’ areas add up to the ground covered and what is covered more than once, as Turf’s union does', () => {
    fc.assert(
      fc.property(fc.array(square, { minLength: 2, maxLength: 6 }), (squares) => {
        const grids = named(squares.map((s): Polygon => ({ type: 'Polygon', coordinates: [ringOf(s)] })))
        const report = checkDivision({ grids })
        const sum = report.perGrid.reduce((total, grid) => total + grid.areaSquareMetres, 0)
        const again = report.problems
          .filter(({ code }) => code === 'overlap' || code === 'duplicate')
          .reduce((total, p) => total + (p.grids.length - 1) * p.areaSquareMetres!, 0)
        expect((report.areaSquareMetres + again) / sum).toBeCloseTo(1, 9)
        const merged = union(featureCollection(squares.map((s) => turfPolygon([ringOf(s)]))))!
        expect(report.areaSquareMetres / areaSquareMetres(merged.geometry)).toBeCloseTo(1, 9)
      }),
      { numRuns: 100 },
    )
  })

  test('the ground two share is Turf’s intersection', () => {
    fc.assert(
      fc.property(square, square, (one, two) => {
        const rings = [ringOf(one), ringOf(two)]
        const report = checkDivision({
          grids: named(rings.map((ring): Polygon => ({ type: 'Polygon', coordinates: [ring] }))),
        })
        const shared = intersect(featureCollection(rings.map((ring) => turfPolygon([ring]))))
        const found = report.problems.find(({ code }) => code === 'overlap' || code === 'duplicate')
        const wanted = shared ? areaSquareMetres(shared.geometry) : 0
        expect(found !== undefined).toBe(shared !== null)
        expect((found?.areaSquareMetres ?? 0) - wanted).toBeCloseTo(0, 3)
      }),
      { numRuns: 100 },
    )
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

describe('households', () => {
  const square = (code: string, x: number): DivisionGrid => ({
    code,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [x, 28],
          [x + 0.01, 28],
          [x + 0.01, 28.01],
          [x, 28.01],
          [x, 28],
        ],
      ],
    },
  })
  const at = (id: string, longitude: number, latitude: number): HouseholdPoint => ({
    id,
    longitude,
    latitude,
  })

  test('one on the common edge belongs to the smaller code, at (0, 0) or without a place to none', () => {
    const report = checkDivision({
      grids: [square('b', 112.015625), square('a', 112.015625 + 0.01)],
      households: [
        at('in', 112.02, 28.005),
        at('edge', 112.015625 + 0.01, 28.005),
        at('zero', 0, 0),
        at('lost', Number.NaN, 28),
      ],
    })
    expect(report.households).toEqual({ total: 4, inOne: 2, inNone: 2, inSeveral: 0 })
    expect(report.perGrid.map(({ grid, households }) => [grid, households])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
    expect(report.problems.map(({ code, household }) => [code, household])).toEqual([
      ['household_in_none', 'lost'],
      ['household_in_none', 'zero'],
    ])
  })

  test('a problem carries the households on its ground', () => {
    const report = checkDivision({
      grids: [square('a', 112), square('b', 112.008)],
      households: [at('1', 112.009, 28.005), at('2', 112.0095, 28.002), at('3', 112.001, 28.001)],
    })
    expect(report.problems).toMatchObject([
      { code: 'overlap', grids: ['a', 'b'], households: 2 },
      { code: 'household_in_several', grids: ['a', 'b'], household: '1' },
      { code: 'household_in_several', grids: ['a', 'b'], household: '2' },
    ])
  })

  test('sizes: both ends allowed, dedicated grids not held to them', () => {
    const households = [1, 2, 3].map((i) => at(`${i}`, 112.001 + i / 1000, 28.005))
    const grids = [
      square('a', 112),
      square('b', 112 + 0.01),
      { ...square('c', 112 + 0.01 + 0.01), kind: 'dedicated' as const },
    ]
    expect(codes(checkDivision({ grids, households, sizes: { from: 0, to: 3 } }))).toEqual([])
    expect(
      checkDivision({ grids, households, sizes: { from: 1, to: 2 } }).problems.map((p) => [p.code, p.grids]),
    ).toEqual([
      ['households_below', ['b']],
      ['households_above', ['a']],
    ])
  })
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
  expect(codes(missing)).toEqual(['gap'])
})
