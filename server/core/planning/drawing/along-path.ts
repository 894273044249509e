/** Measures of flat paths: longitude, latitude, longitude, latitude, … */
import { distanceMetres } from '../../geometry/distance-metres.ts'
import { RADIANS_PER_DEGREE } from '../../geometry/ellipsoid.ts'

type Path = readonly number[]

/** Geodesic length of the stretch from vertex `from` to vertex `to`. */
export function pathLengthMetres(path: Path, from = 0, to = path.length / 2 - 1): number {
  let length = 0
  for (let i = 2 * from; i < 2 * to; i += 2)
    length += distanceMetres(path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!)
  return length
}

/** Squared distance in degrees of a point from a segment. */
export function squaredDegreesToSegment(
  x: number,
  y: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const along = alongSegment(x, y, ax, ay, bx, by)
  return (ax + along * (bx - ax) - x) ** 2 + (ay + along * (by - ay) - y) ** 2
}

/** Where on a segment it is nearest to a point, 0 to 1. */
function alongSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const ux = bx - ax
  const uy = by - ay
  const squared = ux * ux + uy * uy
  return squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / squared))
}

export interface NearestPlace {
  /** The vertex before it. */
  readonly after: number
  /** 0 at that vertex, 1 at the next. */
  readonly along: number
  readonly longitude: number
  readonly latitude: number
  readonly distanceMetres: number
}

/** The place of a path nearest to a point on the ground, the first of several. */
export function nearestOnPath(path: Path, x: number, y: number): NearestPlace {
  // Degrees of longitude shrunk to the length of degrees of latitude, so that near means near on the ground.
  const shrink = Math.cos(y * RADIANS_PER_DEGREE)
  let best = { after: 0, along: 0, longitude: path[0]!, latitude: path[1]! }
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i + 3 < path.length; i += 2) {
    const [ax, ay, bx, by] = [path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!]
    const along = alongSegment(x * shrink, y, ax * shrink, ay, bx * shrink, by)
    const longitude = along === 1 ? bx : ax + along * (bx - ax)
    const latitude = along === 1 ? by : ay + along * (by - ay)
    const squared = ((longitude - x) * shrink) ** 2 + (latitude - y) ** 2
    if (squared >= least) continue
    least = squared
    best = { after: i / 2, along, longitude, latitude }
  }
  return { ...best, distanceMetres: distanceMetres(x, y, best.longitude, best.latitude) }
}
