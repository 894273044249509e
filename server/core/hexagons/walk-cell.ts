import { cellToBoundary } from 'h3-js'

/** A hexagon as a walk sees it: outward sides, and what lies beyond them once somebody has looked. */
export interface WalkCell {
  readonly id: string
  /** First corner, degrees; the sides are relative to it, so that they keep their digits. */
  readonly originX: number
  readonly originY: number
  /** A point (x, y) from the origin is beyond side i where normalX[i] · x + normalY[i] · y > offset[i]. */
  readonly normalX: Float64Array
  readonly normalY: Float64Array
  readonly offset: Float64Array
  /** Middle of side i, degrees. */
  readonly middleX: Float64Array
  readonly middleY: Float64Array
  readonly beyond: (WalkCell | undefined)[]
  /** Which side of the cell beyond side i leads back. */
  readonly back: Int8Array
  /** Number of the last collection that holds the cell. */
  seen: number
}

/** The sides of an H3 cell: 6, for a pentagon 5, and a few more where a side bends over an edge of the icosahedron. */
export function makeWalkCell(id: string): WalkCell {
  const corners = cellToBoundary(id, true) // closed ring, longitude first
  const sides = corners.length - 1
  const column = (): Float64Array => new Float64Array(sides)
  const [originX, originY] = corners[0]!
  const cell: WalkCell = {
    id,
    originX,
    originY,
    normalX: column(),
    normalY: column(),
    offset: column(),
    middleX: column(),
    middleY: column(),
    beyond: Array.from({ length: sides }, () => undefined),
    back: new Int8Array(sides).fill(-1),
    seen: 0,
  }
  for (let i = 0; i < sides; i++) {
    const [xa, ya] = corners[i]!
    const [xb, yb] = corners[i + 1]!
    // H3 runs counter-clockwise, so outward is to the right.
    cell.normalX[i] = yb - ya
    cell.normalY[i] = xa - xb
    cell.offset[i] = (yb - ya) * (xa - originX) + (xa - xb) * (ya - originY)
    cell.middleX[i] = (xa + xb) / 2
    cell.middleY[i] = (ya + yb) / 2
  }
  return cell
}

/** A point just beyond a side of a cell: a thousandth of the side's length outward from its middle. */
export function pointBeyond(cell: WalkCell, side: number): readonly [x: number, y: number] {
  return [cell.middleX[side]! + cell.normalX[side]! * 1e-3, cell.middleY[side]! + cell.normalY[side]! * 1e-3]
}

/** Makes two neighbours known to each other across `side` of `from`. */
export function linkCells(from: WalkCell, side: number, to: WalkCell): void {
  let nearest = Number.POSITIVE_INFINITY
  let back = -1
  for (let i = 0; i < to.beyond.length; i++) {
    const dx = to.middleX[i]! - from.middleX[side]!
    const dy = to.middleY[i]! - from.middleY[side]!
    if (dx * dx + dy * dy >= nearest) continue
    nearest = dx * dx + dy * dy
    back = i
  }
  from.beyond[side] = to
  from.back[side] = back
  to.beyond[back] = from
  to.back[back] = side
}
