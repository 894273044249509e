/** A label of one or more lines, and where it may stand. */
import type { Box } from './boxes.ts'
import type { Spot } from './place-labels.ts'
import { textWidth } from './text-size.ts'

export type Point = readonly [x: number, y: number]

export interface LabelSpot extends Spot {
  /** Middle of the text. */
  readonly x: number
  readonly y: number
  /** Clockwise, radians. */
  readonly angle: number
  /** Size of the first line, millimetres. */
  readonly size: number
  /** Chinese characters below one another, each upright; `angle` then is what the column is turned by. */
  readonly isColumn: boolean
  /** From the thing to its label, where the label could not stand on it. */
  readonly leader: readonly [Point, Point] | null
}

/** Size of the lines after the first. */
export const lesserSize = (size: number): number => size * 0.82
/** From line to line. */
export const LINE_HEIGHT = 1.25

/** What the lines take up, with the air that their halo needs. */
export function blockExtent(lines: readonly string[], size: number): { width: number; height: number } {
  const width = Math.max(...lines.map((line, i) => textWidth(line, i === 0 ? size : lesserSize(size))))
  const height = (size + (lines.length - 1) * lesserSize(size)) * LINE_HEIGHT
  return { width: width + size * 0.3, height }
}

/** A spot for upright lines around a point. */
export function plainSpot(lines: readonly string[], size: number, x: number, y: number): LabelSpot {
  const box: Box = { x, y, ...blockExtent(lines, size), angle: 0 }
  return { x, y, angle: 0, size, isColumn: false, leader: null, boxes: [box] }
}
