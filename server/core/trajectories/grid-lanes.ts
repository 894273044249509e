import Flatbush from 'flatbush'
import type { MultiLineString, Position } from 'geojson'
import { RADIANS_PER_DEGREE } from '../geometry/ellipsoid.ts'
import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { LaneSteps, TownLanes } from './lay-lanes.ts'
import { type Directions, type GroundPoints, groundPoints } from './pass-points.ts'
import { type GridRows, locate, OUTSIDE, rowAt } from './prepare-grid.ts'

/** What of a town's lanes belongs to one grid, as short steps. */
export interface GridLanes {
  /** Ids of the lanes, in the order of their numbers. */
  readonly ids: readonly string[]
  /** Geodesic metres of each in the grid. */
  readonly metres: Float64Array
  readonly totalMetres: number
  /** Their lanes by place in `ids`. */
  readonly steps: LaneSteps
  /** The middles of the steps. */
  readonly middles: GroundPoints
  /** The way the lane runs at each of them. */
  readonly directions: Directions
}

/**
 * Boundaries follow streets, and are drawn to a few centimetres at best: a street so near the boundary belongs to the grids on both
 * sides, as a household on it does. Clipped exactly, it would fall into splinters, every other one on this side. Metres.
 */
const edgeMetres = 1
/** More than `edgeMetres` in any direction, up to 75° of latitude: only for looking around. */
const aroundDegrees = 4e-5
/** What of a lane pokes across a boundary by less is no lane of that grid. Metres. */
const leastMetres = 10

const known = new WeakMap<TownLanes, WeakMap<GridRows, GridLanes>>()
const boxes = new WeakMap<LaneSteps, Flatbush | null>()

/** The lanes of a grid; of several versions: what lies in any of them. Remembered for a grid of one version. */
export function lanesOfGrid(lanes: TownLanes, versions: readonly GridRows[]): GridLanes {
  let ofTown = known.get(lanes)
  if (!ofTown) known.set(lanes, (ofTown = new WeakMap()))
  const only = versions.length === 1 ? versions[0] : undefined
  const remembered = only && ofTown.get(only)
  if (remembered) return remembered
  const made = takeLanes(lanes, versions)
  if (only) ofTown.set(only, made)
  return made
}

function takeLanes(lanes: TownLanes, versions: readonly GridRows[]): GridLanes {
  const { x1, y1, x2, y2, metres } = lanes.steps
  const index = indexOf(lanes)
  const near = new Set<number>()
  for (const grid of index ? versions : [])
    for (const lane of index!.search(
      grid.west - aroundDegrees,
      grid.south - aroundDegrees,
      grid.east + aroundDegrees,
      grid.north + aroundDegrees,
    ))
      near.add(lane)
  const taken: number[] = []
  const numbers: number[] = []
  const lengths: number[] = []
  for (const lane of [...near].sort((a, b) => a - b)) {
    const before = taken.length
    let length = 0
    for (let i = lanes.start[lane]!; i < lanes.start[lane + 1]!; i++) {
      const [x, y] = [(x1[i]! + x2[i]!) / 2, (y1[i]! + y2[i]!) / 2]
      if (!versions.some((grid) => belongs(grid, x, y))) continue
      taken.push(i)
      length += metres[i]!
    }
    if (length >= leastMetres) {
      numbers.push(lane)
      lengths.push(length)
    } else taken.length = before
  }
  return gather(lanes, taken, numbers, Float64Array.from(lengths))
}

/** The lanes' boxes. */
function indexOf({ ids, start, steps }: TownLanes): Flatbush | null {
  let index = boxes.get(steps)
  if (index !== undefined) return index
  index = ids.length > 0 ? new Flatbush(ids.length) : null
  for (let lane = 0; lane < ids.length; lane++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let i = start[lane]!; i < start[lane + 1]!; i++) {
      west = Math.min(west, steps.x1[i]!, steps.x2[i]!)
      south = Math.min(south, steps.y1[i]!, steps.y2[i]!)
      east = Math.max(east, steps.x1[i]!, steps.x2[i]!)
      north = Math.max(north, steps.y1[i]!, steps.y2[i]!)
    }
    index!.add(west, south, east, north)
  }
  index?.finish()
  boxes.set(steps, index)
  return index
}

