/** Contours of a raster: ground where the value is at least a threshold, as polygons. The thresholds are the legend's. */
import type { MultiPolygon, Position } from 'geojson'
import { type LocalMetricFrame, latitudeAt, longitudeAt } from '../geometry/local-metric-frame.ts'
import type { Raster } from './density-options.ts'
import { isInside } from './planar.ts'

/** Ground on which the value is at least `from`; bands of higher thresholds lie inside those of lower ones. */
export interface Contour {
  readonly from: number
  readonly geometry: MultiPolygon
}

/**
 * Thresholds that people can read: at most `most` of them, equal steps of 1, 2 or 5 times a power of ten, the first one step
 * above 0, the last at or below `largest`. Empty where nothing is above 0.
 */
export function readableBreaks(largest: number, most: number): number[] {
  if (!(largest > 0 && Number.isFinite(largest) && most >= 1)) return []
  const power = Math.floor(Math.log10(largest / most))
  for (const [factor, exponent] of [1, 2, 5, 10, 20].map((value) => [value, power] as const)) {
    // Whole numbers divided by a power of ten, so that 0.3 is 0.3.
    const at = (k: number): number =>
      exponent < 0 ? (k * factor) / 10 ** -exponent : k * factor * 10 ** exponent
    const steps = Math.floor(largest / at(1) + 1e-9)
    if (steps <= most) return Array.from({ length: steps }, (_, k) => at(k + 1))
  }
  return []
}

/**
 * One contour a threshold, by marching squares over the centres of the cells, with straight interpolation between them; where
 * four centres leave it open, their mean decides. NaN and everything beyond the raster is below any threshold, and there the
 * line runs along the middle between two centres. A centre lies inside exactly where its value is at least the threshold.
 */
export function contours(
  values: Float64Array,
  raster: Raster,
  frame: LocalMetricFrame,
  thresholds: readonly number[],
): Contour[] {
  const { columns, rows, west, south, cellMetres } = raster
  const valueAt = (column: number, row: number): number => {
    const value =
      column < 0 || row < 0 || column >= columns || row >= rows ? Number.NaN : values[row * columns + column]!
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value
  }
  const toPosition = (x: number, y: number): Position => [
    longitudeAt(frame, west + (x + 0.5) * cellMetres),
    latitudeAt(frame, south + (y + 0.5) * cellMetres),
  ]
  return thresholds.map((from) => {
    const rings = ringsOf(valueAt, columns, rows, from)
    return { from, geometry: { type: 'MultiPolygon', coordinates: nest(rings, toPosition) } }
  })
}

/** Edges of a square of four centres, by number: bottom, right, top, left. */
const [B, R, T, L] = [0, 1, 2, 3] as const
/** For each set of high corners (1 south-west, 2 south-east, 4 north-east, 8 north-west): lines with the high ground on the left. */
const lines: readonly (readonly number[])[] = [
  [],
  [B, L],
  [R, B],
  [R, L],
  [T, R],
  [B, L, T, R],
  [T, B],
  [T, L],
  [L, T],
  [B, T],
  [R, B, L, T],
  [R, T],
  [L, R],
  [B, R],
  [L, B],
  [],
]
/** The two open cases with the high corners joined. */
const joined: Readonly<Record<number, readonly number[]>> = { 5: [T, L, B, R], 10: [L, B, R, T] }

type ValueAt = (column: number, row: number) => number

function ringsOf(valueAt: ValueAt, columns: number, rows: number, threshold: number): Float64Array[] {
  const width = columns + 2
  // An edge of centres by number: twice its western or southern centre, odd where it runs north.
  const edgeOf = (column: number, row: number, side: number): number => {
    const at = (row + 1) * width + column + 1
    return 2 * (side === R ? at + 1 : side === T ? at + width : at) + (side === R || side === L ? 1 : 0)
  }
  const next = new Map<number, number>()
  for (let row = -1; row < rows; row++)
    for (let column = -1; column < columns; column++) {
      const corners = [
        valueAt(column, row),
        valueAt(column + 1, row),
        valueAt(column + 1, row + 1),
        valueAt(column, row + 1),
      ]
      const set = corners.reduce((bits, value, k) => bits | (value >= threshold ? 1 << k : 0), 0)
      const mean = corners.reduce((sum, value) => sum + value, 0) / 4
      const drawn = (mean >= threshold ? joined[set] : undefined) ?? lines[set]!
      for (let k = 0; k < drawn.length; k += 2)
        next.set(edgeOf(column, row, drawn[k]!), edgeOf(column, row, drawn[k + 1]!))
    }
  const crossing = (edge: number): [x: number, y: number] => {
    const at = edge >> 1
    const north = edge & 1
    const [x, y] = [(at % width) - 1, Math.floor(at / width) - 1]
    const [a, b] = [valueAt(x, y), valueAt(x + 1 - north, y + north)]
    // A centre exactly at the threshold is high: the line keeps a hair's breadth from it.
    const share = Number.isFinite(a) && Number.isFinite(b) ? (threshold - a) / (b - a) : 0.5
    const kept = Math.min(1 - 1e-6, Math.max(1e-6, share))
    return north ? [x, y + kept] : [x + kept, y]
  }
  const rings: Float64Array[] = []
  for (const start of next.keys()) {
    const flat: number[] = []
    for (let edge: number | undefined = start; edge !== undefined; ) {
      const following = next.get(edge)
      if (following === undefined) break
      next.delete(edge)
      flat.push(...crossing(edge))
      edge = following
    }
    if (flat.length > 0) rings.push(Float64Array.from(flat))
  }
  return rings
}

/** Shells run counterclockwise; each hole goes to the smallest shell around it. */
function nest(
  rings: readonly Float64Array[],
  toPosition: (x: number, y: number) => Position,
): Position[][][] {
  const closed = (ring: Float64Array): Position[] => {
    const line = Array.from({ length: ring.length / 2 }, (_, k) => toPosition(ring[2 * k]!, ring[2 * k + 1]!))
    return [...line, line[0]!]
  }
  const measured = rings.map((ring) => ({ ring, area: areaOf(ring) }))
  const shells = measured.filter(({ area }) => area > 0).sort((a, b) => a.area - b.area)
  const polygons = new Map(shells.map(({ ring }) => [ring, [closed(ring)]]))
  for (const { ring, area } of measured) {
    if (area > 0) continue
    const shell = shells.find((one) => one.area > -area && isInside([one.ring], ring[0]!, ring[1]!))
    if (shell) polygons.get(shell.ring)!.push(closed(ring))
  }
  return [...polygons.values()]
}

function areaOf(ring: Float64Array): number {
  let twice = 0
  for (let k = 0, j = ring.length - 2; k < ring.length; j = k, k += 2)
    twice += ring[j]! * ring[k + 1]! - ring[k]! * ring[j + 1]!
  return twice / 2
}
