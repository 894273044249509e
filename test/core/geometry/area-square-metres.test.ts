import fc from 'fast-check'
import geographiclib from 'geographiclib-geodesic'
import type { Polygon } from 'geojson'
import { expect, test } from 'vitest'
import { areaSquareMetres } from '../../../server/core/geometry/area-square-metres.ts'

type Point = [number, number]
const polygon = (...rings: Point[][]): Polygon => ({ type: 'Polygon', coordinates: rings })
const box = (west: number, south: number, east: number, north: number): Point[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]

/** The geodesic polygon through points dense enough that its edges follow the straight lines of the map. */
function geodesicArea(ring: readonly Point[], pieces: number): number {
  const sum = geographiclib.Geodesic.WGS84.Polygon(false)
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!]
    for (let k = 0; k < pieces; k++)
      sum.AddPoint(a[1] + ((b[1] - a[1]) * k) / pieces, a[0] + ((b[0] - a[0]) * k) / pieces)
  }
  return sum.Compute(false, true).area ?? Number.NaN
}

test('the whole ellipsoid is 510,065,621.72 km²', () => {
  // Four quarters, as one ring cannot go round; cut in zones so that edges stay short.
  let sum = 0
  for (let south = -90; south < 90; south += 5) sum += areaSquareMetres(polygon(box(0, south, 90, south + 5)))
  expect((4 * sum) / 1e6).toBeCloseTo(510_065_621.72, 1)
})

test('a triangle of some kilometres equals the densified geodesic polygon to 1e-7', () => {
  // Not below a kilometre: there the reference itself wavers by 1e-3 m², as it sums the areas from the equator to each edge.
  const side = fc.double({ min: 0.01, max: 0.05, noNaN: true })
  fc.assert(
    fc.property(
      fc.double({ min: 73, max: 135, noNaN: true }),
      fc.double({ min: 3, max: 54, noNaN: true }),
      side,
      side,
      (lon, lat, dx, dy) => {
        const ring: Point[] = [
          [lon, lat],
          [lon + dx, lat + dy / 3],
          [lon + dx / 2, lat + dy],
          [lon, lat],
        ]
        const reference = geodesicArea(ring, 200)
        expect(Math.abs(areaSquareMetres(polygon(ring)) / reference - 1)).toBeLessThan(1e-7)
      },
    ),
  )
})

test('a vertex added on an edge changes nothing; orientation and start do not matter; a hole is taken off', () => {
  const plain = areaSquareMetres(polygon(box(111, 28, 111.02, 28.02)))
  const withVertex: Point[] = [[111, 28], [111.01, 28], ...box(111, 28, 111.02, 28.02).slice(1)]
  expect(areaSquareMetres(polygon(withVertex)) / plain).toBeCloseTo(1, 12)
  expect(areaSquareMetres(polygon(withVertex.toReversed())) / plain).toBeCloseTo(1, 12)
  const hole = box(111.005, 28.005, 111.01, 28.01)
  expect(areaSquareMetres(polygon(withVertex, hole))).toBeCloseTo(plain - areaSquareMetres(polygon(hole)), 4)
  expect(
    areaSquareMetres({ type: 'MultiPolygon', coordinates: [[box(111, 28, 111.02, 28.02)], [hole]] }),
  ).toBeCloseTo(plain + areaSquareMetres(polygon(hole)), 4)
})

test('a sliver of a micrometre keeps six digits', () => {
  const width = 2 ** -36 // degrees, exact in binary at 28°
  const sliver = areaSquareMetres(polygon(box(111, 28, 111.015625, 28 + width)))
  const wide = areaSquareMetres(polygon(box(111, 28, 111.015625, 28 + 2 ** -16)))
  expect(sliver / (wide * 2 ** -20)).toBeCloseTo(1, 6)
})
