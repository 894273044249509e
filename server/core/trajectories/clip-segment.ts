import { orient2d } from 'robust-predicates'
import { INSIDE, locate, ON_EDGE, OUTSIDE, type PreparedGrid, rowAt, type Side } from './prepare-grid.ts'

/** Receives a part of a segment within the grid, as shares [from, to] of its length. */
export type TakePart = (from: number, to: number, onEdge: boolean) => void

/**
 * The parts of the segment a–b within a grid, in order; returns the side on which the segment ends, or `undefined`
 * when that takes another look. Parts lying exactly along the boundary are given as such. A segment without length is all or nothing.
 * @param sideOfA what an earlier call returned for the vertex a, to spare the question.
 */
export function clipSegment(
  grid: PreparedGrid,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  sideOfA: Side | undefined,
  take: TakePart,
): Side | undefined {
  if (ax === bx && ay === by) {
    const side = sideOfA ?? locate(grid, ax, ay)
    if (side !== OUTSIDE) take(0, 1, side === ON_EDGE)
    return side
  }
  const west = ax < bx ? ax : bx
  const east = ax < bx ? bx : ax
  const south = ay < by ? ay : by
  const north = ay < by ? by : ay
  if (east < grid.west || west > grid.east || north < grid.south || south > grid.north) return OUTSIDE

  const { x1, y1, x2, y2, rowStart, rowEdges } = grid
  let cuts: number[] | undefined
  let along: number[] | undefined
  const lastRow = rowAt(grid, north)
  for (let row = rowAt(grid, south); row <= lastRow; row++) {
    for (let at = rowStart[row]!; at < rowStart[row + 1]!; at++) {
      const e = rowEdges[at]!
      const xa = x1[e]!
      const ya = y1[e]!
      const xb = x2[e]!
      const yb = y2[e]!
      if ((xa < west && xb < west) || (xa > east && xb > east)) continue
      if ((ya < south && yb < south) || (ya > north && yb > north)) continue
      const da = orient2d(xa, ya, xb, yb, ax, ay)
      const db = orient2d(xa, ya, xb, yb, bx, by)
      if ((da > 0 && db > 0) || (da < 0 && db < 0)) continue
      if (da === 0 && db === 0) {
        const first = shareOf(xa, ya, ax, ay, bx, by)
        const second = shareOf(xb, yb, ax, ay, bx, by)
        const from = Math.max(0, Math.min(first, second))
        const to = Math.min(1, Math.max(first, second))
        if (from > to) continue
        ;(cuts ??= []).push(from, to)
        if (from < to) (along ??= []).push(from, to)
        continue
      }
      const d1 = orient2d(ax, ay, bx, by, xa, ya)
      const d2 = orient2d(ax, ay, bx, by, xb, yb)
      if ((d1 > 0 && d2 > 0) || (d1 < 0 && d2 < 0)) continue
      ;(cuts ??= []).push(da / (da - db))
    }
  }
  if (cuts === undefined) {
    const side = sideOfA === undefined || sideOfA === ON_EDGE ? locate(grid, ax, ay) : sideOfA
    if (side !== OUTSIDE) take(0, 1, false)
    return side
  }
  takeBetween(grid, ax, ay, bx, by, cuts, along ?? [], take)
  return undefined
}

/** Where a point of the line a–b stands on it, by the longer of its two extents. */
function shareOf(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  return Math.abs(dx) > Math.abs(dy) ? (x - ax) / dx : (y - ay) / dy
}

/** Between two neighbouring cuts the side cannot change, so the middle speaks for the whole. */
function takeBetween(
  grid: PreparedGrid,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cuts: number[],
  along: readonly number[],
  take: TakePart,
): void {
  cuts.push(1)
  cuts.sort((a, b) => a - b)
  let from = 0
  let open = -1 // where the inside part being grown began
  for (const to of cuts) {
    if (to <= from) continue
    const middle = (from + to) / 2
    let onEdge = false
    for (let i = 0; i < along.length; i += 2) onEdge ||= along[i]! < middle && middle < along[i + 1]!
    const inside =
      !onEdge && locate(grid, ax + middle * (bx - ax), ay + middle * (by - ay)) !== OUTSIDE ? INSIDE : OUTSIDE
    if (inside === INSIDE && open < 0) open = from
    if (inside === OUTSIDE && open >= 0) {
      take(open, from, false)
      open = -1
    }
    if (onEdge) take(from, to, true)
    from = to
  }
  if (open >= 0) take(open, 1, false)
}
