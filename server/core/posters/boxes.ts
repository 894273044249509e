/** Boxes that may be turned: what a text, a symbol or a leader line takes up on the sheet. */
import type { Rect } from './sheet.ts'

export interface Box {
  /** Its middle, millimetres. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Turned clockwise (y points down), radians. */
  readonly angle: number
}

type Point = readonly [x: number, y: number]

export const boxOfRect = ({ x, y, width, height }: Rect): Box => ({
  x: x + width / 2,
  y: y + height / 2,
  width,
  height,
  angle: 0,
})

/** A line from one point to another with a width. */
export const boxOfLine = ([ax, ay]: Point, [bx, by]: Point, width: number): Box => ({
  x: (ax + bx) / 2,
  y: (ay + by) / 2,
  width: Math.hypot(bx - ax, by - ay),
  height: width,
  angle: Math.atan2(by - ay, bx - ax),
})

export function cornersOf({ x, y, width, height, angle }: Box): Point[] {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([i, j]) => {
    const [u, v] = [(i! * width) / 2, (j! * height) / 2]
    return [x + u * cosine - v * sine, y + u * sine + v * cosine]
  })
}

/** Whether two boxes share ground: by the separating axis of two convex shapes. Touching along a side does not count. */
export function boxesOverlap(a: Box, b: Box): boolean {
  const reach = Math.hypot(a.width, a.height) + Math.hypot(b.width, b.height)
  if (2 * Math.hypot(a.x - b.x, a.y - b.y) >= reach) return false
  const [ofA, ofB] = [cornersOf(a), cornersOf(b)]
  return [a.angle, a.angle + Math.PI / 2, b.angle, b.angle + Math.PI / 2].every((angle) => {
    const [p, q] = [shadow(ofA, angle), shadow(ofB, angle)]
    return p.from < q.to - ROUNDING && q.from < p.to - ROUNDING
  })
}

/** A thousandth of a micrometre: two boxes put side by side by different sums still only touch. */
const ROUNDING = 1e-6

function shadow(corners: readonly Point[], angle: number): { from: number; to: number } {
  const along = corners.map(([x, y]) => x * Math.cos(angle) + y * Math.sin(angle))
  return { from: Math.min(...along), to: Math.max(...along) }
}

export const isWithin = (box: Box, { x, y, width, height }: Rect): boolean =>
  cornersOf(box).every(
    ([px, py]) =>
      px >= x - ROUNDING && px <= x + width + ROUNDING && py >= y - ROUNDING && py <= y + height + ROUNDING,
  )
