import { localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { radiusOf } from './fix-error.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { nthSmallest } from './nth-smallest.ts'
import type { Trace } from './trace.ts'

/** Errors are judged by the half hour of the clock: a midnight lies between two. Milliseconds. */
const windowMilliseconds = 1_800_000
/** A fix is compared with one this long before and one as long after it, at least and at most. Milliseconds. */
const leastStep = 5_000
const mostStep = 12_000
/** Fewer comparisons than this in a window tell nothing. */
const leastFixes = 20
/** Faster than this many brisk walkers is a vehicle. */
const vehiclePaces = 3
/** The lower quarter: of a walker's fixes as many as that lie on straight stretches, even between rows of houses. */
const quantile = 0.25
/** The unit exponential distribution's value there: half the square of a normal error on two axes is distributed so. */
const exponentialQuantile = -Math.log(1 - quantile)
/** Within this factor what the phone states is believed: the estimate itself is right to a tenth (one σ). */
const believedFactor = 1.35

/**
 * A trace whose accuracy radii are raised where its own roughness shows that they are too small: phones that state one axis' deviation
 * for the radius of 68 %, or nothing. They are never lowered: a receiver's filter makes wrong traces smooth.
 *
 * Who walks is for some seconds near the line between where they were before and will be after. The distance of a fix from that line
 * has, when the error forgets itself at the policy's pace (ρ, `decorrelated`), the variance σ² (1 + u² + v² − 2 u ρ(a) − 2 v ρ(b) + 2 u v ρ(a + b)) on
 * each axis: a and b the seconds to both neighbours, u and v their shares. Over a window the lower quartile of its square, which corners and
 * starts do not reach, gives σ. Rare fixes give nothing: between them a walker's turns and an error look the same.
 */
export function raiseAccuracy(trace: Trace, policy: PatrolPolicy): Trace {
  const { time } = trace
  let accuracy: Float64Array | undefined
  const squares = new Float64Array(windowMilliseconds / (2 * leastStep) + 1)
  for (let first = 0, end = 0; first < time.length; first = end) {
    const until = (Math.floor(time[first]! / windowMilliseconds) + 1) * windowMilliseconds
    while (end < time.length && time[end]! < until) end++
    const count = unitErrors(trace, first, end, policy, squares)
    if (count < leastFixes) continue
    const square = nthSmallest(squares.subarray(0, count), Math.floor(quantile * count))
    const radius = radiusOf(Math.sqrt(square / (2 * exponentialQuantile)))
    for (let i = first; i < end; i++) {
      const stated = trace.accuracy[i]!
      if (radius <= believedFactor * knownAccuracy(stated, policy)) continue
      accuracy ??= trace.accuracy.slice()
      accuracy[i] = Number.isNaN(stated) ? radius : Math.min(radius, radiusOf(stated))
    }
  }
  return accuracy ? { ...trace, accuracy } : trace
}

/**
 * For reliable vertices from `first` up to `end` with neighbours at the right distance in time, none of them twice: the square of its distance
 * from the line between them, for σ = 1 on each axis. Fills `squares`.
 * @returns how many; 0 where most of them move like a vehicle
 */
function unitErrors(
  trace: Trace,
  first: number,
  end: number,
  policy: PatrolPolicy,
  squares: Float64Array,
): number {
  const { time, longitude, latitude, reliable } = trace
  const frame = localMetricFrame(longitude[first]!, latitude[first]!)
  const forgetting = 1000 * policy.errorCorrelationSeconds
  const limit = (vehiclePaces * policy.walkingMetresPerSecond) / 1000 // metres in a millisecond
  let count = 0
  let fast = 0
  let next = time[first]! + leastStep
  let [a, b, variance, u] = [-1, -1, 0, 0]
  for (let i = first + 1; i < end; i++) {
    if (time[i]! < next) continue
    let before = i - 1
    while (before > first && time[i]! - time[before]! < leastStep) before--
    let after = i + 1
    while (after < end && time[after]! - time[i]! < leastStep) after++
    if (after >= end) break
    const since = time[i]! - time[before]!
    const till = time[after]! - time[i]!
    if (since < leastStep || since > mostStep || till > mostStep) continue
    if (reliable[before]! + reliable[i]! + reliable[after]! < 3) continue
    // A vehicle brakes and turns: its roughness is no error. An error of 30 m on each axis looks like 2.4 m/s over ten seconds.
    const across = (longitude[after]! - longitude[before]!) * frame.metresPerDegreeLongitude
    const along = (latitude[after]! - latitude[before]!) * frame.metresPerDegreeLatitude
    if (across * across + along * along > (limit * (since + till)) ** 2) {
      fast++
      next = time[after]! + since
      continue
    }
    if (since !== a || till !== b) {
      a = since
      b = till
      u = b / (a + b)
      const v = 1 - u
      const ra = Math.exp(-a / forgetting)
      const rb = Math.exp(-b / forgetting)
      variance = 1 + u * u + v * v - 2 * (u * ra + v * rb) + 2 * u * v * ra * rb
    }
    const east = longitude[i]! - longitude[after]! - u * (longitude[before]! - longitude[after]!)
    const north = latitude[i]! - latitude[after]! - u * (latitude[before]! - latitude[after]!)
    const x = east * frame.metresPerDegreeLongitude
    const y = north * frame.metresPerDegreeLatitude
    squares[count++] = (x * x + y * y) / variance
    next = time[after]! + since // what overlaps tells little new
  }
  return fast < count ? count : 0
}
