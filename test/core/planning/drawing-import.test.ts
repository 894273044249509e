/** Divisions drawn by hand become plans: boundaries off the streets cut atoms, what does not fit is told. */
import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../../server/core/planning/drawing/drawing-json.ts'
import { gridPolygons, villagePolygons } from '../../../server/core/planning/drawing/grid-polygons.ts'
import { type DrawnGrid, importDivision } from '../../../server/core/planning/drawing/import-division.ts'
import { atomPolygon } from '../../../server/core/planning/drawing/ring-paths.ts'
import type { PlanGrid } from '../../../server/core/planning/values.ts'
import { wigglyDivision } from '../coverage/wiggly-division.ts'
import { box, squareHouseholds, squares } from './drawing-squares.ts'
import { drawTown, smallTown } from './drawing-town.ts'

const grid = (
  code: string,
  village: string,
  geometry: Polygon,
  kind: PlanGrid['kind'] = 'ordinary',
  parent: string | null = null,
): DrawnGrid => ({
  grid: { code, name: null, kind, village, parent, locked: false },
  geometry,
})

const importOf = (grids: readonly DrawnGrid[]) =>
  importDivision({ graph: squares, grids, households: squareHouseholds })

const areaOf = (drawing: Drawing, code: string): number =>
  areaSquareMetres(gridPolygons(drawing, [code]).get(code)!)

/** Square metres to the square millimetre. */
const expectArea = (metres: number, polygon: Polygon): void => {
  expect(Math.abs(metres - areaSquareMetres(polygon))).toBeLessThan(1e-6)
}

