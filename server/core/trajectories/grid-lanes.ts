import Flatbush from 'flatbush'
import type { MultiLineString, Position } from 'geojson'
import { RADIANS_PER_DEGREE } from '../geometry/ellipsoid.ts'
import { localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { LaneLine, TownLanes } from './lay-lanes.ts'
import { type GroundPoints, groundPoints } from './pass-points.ts'
import { locate, OUTSIDE, type PreparedGrid, rowAt } from './prepare-grid.ts'

/** What of a town's lanes belongs to one grid, as short steps. */
export interface GridLanes {
  /** Ids of the lanes, in the order of their numbers. */
  readonly ids: readonly string[]
  /** Geodesic metres of each in the grid. */
  readonly metres: Float64Array
  readonly totalMetres: number
  /** In order along each lane. */
  readonly steps: LaneSteps
  /** The middles of the steps. */
  readonly middles: GroundPoints
}

/** By column: which lane, by its place in `ids`; length in metres; ends in degrees. */
export interface LaneSteps {
  readonly lane: Int32Array
  readonly metres: Float64Array
  readonly x1: Float64Array
  readonly y1: Float64Array
  readonly x2: Float64Array
  readonly y2: Float64Array
}

/** A street is cut at a boundary to half a step: well below what a phone can tell apart. Metres. */
const stepMetres = 5
/**
 * Boundaries follow streets, and are drawn to a few centimetres at best: a street so near the boundary belongs to the grids on both
 * sides, as a household on it does. Clipped exactly, it would fall into splinters, every other one on this side. Metres.
 */
const edgeMetres = 1
/** More than `edgeMetres` in any direction, up to 75° of latitude: only for looking around. */
const aroundDegrees = 4e-5
/** What of a lane pokes across a boundary by less is no lane of that grid. Metres. */
const leastMetres = 10
/** Shorter than this is rounding. Metres. */
const nothing = 1e-6

const known = new WeakMap<TownLanes, WeakMap<PreparedGrid, GridLanes>>()
const boxes = new WeakMap<TownLanes, Flatbush | null>()

/** The lanes of a grid; of several versions: what lies in any of them. Remembered for a grid of one version. */
export function lanesOfGrid(lanes: TownLanes, versions: readonly PreparedGrid[]): GridLanes {
  let ofTown = known.get(lanes)
  if (!ofTown) known.set(lanes, (ofTown = new WeakMap()))
  const only = versions.length === 1 ? versions[0] : undefined
  const remembered = only && ofTown.get(only)
  if (remembered) return remembered
  const made = takeLanes(lanes, versions)
  if (only) ofTown.set(only, made)
  return made
}

function takeLanes(lanes: TownLanes, versions: readonly PreparedGrid[]): GridLanes {
  const index = indexOf(lanes)
  const near = new Set<number>()
  for (const grid of index ? versions : [])
    for (const k of index!.search(
      grid.west - aroundDegrees,
      grid.south - aroundDegrees,
      grid.east + aroundDegrees,
      grid.north + aroundDegrees,
    ))
      near.add(k)
  const taken: Step[] = []
  for (const k of [...near].sort((a, b) => a - b))
    for (const step of stepsOf(lanes.lines[k]!))
      if (versions.some((grid) => belongs(grid, (step.x1 + step.x2) / 2, (step.y1 + step.y2) / 2)))
        taken.push(step)
  return gather(taken, lanes.ids)
}

function indexOf(lanes: TownLanes): Flatbush | null {
  let index = boxes.get(lanes)
  if (index !== undefined) return index
  index = lanes.lines.length > 0 ? new Flatbush(lanes.lines.length) : null
  for (const { x, y } of lanes.lines) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let i = 0; i < x.length; i++) {
      west = Math.min(west, x[i]!)
      east = Math.max(east, x[i]!)
      south = Math.min(south, y[i]!)
      north = Math.max(north, y[i]!)
    }
    index!.add(west, south, east, north)
  }
  index?.finish()
  boxes.set(lanes, index)
  return index
}

interface Step {
  readonly lane: number
  readonly metres: number
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

const cut = new WeakMap<LaneLine, Step[]>()

/** A line in steps, none across the end of a lane or a corner; cut once. */
function stepsOf(line: LaneLine): Step[] {
  const before = cut.get(line)
  if (before) return before
  const { x, y, along, first, count, each } = line
  const steps: Step[] = []
  for (let i = 1; i < x.length; i++) {
    const start = along[i - 1]!
    const length = along[i]! - start
    const [ax, ay] = [x[i - 1]!, y[i - 1]!]
    const [dx, dy] = [x[i]! - ax, y[i]! - ay]
    for (let at = 0; length - at > nothing; ) {
      // What is left of a lane that ends within rounding of here is the next one's.
      const piece = Math.min(count - 1, Math.floor((start + at + nothing) / each))
      const end = piece === count - 1 ? length : Math.min(length, (piece + 1) * each - start)
      const parts = Math.max(1, Math.ceil((end - at) / stepMetres))
      const shareAt = (k: number): number => (at + ((end - at) * k) / parts) / length
      for (let k = 0; k < parts; k++)
        steps.push({
          lane: first + piece,
          metres: (end - at) / parts,
          x1: ax + shareAt(k) * dx,
          y1: ay + shareAt(k) * dy,
          x2: ax + shareAt(k + 1) * dx,
          y2: ay + shareAt(k + 1) * dy,
        })
      at = end
    }
  }
  cut.set(line, steps)
  return steps
}

/** Whether a point lies in a grid, on its boundary, or so near it that nobody could draw the difference. */
const belongs = (grid: PreparedGrid, x: number, y: number): boolean =>
  locate(grid, x, y) !== OUTSIDE || isNearEdge(grid, x, y)

const metresPerDegreeLatitude = localMetricFrame(0, 30).metresPerDegreeLatitude

function isNearEdge(grid: PreparedGrid, x: number, y: number): boolean {
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

function gather(all: readonly Step[], ids: readonly string[]): GridLanes {
  const length = new Map<number, number>()
  for (const { lane, metres } of all) length.set(lane, (length.get(lane) ?? 0) + metres)
  const numbers = [...length].filter(([, metres]) => metres >= leastMetres).map(([lane]) => lane)
  numbers.sort((a, b) => a - b)
  const placeOf = new Map(numbers.map((lane, place) => [lane, place]))
  const kept = all.filter(({ lane }) => placeOf.has(lane))
  const steps: LaneSteps = {
    lane: Int32Array.from(kept, ({ lane }) => placeOf.get(lane)!),
    metres: Float64Array.from(kept, ({ metres }) => metres),
    x1: Float64Array.from(kept, ({ x1 }) => x1),
    y1: Float64Array.from(kept, ({ y1 }) => y1),
    x2: Float64Array.from(kept, ({ x2 }) => x2),
    y2: Float64Array.from(kept, ({ y2 }) => y2),
  }
  const metres = Float64Array.from(numbers, (lane) => length.get(lane)!)
  return {
    ids: numbers.map((lane) => ids[lane]!),
    metres,
    totalMetres: metres.reduce((sum, one) => sum + one, 0),
    steps,
    middles: groundPoints(
      Float64Array.from(kept, ({ x1, x2 }) => (x1 + x2) / 2),
      Float64Array.from(kept, ({ y1, y2 }) => (y1 + y2) / 2),
    ),
  }
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
