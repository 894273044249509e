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
  /** Nearly the largest circle inside all sides, where degrees of longitude are `squash` as long as those of latitude. */
  readonly heartX: number
  readonly heartY: number
  readonly heartRadiusSquared: number
  readonly squash: number
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
  const [normalX, normalY, offset, middleX, middleY] = [column(), column(), column(), column(), column()]
  for (let i = 0; i < sides; i++) {
    const [xa, ya] = corners[i]!
    const [xb, yb] = corners[i + 1]!
    // H3 runs counter-clockwise, so outward is to the right.
    normalX[i] = yb - ya
    normalY[i] = xa - xb
    offset[i] = (yb - ya) * (xa - originX) + (xa - xb) * (ya - originY)
    middleX[i] = (xa + xb) / 2
    middleY[i] = (ya + yb) / 2
  }
  const sidesOf = { normalX, normalY, offset }
  const { heartX, heartY, heartRadiusSquared, squash } = heartOf(
    corners.slice(0, sides),
    originX,
    originY,
    sidesOf,
  )
  // Named, not spread, so that all cells have one shape and a walk over them is quick (`prepareGrid`).
  return {
    id,
    originX,
    originY,
    normalX,
    normalY,
    offset,
    middleX,
    middleY,
    heartX,
    heartY,
    heartRadiusSquared,
    squash,
    beyond: Array.from({ length: sides }, () => undefined),
    back: new Int8Array(sides).fill(-1),
    seen: 0,
  }
}

type Heart = Pick<WalkCell, 'heartX' | 'heartY' | 'heartRadiusSquared' | 'squash'>

/** The largest circle about the middle that stays within every side. */
function heartOf(
  corners: readonly (readonly number[])[],
  originX: number,
  originY: number,
  { normalX, normalY, offset }: Pick<WalkCell, 'normalX' | 'normalY' | 'offset'>,
): Heart {
  const mean = (of: 0 | 1): number => corners.reduce((sum, corner) => sum + corner[of]!, 0) / corners.length
  const [heartX, heartY] = [mean(0), mean(1)]
  const squash = Math.cos((heartY * Math.PI) / 180)
  let radius = Number.POSITIVE_INFINITY
  for (let i = 0; i < offset.length; i++) {
    const slack = offset[i]! - normalX[i]! * (heartX - originX) - normalY[i]! * (heartY - originY)
    radius = Math.min(radius, slack / Math.hypot(normalX[i]! / squash, normalY[i]!))
  }
  return { heartX, heartY, heartRadiusSquared: (radius * (1 - 1e-9)) ** 2, squash }
}

/** Whether a point is so well inside a cell that no side needs asking. */
export function isInHeart(cell: WalkCell, x: number, y: number): boolean {
  const east = (x - cell.heartX) * cell.squash
  const north = y - cell.heartY
  return east * east + north * north < cell.heartRadiusSquared
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
