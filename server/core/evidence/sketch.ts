/**
 * What is kept of a worker's day to find the few others worth comparing it with: a hundredth of its fixes, and no way back to them.
 */
import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { exactLandmarks } from './exact-landmarks.ts'
import { MOVING, type Track, tickSeconds, UNKNOWN } from './track.ts'

export interface DaySketch {
  readonly worker: string
  readonly day: string
  /** (moment, row, column) of each second minute on the move: where to meet others. */
  readonly meetings: Int32Array
  /** (hash, second of the day) of each landmark: what the way looks like there, wherever and whenever; and its very steps. */
  readonly landmarks: Int32Array
}

export const meetingSeconds = 120
const meetingTicks = meetingSeconds / tickSeconds

/** Degrees of latitude that are so many metres at least, anywhere. */
const degreesOf = (metres: number): number => metres / 110_500

export function sketchOf(track: Track, policy: EvidencePolicy): DaySketch {
  return {
    worker: track.worker,
    day: track.day,
    meetings: meetingsOf(track, policy),
    landmarks: Int32Array.from([...shapeLandmarks(track), ...exactLandmarks(track)]),
  }
}

/** Cells are as wide as phones may be apart, up to 60° of latitude: who is together is in the same or a neighbouring one. */
function meetingsOf({ first, state, longitude, latitude }: Track, policy: EvidencePolicy): Int32Array {
  const cell = degreesOf(policy.togetherMetres)
  const found: number[] = []
  for (let i = (meetingTicks - (first % meetingTicks)) % meetingTicks; i < state.length; i += meetingTicks)
    if (state[i] === MOVING)
      found.push(
        (first + i) / meetingTicks,
        Math.floor(latitude[i]! / cell),
        Math.floor(longitude[i]! / (2 * cell)),
      )
  return Int32Array.from(found)
}

/** A landmark is a moment at which the way of the next five minutes is longest or shortest, as the crow flies. */
const strideTicks = 300 / tickSeconds
/** It is told by where one stands 200, 400 and 600 s later. */
const looksTicks = [200, 400, 600].map((seconds) => seconds / tickSeconds)
const aroundTicks = 60 / tickSeconds
const leastMetres = 60
const latticeMetres = 60

/**
 * Landmarks depend on the shape alone: moved in time or place, sampled at other moments or with a little error they are found
 * again, at the same moments of the shape. Each gives two hashes, of two lattices half a cell apart, so that hardly any is lost at a
 * lattice's lines (locality-sensitive hashing: Indyk & Motwani 1998).
 */
function shapeLandmarks(track: Track): number[] {
  const { first, state, longitude, latitude } = track
  const n = state.length
  const start = state.findIndex((one) => one !== UNKNOWN)
  if (start < 0) return []
  const frame = localMetricFrame(longitude[start]!, latitude[start]!)
  const x = longitude.map((degrees) => eastMetres(frame, degrees))
  const y = latitude.map((degrees) => northMetres(frame, degrees))
  const stride = new Float64Array(n).fill(Number.NaN)
  for (let i = 0; i + strideTicks < n; i++) {
    const east = x[i + strideTicks]! - x[i]!
    const north = y[i + strideTicks]! - y[i]!
    stride[i] = Math.sqrt(east * east + north * north)
  }
  const found: number[] = []
  for (let i = aroundTicks; i + looksTicks.at(-1)! + 1 < n; i++) {
    if (!(stride[i]! >= leastMetres) || !isExtreme(stride, i)) continue
    const moment = i + peakOffset(stride[i - 1]!, stride[i]!, stride[i + 1]!)
    const looks = looksTicks.flatMap((later) => [
      between(x, moment + later) - between(x, moment),
      between(y, moment + later) - between(y, moment),
    ])
    if (looks.some(Number.isNaN)) continue
    const second = Math.round((first + moment) * tickSeconds)
    for (const lattice of [0, 0.5]) found.push(hashOf(looks, lattice), second)
  }
  return found
}

/** Whether a value is the greatest or the least of those around it, all of them known; the first of equals. */
function isExtreme(values: Float64Array, i: number): boolean {
  let [isGreatest, isLeast] = [true, true]
  for (let k = i - aroundTicks; k <= i + aroundTicks; k++) {
    if (k === i) continue
    const difference = values[k]! - values[i]!
    if (Number.isNaN(difference)) return false
    if (difference > 0 || (difference === 0 && k < i)) isGreatest = false
    if (difference < 0 || (difference === 0 && k < i)) isLeast = false
    if (!isGreatest && !isLeast) return false
  }
  return true
}

/** Where between its neighbours the parabola through three values turns, −0.5 to 0.5. */
function peakOffset(before: number, at: number, after: number): number {
  const bend = before - 2 * at + after
  return bend === 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)))
}

function between(values: Float64Array, at: number): number {
  const i = Math.floor(at)
  return values[i]! + (at - i) * (values[i + 1]! - values[i]!)
}

function hashOf(looks: readonly number[], lattice: number): number {
  let hash = lattice === 0 ? 0x811c9dc5 : 0x1000193
  for (const metres of looks)
    hash = Math.imul(hash ^ Math.floor(metres / latticeMetres + lattice), 0x01000193)
  return (hash ^ (hash >>> 15)) | 0
}
