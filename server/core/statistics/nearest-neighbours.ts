import Flatbush from 'flatbush'
import { type SpatialWeights, weightsFromNeighbours } from './weights.ts'

/**
 * Binary weights to the `k` nearest other points, all others where there are fewer; of points equally far the one with the
 * lower index counts as nearer, so that list the points in the order of their ids. Not symmetric in general. Coordinates are
 * planar (metres of a projection, never degrees).
 * @throws RangeError for a k that is no whole number above 0
 */
export function nearestNeighbourWeights(
  points: readonly (readonly [x: number, y: number])[],
  k: number,
): SpatialWeights {
  if (!(Number.isInteger(k) && k > 0)) throw new RangeError(`no number of neighbours: ${k}`)
  if (points.length === 0) return weightsFromNeighbours([])
  const index = new Flatbush(points.length)
  for (const [x, y] of points) index.add(x, y)
  index.finish()
  return weightsFromNeighbours(
    points.map(([x, y], i) => {
      const squareTo = (j: number): number => (points[j]![0] - x) ** 2 + (points[j]![1] - y) ** 2
      const others = (j: number): boolean => j !== i
      // The index answers ties in the order of its tree: ask how far the k-th is, then for everything as near.
      const farthest = index
        .neighbors(x, y, k, Infinity, others)
        .reduce((far, j) => Math.max(far, squareTo(j)), 0)
      const reach = Math.sqrt(farthest) * (1 + Number.EPSILON * 4)
      return index
        .search(x - reach, y - reach, x + reach, y + reach, (j) => j !== i && squareTo(j) <= farthest)
        .sort((a, b) => squareTo(a) - squareTo(b) || a - b)
        .slice(0, k)
    }),
  )
}
