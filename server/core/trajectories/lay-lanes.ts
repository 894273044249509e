import type { LineString, MultiLineString, Position } from 'geojson'
import { distanceMetres } from '../geometry/distance-metres.ts'
import { barrierOf } from '../planning/barrier-rank.ts'

/** A street, lane or path as it is stored; its class as OpenStreetMap values or the Chinese words for them. */
export interface Road {
  readonly id: string
  readonly class: string
  readonly path: LineString | MultiLineString
}

/** The lanes of a town: its streets in pieces that can be walked. */
export interface TownLanes {
  /** By number: `<road>-<piece>`, pieces counted from 1 along the road; in the order of the roads' ids. */
  readonly ids: readonly string[]
  /** Steps of lane i: `start[i]` … `start[i + 1] - 1`; none across the end of a lane or a corner. */
  readonly start: Int32Array
  readonly steps: LaneSteps
}

/** By column: which lane, by its number; geodesic metres; ends in degrees. In order along each lane. */
export interface LaneSteps {
  readonly lane: Int32Array
  readonly metres: Float64Array
  readonly x1: Float64Array
  readonly y1: Float64Array
  readonly x2: Float64Array
  readonly y2: Float64Array
}

/**
 * Long streets are cut into equal pieces of about this length, counted along the whole street: so a piece is the same ground whatever
 * the grids are, and its id means the same place as long as the street is drawn alike. No policy value for that reason. Metres.
 */
const pieceMetres = 100
/** A lane is cut at a boundary to half a step: well below what a phone can tell apart. Metres. */
const stepMetres = 5
/** Shorter than this is rounding. Metres. */
const nothing = 1e-6

/** Whether people walk on a road: not on railways, motorways and their like. */
const isWalkable = (roadClass: string): boolean => {
  const found = barrierOf(roadClass)
  return found?.kind === 'road' && found.crossable
}

/** Cuts the walkable streets of a town into lanes. The order of the roads makes no difference. */
export function layLanes(roads: readonly Road[]): TownLanes {
  const ids: string[] = []
  const steps: Step[] = []
  const walkable = roads.filter((one) => isWalkable(one.class))
  for (const { id, path } of walkable.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    let piece = 0
    for (const line of path.type === 'LineString' ? [path.coordinates] : path.coordinates) {
      const count = cutLine(line, ids.length, steps)
      for (let k = 0; k < count; k++) ids.push(`${id}-${++piece}`)
    }
  }
  const start = new Int32Array(ids.length + 1)
  for (const { lane } of steps) start[lane + 1]!++
  for (let lane = 0; lane < ids.length; lane++) start[lane + 1]! += start[lane]!
  return { ids, start, steps: columnsOf(steps) }
}

interface Step {
  readonly lane: number
  readonly metres: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

const columnsOf = (steps: readonly Step[]): LaneSteps => ({
  lane: Int32Array.from(steps, ({ lane }) => lane),
  metres: Float64Array.from(steps, ({ metres }) => metres),
  x1: Float64Array.from(steps, ({ x1 }) => x1),
  y1: Float64Array.from(steps, ({ y1 }) => y1),
  x2: Float64Array.from(steps, ({ x2 }) => x2),
  y2: Float64Array.from(steps, ({ y2 }) => y2),
})

/** Adds the steps of a line, its lanes numbered from `first`; returns how many lanes it has: none without length. */
function cutLine(line: readonly Position[], first: number, into: Step[]): number {
  const lengths = line.slice(1).map(([x, y], i) => distanceMetres(line[i]![0]!, line[i]![1]!, x!, y!))
  const whole = lengths.reduce((sum, length) => sum + length, 0)
  if (!(whole > nothing)) return 0
  const count = Math.max(1, Math.round(whole / pieceMetres))
  const each = whole / count
  let start = 0
  for (const [i, length] of lengths.entries()) {
    const [ax, ay] = line[i] as [number, number]
    const [bx, by] = line[i + 1] as [number, number]
    for (let at = 0; length - at > nothing; ) {
      // What is left of a lane that ends within rounding of here is the next one's.
      const piece = Math.min(count - 1, Math.floor((start + at + nothing) / each))
      const end = piece === count - 1 ? length : Math.min(length, (piece + 1) * each - start)
      const parts = Math.max(1, Math.ceil((end - at) / stepMetres))
      const shareAt = (k: number): number => (at + ((end - at) * k) / parts) / length
      for (let k = 0; k < parts; k++) {
        const [from, to] = [shareAt(k), shareAt(k + 1)]
        into.push({
          lane: first + piece,
          metres: (end - at) / parts,
          x1: ax + from * (bx - ax),
          y1: ay + from * (by - ay),
          x2: ax + to * (bx - ax),
          y2: ay + to * (by - ay),
        })
      }
      at = end
    }
    start += length
  }
  return count
}
