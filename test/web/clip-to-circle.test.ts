import type { Polygon } from 'geojson'
import { describe, expect, it } from 'vitest'
import { areaSquareMetres } from '../../server/core/geometry/area-square-metres.ts'
import { clipToCircle } from '../../web/screens/incidents/analysis/clip-to-circle.ts'
import { circleOf, circleParts } from '../../web/screens/incidents/analysis/clusters.ts'

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
const circle = circleOf([119.6, 29.9], 1000)
const area = areaSquareMetres({ type: 'Polygon', coordinates: [circle] })

describe('the ground in a circle', () => {
  it('is all of the circle inside the area, half of it at a straight edge through the middle, none outside', () => {
    expect(areaSquareMetres(clipToCircle(box(119, 29, 120, 30), circle)!)).toBeCloseTo(area, 0)
    const half = areaSquareMetres(clipToCircle(box(119.6, 29, 120, 30), circle)!)
    expect(half / area).toBeCloseTo(0.5, 4)
    expect(clipToCircle(box(119.7, 29, 120, 30), circle)).toBeNull()
  })

  it('leaves the area as it is where the circle holds it, with its holes', () => {
    const small = box(119.599, 29.899, 119.601, 29.901)
    const hole = box(119.5995, 29.8995, 119.6005, 29.9005).coordinates[0]!
    const withHole: Polygon = { type: 'Polygon', coordinates: [...small.coordinates, hole.toReversed()] }
    expect(areaSquareMetres(clipToCircle(withHole, circle)!)).toBeCloseTo(areaSquareMetres(withHole), 3)
  })

  it('is filled, and the circle drawn whole; outside the area there is the line only', () => {
    const parts = (boundary: Polygon | null) =>
      circleParts(circle, boundary, { id: 'x' }).map(({ properties }) => properties?.['part'] as string)
    expect(parts(box(119, 29, 120, 30))).toEqual(['ground', 'circle'])
    expect(parts(null)).toEqual(['ground', 'circle'])
    expect(parts(box(119.7, 29, 120, 30))).toEqual(['circle'])
  })
})
