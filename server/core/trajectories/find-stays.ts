import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { joinStays } from './join-stays.ts'
import { coreOf, coreRadius, reliableBetween, type Stay, stayOf } from './stay-core.ts'
import type { Trace } from './trace.ts'

/**
 * Stay points after Li et al. (2008), "Mining user similarity based on location history", in the sliding form of
 * trackintel: the stretch from an anchor fix to the last one nearer than `stayMetres` to it, when that lasts
 * `staySeconds` or more. A silence longer than the gap limit ends a stretch; fixes set apart are passed over.
 *
 * Two fixes as uncertain as they say may lie farther apart at one place: the distance is at least three times both radii together.
 *
 * Five differences, all because metres are counted between stays. A stay ends with its last fix, not with the first one
 * outside. It is cut down to its core, from the first to the last fix near its median place: otherwise every stop swallows up
 * to 100 m of the way there and the way on, and a round of 3 km from door to door measures 2.3 (2.9 so). Most of that
 * time must be spent near that place: going up and down a lane of 150 m is no stay. And what the core leaves of the stretch,
 * all of it where there is none, is searched again more closely (`gatherAroundMeans`): in two houses 60 m apart somebody
 * stands still twice, within one stretch. Last, what an error tore apart is joined (`joinStays`).
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
      const square = east * east + north * north
      // Beyond three times both radii together (4.5 σ) no two fixes of one place lie apart.
      if (
        !silent &&
        (square < reach2 || square < 9 * (squareRadius(trace, i) + squareRadius(trace, anchor)))
      ) {
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
  return joinStays(trace, stays, policy)
}

/** The square of a stated error radius; 0 where none was stated. */
const squareRadius = ({ accuracy }: Trace, vertex: number): number =>
  accuracy[vertex]! > 0 ? accuracy[vertex]! ** 2 : 0

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
      const radius = coreRadius(trace, i, policy)
      const dx = east - x / count
      const dy = north - y / count
      if (count > 0 && dx * dx + dy * dy > radius * radius) break
      x += east
      y += north
    }
    if (time[members[next - 1]!]! - time[members[start]!]! >= policy.staySeconds * 1000)
      places.push(members.subarray(start, next))
  }
  return places
}
