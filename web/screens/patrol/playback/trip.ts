/**
 * A day's trace as something that moves. Times are seconds since the day's midnight: the graphics card keeps them in 32 bits,
 * where seconds since 1970 are two minutes apart. Pure.
 */
import type { PatrolDayDetail, TraceLabel } from '../../../../server/contract/patrols.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { lengthBetween, midnightOf, type Span, spanOf } from '../trace-time.ts'

export interface Trip extends Span {
  readonly label: TraceLabel
  readonly path: readonly LngLat[]
  /** Seconds since midnight, one a position; whole and half seconds up to midnight are exact in 32 bits. */
  readonly timestamps: Float32Array
}

/** The stretches that were walked; a stay stands still, and what was not observed is not made up. */
export function tripsOf({ trace, day }: Pick<PatrolDayDetail, 'trace' | 'day'>): Trip[] {
  const midnight = midnightOf(day)
  return trace
    .filter(({ label, coordinates }) => coordinates.length > 1 && label !== 'unobserved' && label !== 'stay')
    .map(({ label, coordinates, ...piece }) => {
      const span = spanOf(piece, midnight)
      return { ...span, label, path: coordinates, timestamps: timesAlong(coordinates, span) }
    })
}

/** Within a stretch time goes with the length walked, as the cursor has it (trace-time.ts). */
export function timesAlong(path: readonly LngLat[], { from, to }: Span): Float32Array {
  const walked = new Float64Array(path.length)
  for (let i = 1; i < path.length; i++) walked[i] = walked[i - 1]! + lengthBetween(path[i - 1]!, path[i]!)
  const total = walked.at(-1) ?? 0
  return Float32Array.from(walked, (length, i) => {
    // Without a length the way is as long at each step.
    const share = total > 0 ? length / total : i / Math.max(1, path.length - 1)
    return from + share * (to - from)
  })
}
