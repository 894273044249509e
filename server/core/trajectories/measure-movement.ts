import { distanceMetres } from '../geometry/distance-metres.ts'
import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Path } from './collapse-stays.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { OBSERVED } from './trace.ts'

/**
 * Metres of movement for each segment of a path, free of the error that makes a raw trace grow while nobody moves.
 *
 * Each stretch of observed movement between two stays is drawn by few straight legs that no fix leaves, aside or backwards, by more
 * than its error circle (after Douglas & Peucker 1973; the tolerance of a fix is its accuracy radius, at least the policy's gate). The length of a leg is spread over the
 * segments it replaces in proportion to their own length, so that any division of the path divides the metres exactly.
 * A stretch that never leaves the circle of its ends is error altogether: 0 m. Standing in a stay is 0 m. What was not observed is 0 m.
 */
export function measureMovement(path: Path, policy: PatrolPolicy): Float64Array {
  const segments = path.kind.length
  const metres = new Float64Array(segments)
  if (segments === 0) return metres
  const plane = flatten(path, policy)
  for (let i = 0; i < segments; i++) {
    if (!moves(path, i)) continue
    const first = i
    while (moves(path, i)) i++
    spreadLegs(path, plane, first, i, metres)
  }
  return metres
}

/** Whether there is a segment `i` and it is observed movement. */
const moves = ({ kind, stay }: Path, i: number): boolean =>
  i < kind.length && kind[i] === OBSERVED && stay[i] === -1

/** A path's vertices in metres around the first, each with the radius within which it tells nothing of movement. */
interface Plane {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly tolerance: Float64Array
}

function flatten({ longitude, latitude, accuracy }: Path, policy: PatrolPolicy): Plane {
  const frame = localMetricFrame(longitude[0]!, latitude[0]!)
  const n = longitude.length
  const plane = { x: new Float64Array(n), y: new Float64Array(n), tolerance: new Float64Array(n) }
  for (let i = 0; i < n; i++) {
    plane.x[i] = eastMetres(frame, longitude[i]!)
    plane.y[i] = northMetres(frame, latitude[i]!)
    plane.tolerance[i] = Math.max(policy.movementGateMetres, knownAccuracy(accuracy[i]!, policy))
  }
  return plane
}

/** Fills `metres` for the segments between the vertices `first` and `last`. */
function spreadLegs(path: Path, plane: Plane, first: number, last: number, metres: Float64Array): void {
  const { longitude, latitude } = path
  const { x, y } = plane // good enough for shares of a leg
  for (let i = first; i < last; i++) {
    const dx = x[i + 1]! - x[i]!
    const dy = y[i + 1]! - y[i]!
    metres[i] = Math.sqrt(dx * dx + dy * dy)
  }

  const ends: number[] = [last]
  let from = first
  while (ends.length > 0) {
    const to = ends[ends.length - 1]!
    const corner = breakOf(plane, from, to)
    if (corner >= 0) {
      ends.push(corner)
      continue
    }
    ends.pop()
    const leg = distanceMetres(longitude[from]!, latitude[from]!, longitude[to]!, latitude[to]!)
    const whole = from === first && to === last
    const isError = whole && leg <= Math.max(plane.tolerance[from]!, plane.tolerance[to]!)
    scale(metres, from, to, isError ? 0 : leg)
    from = to
  }
}

/** Scales the metres of some segments to a total. */
function scale(metres: Float64Array, from: number, to: number, total: number): void {
  let sum = 0
  for (let i = from; i < to; i++) sum += metres[i]!
  const factor = sum > 0 ? total / sum : 0
  for (let i = from; i < to; i++) metres[i]! *= factor
}

/**
 * Where the leg between two vertices must be broken, or −1: at the vertex farthest aside of it, by the ratio to its tolerance; or
 * where the path turns back along it, by the ratio of the way back to both tolerances. Distance aside alone (plain
 * Douglas–Peucker) would take a patrol up and down one lane for a single pass.
 */
function breakOf({ x, y, tolerance }: Plane, from: number, to: number): number {
  const x0 = x[from]!
  const y0 = y[from]!
  const dx = x[to]! - x0
  const dy = y[to]! - y0
  const length = Math.sqrt(dx * dx + dy * dy)
  const ux = length > 0 ? dx / length : 1
  const uy = length > 0 ? dy / length : 0
  let worst = 1 // square of the ratio
  let at = -1
  let ahead = 0 // farthest the path has come along the leg
  let turn = from // and the vertex where
  let turnTolerance = 0
  for (let i = from + 1; i < to; i++) {
    const px = x[i]! - x0
    const py = y[i]! - y0
    const limit = tolerance[i]!
    const unbounded = px * ux + py * uy
    const along = unbounded < 0 ? 0 : unbounded > length ? length : unbounded
    const beyond = unbounded - along // before the start or behind the end of the leg
    const beside = px * uy - py * ux
    const aside = beside * beside + beyond * beyond
    if (aside > worst * limit * limit) {
      worst = aside / (limit * limit)
      at = i
    }
    if (along >= ahead) {
      ahead = along
      turn = i
      turnTolerance = limit
      continue
    }
    const back = ahead - along
    const both = limit + turnTolerance
    if (back * back > worst * both * both) {
      worst = (back * back) / (both * both)
      at = turn
    }
  }
  return at
}
