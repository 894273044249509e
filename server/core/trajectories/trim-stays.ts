import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { stayPenalty } from './cut-legs.ts'
import type { Errors } from './estimate-errors.ts'
import { keptRoom } from './fitting-room.ts'
import { sigmaOf } from './fix-error.ts'
import { rowMetres } from './join-legs.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { Knots } from './knots.ts'
import { nthSmallest } from './nth-smallest.ts'
import { reliableBetween, type Stay, stayOf } from './stay-core.ts'
import { OBSERVED, type Trace } from './trace.ts'

/** So much of the way before and after a stay shows how it was come to and left. Milliseconds. */
const beyond = 60_000
/** Of a longer stay only so much at both ends is looked at. Milliseconds. */
const mostLookedAt = 900_000
/** At a stay a leg walks when its velocity explains more than this: χ² of two degrees, 86 %. There is every reason to believe that it stands. */
const leastMoving = 4
/** Within a stay somebody went on to another place when the two differ by more than this: χ² of two degrees, 99.9 %, of a variance taken large. */
const leastApart = 13.8
/** Who stands for less is left to the walk, whose legs pause as well. Milliseconds. */
const leastStanding = 180_000

/** A minute's way at a stay, squared, over what error makes of it (`minutesWay`): up to the first it stands, from the second on it may walk. */
const stands = 1.2
const walks = 2
/** Phones that state a smaller error often lie on a table all the same: it is not held against standing. Metres. */
const leastSigma = 20
/** Apart enough for walking to show over the error of a fix. Milliseconds. */
const stride = 60_000

const roomFor = keptRoom(leastMoving, stayPenalty)

/** The parts of stays in which nobody moved, in order of time. */
export interface StandingParts {
  readonly parts: readonly Stay[]
  /** For each part the share of its time that may after all be walked, within the error: 0 to 1. */
  readonly unrest: readonly number[]
  /** For each part the number of its stay. */
  readonly stayOfPart: readonly number[]
}

/** Vertices that stand at one place: its mean in the knots' metres, and the seconds that it is of. */
interface Standing {
  readonly first: number
  readonly last: number
  readonly x: number
  readonly y: number
  readonly seconds: number
}

/**
 * Where in its stays a trace stood still. The core of a stay is as wide as the error, 90 m at σ = 20 m: it takes in the way to a door and on from
 * it, the next door, a short street walked to and fro. For metres of movement a stay is cut into even walks (`LegCutter`), and those that do not
 * move are where it stood. Two places are two parts; the way before, between and behind them is walked. What comes back to the same place is error.
 * A stay has no part where nobody stood for three minutes. Going about between rows of houses stays as near its middle as a drifting fix does: what
 * in half its minutes gets farther than error does is no part, and what may, tells so.
 *
 * Where nothing is observed before or after a stay, or within it, it stands up to there.
 * @param stated the trace with the radii as the phone stated them
 */
