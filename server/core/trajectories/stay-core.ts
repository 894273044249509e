import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { knownAccuracy } from './judge-fixes.ts'
import type { Trace } from './trace.ts'

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
  return whole > 0 && spent >= policy.stayCoreShare * whole ? [start, end] : none
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

/** The value that would stand at `n` if the values were sorted (Hoare's selection); moves them about. */
function nthSmallest(values: Float64Array, n: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const swapped = values[i]!
      values[i++] = values[j]!
      values[j--] = swapped
    }
    if (n <= j) high = j
    else if (n >= i) low = i
    else break
  }
  return values[n]!
}
