import {
  eastMetres,
  type LocalMetricFrame,
  localMetricFrame,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { coreRadius, reliableBetween, type Stay, standsStill, stayOf } from './stay-core.ts'
import type { Trace } from './trace.ts'

/** A fix of a stay that drifts farther out than a core's radius lies within this many of them. */
const driftRadii = 1.5

/**
 * Makes one stay of those that an error tore apart, and gives a stay the fixes before and after it that are as near to its place
 * as its own. Indoors, at an error of 30 m, a few fixes an hour lie beyond the reach of any anchor; each would cut the stay, and what
 * is left over between would count as movement.
 *
 * Two neighbours are one stay when their places lie within the policy's core, everything between them within one and a half core
 * radii, and nothing between moves. Stays are in order of time, and none overlap.
 */
export function joinStays(trace: Trace, stays: readonly Stay[], policy: PatrolPolicy): Stay[] {
  const joined: Stay[] = []
  for (const stay of stays) {
    const before = joined.at(-1)
    if (before && isSamePlace(before, stay, policy) && holds(trace, before, before.last, stay.first, policy))
      joined[joined.length - 1] = over(trace, before.first, stay.last)
    else joined.push(stay)
  }
  return joined.map((stay, k) => {
    const first = grown(trace, stay, stay.first, -1, (joined[k - 1]?.last ?? -1) + 1, policy)
    const last = grown(trace, stay, stay.last, 1, (joined[k + 1]?.first ?? trace.time.length) - 1, policy)
    return first === stay.first && last === stay.last ? stay : over(trace, first, last)
  })
}

const over = (trace: Trace, first: number, last: number): Stay =>
  stayOf(trace, reliableBetween(trace, first, last))[0]!

const squareMetres = (around: LocalMetricFrame, longitude: number, latitude: number): number =>
  eastMetres(around, longitude) ** 2 + northMetres(around, latitude) ** 2

const frameOf = (stay: Stay): LocalMetricFrame => localMetricFrame(stay.longitude, stay.latitude)

const isSamePlace = (a: Stay, b: Stay, policy: PatrolPolicy): boolean =>
  squareMetres(frameOf(a), b.longitude, b.latitude) <= policy.stayCoreMetres ** 2

/** Whether the vertices from one to another drift about a stay's place: no silence, none far off, none on the way. */
function holds(trace: Trace, stay: Stay, from: number, to: number, policy: PatrolPolicy): boolean {
  const { time, longitude, latitude, reliable } = trace
  const around = frameOf(stay)
  let last = from
  for (let i = from + 1; i <= to; i++) {
    if (reliable[i] === 0) continue
    if (time[i]! - time[last]! > policy.gapSeconds * 1000) return false
    last = i
    const reach = driftRadii * coreRadius(trace, i, policy)
    if (squareMetres(around, longitude[i]!, latitude[i]!) > reach * reach) return false
  }
  return standsStill(trace, reliableBetween(trace, from, to), policy)
}

/**
 * The farthest vertex that a stay reaches from `end` in a direction (1 or −1), up to `limit`: near its place, with drifts between. It
 * stays as it is when that meets the neighbouring stay: two houses, and the way between them.
 */
function grown(
  trace: Trace,
  stay: Stay,
  end: number,
  direction: 1 | -1,
  limit: number,
  policy: PatrolPolicy,
): number {
  const { time, longitude, latitude, reliable } = trace
  const around = frameOf(stay)
  let reached = end
  let before = end
  let met = limit > 0 && limit < time.length - 1
  for (let i = end + direction; direction > 0 ? i <= limit : i >= limit; i += direction) {
    if (reliable[i] === 0) continue
    const radius = coreRadius(trace, i, policy)
    const square = squareMetres(around, longitude[i]!, latitude[i]!)
    if (
      square > (driftRadii * radius) ** 2 ||
      Math.abs(time[i]! - time[before]!) > policy.gapSeconds * 1000
    ) {
      met = false
      break
    }
    before = i
    if (square <= radius * radius) reached = i
  }
  if (met || reached === end) return end
  const part = direction > 0 ? reliableBetween(trace, end, reached) : reliableBetween(trace, reached, end)
  return standsStill(trace, part, policy) ? reached : end
}
