import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { MOVING, type Track, TrackReader, tickSeconds, UNKNOWN } from './track.ts'
import { type Evidence, tenths } from './values.ts'

/** Landmarks tell the shift of time to about 20 s; it is then sought in ever smaller steps. */
const searchSeconds = [10, 5, 2, 1]
/** The piece of the way on which it is sought. */
const seedTicks = 600 / tickSeconds
const breakTicks = 120 / tickSeconds

/** The differences of the two traces, later minus earlier, at the later one's ticks. */
interface Differences {
  /** Metres east and north; not a number where one of the two is unknown. */
  readonly east: Float64Array
  readonly north: Float64Array
  /** 1 where both move. */
  readonly moving: Uint8Array
}

/**
 * Whether the later trace is the earlier one again, moved in time and, by the same metres throughout, in place. Two honest walks of
 * one route, even of one person, differ by the errors of both receivers and by the pace: never by less than twice the
 * error over half an hour of moving.
 * @param atSecond a second of the later day, `earlierSecond` that of the earlier one it seems to repeat
 */
export function compareReplayed(
  later: Track,
  earlier: Track,
  atSecond: number,
  earlierSecond: number,
  policy: EvidencePolicy,
): Evidence | undefined {
  const seed = Math.max(0, Math.floor(atSecond / tickSeconds) - later.first)
  const seedEnd = Math.min(later.state.length, seed + seedTicks)
  let shift = atSecond - earlierSecond
  let best = spreadOf(differences(later, earlier, shift, seed, seedEnd), 0, seedEnd - seed)
  for (const step of searchSeconds)
    for (const direction of [1, -1])
      for (let tries = 0; tries < 4; tries++) {
        const next = shift + direction * step
        const found = spreadOf(differences(later, earlier, next, seed, seedEnd), 0, seedEnd - seed)
        if (!(found.rms < best.rms)) break
        best = found
        shift = next
      }
  if (!(best.rms <= 2 * policy.replayRmsMetres)) return undefined
  const all = differences(later, earlier, shift, 0, later.state.length)
  const first = extend(all, seed, -1, best, policy)
  const last = extend(all, seed, 1, best, policy)
  const { rms, count, east, north } = spreadOf(all, first, last + 1)
  const isSameMoment =
    later.day === earlier.day &&
    later.worker !== earlier.worker &&
    Math.abs(shift) < policy.togetherBreakSeconds
  const limit = isSameMoment ? policy.copyRmsMetres : policy.replayRmsMetres
  const least = rms <= policy.copyRmsMetres ? policy.copySeconds : policy.replaySeconds
  if (rms > limit || count * tickSeconds < least) return undefined
  if (later === earlier && Math.abs(shift) < policy.replayApartSeconds) return undefined
  const instant = (index: number): number => later.midnight + (later.first + index) * tickSeconds * 1000
  const stretch = { from: instant(first), to: instant(last) }
  return {
    code: 'replayed_trace',
    worker: later.worker,
    day: later.day,
    ...stretch,
    other: {
      worker: earlier.worker,
      day: earlier.day,
      shift: later.midnight - earlier.midnight + shift * 1000,
    },
    figures: {
      same_seconds: (last - first) * tickSeconds,
      moving_seconds: count * tickSeconds,
      rms_metres: tenths(rms),
      shift_seconds: shift,
      shift_metres: tenths(Math.hypot(east, north)),
    },
    stretches: [stretch],
  }
}

function differences(
  later: Track,
  earlier: Track,
  shiftSeconds: number,
  first: number,
  end: number,
): Differences {
  const n = Math.max(0, end - first)
  const east = new Float64Array(n).fill(Number.NaN)
  const north = new Float64Array(n).fill(Number.NaN)
  const moving = new Uint8Array(n)
  const reader = new TrackReader(earlier)
  let frame: ReturnType<typeof localMetricFrame> | undefined
  for (let k = 0; k < n; k++) {
    const i = first + k
    if (later.state[i] === UNKNOWN) continue
    reader.goTo(earlier.midnight + ((later.first + i) * tickSeconds - shiftSeconds) * 1000)
    if (reader.state === UNKNOWN) continue
    frame ??= localMetricFrame(later.longitude[i]!, later.latitude[i]!)
    east[k] = eastMetres(frame, later.longitude[i]!) - eastMetres(frame, reader.longitude)
    north[k] = northMetres(frame, later.latitude[i]!) - northMetres(frame, reader.latitude)
    if (later.state[i] === MOVING && reader.state === MOVING) moving[k] = 1
  }
  return { east, north, moving }
}

interface Spread {
  /** Mean difference, metres. */
  readonly east: number
  readonly north: number
  /** Root mean square distance from it, metres. */
  readonly rms: number
  /** Ticks on which both move. */
  readonly count: number
}

/** Over the ticks [first, end) on which both move: standing still is like standing still everywhere. */
function spreadOf({ east, north, moving }: Differences, first: number, end: number): Spread {
  let [count, x, y] = [0, 0, 0]
  for (let k = first; k < end; k++)
    if (moving[k] === 1) {
      count++
      x += east[k]!
      y += north[k]!
    }
  if (count < 2) return { east: 0, north: 0, rms: Number.POSITIVE_INFINITY, count }
  let sum = 0
  for (let k = first; k < end; k++)
    if (moving[k] === 1) sum += (east[k]! - x / count) ** 2 + (north[k]! - y / count) ** 2
  return { east: x / count, north: y / count, rms: Math.sqrt(sum / count), count }
}

/** The last index in a direction up to which the difference stays what it is, but for short breaks; silences say nothing against it. */
function extend(
  { east, north }: Differences,
  from: number,
  direction: 1 | -1,
  around: Spread,
  policy: EvidencePolicy,
): number {
  let reached = from
  let apart = 0
  for (let i = from; i >= 0 && i < east.length && apart <= breakTicks; i += direction) {
    const metres = Math.hypot(east[i]! - around.east, north[i]! - around.north)
    if (metres > policy.replayBreakMetres) apart++
    else if (metres <= policy.replayBreakMetres) {
      reached = i
      apart = 0
    }
  }
  return reached
}
