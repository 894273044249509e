import { booleanPointInPolygon } from '@turf/turf'
import fc from 'fast-check'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { describe, expect, it } from 'vitest'
import { membershipOf } from '../../../server/core/hexagons/area-membership.ts'

const square = (x: number, y: number, side: number): Position[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
]

describe('membership of an area', () => {
  const ring: Polygon = { type: 'Polygon', coordinates: [square(0, 0, 4), square(1, 1, 2)] }

  it.each([
    ['inside', 0.5, 2, true],
    ['in the hole', 2, 2, false],
    ['outside, level with a vertex', -1, 0, false],
    ['outside, level with a horizontal edge', 5, 4, false],
    ['on the outer edge', 4, 2, true],
    ['on the edge of the hole', 1, 2, true],
    ['on a vertex', 0, 0, true],
    ['on a horizontal edge', 2, 4, true],
    ['level with a vertex of the hole', 0.5, 1, true],
  ])('%s', (_, x, y, wanted) => {
    expect(membershipOf(ring)(x, y)).toBe(wanted)
  })

  it('takes parts that overlap or share an edge as one area, and an empty one as none', () => {
    const parts: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: [[square(0, 0, 2)], [square(2, 0, 2)], [square(1, 0, 2)]],
    }
    const isIn = membershipOf(parts)
    expect([isIn(1.5, 1), isIn(2, 1), isIn(3.5, 1), isIn(4.5, 1)]).toEqual([true, true, true, false])
    expect(membershipOf({ type: 'MultiPolygon', coordinates: [] })(0, 0)).toBe(false)
  })

  it('agrees with Turf on stars of any shape, points on their lattice included', () => {
    const star = fc
      .array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 40 })
      .map((radii): Polygon => {
        const corners = radii.map((radius, i) => {
          const angle = (2 * Math.PI * i) / radii.length
          return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))]
        })
        return { type: 'Polygon', coordinates: [[...corners, corners[0]!]] }
      })
    const point = fc.tuple(fc.integer({ min: -26, max: 26 }), fc.integer({ min: -26, max: 26 }))
    fc.assert(
      fc.property(star, fc.array(point, { minLength: 20 }), (area, points) => {
        const isIn = membershipOf(area)
        for (const [x, y] of points)
          expect(isIn(x / 2, y / 2)).toBe(booleanPointInPolygon([x / 2, y / 2], area))
      }),
    )
  })
})
