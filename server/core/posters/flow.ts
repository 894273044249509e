/** Blocks of text set one below another into columns, as a page is set. */
import type { Rect } from './sheet.ts'
import { type TextStyle, textAt } from './svg.ts'
import { textWidth, wrapText } from './text-size.ts'

export interface Block {
  readonly height: number
  /** Stays with the block after it: a heading. */
  readonly isHeading?: boolean
  /** Not needed at the top of a column. */
  readonly isSpace?: boolean
  draw(x: number, y: number): string
}

/**
 * The blocks drawn into the columns, filled one after another; null when they do not all fit. All columns have the same width, for
 * which the blocks were made.
 */
export function setBlocks(blocks: readonly Block[], columns: readonly Rect[]): string | null {
  let svg = ''
  let column = 0
  let y = columns[0]?.y ?? 0
  for (const [i, block] of blocks.entries()) {
    const isOver = (height: number): boolean => {
      const into = columns[column]
      return !into || y + height > into.y + into.height + 1e-6
    }
    if (column < columns.length && isOver(keptHeight(blocks, i))) {
      column++
      y = columns[column]?.y ?? 0
    }
    if (block.isSpace && (y === columns[column]?.y || column === columns.length)) continue
    if (isOver(block.height)) return null
    svg += block.draw(columns[column]!.x, y)
    y += block.height
  }
  return svg
}

/** Height of a block with those it must stay with. */
function keptHeight(blocks: readonly Block[], first: number): number {
  let height = 0
  for (const block of blocks.slice(first)) {
    height += block.height
    if (!block.isHeading) break
  }
  return height
}

/** The first of several settings that fits, its columns evenly filled; null when none does. */
export function firstThatFits(settings: Iterable<readonly Block[]>, columns: readonly Rect[]): string | null {
  for (const blocks of settings) {
    const svg = setBlocks(blocks, columns)
    if (svg !== null) return columns.length === 1 ? svg : (setEvenly(blocks, columns) ?? svg)
  }
  return null
}

/** Steps of the search for the lowest columns. */
const LEVELS = 40

/** In columns as low as the blocks allow: else the first would be full and the last empty. */
function setEvenly(blocks: readonly Block[], columns: readonly Rect[]): string | null {
  for (let level = 1; level <= LEVELS; level++) {
    const svg = setBlocks(
      blocks,
      columns.map((column) => ({ ...column, height: (column.height * level) / LEVELS })),
    )
    if (svg !== null) return svg
  }
  return null
}

export const space = (height: number): Block => ({ height, isSpace: true, draw: () => '' })

/** Lines wrapped to a width, 1.45 apart. */
export function paragraph(text: string, width: number, style: TextStyle): Block {
  const lines = wrapText(text, style.size, width)
  const step = style.size * 1.45
  return {
    height: lines.length * step,
    draw: (x, y) => lines.map((line, i) => textAt(line, x, y + (i + 0.5) * step, style)).join(''),
  }
}

/** A text at the left and another at the right of one line; the left one wraps where both do not fit. */
export function leftAndRight(
  left: string,
  right: string,
  width: number,
  style: TextStyle,
  rightStyle: TextStyle,
): Block {
  const room = width - textWidth(right, rightStyle.size) - style.size
  const block = paragraph(left, room, style)
  return {
    height: block.height,
    draw: (x, y) =>
      block.draw(x, y) + textAt(right, x + width, y + style.size * 0.725, { ...rightStyle, anchor: 'end' }),
  }
}

/** A block with another, smaller thing drawn at its left. */
export const withMark = (block: Block, indent: number, mark: (x: number, y: number) => string): Block => ({
  ...block,
  draw: (x, y) => mark(x, y) + block.draw(x + indent, y),
})
