/**
 * A day's trace as something that moves. Times are seconds since the day's midnight: the graphics card keeps them in 32 bits,
 * where seconds since 1970 are two minutes apart. Pure.
 */
import type { PatrolDayDetail, TraceLabel } from '../../../../server/contract/patrols.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import { midnightOf, type Span, spanOf } from '../trace-time.ts'

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
    .map(({ label, coordinates, seconds, ...piece }) => {
      const span = spanOf(piece, midnight)
      const timestamps = Float32Array.from(seconds, (second) => span.from + second)
      return { ...span, label, path: coordinates, timestamps }
    })
}
