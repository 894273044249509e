import { orient2d } from 'robust-predicates'

/**
 * Exact sign of the turn a → b → c: positive when c lies left of the line from a to b, negative right, zero on it.
 * (Shewchuk's adaptive predicate; robust-predicates counts the other way round, for a y axis that points down.)
 */
export const orientation = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number =>
  -orient2d(ax, ay, bx, by, cx, cy)
