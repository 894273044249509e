import { distanceMetres } from '../geometry/distance-metres.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { LngLat } from '../values.ts'
import type { Path } from './collapse-stays.ts'
import { type AssignedGrid, findInsideSpans } from './find-inside-spans.ts'
import type { WorkerDay } from './match-worker-day.ts'
import { uniteSpans } from './spans.ts'
import { INACCURATE, OBSERVED, UNOBSERVED } from './trace.ts'

/** What is known of a stretch of a day. A `stay` stands still inside a grid; one outside is `outside`. */
export type TraceLabel = 'inside' | 'outside' | 'stay' | 'unobserved' | 'unreliable'

/**
 * Why a stretch is not credited: what was found, and the limit of the policy it was held against.
 * `silence` no fix for longer than `gap_seconds`; `low_accuracy` an error radius beyond `accuracy_limit_metres`; `implausible_speed` faster than
 * `speed_limit_metres_per_second`; `outside_grid` beyond the boundary; `not_in_force` no assignment, or no version of a grid, at that moment.
 */
export interface LabelReason {
  readonly code: 'silence' | 'low_accuracy' | 'implausible_speed' | 'outside_grid' | 'not_in_force'
  /** The largest value of the stretch, in the limit's unit: seconds, metres, metres a second; null where there is none. */
  readonly value: number | null
  readonly limit: number | null
}

/** A stretch with one label, as it is drawn. */
export interface TracePiece {
  readonly label: TraceLabel
  /** Epoch milliseconds; a piece begins where the one before it ends. */
  readonly from: number
  readonly to: number
  readonly coordinates: readonly LngLat[]
  /** When the worker was at each of the coordinates, epoch milliseconds, never falling; the first is `from`, the last `to`. */
  readonly times: readonly number[]
  /** Null where the stretch is credited. */
  readonly reason: LabelReason | null
}

/**
 * A day's path cut into stretches of one label and one reason, against all the grids the worker answers for together. The pieces follow
 * one another without a gap from the day's first vertex to its last; their sums are those of `tallySpans` when there is one grid.
 */
export function labelTrace(
  read: WorkerDay,
  grids: readonly AssignedGrid[],
  policy: PatrolPolicy,
): TracePiece[] {
  const { path } = read
  const insides = findInsideSpans(path, grids)
  const spans = uniteSpans(insides.map((one) => one.spans))
  const pieces = new PieceCollector(path)
  const reasons = new Reasons(path, grids, policy)
  let next = 0
  for (let i = 0; i < path.kind.length; i++) {
    if (path.kind[i] !== OBSERVED) {
      pieces.add(path.kind[i] === UNOBSERVED ? 'unobserved' : 'unreliable', i, 0, 1, reasons.ofSegment(i))
      continue
    }
    const within: TraceLabel = path.stay[i]! >= 0 ? 'stay' : 'inside'
    let reached = 0
    while (next < spans.count && spans.segment[next]! < i) next++
    while (next < spans.count && spans.segment[next] === i) {
      reasons.eachOutside(i, reached, spans.from[next]!, pieces)
      pieces.add(within, i, spans.from[next]!, spans.to[next]!, null)
      reached = spans.to[next++]!
    }
    reasons.eachOutside(i, reached, 1, pieces)
  }
  return pieces.list
}

/** Says why segments are not credited. */
class Reasons {
  readonly #path: Path
  readonly #grids: readonly AssignedGrid[]
  readonly #policy: PatrolPolicy

  constructor(path: Path, grids: readonly AssignedGrid[], policy: PatrolPolicy) {
    this.#path = path
    this.#grids = grids
    this.#policy = policy
  }

  /** Of a segment that is not observed. */
  ofSegment(i: number): LabelReason {
    const { time, longitude, latitude, accuracy, kind } = this.#path
    const seconds = (time[i + 1]! - time[i]!) / 1000
    if (kind[i] === UNOBSERVED) return { code: 'silence', value: seconds, limit: this.#policy.gapSeconds }
    if (kind[i] === INACCURATE) {
      const stated = [accuracy[i]!, accuracy[i + 1]!].filter((metres) => metres > 0)
      const value = stated.length > 0 ? Math.max(...stated) : null
      return { code: 'low_accuracy', value, limit: this.#policy.accuracyLimitMetres }
    }
    const metres = distanceMetres(longitude[i]!, latitude[i]!, longitude[i + 1]!, latitude[i + 1]!)
    const limit = this.#policy.speedLimitMetresPerSecond
    return { code: 'implausible_speed', value: metres / seconds, limit }
  }

  /** Adds the share [from, to] of a segment as outside, divided where grids come into force or cease to be. */
  eachOutside(i: number, from: number, to: number, pieces: PieceCollector): void {
    if (to <= from) return
    const start = this.#path.time[i]!
    const duration = this.#path.time[i + 1]! - start
    const shares = this.#grids
      .flatMap((grid) => [grid.from, grid.to])
      .flatMap((moment) => (moment === null ? [] : [(moment - start) / duration]))
      .filter((share) => share > from && share < to)
      .sort((a, b) => a - b)
    let reached = from
    for (const share of [...shares, to]) {
      const moment = start + ((reached + share) / 2) * duration
      const inForce = this.#grids.some(
        (grid) => (grid.from ?? moment) <= moment && moment <= (grid.to ?? moment),
      )
      pieces.add('outside', i, reached, share, inForce ? outsideGrid : notInForce)
      reached = share
    }
  }
}

const outsideGrid: LabelReason = { code: 'outside_grid', value: null, limit: null }
const notInForce: LabelReason = { code: 'not_in_force', value: null, limit: null }

/** The worse of two reasons of one code. */
function worse(a: LabelReason | null, b: LabelReason | null): LabelReason | null {
  if (a === null || b === null) return a ?? b
  return (b.value ?? 0) > (a.value ?? 0) ? b : a
}

/** Joins parts of segments that carry on with the same label for the same reason. */
class PieceCollector {
  readonly list: {
    label: TraceLabel
    from: number
    to: number
    coordinates: LngLat[]
    times: number[]
    reason: LabelReason | null
  }[] = []
  readonly #path: Path

  constructor(path: Path) {
    this.#path = path
  }

  /** The share [from, to] of a segment. */
  add(label: TraceLabel, segment: number, from: number, to: number, reason: LabelReason | null): void {
    if (to <= from) return
    const { time } = this.#path
    const start = time[segment]!
    const duration = time[segment + 1]! - start
    const end = Math.round(start + to * duration)
    const last = this.list.at(-1)
    if (last?.label === label && last.reason?.code === reason?.code) {
      last.to = end
      last.coordinates.push(this.#at(segment, to))
      last.times.push(end)
      last.reason = worse(last.reason, reason)
      return
    }
    const begin = last?.to ?? Math.round(start + from * duration)
    this.list.push({
      label,
      from: begin,
      to: end,
      coordinates: [this.#at(segment, from), this.#at(segment, to)],
      times: [begin, end],
      reason,
    })
  }

  #at(segment: number, share: number): LngLat {
    const { longitude, latitude } = this.#path
    if (share === 0) return [longitude[segment]!, latitude[segment]!]
    if (share === 1) return [longitude[segment + 1]!, latitude[segment + 1]!]
    return [
      longitude[segment]! + share * (longitude[segment + 1]! - longitude[segment]!),
      latitude[segment]! + share * (latitude[segment + 1]! - latitude[segment]!),
    ]
  }
}
