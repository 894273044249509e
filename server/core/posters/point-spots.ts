/** Where the label of a point may stand: at its right, left, above, below, then across its corners. */
import { blockExtent, type LabelSpot, plainSpot } from './label-block.ts'

const sides = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
] as const

/** @param radius of the symbol, which the label keeps clear of */
export function* pointSpots(
  x: number,
  y: number,
  radius: number,
  lines: readonly string[],
  size: number,
): Generator<LabelSpot> {
  const { width, height } = blockExtent(lines, size)
  for (const [east, south] of sides) {
    // Across a corner the label may come as near as the symbol's own box.
    const [dx, dy] = [radius + width / 2, radius + height / 2]
    yield plainSpot(lines, size, x + east * dx, y + south * dy)
  }
}
