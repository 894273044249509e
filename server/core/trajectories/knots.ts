import {
  eastMetres,
  type LocalMetricFrame,
  localMetricFrame,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { ErrorMemory } from './estimate-errors.ts'
import { sigmaOf } from './fix-error.ts'
import { knownAccuracy } from './judge-fixes.ts'
import type { Trace } from './trace.ts'

/** Fixes are averaged over the time in which a walker gets so far, in error radii. */
const knotShare = 0.7
/** … but over no longer: a turn within would be lost. Milliseconds. */
const longestKnot = 9000

/**
 * A stretch of a path as knots: the means, weighted by 1 / accuracy², of the fixes of so short a time that a walker meanwhile gets no
 * further than seven tenths of their error radius, nine seconds at most. Where fixes are rarer than that each is a knot.
 */
export class Knots {
  size = 0
  /** Seconds after the path's first vertex. */
  readonly time: Float64Array
  /** Metres around the path's first vertex. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Deviation of a knot's error on each axis, metres. */
  readonly sigma: Float64Array
  /** Correlation of a knot's error with that of the knot before it. */
  readonly kept: Float64Array
  /** Memory of a knot's error, seconds. */
  readonly memory: Float64Array
  /** The first vertex of a knot; one more behind the last knot: the vertex after it. */
  readonly vertex: Int32Array
  readonly frame: LocalMetricFrame
  readonly #path: Trace
  readonly #policy: PatrolPolicy
  /** The least error radius that is believed, metres. */
  readonly #least: number
  readonly #memory: ErrorMemory
  /** Of the last knot: the correlation of its mean's error with that of its last fix. */
  #tail = 1
  #asked = -1
  #askedMemory = -1
  #answer = 0
  #meanCount = 0
  #meanKept = -1
  /** Variance of a mean of errors over that of one, and the correlation of that mean with the last of them. */
  #meanSpread = 1
  #meanTail = 1

  /** @param capacity the vertices of the longest stretch */
  constructor(path: Trace, memory: ErrorMemory, policy: PatrolPolicy, capacity: number) {
    this.time = new Float64Array(capacity)
    this.x = new Float64Array(capacity)
    this.y = new Float64Array(capacity)
    this.sigma = new Float64Array(capacity)
    this.kept = new Float64Array(capacity)
    this.memory = new Float64Array(capacity)
    this.vertex = new Int32Array(capacity + 1)
    this.frame = localMetricFrame(path.longitude[0]!, path.latitude[0]!)
    this.#path = path
    this.#memory = memory
    this.#policy = policy
    this.#least = Math.max(1, policy.movementGateMetres)
  }

  /** Fills the knots for the vertices from `first` up to `end`. */
  gather(first: number, end: number): void {
    const { time } = this.#path
    this.size = 0
    for (let i = first; i < end; ) {
      const start = i
      const radius = this.#memory.shareAt(time[i]!) * this.#radius(i)
      const until =
        time[i]! + Math.min(longestKnot, (knotShare * 1000 * radius) / this.#policy.walkingMetresPerSecond)
      for (i++; i < end && time[i]! < until; ) i++
      this.#add(start, i, radius)
    }
    this.vertex[this.size] = end
  }

  /** A knot of the vertices `start` … `end` − 1. @param radius the error radius of the first, as far as it has this memory */
  #add(start: number, end: number, radius: number): void {
    const { time, longitude, latitude } = this.#path
    const at = this.size++
    this.vertex[at] = start
    const memory = this.#memory.secondsAt(time[start]!)
    this.memory[at] = memory
    const before = start > 0 ? this.#keptOver(time[start]! - time[start - 1]!, memory) * this.#tail : 0
    const count = end - start
    let x = longitude[start]!
    let y = latitude[start]!
    let t = time[start]!
    let sigma = sigmaOf(radius)
    let tail = 1
    if (count > 1) {
      // Weighted means; differences from the first keep all their digits.
      const own = this.#radius(start)
      let weights = 1 / (own * own)
      let east = 0
      let north = 0
      let later = 0
      for (let i = start + 1; i < end; i++) {
        const radiusHere = this.#radius(i)
        const weight = 1 / (radiusHere * radiusHere)
        weights += weight
        east += weight * (longitude[i]! - x)
        north += weight * (latitude[i]! - y)
        later += weight * (time[i]! - t)
      }
      x += east / weights
      y += north / weights
      t += later / weights
      this.#meanOf(count, this.#keptOver((time[end - 1]! - time[start]!) / (count - 1), memory))
      sigma *= Math.sqrt((count / weights) * this.#meanSpread) / own
      tail = this.#meanTail
    }
    this.time[at] = (t - time[0]!) / 1000
    this.x[at] = eastMetres(this.frame, x)
    this.y[at] = northMetres(this.frame, y)
    this.sigma[at] = sigma
    this.kept[at] = at > 0 ? Math.min(0.999, before * tail) : 0
    this.#tail = tail
  }

  /**
   * Works out the mean of `count` errors of which `rho` is kept from one to the next. Its variance is that of one times
   * (n (1 − ρ²) − 2 ρ (1 − ρⁿ)) / (n (1 − ρ))². The last answer is kept: fixes come evenly.
   */
  #meanOf(count: number, rho: number): void {
    if (count === this.#meanCount && rho === this.#meanKept) return
    this.#meanCount = count
    this.#meanKept = rho
    const fresh = count * (1 - rho)
    const power = rho ** count
    this.#meanSpread = (count * (1 - rho * rho) - 2 * rho * (1 - power)) / (fresh * fresh)
    this.#meanTail = (1 - power) / (fresh * Math.sqrt(this.#meanSpread))
  }

  /** The error radius of a vertex, no less than the policy's gate. */
  #radius(vertex: number): number {
    const metres = knownAccuracy(this.#path.accuracy[vertex]!, this.#policy)
    return metres > this.#least ? metres : this.#least
  }

  /** The share of an error that is kept over some milliseconds. The last answer is kept: fixes come evenly. */
  #keptOver(milliseconds: number, memory: number): number {
    if (milliseconds !== this.#asked || memory !== this.#askedMemory) {
      this.#asked = milliseconds
      this.#askedMemory = memory
      this.#answer = memory > 0 ? Math.min(0.9999, Math.exp(-milliseconds / (1000 * memory))) : 0
    }
    return this.#answer
  }
}