export function trimStays(
  stated: Trace,
  { trace, memory, lasting }: Errors,
  stays: readonly Stay[],
  policy: PatrolPolicy,
): StandingParts {
  const { time, kind, longitude, latitude, accuracy } = trace
  const parts: Stay[] = []
  const unrest: number[] = []
  const stayOfPart: number[] = []
  if (stays.length === 0) return { parts, unrest, stayOfPart }
  const windows: { readonly from: number; readonly to: number }[] = []
  let capacity = 0
  for (const { first, last } of stays) {
    const from = reached(first, -1)
    const to = reached(last, 1)
    windows.push({ from, to })
    capacity = Math.max(capacity, to + 1 - from)
  }
  const knots = new Knots(trace, memory, policy, capacity)
  const { fits, cutter } = roomFor(capacity)
  for (const [number, stay] of stays.entries()) {
    const { from, to } = windows[number]!
    const stood: Standing[] = []
    let early = stay.first
    let late = stay.last
    while (early < late && time[early]! - time[stay.first]! < mostLookedAt) early++
    while (late > early && time[stay.last]! - time[late]! < mostLookedAt) late--
    if (early < late) {
      eachObserved(from, early, stay, stood)
      eachObserved(late, to, stay, stood)
    } else eachObserved(from, to, stay, stood)
    for (const { first, last } of stood) {
      if (time[last]! - time[first]! < leastStanding) continue
      const members = reliableBetween(trace, first, last)
      const [part] = stayOf(trace, members)
      const moved = minutesWay(members, false)
      if (!part || (moved >= walks && minutesWay(members, true) >= walks && isTold(members))) continue
      parts.push(part)
      // Going to and fro over rows lengthens the square of a minute's way by twice theirs.
      const beyondError = (moved - stands) * errorSquare(first, time[first]! + stride, false)
      unrest.push(Math.min(1, Math.max(0, beyondError / (2 * rowMetres ** 2))))
      stayOfPart.push(number)
    }
  }
  return { parts, unrest, stayOfPart }

  /**
   * The square of the way from each fix to the one a minute later, over what error alone makes of it in the mean (`errorSquare`), in the median:
   * 1 for standing, as the squares of two normal axes have the median ln 2 of their mean.
   * @param safely by the larger and longer estimate of the error, not by the one that walks are measured with
   */
  function minutesWay(members: Int32Array, safely: boolean): number {
    const squares = new Float64Array(members.length)
    let count = 0
    let later = 0
    for (const i of members) {
      while (later < members.length && time[members[later]!]! - time[i]! < stride) later++
      if (later === members.length) break
      const j = members[later]!
      const east = (longitude[j]! - longitude[i]!) * knots.frame.metresPerDegreeLongitude
      const north = (latitude[j]! - latitude[i]!) * knots.frame.metresPerDegreeLatitude
      squares[count++] = (east * east + north * north) / errorSquare(i, time[j]!, safely)
    }
    return count > 0 ? nthSmallest(squares.subarray(0, count), count >> 1) / Math.LN2 : 0
  }

  /** The mean square of the way that error makes between a fix and a later time: 4 σ² (1 − e^(−t/τ)). Square metres. */
  function errorSquare(vertex: number, until: number, safely: boolean): number {
    const believed = sigmaOf(knownAccuracy(accuracy[vertex]!, policy))
    const sigma = safely ? Math.max(leastSigma, believed) : believed * memory.shareAt(time[vertex]!)
    const seconds = safely ? lasting : memory.secondsAt(time[vertex]!)
    const fresh = seconds > 0 ? 1 - Math.exp((time[vertex]! - until) / (1000 * seconds)) : 1
    return 4 * sigma * sigma * fresh
  }

  /** Whether the phone stated most errors: against an error nobody knows, standing is not refuted. */
  function isTold(members: Int32Array): boolean {
    let told = 0
    for (const i of members) if (!Number.isNaN(stated.accuracy[i]!)) told++
    return 2 * told > members.length
  }

  /** The last observed vertex on the way from the end of a stay in a direction (1 or −1), another stay's or not. */
  function reached(end: number, direction: 1 | -1): number {
    let i = end
    while (
      kind[direction > 0 ? i : i - 1] === OBSERVED &&
      Math.abs(time[i + direction]! - time[end]!) <= beyond
    )
      i += direction
    return i
  }

  /**
   * Whether two that stand are no farther apart than error may make them. The mean over T seconds of an error of variance σ² and memory τ, asked
   * every Δ, has the variance σ² (2 τ + Δ) / T; of the phone's error the larger and longer estimate is taken.
   */
  function isSamePlace(a: Standing, b: Standing): boolean {
    if (b.first === a.last + 1) return true
    const apart = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
    const sigma = sigmaOf(knownAccuracy(trace.accuracy[b.first]!, policy))
    const step = (time[b.last]! - time[a.first]!) / (1000 * (b.last - a.first))
    const variance = sigma * sigma * (2 * lasting + step) * (1 / a.seconds + 1 / b.seconds)
    return apart < Math.max(policy.stayCoreMetres ** 2, leastApart * variance)
  }

  /** Adds where the observed stretches between two vertices stand. */
  function eachObserved(from: number, to: number, stay: Stay, stood: Standing[]): void {
    for (let start = from, end = from; start < to; start = ++end) {
      while (end < to && kind[end] === OBSERVED) end++
      if (end > start) addStanding(stood, start, end, stay)
    }
  }

  /** Adds where an observed stretch from one vertex to another stands, as far as it is the stay's. */
  function addStanding(stood: Standing[], start: number, end: number, stay: Stay): void {
    knots.gather(start, end + 1)
    fits.prepare(knots)
    const starts = cutter.cut(fits, knots)
    const legs: Standing[] = []
    for (let k = 0; k < starts.length; k++) {
      const from = starts[k]!
      const to = (starts[k + 1] ?? knots.size) - 1
      if (fits.moves(from, to)) continue
      const first = Math.max(stay.first, knots.vertex[from]!)
      const last = Math.min(stay.last, knots.vertex[to + 1]! - 1)
      if (first > last) continue
      const { x0: x, y0: y } = fits.place(from, to)
      legs.push({ first, last, x, y, seconds: Math.max(1, knots.time[to]! - knots.time[from]!) })
    }
    // An end beyond which nothing is observed tells of no way there.
    if (legs[0] && start >= stay.first && kind[start - 1] !== OBSERVED) legs[0] = { ...legs[0], first: start }
    const last = legs.length - 1
    if (legs[last] && end <= stay.last && kind[end] !== OBSERVED) legs[last] = { ...legs[last], last: end }
    for (const leg of legs) {
      const before = stood.at(-1)
      if (before && isSamePlace(before, leg)) stood[stood.length - 1] = together(before, leg)
      else stood.push(leg)
    }
  }
}

/** From the first of one to the last of the other, at their mean by their time. */
function together(a: Standing, b: Standing): Standing {
  const seconds = a.seconds + b.seconds
  const share = b.seconds / seconds
  return { first: a.first, last: b.last, x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y), seconds }
}
