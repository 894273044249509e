import { union } from '@turf/union'
import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { describe, expect, test } from 'vitest'
import { checkDivision } from '../../../server/core/coverage/check-division.ts'
import { dissolve } from '../../../server/core/coverage/dissolve.ts'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { by, cells, inCell, named, onNorthSide, outlineOf, seeds, withVertexMoved } from './planted-faults.ts'

/** The vertices of every ring, from the smallest on, so that rings compare whatever they start with. */
const rings = (geometry: AreaGeometry): Position[][] => {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.flat().map((ring) => ring.slice(1).toSorted(byPlace))
}
const byPlace = (p: Position, q: Position): number => p[0]! - q[0]! || p[1]! - q[1]!

describe('areas side by side or one within another become their outline, every vertex kept', () => {
  test('villages; a township and its villages; villages listed twice', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const villages = cells(seed)
        const township = outlineOf(villages)
        for (const areas of [villages, [township, ...villages], [...villages, ...villages]]) {
          const area = dissolve(areas)
          expect(rings(area)).toEqual(rings(township))
          expect(checkDivision({ grids: named(villages), within: area }).problems).toEqual([])
        }
      }),
      { numRuns: 10 },
    )
  })

  test('a hole among them stays one, also where only a township around it tells of it', () => {
    const villages = cells(5).filter((_, i) => i !== inCell)
    const area = dissolve(villages)
    expect(rings(area)).toHaveLength(2)
    expect(rings(dissolve([area, ...villages]))).toEqual(rings(area))
    expect(rings(dissolve([outlineOf(cells(5)), ...villages]))).toHaveLength(1)
  })

  test('areas apart stay apart; a single one is returned as it is', () => {
    const villages = cells(6)
    expect(dissolve([villages[0]!, villages[9]!])).toMatchObject({ coordinates: { length: 2 } })
    expect(dissolve([villages[0]!])).toBe(villages[0])
  })

  test('a fault between two of them is ground of the area where it overlaps, and a hole where it gapes', () => {
    const villages = cells(7)
    const plant = (share: number): Polygon[] =>
      withVertexMoved(villages, inCell, onNorthSide, by(share)).moved
    expect(rings(dissolve(plant(-0.2)))).toEqual(rings(outlineOf(villages)))
    const gaping = dissolve(plant(0.2))
    const { ground } = withVertexMoved(villages, inCell, onNorthSide, by(0.2))
    expect(rings(gaping)).toHaveLength(2)
    expect(rings(gaping)[1]).toEqual(rings(ground)[0])
  })
})

test('any squares cover what Turf’s union covers', () => {
  const side = fc.integer({ min: 0, max: 6 })
  const extent = fc.integer({ min: 1, max: 5 })
  const square = fc.tuple(side, side, extent, extent).map(
    ([x, y, w, h]): Polygon => ({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [w, 0],
          [w, h],
          [0, h],
          [0, 0],
        ].map(([dx, dy]) => [112 + (x + dx!) / 1024, 28 + (y + dy!) / 1024]),
      ],
    }),
  )
  fc.assert(
    fc.property(fc.array(square, { minLength: 2, maxLength: 7 }), (squares) => {
      const theirs = union({
        type: 'FeatureCollection',
        features: squares.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
      })!
      const ours = dissolve(squares)
      expect(areaSquareMetres(ours) / areaSquareMetres(theirs.geometry)).toBeCloseTo(1, 9)
    }),
    { numRuns: 100 },
  )
})
