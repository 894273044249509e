import { expect, test } from 'vitest'
import { labelPoint } from '../../../server/core/geometry/label-point.ts'

const box = (west: number, south: number, side: number): [number, number][][] => [
  [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ],
]

test('a name stands in the roomiest part, not between the parts', () => {
  const [longitude, latitude] = labelPoint({
    type: 'MultiPolygon',
    coordinates: [box(119.6, 29.9, 0.001), box(119.62, 29.9, 0.004)],
  })
  expect(longitude).toBeCloseTo(119.622, 3)
  expect(latitude).toBeGreaterThan(29.9015)
  expect(latitude).toBeLessThan(29.9025)
})

test('of a hook, inside it where its middle is outside', () => {
  // A U open to the north: arms 1 wide, base 2 high; the middle of its box lies between the arms.
  const ring = [
    [0, 0],
    [5, 0],
    [5, 6],
    [4, 6],
    [4, 2],
    [1, 2],
    [1, 6],
    [0, 6],
    [0, 0],
  ].map(([x = 0, y = 0]) => [119.6 + x / 1000, 29.9 + y / 1000])
  const [longitude, latitude] = labelPoint({ type: 'Polygon', coordinates: [ring] })
  expect(latitude).toBeLessThan(29.902)
  expect(longitude).toBeGreaterThan(119.6)
  expect(longitude).toBeLessThan(119.605)
})
