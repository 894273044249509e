import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { LngLat } from '../values.ts'
import type { TracePiece } from './label-trace.ts'

/** What was drawn differs from the trace by no more than this at any instant. Metres. */
export const drawnToleranceMetres = 5

/**
 * The pieces with as few vertices as keep the place at every instant within the tolerance: a line is broken at the vertex farthest from
 * where it would be at that vertex's time ("top-down time ratio", Meratnia & de By 2004), so that a pause in the middle of a walk stays one.
 * Ends of pieces stay. Coordinates are rounded to 1e-6 degrees, 0.1 m.
 */
export function drawTrace(
  pieces: readonly TracePiece[],
  toleranceMetres = drawnToleranceMetres,
): TracePiece[] {
  return pieces.map((piece) => {
    const kept = keptVertices(piece, toleranceMetres)
    return {
      ...piece,
      coordinates: kept.map((i) => rounded(piece.coordinates[i]!)),
      times: kept.map((i) => piece.times[i]!),
    }
  })
}

const rounded = ([longitude, latitude]: LngLat): LngLat => [
  Math.round(longitude * 1e6) / 1e6,
  Math.round(latitude * 1e6) / 1e6,
]

/** Indexes of the vertices that are kept, rising. */
function keptVertices({ coordinates, times }: TracePiece, toleranceMetres: number): number[] {
  const last = coordinates.length - 1
  const [first] = coordinates
  if (!first || last < 2) return coordinates.map((_, i) => i)
  const frame = localMetricFrame(first[0], first[1])
  const x = new Float64Array(last + 1)
  const y = new Float64Array(last + 1)
  for (let i = 0; i <= last; i++) {
    const place = coordinates[i]!
    x[i] = eastMetres(frame, place[0])
    y[i] = northMetres(frame, place[1])
  }
  const kept = [0]
  const ends = [last]
  while (ends.length > 0) {
    const from = kept.at(-1)!
    const to = ends.at(-1)!
    const worst = farthest(x, y, times, from, to, toleranceMetres)
    if (worst < 0) {
      kept.push(to)
      ends.pop()
    } else ends.push(worst)
  }
  return kept
}

/** The vertex between two farthest from its place at its time on the line between them; −1: none is beyond the tolerance. */
function farthest(
  x: Float64Array,
  y: Float64Array,
  times: readonly number[],
  from: number,
  to: number,
  toleranceMetres: number,
): number {
  const duration = times[to]! - times[from]!
  let worst = toleranceMetres * toleranceMetres
  let at = -1
  for (let i = from + 1; i < to; i++) {
    const share = duration === 0 ? 0 : (times[i]! - times[from]!) / duration
    const dx = x[from]! + share * (x[to]! - x[from]!) - x[i]!
    const dy = y[from]! + share * (y[to]! - y[from]!) - y[i]!
    const square = dx * dx + dy * dy
    if (square > worst) {
      worst = square
      at = i
    }
  }
  return at
}
