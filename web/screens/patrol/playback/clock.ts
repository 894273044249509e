/** The clock of a playback: seconds since the day's midnight, running faster than those on the wall. Pure. */
import type { PatrolDayDetail } from '../../../../server/contract/patrols.ts'
import { midnightOf, type Span, spanOf } from '../trace-time.ts'

/** Seconds of the day a second of the wall. */
export const speeds = [1, 10, 60, 300] as const
export type Speed = (typeof speeds)[number]

/** A frame later than this was not slow, the page was hidden: time stood still meanwhile. Milliseconds. */
const longestFrame = 1000

/** From the first to the last of a trace; null without one. */
export function spanOfDay({ trace, day }: Pick<PatrolDayDetail, 'trace' | 'day'>): Span | null {
  const midnight = midnightOf(day)
  const spans = trace.map((piece) => spanOf(piece, midnight))
  if (spans.length === 0) return null
  return { from: Math.min(...spans.map((one) => one.from)), to: Math.max(...spans.map((one) => one.to)) }
}

/** Where a playback begins: at the cursor, or from the start where there is none, or nothing after it. */
export const startAt = (cursor: number | null, { from, to }: Span): number =>
  cursor === null || cursor < from || cursor >= to ? from : cursor

/** The second after some time on the wall, and whether that is the end. */
export function advanced(
  second: number,
  elapsedMilliseconds: number,
  speed: Speed,
  { to }: Span,
): { readonly second: number; readonly isOver: boolean } {
  const next = second + (Math.min(longestFrame, Math.max(0, elapsedMilliseconds)) / 1000) * speed
  return next >= to ? { second: to, isOver: true } : { second: next, isOver: false }
}
