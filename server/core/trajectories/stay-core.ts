import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { decorrelated, sigmaOf } from './fix-error.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { nthSmallest } from './nth-smallest.ts'
import type { Trace } from './trace.ts'

/** A stretch standing still: first and last vertex, and the mean of its reliable vertices. */
export interface Stay {
  readonly first: number
  readonly last: number
  readonly longitude: number
  readonly latitude: number
}

/** How near its middle a fix of a stay lies: the policy's metres, or three accuracy radii where those are more. */
export const coreRadius = (trace: Trace, vertex: number, policy: PatrolPolicy): number =>
  Math.max(policy.stayCoreMetres, 3 * knownAccuracy(trace.accuracy[vertex]!, policy))

/**
 * The members from the first to the last that lies near their median place, as positions [start, end); empty, behind the
 * last member, when less than the policy's share of that time is spent there.
 * @param members numbers of vertices, rising.
 */
export function coreOf(
  trace: Trace,
  members: Int32Array,
  policy: PatrolPolicy,
): readonly [start: number, end: number] {
  const { time } = trace
  const near = nearMedian(trace, members, policy)
  const none = [members.length, members.length] as const
  const start = near.indexOf(1)
  if (start < 0) return none
  const end = near.lastIndexOf(1) + 1
  let spent = 0
  for (let k = start + 1; k < end; k++)
    if (near[k] === 1) spent += time[members[k]!]! - time[members[k - 1]!]!
  const whole = time[members[end - 1]!]! - time[members[start]!]!
  const isCore = whole > 0 && spent >= policy.stayCoreShare * whole
  return isCore && standsStill(trace, members.subarray(start, end), policy) ? [start, end] : none
}

/** Apart enough for walking to show over the error of a fix, near enough that few turn back within. Milliseconds. */
const strideMilliseconds = 60_000

/**
 * Whether members move slower than the policy's limit once the error is taken off: chords between fixes a minute or more apart, the
 * square of each less the mean square of its error. Going to and fro between two rows of houses stays as near its
 * middle as a drifting fix does; a minute's way tells them apart.
 */
export function standsStill(trace: Trace, members: Int32Array, policy: PatrolPolicy): boolean {
  const { time, longitude, latitude, accuracy } = trace
  const first = members[0]!
  const last = members.at(-1)!
  const frame = localMetricFrame(longitude[first]!, latitude[first]!)
  let metres = 0
  let from = first
  for (const i of members) {
    const passed = time[i]! - time[from]!
    if (passed < strideMilliseconds) continue
    const east = (longitude[i]! - longitude[from]!) * frame.metresPerDegreeLongitude
    const north = (latitude[i]! - latitude[from]!) * frame.metresPerDegreeLatitude
    const both =
      sigmaOf(knownAccuracy(accuracy[from]!, policy)) ** 2 + sigmaOf(knownAccuracy(accuracy[i]!, policy)) ** 2
    metres += Math.sqrt(Math.max(0, east * east + north * north - 2 * both * decorrelated(passed, policy)))
    from = i
  }
  return metres * 1000 <= policy.stillMetresPerSecond * (time[last]! - time[first]!)
}

/** 1 for each member near the median place. */
function nearMedian(trace: Trace, members: Int32Array, policy: PatrolPolicy): Uint8Array {
  const { longitude, latitude } = trace
  const median = localMetricFrame(medianOf(longitude, members), medianOf(latitude, members))
  const near = new Uint8Array(members.length)
  for (let k = 0; k < near.length; k++) {
    const i = members[k]!
    const radius = coreRadius(trace, i, policy)
    const east = eastMetres(median, longitude[i]!)
    const north = northMetres(median, latitude[i]!)
    if (east * east + north * north <= radius * radius) near[k] = 1
  }
  return near
}

function medianOf(column: Float64Array, members: Int32Array): number {
  const values = new Float64Array(members.length)
  for (let k = 0; k < values.length; k++) values[k] = column[members[k]!]!
  return nthSmallest(values, values.length >> 1)
}

/** Numbers of the reliable vertices from `first` to `last`. */
export function reliableBetween({ reliable }: Trace, first: number, last: number): Int32Array {
  const members = new Int32Array(last - first + 1)
  let count = 0
  for (let i = first; i <= last; i++) if (reliable[i] === 1) members[count++] = i
  return members.subarray(0, count)
}

/** The stay of these members; none of none. */
export function stayOf({ longitude, latitude }: Trace, members: Int32Array): Stay[] {
  if (members.length === 0) return []
  const first = members[0]!
  let x = 0
  let y = 0
  for (const i of members) {
    x += longitude[i]! - longitude[first]! // differences keep all their digits
    y += latitude[i]! - latitude[first]!
  }
  return [
    {
      first,
      last: members.at(-1)!,
      longitude: longitude[first]! + x / members.length,
      latitude: latitude[first]! + y / members.length,
    },
  ]
}
