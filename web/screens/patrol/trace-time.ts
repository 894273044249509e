/**
 * A day's trace by the clock: seconds since local midnight, what was known at each, and where that is on the map. Pure.
 * The drawn trace is within 5 m of the measured one at every instant; figures come from the server.
 */
import type {
  PatrolDayDetail,
  PatrolDayRow,
  TraceLabel,
  TracePiece,
} from '../../../server/contract/patrols.ts'
import type { LngLat } from '../../../server/core/values.ts'
import type { Target } from '../../address.ts'

/** Seconds since local midnight; half-open. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Stretch extends Span {
  readonly label: TraceLabel
}

export const daySeconds = 86_400

export const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** Seconds since midnight of an instant, within the day. */
export const secondOf = (instant: string, midnight: number): number =>
  Math.max(0, Math.min(daySeconds, Math.round((Date.parse(instant) - midnight) / 1000)))

export const spanOf = (piece: { readonly from: string; readonly to: string }, midnight: number): Span => ({
  from: secondOf(piece.from, midnight),
  to: secondOf(piece.to, midnight),
})

/** 08:05 of seconds since midnight; 24:00 at the end. */
export const clockOf = (second: number): string => {
  const minutes = Math.floor(second / 60)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** A part of a worker's day as a target: `W001/30600-34200`. */
export const stretchTarget = (worker: string, { from, to }: Span): Target => ({
  kind: 'stretch',
  id: `${worker}/${from}-${to}`,
})

/** The part of the day a target names; null when it names none. */
export function spanOfTarget(target: Target | null): (Span & { readonly worker: string }) | null {
  const match = target?.kind === 'stretch' ? /^(.*)\/(\d+)-(\d+)$/.exec(target.id) : null
  return match ? { worker: match[1] ?? '', from: Number(match[2]), to: Number(match[3]) } : null
}

/** The worker a selection is about: the worker, or a stretch of the worker's day. */
export const workerOfTarget = (target: Target | null): string | null =>
  target?.kind === 'worker' ? target.id : (spanOfTarget(target)?.worker ?? null)

/** `30600-34200`, as the address keeps a marked part of the day. */
export const formatSpan = ({ from, to }: Span): string => `${from}-${to}`

export function parseSpan(text: string): Span | null {
  const match = /^(\d{1,5})-(\d{1,5})$/.exec(text)
  const [from, to] = [Number(match?.[1]), Number(match?.[2])]
  return match && from < to && to <= daySeconds ? { from, to } : null
}

/** What was known at a second: null before the first fix and after the last. */
export const labelAt = (strip: PatrolDayRow['strip'], second: number): TraceLabel | null =>
  strip.find(({ from, to }) => from <= second && second < to)?.label ?? null

/** Seconds of each label within a span, in the order they first come. */
export function secondsByLabel(strip: PatrolDayRow['strip'], span: Span): Map<TraceLabel, number> {
  const seconds = new Map<TraceLabel, number>()
  for (const { label, from, to } of strip) {
    const within = Math.min(to, span.to) - Math.max(from, span.from)
    if (within > 0) seconds.set(label, (seconds.get(label) ?? 0) + within)
  }
  return seconds
}

/** A line with the second at each of its positions, never falling. */
export interface TimedLine {
  readonly coordinates: readonly LngLat[]
  readonly seconds: readonly number[]
}

/** The part of a line between two of its seconds; as a line, so that one instant is the same position twice. */
export function partOfLine({ coordinates, seconds }: TimedLine, from: number, to: number): LngLat[] {
  const [first, last] = [coordinates[0], coordinates.at(-1)]
  if (!first || !last) return []
  const part: LngLat[] = []
  for (let i = 1; i < coordinates.length && (seconds[i - 1] ?? 0) <= to; i++) {
    const [a, b] = [coordinates[i - 1]!, coordinates[i]!]
    const [start, end] = [seconds[i - 1]!, seconds[i]!]
    if (end < from) continue
    const at = (second: number): LngLat => {
      const share = end === start ? 0 : (second - start) / (end - start)
      return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
    }
    if (part.length === 0) part.push(at(Math.max(from, start)))
    part.push(to < end ? at(to) : b)
  }
  if (part.length > 0) return part
  const near = from <= (seconds[0] ?? 0) ? first : last
  return [near, near]
}

/** The pieces of a trace within a span, cut at its ends. */
export function piecesWithin(
  pieces: readonly TracePiece[],
  midnight: number,
  span: Span,
): { readonly label: TraceLabel; readonly coordinates: readonly LngLat[] }[] {
  return pieces.flatMap((piece) => {
    const { from, to } = spanOf(piece, midnight)
    const [start, end] = [Math.max(from, span.from), Math.min(to, span.to)]
    if (start >= end) return []
    return [{ label: piece.label, coordinates: partOfLine(piece, start - from, end - from) }]
  })
}

/** Where the worker was at a second, as far as the drawn trace tells; null when there is no trace then. */
export function positionAt(detail: Pick<PatrolDayDetail, 'trace' | 'day'>, second: number): LngLat | null {
  const midnight = midnightOf(detail.day)
  for (const piece of detail.trace) {
    const { from, to } = spanOf(piece, midnight)
    if (second < from || second > to || piece.coordinates.length === 0) continue
    return partOfLine(piece, second - from, second - from)[0] ?? null
  }
  return null
}

/** How many traces run at each step of the day. */
export function workersOut(strips: readonly PatrolDayRow['strip'][], step: number): number[] {
  const counts = Array.from({ length: Math.ceil(daySeconds / step) }, () => 0)
  for (const strip of strips) {
    const [first, last] = [strip[0], strip.at(-1)]
    if (!first || !last) continue
    for (let i = Math.floor(first.from / step); i * step < last.to && i < counts.length; i++) counts[i]!++
  }
  return counts
}
