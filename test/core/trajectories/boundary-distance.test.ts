import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metresToBoundary } from '../../../server/core/trajectories/boundary-distance.ts'
import { prepareGrid } from '../../../server/core/trajectories/prepare-grid.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { at } from './simulate.ts'

/** A ring of corners at these distances from the middle, metres. */
const starOf = (radii: readonly number[]): [number, number][] =>
  radii.map((radius, i) => {
    const angle = (2 * Math.PI * i) / radii.length
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })

const geometryOf = (...rings: readonly (readonly (readonly [number, number])[])[]): AreaGeometry => ({
  type: 'Polygon',
  coordinates: rings.map((ring) => [...ring, ring[0]!].map(([x, y]) => [...at(x, y)])),
})

/** By the definition: the least distance to any edge. Metres. */
function plainly(x: number, y: number, rings: readonly (readonly (readonly [number, number])[])[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const ring of rings)
    for (const [i, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(i + 1) % ring.length]!
      const square = (bx - ax) ** 2 + (by - ay) ** 2
      const share =
        square > 0 ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square)) : 0
      least = Math.min(least, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)))
    }
  return least
}

describe('the distance to the boundary', () => {
  it('is that to the nearest edge, from both sides, holes included, and infinite beyond the limit', () => {
    const radius = fc.integer({ min: 60, max: 500 })
    const place = fc.integer({ min: -600, max: 600 })
    fc.assert(
      fc.property(
        fc.array(radius, { minLength: 3, maxLength: 40 }),
        fc.option(fc.integer({ min: 5, max: 40 }), { nil: undefined }),
        place,
        place,
        fc.integer({ min: 1, max: 200 }),
        (radii, hole, x, y, limit) => {
          const rings = [starOf(radii), ...(hole === undefined ? [] : [starOf([hole, hole, hole, hole])])]
          const expected = plainly(x, y, rings)
          const found = metresToBoundary(prepareGrid(geometryOf(...rings)), ...at(x, y), limit)
          // The flat frame is right to a few centimetres at 600 m.
          fc.pre(Math.abs(expected - limit) > 0.1)
          const reached = found === Number.POSITIVE_INFINITY ? limit : found
          expect(Math.abs(reached - Math.min(expected, limit))).toBeLessThan(0.1)
          expect(found === Number.POSITIVE_INFINITY).toBe(expected > limit)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('far inside, far outside, on the line', () => {
    const grid = prepareGrid(geometryOf([[-500, -500], [500, -500], [500, 500], [-500, 500]])) // biome-ignore format: a box
    expect(metresToBoundary(grid, ...at(0, 0), 50)).toBe(Number.POSITIVE_INFINITY)
    expect(metresToBoundary(grid, ...at(0, 560), 50)).toBe(Number.POSITIVE_INFINITY)
    expect(metresToBoundary(grid, ...at(0, 500), 50)).toBeCloseTo(0, 3)
    expect(metresToBoundary(grid, ...at(530, 540), 60)).toBeCloseTo(50, 1) // 30 and 40 m off a corner
  })
})
