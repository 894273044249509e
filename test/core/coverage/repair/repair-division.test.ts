import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision, type DivisionGrid } from '../../../../server/core/coverage/check-division.ts'
import { repairDivision } from '../../../../server/core/coverage/repair/repair-division.ts'
import type { RepairInput } from '../../../../server/core/coverage/repair/values.ts'
import { areaSquareMetres } from '../../../../server/core/geometry/area-square-metres.ts'
import type { AreaGeometry } from '../../../../server/core/values.ts'
import { by, cells, columns, inCell, named, outlineOf, rows, withVertexMoved } from '../planted-faults.ts'

/** Something wrong with one cell: a vertex moved inwards or outwards, by millimetres or metres, added, or left out. */
const fault = fc.record({
  kind: fc.constantFrom('gap', 'overlap', 'shift', 'added', 'dropped', 'crossed'),
  cell: fc.nat(columns * rows - 1),
  // Vertices inside the sides: corners belong to three cells.
  vertex: fc.constantFrom(1, 2, 3, 6, 7, 8, 11, 12, 13, 16, 17, 18),
  share: fc.double({ min: 0.02, max: 0.3, noNaN: true }),
})
type Fault = typeof fault extends fc.Arbitrary<infer T> ? T : never

function plant(polygons: readonly Polygon[], { kind, cell, vertex: wanted, share }: Fault): Polygon[] {
  const ring = polygons[cell]!.coordinates[0]!
  // An earlier fault may have left out vertices.
  const vertex = Math.min(wanted, ring.length - 3)
  const replaced = (positions: Position[]): Polygon[] =>
    polygons.with(cell, { type: 'Polygon', coordinates: [positions] })
  const [p, q] = [ring[vertex]!, ring[vertex + 1]!]
  switch (kind) {
    case 'gap':
      return withVertexMoved(polygons, cell, vertex, by(share)).moved
    case 'overlap':
      return withVertexMoved(polygons, cell, vertex, by(-share)).moved
    case 'shift':
      return withVertexMoved(polygons, cell, vertex, (r) => [r[0]! + share * 1e-7, r[1]! - share * 1e-7])
        .moved
    case 'added':
      return replaced(
        ring.toSpliced(vertex + 1, 0, [p[0]! + share * (q[0]! - p[0]!), p[1]! + share * (q[1]! - p[1]!)]),
      )
    case 'dropped':
      return replaced(ring.toSpliced(vertex, 1))
    default:
      // Two neighbouring vertices in the wrong order: the ring crosses itself.
      return replaced(ring.with(vertex, q).with(vertex + 1, p))
  }
}

const situation = fc.record({
  seed: fc.nat(1_000_000),
  faults: fc.array(fault, { minLength: 1, maxLength: 6 }),
})

const planted = (seed: number, faults: readonly Fault[]): { grids: DivisionGrid[]; within: Polygon } => ({
  grids: named(faults.reduce(plant, cells(seed))),
  within: outlineOf(cells(seed)),
})

const topology = (input: RepairInput): string[] => checkDivision(input).problems.map(({ code }) => code)
const pairsOf = (geometry: AreaGeometry): string[] =>
  (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat())
    .flat()
    .map((p) => p.join(' '))

