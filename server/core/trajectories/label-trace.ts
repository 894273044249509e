import type { LngLat } from '../values.ts'
import type { Path } from './collapse-stays.ts'
import { type AssignedGrid, findInsideSpans } from './find-inside-spans.ts'
import type { WorkerDay } from './match-worker-day.ts'
import { uniteSpans } from './spans.ts'
import { OBSERVED, UNOBSERVED } from './trace.ts'

/** What is known of a stretch of a day. A `stay` stands still inside a grid; one outside is `outside`. */
export type TraceLabel = 'inside' | 'outside' | 'stay' | 'unobserved' | 'unreliable'

/** A stretch with one label, as it is drawn. */
export interface TracePiece {
  readonly label: TraceLabel
  /** Epoch milliseconds; a piece begins where the one before it ends. */
  readonly from: number
  readonly to: number
  readonly coordinates: readonly LngLat[]
}

/**
 * A day's path cut into stretches of one label, against all the grids the worker answers for together. The pieces follow one
 * another without a gap from the day's first vertex to its last; their sums are those of `tallySpans` when there is one grid.
 */
export function labelTrace(read: WorkerDay, grids: readonly AssignedGrid[]): TracePiece[] {
  const { path } = read
  const insides = findInsideSpans(path, grids)
  const spans = uniteSpans(insides.map((one) => one.spans))
  const pieces = new PieceCollector(path)
  let next = 0
  for (let i = 0; i < path.kind.length; i++) {
    if (path.kind[i] !== OBSERVED) {
      pieces.add(path.kind[i] === UNOBSERVED ? 'unobserved' : 'unreliable', i, 0, 1)
      continue
    }
    const within: TraceLabel = path.stay[i]! >= 0 ? 'stay' : 'inside'
    let reached = 0
    while (next < spans.count && spans.segment[next]! < i) next++
    while (next < spans.count && spans.segment[next] === i) {
      pieces.add('outside', i, reached, spans.from[next]!)
      pieces.add(within, i, spans.from[next]!, spans.to[next]!)
      reached = spans.to[next++]!
    }
    pieces.add('outside', i, reached, 1)
  }
  return pieces.list
}

/** Joins parts of segments that carry on with the same label. */
class PieceCollector {
  readonly list: { label: TraceLabel; from: number; to: number; coordinates: LngLat[] }[] = []
  readonly #path: Path

  constructor(path: Path) {
    this.#path = path
  }

  /** The share [from, to] of a segment. */
  add(label: TraceLabel, segment: number, from: number, to: number): void {
    if (to <= from) return
    const { time } = this.#path
    const start = time[segment]!
    const duration = time[segment + 1]! - start
    const last = this.list.at(-1)
    if (last?.label === label) {
      last.to = Math.round(start + to * duration)
      last.coordinates.push(this.#at(segment, to))
      return
    }
    this.list.push({
      label,
      from: last?.to ?? Math.round(start + from * duration),
      to: Math.round(start + to * duration),
      coordinates: [this.#at(segment, from), this.#at(segment, to)],
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
