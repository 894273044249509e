import type { MultiPolygon, Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../server/core/geometry/area-square-metres.ts'
import { circleOf, circleParts, groundIn } from '../../web/screens/incidents/analysis/clusters.ts'

const box = (west: number, south: number, east: number, north: number): Polygon => ({
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
const uShape = [
  [
    [119, 29],
    [120, 29],
    [120, 30],
    [119.601, 30],
    [119.601, 29.5],
    [119.599, 29.5],
    [119.599, 30],
    [119, 30],
    [119, 29],
  ],
]
const circle = circleOf([119.6, 29.9], 1000)
const area = areaSquareMetres({ type: 'Polygon', coordinates: [circle] })

describe('the ground in a circle', () => {
  it('is all of the circle inside the area, half of it at a straight edge through the middle, none outside', () => {
    expect(areaSquareMetres(groundIn(box(119, 29, 120, 30), circle)!)).toBeCloseTo(area, 0)
    const half = areaSquareMetres(groundIn(box(119.6, 29, 120, 30), circle)!)
    expect(half / area).toBeCloseTo(0.5, 4)
    expect(groundIn(box(119.7, 29, 120, 30), circle)).toBeNull()
  })

  it('leaves the area as it is where the circle holds it, with its holes', () => {
    const small = box(119.599, 29.899, 119.601, 29.901)
    const hole = box(119.5995, 29.8995, 119.6005, 29.9005).coordinates[0]!
    const withHole: Polygon = { type: 'Polygon', coordinates: [...small.coordinates, hole.toReversed()] }
    expect(areaSquareMetres(groundIn(withHole, circle)!)).toBeCloseTo(areaSquareMetres(withHole), 3)
  })

  it('is two polygons where the area comes into the circle twice, with nothing between them', () => {
    const [west, east] = [box(119, 29, 119.599, 30), box(119.601, 29, 120, 30)]
    // Like a U, its bottom far outside the circle; a part beside, that does not reach it.
    const far = box(100, 20, 101, 21).coordinates
    const u: MultiPolygon = { type: 'MultiPolygon', coordinates: [far, uShape] }
    const ground = groundIn(u, circle)
    expect(ground?.type).toBe('MultiPolygon')
    expect(ground?.coordinates).toHaveLength(2)
    const sum = areaSquareMetres(groundIn(west, circle)!) + areaSquareMetres(groundIn(east, circle)!)
    expect(areaSquareMetres(ground!)).toBeCloseTo(sum, 0)
    expect(groundIn({ type: 'MultiPolygon', coordinates: [far] }, circle)).toBeNull()
  })

  it('is filled, and the circle drawn whole; outside the area there is the line only', () => {
    const parts = (boundary: Polygon | null) =>
      circleParts(circle, boundary, { id: 'x' }).map(({ properties }) => properties?.['part'] as string)
    expect(parts(box(119, 29, 120, 30))).toEqual(['ground', 'circle'])
    expect(parts(null)).toEqual(['ground', 'circle'])
    expect(parts(box(119.7, 29, 120, 30))).toEqual(['circle'])
  })
})
