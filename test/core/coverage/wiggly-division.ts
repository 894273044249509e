/** A division made for tests: cells of a square lattice with jittered corners and wiggly edges that neighbours share. */
import type { Polygon, Position } from 'geojson'

export interface WigglyOptions {
  readonly columns: number
  readonly rows: number
  /** Vertices inside each side of a cell. */
  readonly inner: number
  readonly seed: number
  readonly west?: number
  readonly south?: number
  /** Side of a cell in degrees; 0.004 is some 400 m. */
  readonly step?: number
}

/** Cells row by row from the south-west, counterclockwise rings, edge-matched to the last bit. */
export function wigglyDivision({
  columns,
  rows,
  inner,
  seed,
  west = 111.9,
  south = 28.4,
  step = 0.004,
}: WigglyOptions): Polygon[] {
  const corner = (c: number, r: number): Position => [
    west + (c + 0.2 * noise(seed, c, r, 1)) * step,
    south + (r + 0.2 * noise(seed, c, r, 2)) * step,
  ]
  /** From a to b without b; `key` tells sides apart, so that both cells draw the same. */
  const side = (a: Position, b: Position, c: number, r: number, axis: number): Position[] => [
    a,
    ...Array.from({ length: inner }, (_, k) => {
      const t = (k + 1) / (inner + 1)
      const off = 0.06 * noise(seed, c * 64 + k, r, 3 + axis)
      return [
        a[0]! + t * (b[0]! - a[0]!) - off * (b[1]! - a[1]!),
        a[1]! + t * (b[1]! - a[1]!) + off * (b[0]! - a[0]!),
      ]
    }),
  ]
  const horizontal = (c: number, r: number): Position[] => side(corner(c, r), corner(c + 1, r), c, r, 0)
  const vertical = (c: number, r: number): Position[] => side(corner(c, r), corner(c, r + 1), c, r, 1)
  const back = (line: Position[], start: Position): Position[] => [start, ...line.slice(1).toReversed()]
  const cells: Polygon[] = []
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const ring = [
        ...horizontal(c, r),
        ...vertical(c + 1, r),
        ...back(horizontal(c, r + 1), corner(c + 1, r + 1)),
        ...back(vertical(c, r), corner(c, r + 1)),
        corner(c, r),
      ]
      cells.push({ type: 'Polygon', coordinates: [ring] })
    }
  }
  return cells
}

/** -1 to 1, the same for the same arguments. */
function noise(...words: number[]): number {
  let h = 0x9e3779b9
  for (const word of words) {
    h = Math.imul(h ^ word, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
  }
  return ((h >>> 0) / 0xffffffff) * 2 - 1
}