describe('any faults on any whole division', () => {
  test('are repaired: no problem is left and the grids are the area again', () => {
    fc.assert(
      fc.property(situation, ({ seed, faults }) => {
        const input = planted(seed, faults)
        const { division, left } = repairDivision(input)
        expect(left).toEqual([])
        expect(topology(division)).toEqual([])
        const sum = division.grids.reduce((total, grid) => total + areaSquareMetres(grid.geometry), 0)
        expect(Math.abs(sum / areaSquareMetres(input.within) - 1)).toBeLessThan(1e-12)
        expect(division.grids.map(({ code }) => code)).toEqual(input.grids.map(({ code }) => code))
      }),
      { numRuns: 40 },
    )
  })

  test('are repaired without an area, too: the outer edge stays as it was drawn', () => {
    fc.assert(
      fc.property(situation, ({ seed, faults }) => {
        const { grids } = planted(seed, faults)
        const before = checkDivision({ grids, gapWidthMetres: 1000 })
        const { division, left } = repairDivision({ grids, gapWidthMetres: 1000 })
        expect(topology(division)).toEqual(left.map(({ problem }) => problem.code))
        // A ring that crosses itself at the outer edge may leave a thin piece that has no neighbour to go to.
        for (const { problem, options } of left) expect([problem.code, options]).toEqual(['sliver', []])
        const openings = before.problems
          .filter(({ code }) => code === 'gap' || code === 'hole')
          .reduce((total, { areaSquareMetres: area }) => total + area!, 0)
        const after = checkDivision(division).areaSquareMetres
        // Threads below the tolerance are in neither figure: 2 cm × 450 m at most.
        expect(Math.abs(after - before.areaSquareMetres - openings)).toBeLessThan(9)
      }),
      { numRuns: 40 },
    )
  })

  test('are repaired in one go: a second repair changes not a byte', () => {
    fc.assert(
      fc.property(situation, ({ seed, faults }) => {
        const once = repairDivision(planted(seed, faults)).division
        const twice = repairDivision(once)
        expect(twice.done).toEqual([])
        expect(JSON.stringify(twice.division)).toBe(JSON.stringify(once))
      }),
      { numRuns: 40 },
    )
  })

  test('are repaired alike in any order of grids', () => {
    fc.assert(
      fc.property(situation, fc.infiniteStream(fc.nat()), ({ seed, faults }, random) => {
        const { grids, within } = planted(seed, faults)
        const order = new Map(grids.map((grid) => [grid, random.next().value as number]))
        const shuffled = grids.toSorted((a, b) => order.get(a)! - order.get(b)!)
        const byCode = (list: readonly DivisionGrid[]): DivisionGrid[] =>
          list.toSorted((a, b) => (a.code < b.code ? -1 : 1))
        const one = repairDivision({ grids, within })
        const other = repairDivision({ grids: shuffled, within })
        expect(JSON.stringify(byCode(other.division.grids))).toBe(JSON.stringify(byCode(one.division.grids)))
        expect(JSON.stringify(other.done)).toBe(JSON.stringify(one.done))
      }),
      { numRuns: 30 },
    )
  })

  test('that are everywhere, as where nobody drew a line twice alike, from a millimetre to sixty metres', () => {
    const jitter = fc.record({
      seed: fc.nat(1_000_000),
      degrees: fc.constantFrom(1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 6e-4),
      dice: fc.infiniteStream(fc.double({ min: -0.5, max: 0.5, noNaN: true })),
    })
    fc.assert(
      fc.property(jitter, ({ seed, degrees, dice }) => {
        const whole = cells(seed)
        const roll = (): number => dice.next().value as number
        const drawn = whole.map(({ coordinates: [ring] }): Polygon => {
          const open = ring!
            .slice(1)
            .map((p): Position => [p[0]! + degrees * roll(), p[1]! + degrees * roll()])
          return { type: 'Polygon', coordinates: [[open.at(-1)!, ...open]] }
        })
        const input = { grids: named(drawn), within: outlineOf(whole) }
        const { division, left } = repairDivision(input)
        expect(left).toEqual([])
        expect(topology(division)).toEqual([])
        expect(division.grids).toHaveLength(whole.length)
        const sum = division.grids.reduce((total, grid) => total + areaSquareMetres(grid.geometry), 0)
        expect(Math.abs(sum / areaSquareMetres(input.within) - 1)).toBeLessThan(1e-9)
        expect(repairDivision(division).done).toEqual([])
      }),
      { numRuns: 8 },
    )
  })

  test('a thread of one grid between two others goes to one of them', () => {
    const thread = fc.record({
      seed: fc.nat(1_000_000),
      vertex: fc.constantFrom(1, 2, 3, 6, 7, 8, 11, 12, 13, 16, 17, 18),
      // Of 95 to 260 m: 5 to 99 cm, more than an edge drawn twice and less than a part that is ground to walk.
      share: fc.double({ min: 0.0005, max: 0.0038, noNaN: true }),
      far: fc.constantFrom(0, 4, 15, 19),
    })
    fc.assert(
      fc.property(thread, ({ seed, vertex, share, far }) => {
        const whole = cells(seed)
        const { moved, ground } = withVertexMoved(whole, inCell, vertex, by(share))
        const grids = named(moved)
        const owner = grids[far]!
        grids[far] = {
          ...owner,
          geometry: { type: 'MultiPolygon', coordinates: [moved[far]!.coordinates, ground.coordinates] },
        }
        const input = { grids, within: outlineOf(whole) }
        expect(topology(input)).toEqual(['disconnected_part', 'sliver'])
        const { division, left } = repairDivision(input)
        expect(left).toEqual([])
        expect(topology(division)).toEqual([])
        expect(division.grids[far]!.geometry).toEqual({
          type: 'MultiPolygon',
          coordinates: [expect.anything()],
        })
        const change = areaSquareMetres(division.grids[far]!.geometry) - areaSquareMetres(whole[far]!)
        expect(Math.abs(change)).toBeLessThan(1e-6)
      }),
      { numRuns: 40 },
    )
  })

  test('leave a protected grid its vertices, but for those that neighbours’ lines need', () => {
    fc.assert(
      fc.property(situation, fc.nat(columns * rows - 1), ({ seed, faults }, locked) => {
        const { grids, within } = planted(seed, faults)
        const { code, geometry } = grids[locked]!
        const input = { grids, within, protectedGrids: [code] }
        const { division, left } = repairDivision(input)
        const after = division.grids.find((grid) => grid.code === code)!
        const remade = checkDivision(input).problems.some(
          (problem) => problem.code === 'invalid_geometry' && problem.grids.includes(code),
        )
        fc.pre(!remade)
        expect(pairsOf(after.geometry)).toEqual(expect.arrayContaining(pairsOf(geometry)))
        const change = areaSquareMetres(after.geometry) - areaSquareMetres(geometry)
        expect(Math.abs(change)).toBeLessThan(1e-6)
        for (const { problem } of left) expect(problem.grids).toContain(code)
      }),
      { numRuns: 50 },
    )
  })
})
