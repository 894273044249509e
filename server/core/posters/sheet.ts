/** Sheets of paper and rectangles on them. Millimetres from the upper left corner, y downwards. */

export const paperSizes = ['a4', 'a3', 'a2', 'a1', 'a0'] as const
export type PaperSize = (typeof paperSizes)[number]

/** ISO 216, shorter side first. */
const sides: Readonly<Record<PaperSize, readonly [number, number]>> = {
  a4: [210, 297],
  a3: [297, 420],
  a2: [420, 594],
  a1: [594, 841],
  a0: [841, 1189],
}

export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Sheet {
  readonly size: PaperSize
  readonly width: number
  readonly height: number
  /**
   * What a length of the design on A3 becomes on this sheet. It grows more slowly than the paper (exponent 0.75), because a larger
   * sheet is read from farther away, and shall also say more.
   */
  readonly unit: number
}

export function sheetOf(size: PaperSize, orientation: 'landscape' | 'portrait'): Sheet {
  const [short, long] = sides[size]
  const [width, height] = orientation === 'landscape' ? [long, short] : [short, long]
  return { size, width, height, unit: (short / 297) ** 0.75 }
}

/** The rectangle with a margin taken off on all sides. */
export const inset = ({ x, y, width, height }: Rect, margin: number): Rect => ({
  x: x + margin,
  y: y + margin,
  width: width - 2 * margin,
  height: height - 2 * margin,
})
