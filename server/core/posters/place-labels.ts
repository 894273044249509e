/** Which label goes where, so that none lies on another: the more important first, each on the best of its spots that is free. */
import { type Box, boxesOverlap, isWithin } from './boxes.ts'
import type { Rect } from './sheet.ts'

/** A place a label could take, with everything it would cover there: its text, its leader line. */
export interface Spot {
  readonly boxes: readonly Box[]
}

export interface LabelRequest<S extends Spot> {
  readonly id: string
  /** 0 is placed first. */
  readonly priority: number
  /** Best first; read only as far as needed. */
  readonly spots: Iterable<S>
}

export interface Placement<S extends Spot, R extends LabelRequest<S>> {
  readonly placed: readonly { readonly request: R; readonly spot: S }[]
  /** Those for which no spot was free. */
  readonly leftOut: readonly R[]
}

/**
 * Places labels within a frame.
 * @param obstacles what nothing may lie on
 * @returns both lists by priority, then id; no two boxes of different labels overlap, nor any an obstacle
 */
export function placeLabels<S extends Spot, R extends LabelRequest<S>>(
  requests: readonly R[],
  frame: Rect,
  obstacles: readonly Box[],
): Placement<S, R> {
  const taken = [...obstacles]
  const isFree = (spot: S): boolean =>
    spot.boxes.every((box) => isWithin(box, frame) && !taken.some((other) => boxesOverlap(box, other)))
  const placed: { request: R; spot: S }[] = []
  const leftOut: R[] = []
  const ordered = requests.toSorted(
    (p, q) => p.priority - q.priority || (p.id < q.id ? -1 : p.id > q.id ? 1 : 0),
  )
  for (const request of ordered) {
    const spot = firstOf(request.spots, isFree)
    if (spot === undefined) {
      leftOut.push(request)
      continue
    }
    taken.push(...spot.boxes)
    placed.push({ request, spot })
  }
  return { placed, leftOut }
}

function firstOf<T>(values: Iterable<T>, isGood: (value: T) => boolean): T | undefined {
  for (const value of values) if (isGood(value)) return value
  return undefined
}
