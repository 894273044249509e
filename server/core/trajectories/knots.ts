import { distanceMetres } from '../geometry/distance-metres.ts'
import {
  eastMetres,
  type LocalMetricFrame,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Path } from './collapse-stays.ts'
import { sigmaOf } from './fix-error.ts'
import { knownAccuracy } from './judge-fixes.ts'

/**
 * A stretch of a path as knots: its first and last vertex, and between them the means, weighted by 1 / accuracy², of fixes that
 * cannot tell movement from error, because a walker meanwhile gets no further than half their error radius. With a fix every
 * second there would else be dozens of errors to pick a corner from; where fixes are rarer than that each is a knot. On simulated walks
 * this takes the excess at an error of 20 m from 20–30 % to 6–10 %, and that of a fix every second to that of one every ten.
 */
export class Knots {
  size = 0
  /** Epoch milliseconds. */
  readonly time: Float64Array
  /** Metres around the path's first vertex. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** The radius within which a knot tells nothing of movement, metres. */
  readonly tolerance: Float64Array
  /** Variance of the error on each axis, square metres. 0 for a stay, whose mean is far better than its fixes. */
  readonly sigma2: Float64Array
  /** The vertex in the middle of a knot's fixes: legs begin and end there. */
  readonly vertex: Int32Array
  readonly #path: Path
  readonly #policy: PatrolPolicy
  readonly #frame: LocalMetricFrame

  constructor(path: Path, policy: PatrolPolicy) {
    const n = path.time.length
    this.time = new Float64Array(n)
    this.x = new Float64Array(n)
    this.y = new Float64Array(n)
    this.tolerance = new Float64Array(n)
    this.sigma2 = new Float64Array(n)
    this.vertex = new Int32Array(n)
    this.#path = path
    this.#policy = policy
    this.#frame = localMetricFrame(path.longitude[0]!, path.latitude[0]!)
  }

  /** Fills the knots for the vertices `first` … `last`. */
  gather(first: number, last: number): void {
    const { time, accuracy, longitude, latitude, stay } = this.#path
    const policy = this.#policy
    this.size = 0
    this.#add(first, first + 1, stay[first - 1]! >= 0)
    for (let i = first + 1; i < last; ) {
      const start = i
      const radius = Math.max(policy.movementGateMetres, knownAccuracy(accuracy[i]!, policy))
      const until = time[i]! + (500 * radius) / policy.walkingMetresPerSecond
      const { metresPerDegreeLongitude, metresPerDegreeLatitude } = this.#frame
      for (i++; i < last && time[i]! < until; i++) {
        const east = (longitude[i]! - longitude[start]!) * metresPerDegreeLongitude
        const north = (latitude[i]! - latitude[start]!) * metresPerDegreeLatitude
        if (east * east + north * north > radius * radius) break
      }
      this.#add(start, i, false)
    }
    this.#add(last, last + 1, stay[last]! >= 0)
  }

  /** A knot of the vertices `start` … `end` − 1. */
  #add(start: number, end: number, isStay: boolean): void {
    const { time, accuracy, longitude, latitude } = this.#path
    let x = longitude[start]!
    let y = latitude[start]!
    let t = time[start]!
    let best = Math.max(1, knownAccuracy(accuracy[start]!, this.#policy))
    if (end - start > 1) {
      // Weighted means; differences from the first keep all their digits.
      let weights = 1 / (best * best)
      let [east, north, later] = [0, 0, 0]
      for (let i = start + 1; i < end; i++) {
        const radius = Math.max(1, knownAccuracy(accuracy[i]!, this.#policy))
        const weight = 1 / (radius * radius)
        weights += weight
        east += weight * (longitude[i]! - x)
        north += weight * (latitude[i]! - y)
        later += weight * (time[i]! - t)
        if (radius < best) best = radius
      }
      x += east / weights
      y += north / weights
      t += later / weights
    }
    const at = this.size++
    this.time[at] = t
    this.x[at] = eastMetres(this.#frame, x)
    this.y[at] = northMetres(this.#frame, y)
    this.tolerance[at] = best > this.#policy.movementGateMetres ? best : this.#policy.movementGateMetres
    this.sigma2[at] = isStay ? 0 : sigmaOf(best) ** 2
    this.vertex[at] = (start + end - 1) >> 1
  }

  /** The geodesic distance between two knots. */
  metresBetween(a: number, b: number): number {
    const { x, y } = this
    const frame = this.#frame
    return distanceMetres(
      longitudeAt(frame, x[a]!),
      latitudeAt(frame, y[a]!),
      longitudeAt(frame, x[b]!),
      latitudeAt(frame, y[b]!),
    )
  }

  /** The lengths of the segments between two vertices in the flat frame. */
  ownLengths(first: number, last: number, metres: Float64Array): void {
    const { longitude, latitude } = this.#path
    const { metresPerDegreeLongitude, metresPerDegreeLatitude } = this.#frame
    for (let i = first; i < last; i++) {
      const dx = (longitude[i + 1]! - longitude[i]!) * metresPerDegreeLongitude
      const dy = (latitude[i + 1]! - latitude[i]!) * metresPerDegreeLatitude
      metres[i] = Math.sqrt(dx * dx + dy * dy)
    }
  }
}

/**
 * Where the leg between two knots must be broken, or −1: at the knot farthest aside of it, by the ratio to its tolerance; or
 * where the path turns back along it, by the ratio of the way back to both tolerances. Distance aside alone (plain
 * Douglas–Peucker) would take a patrol up and down one lane for a single pass.
 */
export function breakOf({ x, y, tolerance }: Knots, from: number, to: number): number {
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
  let turn = from // and the knot where
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
