import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import fc from 'fast-check'
import type { Polygon, Position } from 'geojson'
import { expect, test } from 'vitest'
import { locator } from '../../../server/core/coverage/locate.ts'
import { ringTable } from '../../../server/core/coverage/ring-table.ts'
import { cells, outlineOf, seeds } from './planted-faults.ts'

const square = (x: number, side: number): Position[] => [
  [x, 0],
  [x + side, 0],
  [x + side, side],
  [x, side],
  [x, 0],
]
const polygon = (...coordinates: Position[][]): Polygon => ({ type: 'Polygon', coordinates })

test('inside, on an edge or a corner, in a hole, on its edge, outside', () => {
  const hole = square(1, 1).map(([x, y]): Position => [x!, y! + 1])
  const at = locator(ringTable([polygon(square(0, 4), hole), polygon(square(4, 4))]))
  expect(at(0.5, 0.5)).toEqual({ inside: [0], on: [] })
  expect(at(4, 2)).toEqual({ inside: [], on: [0, 1] })
  expect(at(8, 4)).toEqual({ inside: [], on: [1] })
  expect(at(1.5, 1.5)).toEqual({ inside: [], on: [] })
  expect(at(1, 1.5)).toEqual({ inside: [], on: [0] })
  expect(at(9, 1)).toEqual({ inside: [], on: [] })
  expect(at(Number.NaN, 1)).toEqual({ inside: [], on: [] })
})

test('a ring that crosses itself covers both of its loops', () => {
  const bow: Position[] = [
    [0, 0],
    [2, 2],
    [2, 0],
    [0, 3],
    [0, 0],
  ]
  const at = locator(ringTable([polygon(bow)]))
  expect(at(0.2, 1.5).inside).toEqual([0])
  expect(at(1.9, 1).inside).toEqual([0])
})

test('finds for any point the grids that Turf finds, one by one', () => {
  const part = fc.double({ min: -0.1, max: 1.1, noNaN: true })
  fc.assert(
    fc.property(seeds, fc.array(fc.tuple(part, part), { minLength: 20, maxLength: 20 }), (seed, points) => {
      const grids = cells(seed)
      // With the outline, whose ninety vertices are searched by bands of latitude.
      const polygons = [...grids, outlineOf(grids)]
      const at = locator(ringTable(polygons))
      for (const [u, v] of points) {
        const [x, y] = [111.9 + 0.02 * u, 28.4 + 0.016 * v]
        const theirs = polygons.flatMap((one, i) => (booleanPointInPolygon([x, y], one) ? [i] : []))
        const { inside, on } = at(x, y)
        expect([...inside, ...on].toSorted((a, b) => a - b)).toEqual(theirs)
      }
    }),
    { numRuns: 20 },
  )
})
