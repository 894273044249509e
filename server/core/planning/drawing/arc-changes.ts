/** Parts of edits of arcs that several edits have in common. */
import type { LngLat } from '../../values.ts'
import type { Arc, ArcRecord, AtomRecord, Drawing, DrawnAtom } from './drawing.ts'
import type { ChangedArc } from './planar-test.ts'

/** Sets the end of an arc that a half-arc runs out of. */
export function moveEnd(
  drawing: Drawing,
  changed: Map<number, ChangedArc>,
  half: number,
  [longitude, latitude]: LngLat,
): void {
  const number = half >> 1
  const before = changed.get(number)
  const path = (before?.path ?? drawing.arcs[number]!.path).slice()
  const last = path.length / 2 - 1
  const vertex = (half & 1) === 0 ? 0 : last
  path[2 * vertex] = longitude
  path[2 * vertex + 1] = latitude
  // Both ends of a closed arc move: everything counts as changed.
  const [first, end] = before ? [0, last] : vertex === 0 ? [0, 1] : [last - 1, last]
  changed.set(number, { path, first, last: end })
}

/** What an arc keeps on its barrier when a stretch leaves it: which part of it lies there is not known, so in proportion. */
export const barrierWithout = (arc: Arc, lostMetres: number): number =>
  arc.lengthMetres > 0 ? Math.max(0, arc.barrierMetres * (1 - lostMetres / arc.lengthMetres)) : 0

/** An arc and an atom without what is derived, as patches hold them. */
export function recordOf(arc: Arc): ArcRecord {
  const { lengthMetres: _, ...record } = arc
  return record
}

export function atomRecordOf(atom: DrawnAtom): AtomRecord {
  const { areaSquareMetres: _a, households: _h, persons: _p, mustVisit: _m, ...record } = atom
  return record
}

/** The half-arcs that stand for one whose arc was cut into pieces, in the arc's order. */
export function cutHalf(half: number, cut: number, pieces: readonly number[]): number[] {
  if (half >> 1 !== cut) return [half]
  return (half & 1) === 0
    ? pieces.map((piece) => 2 * piece)
    : pieces.toReversed().map((piece) => 2 * piece + 1)
}

/** The same places from the other end. */
export function reversedPath(path: readonly number[]): number[] {
  const back: number[] = []
  for (let i = path.length - 2; i >= 0; i -= 2) back.push(path[i]!, path[i + 1]!)
  return back
}
