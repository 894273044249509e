/** QR codes (ISO/IEC 18004) for addresses: byte mode, error correction level M, versions 1 to 10. */
import { blocksOfVersion, codewordsOf } from './qr-codewords.ts'

export interface QrCode {
  /** Modules a side: 17 + 4 · version. The quiet zone of 4 modules around it is the drawer's. */
  readonly size: number
  /** Row by row, true is dark. */
  readonly modules: readonly (readonly boolean[])[]
}

/** Centres of the alignment patterns in both directions, by version. */
const alignmentCentres: readonly (readonly number[])[] = [
  [],
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
]

/** Whether a mask turns the module of a row and column over (table 10 of the standard). */
const masks: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** The code of a text in UTF-8, in the smallest version that holds it; null when it is longer than 213 bytes. */
export function qrCode(text: string): QrCode | null {
  const bytes = new TextEncoder().encode(text)
  const version = blocksOfVersion.findIndex((_, v) => v > 0 && bytes.length <= capacityBytes(v))
  if (version < 1) return null
  const canvas = functionPatterns(version)
  placeBits(canvas, codewordsOf(bytes, version))
  let best: Canvas | null = null
  let least = Number.POSITIVE_INFINITY
  for (let mask = 0; mask < masks.length; mask++) {
    const masked = withMask(canvas, mask)
    const points = penalty(masked)
    if (points < least) {
      best = masked
      least = points
    }
  }
  const { size, dark } = best ?? canvas
  return {
    size,
    modules: Array.from({ length: size }, (_, row) =>
      Array.from(dark.subarray(row * size, (row + 1) * size), (one) => one === 1),
    ),
  }
}

/** Bytes of text a version holds: what its data codewords leave after mode and count. */
function capacityBytes(version: number): number {
  const data = blocksOfVersion[version]!.dataCodewords.reduce((sum, n) => sum + n, 0)
  return data - (version < 10 ? 2 : 3)
}

interface Canvas {
  readonly size: number
  /** 1 is dark. */
  readonly dark: Uint8Array
  /** 1 where a function pattern or format information stands: no data, no mask. */
  readonly reserved: Uint8Array
}

function functionPatterns(version: number): Canvas {
  const size = 17 + 4 * version
  const canvas: Canvas = {
    size,
    dark: new Uint8Array(size * size),
    reserved: new Uint8Array(size * size),
  }
  const set = (row: number, column: number, isDark: boolean): void => {
    if (row < 0 || column < 0 || row >= size || column >= size) return
    canvas.dark[row * size + column] = isDark ? 1 : 0
    canvas.reserved[row * size + column] = 1
  }
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  // Finder patterns with their separators: rings of distance 3 dark, 2 light, 1 and 0 dark, 4 light.
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    for (let dr = -4; dr <= 4; dr++)
      for (let dc = -4; dc <= 4; dc++) {
        const ring = Math.max(Math.abs(dr), Math.abs(dc))
        set(row + dr, column + dc, ring !== 2 && ring !== 4)
      }
  const centres = alignmentCentres[version]!
  const last = centres.at(-1)
  for (const row of centres)
    for (const column of centres) {
      const atFinder =
        (row === 6 && column === 6) || (row === 6 && column === last) || (row === last && column === 6)
      if (atFinder) continue
      for (let dr = -2; dr <= 2; dr++)
        for (let dc = -2; dc <= 2; dc++)
          set(row + dr, column + dc, Math.max(Math.abs(dr), Math.abs(dc)) !== 1)
    }
  drawFormat(canvas, 0)
  if (version >= 7) {
    const bits = versionBits(version)
    for (let i = 0; i < 18; i++) {
      const isDark = ((bits >>> i) & 1) === 1
      set(Math.floor(i / 3), size - 11 + (i % 3), isDark)
      set(size - 11 + (i % 3), Math.floor(i / 3), isDark)
    }
  }
  return canvas
}

/** The 15 bits of format information of level M (00) and a mask: BCH(15,5), generator 0x537, XORed with 0x5412. */
export function formatBits(mask: number): number {
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  return ((mask << 10) | rest) ^ 0x5412
}

/** The 18 bits of version information: BCH(18,6), generator 0x1F25. */
export function versionBits(version: number): number {
  let rest = version
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  return (version << 12) | rest
}

/** Both copies of the format information, and the module that is always dark. */
function drawFormat({ size, dark, reserved }: Canvas, mask: number): void {
  const bits = formatBits(mask)
  const set = (row: number, column: number, isDark: boolean): void => {
    dark[row * size + column] = isDark ? 1 : 0
    reserved[row * size + column] = 1
  }
  for (let i = 0; i < 15; i++) {
    const isDark = ((bits >>> i) & 1) === 1
    // Down column 8, past the timing pattern, from the least bit on; the other copy along row 8 from the right.
    if (i < 8) {
      set(i < 6 ? i : i + 1, 8, isDark)
      set(8, size - 1 - i, isDark)
    } else {
      set(8, i === 8 ? 7 : 14 - i, isDark)
      set(size - 15 + i, 8, isDark)
    }
  }
  set(size - 8, 8, true)
}

/** Data in columns of two from the right, upwards and downwards in turn, past the timing column. */
function placeBits({ size, dark, reserved }: Canvas, codewords: Uint8Array): void {
  let bit = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const upwards = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step
      for (const column of [right, right - 1]) {
        const at = row * size + column
        if (reserved[at] === 1 || bit >= codewords.length * 8) continue
        dark[at] = (codewords[bit >>> 3]! >>> (7 - (bit & 7))) & 1
        bit++
      }
    }
  }
}

function withMask(canvas: Canvas, mask: number): Canvas {
  const { size, reserved } = canvas
  const dark = canvas.dark.slice()
  for (let at = 0; at < dark.length; at++)
    if (reserved[at] === 0 && masks[mask]!(Math.floor(at / size), at % size)) dark[at] = 1 - dark[at]!
  const masked = { size, dark, reserved }
  drawFormat(masked, mask)
  return masked
}

/** Points of 7.8.3.1: runs of 5 and more, blocks of 2 × 2, what looks like a finder, and too much or too little dark. */
function penalty({ size, dark }: Canvas): number {
  let points = 0
  const lines: string[] = []
  for (let i = 0; i < size; i++) {
    let [row, column] = ['', '']
    for (let j = 0; j < size; j++) {
      row += dark[i * size + j]
      column += dark[j * size + i]
    }
    lines.push(row, column)
  }
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2
    for (let i = 0; i + 11 <= size; i++) {
      const piece = line.slice(i, i + 11)
      if (piece === '10111010000' || piece === '00001011101') points += 40
    }
  }
  for (let r = 1; r < size; r++)
    for (let c = 1; c < size; c++) {
      const sum =
        dark[r * size + c]! +
        dark[r * size + c - 1]! +
        dark[(r - 1) * size + c]! +
        dark[(r - 1) * size + c - 1]!
      if (sum === 0 || sum === 4) points += 3
    }
  const share = dark.reduce((sum, one) => sum + one, 0) / dark.length
  return points + 10 * Math.floor(Math.abs(share - 0.5) * 20)
}