/** Whether a point lies in a grid, on its boundary, or so near it that nobody could draw the difference. */
const belongs = (grid: GridRows, x: number, y: number): boolean =>
  locate(grid, x, y) !== OUTSIDE || isNearEdge(grid, x, y)

const metresPerDegreeLatitude = localMetricFrame(0, 30).metresPerDegreeLatitude

function isNearEdge(grid: GridRows, x: number, y: number): boolean {
  const east = metresPerDegreeLatitude * Math.cos(y * RADIANS_PER_DEGREE)
  const reachX = edgeMetres / east
  const reachY = edgeMetres / metresPerDegreeLatitude
  if (x < grid.west - reachX || x > grid.east + reachX || y < grid.south - reachY || y > grid.north + reachY)
    return false
  const { x1, y1, x2, y2, rowStart, rowEdges } = grid
  const lastRow = rowAt(grid, y + reachY)
  for (let row = rowAt(grid, y - reachY); row <= lastRow; row++) {
    for (let at = rowStart[row]!; at < rowStart[row + 1]!; at++) {
      const e = rowEdges[at]!
      const px = (x - x1[e]!) * east
      const py = (y - y1[e]!) * metresPerDegreeLatitude
      const dx = (x2[e]! - x1[e]!) * east
      const dy = (y2[e]! - y1[e]!) * metresPerDegreeLatitude
      const ahead = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)))
      if (Math.hypot(px - ahead * dx, py - ahead * dy) <= edgeMetres) return true
    }
  }
  return false
}

function gather(
  lanes: TownLanes,
  taken: readonly number[],
  numbers: readonly number[],
  metres: Float64Array,
): GridLanes {
  const placeOf = new Map(numbers.map((lane, place) => [lane, place]))
  const pick = (column: Float64Array): Float64Array => Float64Array.from(taken, (i) => column[i]!)
  const steps: LaneSteps = {
    lane: Int32Array.from(taken, (i) => placeOf.get(lanes.steps.lane[i]!)!),
    metres: pick(lanes.steps.metres),
    x1: pick(lanes.steps.x1),
    y1: pick(lanes.steps.y1),
    x2: pick(lanes.steps.x2),
    y2: pick(lanes.steps.y2),
  }
  const middles = groundPoints(
    steps.x1.map((x, i) => (x + steps.x2[i]!) / 2),
    steps.y1.map((y, i) => (y + steps.y2[i]!) / 2),
  )
  return {
    ids: numbers.map((lane) => lanes.ids[lane]!),
    metres,
    totalMetres: metres.reduce((sum, one) => sum + one, 0),
    steps,
    middles,
    directions: directionsOf(steps, middles),
  }
}

function directionsOf({ x1, y1, x2, y2 }: LaneSteps, { order, frame }: GroundPoints): Directions {
  const x = new Float64Array(order.length)
  const y = new Float64Array(order.length)
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!
    const dx = eastMetres(frame, x2[i]!) - eastMetres(frame, x1[i]!)
    const dy = northMetres(frame, y2[i]!) - northMetres(frame, y1[i]!)
    const length = Math.hypot(dx, dy)
    x[k] = dx / length
    y[k] = dy / length
  }
  return { x, y }
}

/** The lanes of a grid as lines, by their place in `ids`. Degrees. */
export function laneGeometries({ ids, steps }: Pick<GridLanes, 'ids' | 'steps'>): MultiLineString[] {
  const lines: Position[][][] = ids.map(() => [])
  for (let i = 0; i < steps.lane.length; i++) {
    const own = lines[steps.lane[i]!]!
    const last = own.at(-1)
    const end = last?.at(-1)
    const next = [steps.x2[i]!, steps.y2[i]!]
    // An end and the beginning after it were reckoned from two corners: alike to a few nanodegrees.
    if (last && end && isSame(end[0]!, steps.x1[i]!) && isSame(end[1]!, steps.y1[i]!)) last.push(next)
    else own.push([[steps.x1[i]!, steps.y1[i]!], next])
  }
  return lines.map((coordinates) => ({ type: 'MultiLineString', coordinates }))
}

const isSame = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9
