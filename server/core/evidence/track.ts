import { eastMetres, type LocalMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { collapseStays, type Path } from '../trajectories/collapse-stays.ts'
import { dayBounds } from '../trajectories/local-day.ts'
import type { WorkerDay } from '../trajectories/match-worker-day.ts'
import { firstAtOrAfter } from '../trajectories/order-fixes.ts'
import { OBSERVED } from '../trajectories/trace.ts'

export const UNKNOWN = 0
export const STILL = 1
export const MOVING = 2

export const tickSeconds = 10

/** A worker's day on the clock all traces share: a position every ten seconds from local midnight. */
export interface Track {
  readonly worker: string
  readonly day: string
  /** Local midnight, epoch milliseconds. */
  readonly midnight: number
  readonly path: Path
  /** The path's segments that tell where somebody was: UNKNOWN, STILL (a stay) or MOVING. */
  readonly segments: Uint8Array
  /** The first tick of the day the arrays hold. */
  readonly first: number
  readonly state: Uint8Array
  /** Degrees; not a number where unknown. */
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  /** Ticks moving. */
  readonly moving: number
}

/**
 * The track of a day that was read: straight between believed fixes no further apart than the policy's gap. Its stays stand still as a whole: what of
 * them is walked (`trimStays`) is told to within the error, which two traces do not share, and of a copy nothing but the copied may differ.
 */
export function trackOf(worker: string, read: WorkerDay, policy: EvidencePolicy): Track {
  const path = collapseStays(
    read.trace,
    read.stays.map(({ place }) => place),
  )
  const midnight = dayBounds(read.date).from
  const tick = tickSeconds * 1000
  const segments = new Uint8Array(path.kind.length)
  for (let i = 0; i < segments.length; i++) {
    if (path.kind[i] !== OBSERVED) continue
    if (path.stay[i]! >= 0) segments[i] = STILL
    else if (path.time[i + 1]! - path.time[i]! <= policy.sampleGapSeconds * 1000) segments[i] = MOVING
  }
  const first = Math.ceil((path.time[0]! - midnight) / tick)
  const count = Math.max(0, Math.floor((path.time.at(-1)! - midnight) / tick) - first + 1)
  const state = new Uint8Array(count)
  const longitude = new Float64Array(count)
  const latitude = new Float64Array(count)
  const reader = new TrackReader({ path, segments })
  let moving = 0
  for (let i = 0; i < count; i++) {
    reader.goTo(midnight + (first + i) * tick)
    state[i] = reader.state
    longitude[i] = reader.longitude
    latitude[i] = reader.latitude
    if (reader.state === MOVING) moving++
  }
  return { worker, day: read.date, midnight, path, segments, first, state, longitude, latitude, moving }
}

/** Reads positions of a path at moments that mostly rise: amortised a step each. */
export class TrackReader {
  state: number = UNKNOWN
  longitude = Number.NaN
  latitude = Number.NaN
  readonly #path: Path
  readonly #segments: Uint8Array
  #at = 0

  constructor({ path, segments }: Pick<Track, 'path' | 'segments'>) {
    this.#path = path
    this.#segments = segments
  }

  goTo(time: number): void {
    const { time: times, longitude, latitude } = this.#path
    const last = times.length - 1
    if (times[this.#at]! > time) this.#at = Math.max(0, firstAtOrAfter(times, time) - 1)
    while (this.#at < last - 1 && times[this.#at + 1]! <= time) this.#at++
    const i = this.#at
    this.state = i < last && times[i]! <= time && time <= times[i + 1]! ? this.#segments[i]! : UNKNOWN
    if (this.state === UNKNOWN) {
      this.longitude = Number.NaN
      this.latitude = Number.NaN
      return
    }
    const share = (time - times[i]!) / (times[i + 1]! - times[i]!)
    this.longitude = longitude[i]! + share * (longitude[i + 1]! - longitude[i]!)
    this.latitude = latitude[i]! + share * (latitude[i + 1]! - latitude[i]!)
  }
}

/** Metres between two positions that are near each other, in a frame near them. */
export const metresApart = (
  frame: LocalMetricFrame,
  longitude1: number,
  latitude1: number,
  longitude2: number,
  latitude2: number,
): number =>
  Math.hypot(
    eastMetres(frame, longitude2) - eastMetres(frame, longitude1),
    northMetres(frame, latitude2) - northMetres(frame, latitude1),
  )
