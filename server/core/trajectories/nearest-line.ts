/** How far a place is from the nearest of many lines: streets and lanes around a grid. */
import Flatbush from 'flatbush'
import { eastMetres, type LocalMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { LngLat } from '../values.ts'

export interface NearestLine {
  /** Metres to the nearest line, at most `mostMetres`: beyond it nothing is looked for. */
  metresTo(longitude: number, latitude: number): number
}

/** Lines made ready for many questions; in the flat frame, which is exact enough for tens of metres. */
export function nearestLine(
  lines: readonly (readonly LngLat[])[],
  frame: LocalMetricFrame,
  mostMetres: number,
): NearestLine | null {
  const ends: number[] = []
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!]
      ends.push(
        eastMetres(frame, a[0]),
        northMetres(frame, a[1]),
        eastMetres(frame, b[0]),
        northMetres(frame, b[1]),
      )
    }
  if (ends.length === 0) return null
  const index = new Flatbush(ends.length / 4)
  for (let i = 0; i < ends.length; i += 4) {
    const [x1, y1, x2, y2] = [ends[i]!, ends[i + 1]!, ends[i + 2]!, ends[i + 3]!]
    index.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  }
  index.finish()
  return {
    metresTo(longitude, latitude) {
      const [x, y] = [eastMetres(frame, longitude), northMetres(frame, latitude)]
      let nearest = mostMetres
      for (const one of index.search(x - mostMetres, y - mostMetres, x + mostMetres, y + mostMetres)) {
        const at = one * 4
        nearest = Math.min(
          nearest,
          metresToSegment(x, y, ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!),
        )
      }
      return nearest
    },
  }
}

function metresToSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length2 = dx * dx + dy * dy
  const along = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length2))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
}
