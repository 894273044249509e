import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { knownAccuracy } from './judge-fixes.ts'
import type { Trace } from './trace.ts'

/** A stretch standing still: first and last vertex, and the mean of its reliable vertices. */
export interface Stay {
  readonly first: number
  readonly last: number
  readonly longitude: number
  readonly latitude: number
}

/**
 * Stay points after Li et al. (2008), "Mining user similarity based on location history", in the sliding form of
 * trackintel: the stretch from an anchor fix to the last one nearer than `stayMetres` to it, when that lasts
 * `staySeconds` or more. A silence longer than the gap limit ends a stretch; fixes set apart are passed over.
 *
 * Three differences, all because metres are counted between stays. A stay ends with its last fix, not with the first one
 * outside. It is cut down to its core, from the first to the last fix near its median place: otherwise every stop swallows up
 * to 100 m of the way there and the way on, and a round of 3 km from door to door measures 2.3 (2.9 so). And most of that
 * time must be spent near that place: going up and down a lane of 150 m is no stay.
 */
export function findStays(trace: Trace, policy: PatrolPolicy): Stay[] {
  const { time, longitude, latitude, reliable } = trace
  const stays: Stay[] = []
  let anchor = -1
  let last = -1
  let around = localMetricFrame(0, 0) // the anchor
  for (let i = 0; i < time.length; i++) {
    if (reliable[i] === 0) continue
    if (anchor >= 0) {
      const silent = time[i]! - time[last]! > policy.gapSeconds * 1000
      const east = eastMetres(around, longitude[i]!)
      const north = northMetres(around, latitude[i]!)
      if (!silent && east * east + north * north < policy.stayMetres * policy.stayMetres) {
        last = i
        continue
      }
      close()
    }
    anchor = i
    last = i
    around = localMetricFrame(longitude[i]!, latitude[i]!)
  }
  if (anchor >= 0) close()
  return stays

  function close(): void {
    if (time[last]! - time[anchor]! < policy.staySeconds * 1000) return
    const members = new Int32Array(last - anchor + 1)
    let count = 0
    for (let i = anchor; i <= last; i++) if (reliable[i] === 1) members[count++] = i
    const core = coreOf(trace, members.subarray(0, count), policy)
    if (core.length < 2) return
    const first = core[0]!
    let x = 0
    let y = 0
    for (const i of core) {
      x += longitude[i]! - longitude[first]! // differences keep all their digits
      y += latitude[i]! - latitude[first]!
    }
    stays.push({
      first,
      last: core.at(-1)!,
      longitude: longitude[first]! + x / core.length,
      latitude: latitude[first]! + y / core.length,
    })
  }
}

/** The members from the first to the last that lies near their median place; none when too little of that time is spent there. */
function coreOf(trace: Trace, members: Int32Array, policy: PatrolPolicy): Int32Array {
  const { time, longitude, latitude, accuracy } = trace
  const median = localMetricFrame(medianOf(longitude, members), medianOf(latitude, members))
  const isNear = (i: number): boolean => {
    const radius = Math.max(policy.stayCoreMetres, 3 * knownAccuracy(accuracy[i]!, policy))
    const east = eastMetres(median, longitude[i]!)
    const north = northMetres(median, latitude[i]!)
    return east * east + north * north <= radius * radius
  }
  const none = members.subarray(0, 0)
  const first = members.findIndex(isNear)
  if (first < 0) return none
  const core = members.subarray(first, members.findLastIndex(isNear) + 1)
  let near = 0
  for (let k = 1; k < core.length; k++) if (isNear(core[k]!)) near += time[core[k]!]! - time[core[k - 1]!]!
  const whole = time[core.at(-1)!]! - time[core[0]!]!
  return near >= policy.stayCoreShare * whole ? core : none
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