describe('importDivision', () => {
  it('cuts the atoms where a boundary leaves the streets', () => {
    const { drawing, residue } = importOf([
      grid('g1', 'v', box(0, 0, 1.5, 2)),
      grid('g2', 'v', box(1.5, 0, 2, 2)),
      grid('g3', 'w', box(2, 0, 3, 2)),
    ])
    expect(residue).toEqual([])
    expect(drawing.atoms.map((atom) => `${atom!.id} ${atom!.grid}`).toSorted()).toEqual([
      'a g1',
      'b~1 g1',
      'b~2 g2',
      'c g1',
      'd~1 g1',
      'd~2 g2',
      'e g3',
    ])
    expectArea(areaOf(drawing, 'g2'), box(1.5, 0, 2, 2))
  })

  it('gives an overlap to the grid with most of the atom, and leaves a gap unassigned', () => {
    const { drawing, residue } = importOf([
      grid('g1', 'v', box(0, 0, 1.5, 2)),
      // b and d have 0.5 of g1 and 0.6 of g2, which overlap in a strip 11 m wide.
      grid('g2', 'v', box(1.4, 0, 2, 2)),
      grid('g3', 'w', box(2, 0, 3, 1.5)),
    ])
    expectArea(areaOf(drawing, 'g2'), box(1.4, 0, 2, 2))
    expect(residue.map(({ kind, grids, given, households }) => ({ kind, grids, given, households }))).toEqual(
      [
        { kind: 'overlap', grids: ['g1', 'g2'], given: 'g2', households: 1 },
        { kind: 'gap', grids: [], given: null, households: 0 },
      ],
    )
    expectArea(residue[1]!.areaSquareMetres, box(2, 1.5, 3, 2))
    expectArea(residue[0]!.areaSquareMetres, box(1.4, 0, 1.5, 2))
  })

  it('lays a boundary that follows a street badly on the street, and tells what moved', () => {
    // 0.02 of a square are 2.2 m: g1 stops short of the street, g2 reaches over it.
    const { drawing, residue } = importOf([
      grid('g1', 'v', box(0, 0, 0.98, 2)),
      grid('g2', 'v', box(0.98, 0, 2, 2)),
      grid('g3', 'w', box(2, 0, 3, 2)),
    ])
    expectArea(areaOf(drawing, 'g1'), box(0, 0, 1, 2))
    expect(drawing.atoms.length).toBe(5)
    expect(residue.map(({ kind, grids, given }) => ({ kind, grids, given }))).toEqual([
      { kind: 'sliver', grids: ['g2'], given: 'g1' },
    ])
    expectArea(residue[0]!.areaSquareMetres, box(0.98, 0, 1, 2))
  })

  it('leaves out what lies outside and what another village’s grid claims', () => {
    const { drawing, residue } = importOf([
      grid('g1', 'v', box(-1, 0, 2.5, 2)),
      grid('g3', 'w', box(2.5, 0, 3, 2)),
    ])
    expectArea(areaOf(drawing, 'g1'), box(0, 0, 2, 2))
    expectArea(areaOf(drawing, 'g3'), box(2.5, 0, 3, 2))
    expect(residue.map(({ kind, grids, given }) => ({ kind, grids, given }))).toEqual([
      { kind: 'outside', grids: ['g1'], given: null },
      { kind: 'other_village', grids: ['g1'], given: null },
    ])
    expectArea(residue[0]!.areaSquareMetres, box(-1, 0, 0, 2))
  })

  it('takes microgrids as a layer of their own', () => {
    const { drawing, residue } = importOf([
      grid('g1', 'v', box(0, 0, 2, 2)),
      grid('g3', 'w', box(2, 0, 3, 2)),
      grid('m1', 'v', box(0, 0, 0.5, 1), 'microgrid', 'g1'),
      grid('m2', 'v', box(0.5, 0, 1, 1), 'microgrid', 'g1'),
    ])
    expect(residue).toEqual([])
    expectArea(areaOf(drawing, 'm1'), box(0, 0, 0.5, 1))
    expectArea(areaOf(drawing, 'g1'), box(0, 0, 2, 2))
    expect(drawing.figures.get('m1')!.neighbours.map((one) => one.grid)).toEqual(['m2'])
  })

  it('makes a whole plan of any polygons, in any order, and accounts for all ground', () => {
    const town = smallTown()
    const base = drawTown(town)
    const within = [...villagePolygons(base)]
    const arbitrary = fc.record({
      seed: fc.nat(1000),
      dx: fc.double({ min: -0.002, max: 0.002, noNaN: true }),
      dy: fc.double({ min: -0.002, max: 0.002, noNaN: true }),
      step: fc.constantFrom(0.004, 0.0055, 0.008),
      drop: fc.nat(5),
    })
    fc.assert(
      fc.property(arbitrary, ({ seed, dx, dy, step, drop }) => {
        const cells = wigglyDivision({
          columns: 4,
          rows: 3,
          inner: 2,
          seed,
          west: 111.9 + dx,
          south: 28.4 + dy,
          step,
        })
        const drawn = cells
          .map((geometry, i) => grid(`g${i}`, i % 2 ? 'v1' : 'v2', geometry))
          .filter((_, i) => i !== drop)
        const { drawing, residue } = importDivision({
          graph: town.graph,
          grids: drawn,
          households: town.households,
        })
        const atoms = drawing.atoms.map((atom) => ({ code: atom!.id, geometry: atomPolygon(drawing, atom!) }))
        const coordinates = [...villagePolygons(drawing).values()].flatMap((one): Position[][][] =>
          one.type === 'Polygon' ? [one.coordinates] : one.coordinates,
        )
        const report = checkDivision({ grids: atoms, within: { type: 'MultiPolygon', coordinates } })
        const wrong = Object.keys(report.counts).filter((code) => code !== 'sliver')
        expect(wrong).toEqual([])
        for (const [village, ground] of villagePolygons(drawing))
          expect(
            Math.abs(areaSquareMetres(ground) - areaSquareMetres(new Map(within).get(village)!)),
          ).toBeLessThan(1e-6)
        // Ground claimed once, as it is, plus the residue inside is all ground.
        const inside = residue
          .filter((one) => one.kind !== 'outside')
          .reduce((sum, one) => sum + one.areaSquareMetres, 0)
        const given = [...drawing.figures.values()].reduce((sum, one) => sum + one.areaSquareMetres, 0)
        const kept = residue
          .filter((one) => one.given !== null)
          .reduce((sum, one) => sum + one.areaSquareMetres, 0)
        expect(
          Math.abs(given - kept + inside - areaSquareMetres({ type: 'MultiPolygon', coordinates })),
        ).toBeLessThan(0.01)
        expect(toJson(fromJson(toJson(drawing)))).toBe(toJson(drawing))
        const again = importDivision({
          graph: town.graph,
          grids: drawn.toReversed(),
          households: town.households.toReversed(),
        })
        expect(toJson(again.drawing)).toBe(toJson(drawing))
        expect(again.residue).toEqual(residue)
      }),
      { numRuns: 20 },
    )
  })
})
