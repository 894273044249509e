import { difference, feature, featureCollection, intersect, polygon as turfPolygon, union } from '@turf/turf'
import fc from 'fast-check'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import {
  by,
  cells,
  inCell,
  named,
  onNorthSide,
  onSouthSide,
  outlineOf,
  seeds,
  withVertexMoved,
} from './planted-faults.ts'

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

describe('planted in a division', () => {
  const planted = fc.record({
    seed: seeds,
    share: fc.double({ min: 0.05, max: 0.4, noNaN: true }),
    atEdge: fc.boolean(),
  })

  test('a gap or inlet is what Turf’s difference leaves of the area without the union of the grids', () => {
    fc.assert(
      fc.property(planted, ({ seed, share, atEdge }) => {
        const polygons = cells(seed)
        const [cell, vertex] = atEdge ? [2, onSouthSide] : [inCell, onNorthSide]
        const { moved } = withVertexMoved(polygons, cell, vertex, by(share))
        const area = outlineOf(polygons)
        const grids = union(featureCollection(moved.map((one) => feature(one))))!
        const left = difference(featureCollection<Polygon | MultiPolygon>([feature(area), grids]))!
        const [problem, ...more] = checkDivision({ grids: named(moved), within: area }).problems
        expect(more).toEqual([])
        expect(problem?.code).toBe(atEdge ? 'inlet' : 'gap')
        expect(problem!.areaSquareMetres! / areaSquareMetres(left.geometry)).toBeCloseTo(1, 9)
      }),
      { numRuns: 5 },
    )
  })
})
