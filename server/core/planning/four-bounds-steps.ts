import Flatbush from 'flatbush'
import { polygonsOf } from '../coverage/ring-table.ts'
import { eastMetres, type LocalMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { AreaGeometry } from '../values.ts'
import type { Barrier } from './values.ts'

/** A line on the ground that a boundary can be called after. */
export type BoundLine = Pick<Barrier, 'name' | 'kind' | 'rank' | 'path'>

/** A stretch of outline short enough to lie along one thing: its middle and outward normal (length 1), in metres of a frame. */
export interface Step {
  readonly x: number
  readonly y: number
  readonly outX: number
  readonly outY: number
  readonly metres: number
}

/** Longest step. A street is left or joined to this precision. */
const STEP_METRES = 5
/** A line runs along a step up to this angle: cos 30°. */
const ALONG_COSINE = Math.cos(Math.PI / 6)

/** The outer rings in steps, of whichever sense they are. */
export function outlineSteps(geometry: AreaGeometry, frame: LocalMetricFrame): Step[] {
  const steps: Step[] = []
  for (const [outer = []] of polygonsOf(geometry)) {
    const x = outer.map((p) => eastMetres(frame, p[0]!))
    const y = outer.map((p) => northMetres(frame, p[1]!))
    let doubleArea = 0
    for (let i = 1; i < x.length; i++) doubleArea += x[i - 1]! * y[i]! - x[i]! * y[i - 1]!
    // Outside lies on the right of a counterclockwise ring.
    const sign = doubleArea >= 0 ? 1 : -1
    for (let i = 1; i < x.length; i++) {
      const [dx, dy] = [x[i]! - x[i - 1]!, y[i]! - y[i - 1]!]
      const metres = Math.hypot(dx, dy)
      if (!(metres > 0)) continue
      const count = Math.ceil(metres / STEP_METRES)
      for (let k = 0; k < count; k++) {
        const along = (k + 0.5) / count
        steps.push({
          x: x[i - 1]! + along * dx,
          y: y[i - 1]! + along * dy,
          outX: (sign * dy) / metres,
          outY: (-sign * dx) / metres,
          metres: metres / count,
        })
      }
    }
  }
  return steps
}

/**
 * A function that finds the nearest line that runs along one of the steps, within the tolerance; of lines equally near the strongest, then the
 * first by name.
 */
export function stepLine(
  lines: readonly BoundLine[],
  steps: readonly Step[],
  frame: LocalMetricFrame,
  toleranceMetres: number,
): (step: Step) => BoundLine | undefined {
  const sorted = lines.toSorted((p, q) => p.rank - q.rank || byName(p.name, q.name))
  const owner: number[] = []
  const segments: number[] = []
  const [west, south, east, north] = reach(steps, toleranceMetres)
  for (const [i, { path }] of sorted.entries())
    for (let k = 1; k < path.length; k++) {
      const [ax, ay] = [eastMetres(frame, path[k - 1]![0]), northMetres(frame, path[k - 1]![1])]
      const [bx, by] = [eastMetres(frame, path[k]![0]), northMetres(frame, path[k]![1])]
      if (Math.max(ax, bx) < west || Math.min(ax, bx) > east) continue
      if (Math.max(ay, by) < south || Math.min(ay, by) > north) continue
      owner.push(i)
      segments.push(ax, ay, bx, by)
    }
  if (owner.length === 0) return () => undefined
  const index = new Flatbush(owner.length)
  for (let s = 0; s < owner.length; s++) {
    const [ax, ay, bx, by] = segments.slice(4 * s, 4 * s + 4) as [number, number, number, number]
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index.finish()
  return ({ x, y, outX, outY }) => {
    let nearest = -1
    let nearestMetres = toleranceMetres
    const box = [x - toleranceMetres, y - toleranceMetres, x + toleranceMetres, y + toleranceMetres] as const
    for (const s of index.search(...box).sort((p, q) => p - q)) {
      const [ax, ay, bx, by] = segments.slice(4 * s, 4 * s + 4) as [number, number, number, number]
      const [dx, dy] = [bx - ax, by - ay]
      const length = Math.hypot(dx, dy)
      // Along the step is across its normal.
      if (!(length > 0) || Math.abs(dx * outY - dy * outX) < ALONG_COSINE * length) continue
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (length * length)))
      const metres = Math.hypot(x - ax - along * dx, y - ay - along * dy)
      if (metres < nearestMetres || (nearest === -1 && metres === nearestMetres)) {
        nearest = owner[s]!
        nearestMetres = metres
      }
    }
    return sorted[nearest]
  }
}

/** The box of all places a line can be near from. */
function reach(
  steps: readonly Step[],
  toleranceMetres: number,
): [west: number, south: number, east: number, north: number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of steps) {
    box[0] = Math.min(box[0], x - toleranceMetres)
    box[1] = Math.min(box[1], y - toleranceMetres)
    box[2] = Math.max(box[2], x + toleranceMetres)
    box[3] = Math.max(box[3], y + toleranceMetres)
  }
  return box
}

/** Lines without a name last. */
const byName = (p: string | null, q: string | null): number =>
  p === q ? 0 : p === null ? 1 : q === null || p < q ? -1 : 1
