import { localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { nthSmallest } from './nth-smallest.ts'
import type { Trace } from './trace.ts'

/** Fewer comparisons than this tell nothing. */
const leastFixes = 20
/** Faster than this many brisk walkers is a vehicle. */
const vehiclePaces = 3
/** The lower quarter: of a walker's fixes as many as that lie on straight stretches, even between rows of houses. */
const quantile = 0.25
/** The unit exponential distribution's value there: half the square of a normal error on two axes is distributed so. */
const exponentialQuantile = -Math.log(1 - quantile)

/** How rough a part of a trace is over some seconds. */
export interface Roughness {
  /** The variance on each axis of an error that would be as rough if it forgot itself at once. Square metres. */
  readonly square: number
  /** Seconds between the fixes compared, in the mean. */
  readonly lag: number
  /** Comparisons; 0 where there are too few to tell, or most of them move like a vehicle. */
  readonly count: number
}

const none: Roughness = { square: 0, lag: 0, count: 0 }
let squares = new Float64Array(0)

/**
 * The roughness of the vertices from `first` up to `end`: who walks is for some seconds near the line between where they were before and will
 * be after. The distance of a fix from that line has, when the error forgets itself at once, the variance σ² (1 + u² + v²) on each axis, u and v
 * the shares of both neighbours. The lower quartile of its square, which corners and starts do not reach, gives σ². Each reliable vertex is
 * compared with one `least` … `most` milliseconds before and after it, and what overlaps is passed over, for it tells little new.
 */
export function roughnessOf(
  trace: Trace,
  first: number,
  end: number,
  least: number,
  most: number,
  policy: PatrolPolicy,
): Roughness {
  const { time, longitude, latitude, reliable } = trace
  if (end - first > squares.length) squares = new Float64Array(2 * (end - first))
  const frame = localMetricFrame(longitude[first]!, latitude[first]!)
  const { metresPerDegreeLongitude, metresPerDegreeLatitude } = frame
  const limit = (vehiclePaces * policy.walkingMetresPerSecond) / 1000 // metres in a millisecond
  const slack = 3 * policy.accuracyLimitMetres
  let count = 0
  let fast = 0
  let lags = 0
  let next = time[first]! + least
  let before = first
  let after = first
  for (let i = first + 1; i < end; i++) {
    if (time[i]! < next || time[i]! - time[i - 1]! > most) continue
    while (time[i]! - time[before + 1]! >= least) before++
    if (after <= i) after = i + 1
    while (after < end && time[after]! - time[i]! < least) after++
    if (after >= end) break
    const since = time[i]! - time[before]!
    const till = time[after]! - time[i]!
    if (since < least || since > most || till > most) continue
    if (reliable[before]! + reliable[i]! + reliable[after]! < 3) continue
    next = time[after]! + since
    // A vehicle brakes and turns: its roughness is no error. An error of 30 m on each axis looks like 2.4 m/s over ten seconds.
    const across = (longitude[after]! - longitude[before]!) * metresPerDegreeLongitude
    const along = (latitude[after]! - latitude[before]!) * metresPerDegreeLatitude
    const reach = limit * (since + till) + (since < 5000 ? slack : 0)
    if (across * across + along * along > reach * reach) {
      fast++
      continue
    }
    const u = till / (since + till)
    const v = 1 - u
    const east = longitude[i]! - longitude[after]! - u * (longitude[before]! - longitude[after]!)
    const north = latitude[i]! - latitude[after]! - u * (latitude[before]! - latitude[after]!)
    const x = east * metresPerDegreeLongitude
    const y = north * metresPerDegreeLatitude
    squares[count++] = (x * x + y * y) / (1 + u * u + v * v)
    lags += since + till
  }
  if (count < leastFixes || fast >= count) return none
  const square =
    nthSmallest(squares.subarray(0, count), Math.floor(quantile * count)) / (2 * exponentialQuantile)
  return { square: Math.max(square, 1e-6), lag: lags / (2000 * count), count }
}
