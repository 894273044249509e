import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { coreOf, coreRadius } from './stay-core.ts'
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
 * Four differences, all because metres are counted between stays. A stay ends with its last fix, not with the first one
 * outside. It is cut down to its core, from the first to the last fix near its median place: otherwise every stop swallows up
 * to 100 m of the way there and the way on, and a round of 3 km from door to door measures 2.3 (2.9 so). Most of that
 * time must be spent near that place: going up and down a lane of 150 m is no stay. And what the core leaves of the stretch,
 * all of it where there is none, is searched again more closely (`gatherAroundMeans`): in two houses 60 m apart somebody
 * stands still twice, within one stretch.
 */
export function findStays(trace: Trace, policy: PatrolPolicy): Stay[] {
  const { time, longitude, latitude, reliable } = trace
  const gap = policy.gapSeconds * 1000
  const reach2 = policy.stayMetres * policy.stayMetres
  const stays: Stay[] = []
  let anchor = -1
  let last = -1
  let around = localMetricFrame(0, 0) // the anchor
  for (let i = 0; i < time.length; i++) {
    if (reliable[i] === 0) continue
    if (anchor >= 0) {
      const silent = time[i]! - time[last]! > gap
      const east = eastMetres(around, longitude[i]!)
      const north = northMetres(around, latitude[i]!)
      if (!silent && east * east + north * north < reach2) {
        last = i
        continue
      }
      stays.push(...staysWithin(trace, anchor, last, policy))
    }
    anchor = i
    last = i
    around = localMetricFrame(longitude[i]!, latitude[i]!)
  }
  if (anchor >= 0) stays.push(...staysWithin(trace, anchor, last, policy))
  return stays
}

/** The stays of a stretch that lasts long enough: its core, and what stands out before and after it. */
function staysWithin(trace: Trace, anchor: number, last: number, policy: PatrolPolicy): Stay[] {
  if (trace.time[last]! - trace.time[anchor]! < policy.staySeconds * 1000) return []
  const members = reliableBetween(trace, anchor, last)
  const [start, end] = coreOf(trace, members, policy)
  const closely = (rest: Int32Array): Stay[] =>
    gatherAroundMeans(trace, rest, policy).flatMap((gathered) => {
      const [from, to] = coreOf(trace, gathered, policy)
      return stayOf(trace, gathered.subarray(from, to))
    })
  return [
    ...closely(members.subarray(0, start)),
    ...stayOf(trace, members.subarray(start, end)),
    ...closely(members.subarray(end)),
  ]
}

function reliableBetween({ reliable }: Trace, first: number, last: number): Int32Array {
  const members = new Int32Array(last - first + 1)
  let count = 0
  for (let i = first; i <= last; i++) if (reliable[i] === 1) members[count++] = i
  return members.subarray(0, count)
}

/**
 * Places after Kang et al. (2005), "Extracting places from traces of locations": a fix belongs to the place while it lies
 * within a core's radius of the mean of the place's fixes so far, and else begins the next; a place lasts `staySeconds` or
 * more. The mean runs behind a walker: at 1.2 m/s a place of 45 m is left within two minutes, turning back included.
 */
function gatherAroundMeans(trace: Trace, members: Int32Array, policy: PatrolPolicy): Int32Array[] {
  const { time, longitude, latitude } = trace
  const places: Int32Array[] = []
  if (members.length === 0) return places
  const frame = localMetricFrame(longitude[members[0]!]!, latitude[members[0]!]!)
  for (let start = 0, next = 0; start < members.length; start = next) {
    let x = 0 // sums over the place
    let y = 0
    for (; next < members.length; next++) {
      const i = members[next]!
      const east = eastMetres(frame, longitude[i]!)
      const north = northMetres(frame, latitude[i]!)
      const count = next - start
      if (count > 0 && Math.hypot(east - x / count, north - y / count) > coreRadius(trace, i, policy)) break
      x += east
      y += north
    }
    if (time[members[next - 1]!]! - time[members[start]!]! >= policy.staySeconds * 1000)
      places.push(members.subarray(start, next))
  }
  return places
}

/** The stay of these members; none of none. */
function stayOf({ longitude, latitude }: Trace, members: Int32Array): Stay[] {
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
