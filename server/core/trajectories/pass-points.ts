import {
  eastMetres,
  type LocalMetricFrame,
  localMetricFrame,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { type Buckets, bucketColumn, bucketRow, bucketsOf } from './buckets.ts'
import type { Path } from './collapse-stays.ts'
import { coversGround } from './covers-ground.ts'
import type { Spans } from './spans.ts'

/** Points in metres around the first of them, in the order of their square buckets. */
export interface GroundPoints {
  /** Which of the points given each one is. */
  readonly order: Int32Array
  readonly frame: LocalMetricFrame
  readonly x: Float64Array
  readonly y: Float64Array
  readonly buckets: Buckets
}

/** For each point, in its order, a direction of length 1: x east, y north. */
export interface Directions {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Makes points ready for `passPoints`; degrees. */
export function groundPoints(longitude: Float64Array, latitude: Float64Array): GroundPoints {
  const frame = localMetricFrame(longitude[0] ?? 0, latitude[0] ?? 0)
  const east = longitude.map((x) => eastMetres(frame, x))
  const north = latitude.map((y) => northMetres(frame, y))
  const buckets = bucketsOf(east, north)
  const order = buckets.members
  return {
    order,
    frame,
    x: Float64Array.from(order, (k) => east[k]!),
    y: Float64Array.from(order, (k) => north[k]!),
    buckets,
  }
}

/**
 * Which points (1, by their place in `points`) lie within `reachMetres` of the given parts of a path. Fixes less accurate than the
 * coverage limit prove nothing here. Linear in the parts: a look is taken only where the last one does not answer.
 * @param along directions of the points, as of a street: then the path must pass them by, crossing the line through the point across its
 *   direction, and stays count for nothing; near them is not enough
 */
export function passPoints(
  path: Path,
  spans: Spans,
  points: GroundPoints,
  reachMetres: number,
  policy: Pick<PatrolPolicy, 'coverageAccuracyLimitMetres'>,
  along?: Directions,
): Uint8Array {
  const { frame, x, y, buckets } = points
  const { longitude, latitude, stay } = path
  const passed = new Uint8Array(x.length)
  const reach = reachMetres
  const reach2 = reach * reach
  // Beside a street there is always a piece ahead that is still to pass: looking far would only cost.
  const ahead = along === undefined ? lookAhead : 5
  // Nothing still to pass is within reach of the circle of radius `calm` around here: steps inside it need no look.
  let calm = 0
  let calmX = 0
  let calmY = 0
  const { count, segment, from: starts, to: ends } = spans
  const { start, columns } = buckets
  let vertex = -1 // the last one looked at, and its place
  let vertexX = 0
  let vertexY = 0
  for (let i = 0; i < count; i++) {
    const a = segment[i]!
    if (!coversGround(path, a, policy) || (along !== undefined && stay[a]! >= 0)) continue
    const startX = a === vertex ? vertexX : eastMetres(frame, longitude[a]!)
    const startY = a === vertex ? vertexY : northMetres(frame, latitude[a]!)
    vertex = a + 1
    vertexX = eastMetres(frame, longitude[vertex]!)
    vertexY = northMetres(frame, latitude[vertex]!)
    const ax = startX + starts[i]! * (vertexX - startX)
    const ay = startY + starts[i]! * (vertexY - startY)
    const dx = (ends[i]! - starts[i]!) * (vertexX - startX)
    const dy = (ends[i]! - starts[i]!) * (vertexY - startY)
    const bx = ax + dx
    const by = ay + dy
    if (calm > 0 && isWithin(bx - calmX, by - calmY, calm) && isWithin(ax - calmX, ay - calmY, calm)) continue
    const square = dx * dx + dy * dy
    const far = reach + Math.sqrt(square) // from b: out of reach of the whole step
    const west = bucketColumn(buckets, Math.min(ax, bx) - reach - ahead)
    const east = bucketColumn(buckets, Math.max(ax, bx) + reach + ahead)
    const south = bucketRow(buckets, Math.min(ay, by) - reach - ahead)
    const north = bucketRow(buckets, Math.max(ay, by) + reach + ahead)
    let nearest = (reach + ahead) * (reach + ahead) // square, of those still to pass, from b
    for (let row = south; row <= north; row++) {
      const end = start[row * columns + east + 1]!
      for (let k = start[row * columns + west]!; k < end; k++) {
        if (passed[k] === 1) continue
        const qx = x[k]! - bx
        const qy = y[k]! - by
        const fromB = qx * qx + qy * qy
        if (
          fromB <= far * far &&
          (along === undefined
            ? isNearStep(x[k]! - ax, y[k]! - ay, dx, dy, reach2)
            : passesBy(x[k]! - ax, y[k]! - ay, dx, dy, along.x[k]!, along.y[k]!, reach2))
        )
          passed[k] = 1
        else if (fromB < nearest) nearest = fromB
      }
    }
    calm = Math.sqrt(nearest) - reach
    calmX = bx
    calmY = by
  }
  return passed
}

/** How far beyond the reach a look goes, so that the next steps need none. Metres. */
const lookAhead = 25

/** Whether a point (x, y) from the start of a step is within reach of it. */
function isNearStep(x: number, y: number, dx: number, dy: number, reach2: number): boolean {
  const square = dx * dx + dy * dy
  const ahead = x * dx + y * dy
  if (ahead <= 0) return x * x + y * y <= reach2
  if (ahead >= square) return (x - dx) * (x - dx) + (y - dy) * (y - dy) <= reach2
  const aside = x * dy - y * dx
  return aside * aside <= reach2 * square
}

/** Whether a step crosses the line through a point (x, y) from its start, across the direction (u, v), within reach of the point. */
function passesBy(
  x: number,
  y: number,
  dx: number,
  dy: number,
  u: number,
  v: number,
  reach2: number,
): boolean {
  const start = -(x * u + y * v)
  const gained = dx * u + dy * v
  if (start > 0 ? start + gained > 0 : start < 0 && start + gained < 0) return false
  const share = gained === 0 ? 0 : -start / gained
  const aside = share * dx - x
  const beyond = share * dy - y
  return aside * aside + beyond * beyond <= reach2
}

const isWithin = (dx: number, dy: number, radius: number): boolean => dx * dx + dy * dy <= radius * radius
