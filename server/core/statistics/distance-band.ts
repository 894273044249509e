import Flatbush from 'flatbush'
import { type SpatialWeights, weightsFromNeighbours } from './weights.ts'

/**
 * Binary weights between points no farther apart than `distance`, the point itself left out; points in one place are
 * neighbours. Coordinates are planar, in the unit of `distance` (metres of a projection, never degrees).
 * As spdep's `dnearneigh(points, 0, distance)`, which also takes the band's end as inside.
 */
export function distanceBandWeights(
  points: readonly (readonly [x: number, y: number])[],
  distance: number,
): SpatialWeights {
  if (points.length === 0) return weightsFromNeighbours([])
  const index = new Flatbush(points.length)
  for (const [x, y] of points) index.add(x, y)
  index.finish()
  const reach = distance * distance
  return weightsFromNeighbours(
    points.map(([x, y], i) =>
      index.search(x - distance, y - distance, x + distance, y + distance, (j) => {
        const [otherX, otherY] = points[j]!
        return j !== i && (otherX - x) ** 2 + (otherY - y) ** 2 <= reach
      }),
    ),
  )
}
