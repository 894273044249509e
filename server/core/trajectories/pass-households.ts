import Flatbush from 'flatbush'
import {
  eastMetres,
  type LocalMetricFrame,
  localMetricFrame,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { HouseholdPoint } from '../values.ts'
import { type Buckets, bucketColumn, bucketRow, bucketsOf } from './buckets.ts'
import type { Path } from './collapse-stays.ts'
import { coversGround } from './covers-ground.ts'
import type { InsideSpans } from './find-inside-spans.ts'
import { locate, OUTSIDE, type PreparedGrid } from './prepare-grid.ts'

export interface HouseholdsPassed {
  /** Ids, sorted. */
  readonly passed: readonly string[]
  /** Households that lie in the grid, its edge included. */
  readonly total: number
}

/** The households of one grid, in metres around the first of them, in the order of their square buckets. */
interface GridHouseholds {
  readonly ids: readonly string[]
  readonly frame: LocalMetricFrame
  readonly x: Float64Array
  readonly y: Float64Array
  readonly buckets: Buckets
}

/**
 * The households of a grid that lie within `householdMetres` of the path's inside part, movement or stay. Fixes less
 * accurate than the coverage limit prove nothing here. A household exactly on an edge belongs to the grids on both sides: a
 * grid's total must not depend on which others the worker happens to be matched to.
 */
export function passHouseholds(
  path: Path,
  inside: InsideSpans,
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
): HouseholdsPassed {
  const members = householdsOf(inside.versions, households)
  const total = members.ids.length
  if (total === 0) return { passed: [], total }
  const { spans } = inside
  const { frame, x, y, buckets } = members
  const { longitude, latitude } = path
  const passed = new Uint8Array(total)
  const reach = policy.householdMetres
  const reach2 = reach * reach
  // Nothing still to pass is within reach of the circle of radius `calm` around here: steps inside it need no look.
  let calm = 0
  let calmX = 0
  let calmY = 0
  const { count, segment, from: starts, to: ends } = spans
  const { start, columns } = buckets
  let vertex = -1 // the last one looked at, and its place
  let vertexX = 0
  let vertexY = 0
  for (let i = 0; i < count; i++) {
    const a = segment[i]!
    if (!coversGround(path, a, policy)) continue
    const startX = a === vertex ? vertexX : eastMetres(frame, longitude[a]!)
    const startY = a === vertex ? vertexY : northMetres(frame, latitude[a]!)
    vertex = a + 1
    vertexX = eastMetres(frame, longitude[vertex]!)
    vertexY = northMetres(frame, latitude[vertex]!)
    const ax = startX + starts[i]! * (vertexX - startX)
    const ay = startY + starts[i]! * (vertexY - startY)
    const dx = (ends[i]! - starts[i]!) * (vertexX - startX)
    const dy = (ends[i]! - starts[i]!) * (vertexY - startY)
    const bx = ax + dx
    const by = ay + dy
    if (calm > 0 && isWithin(bx - calmX, by - calmY, calm) && isWithin(ax - calmX, ay - calmY, calm)) continue
    const square = dx * dx + dy * dy
    const far = reach + Math.sqrt(square) // from b: out of reach of the whole step
    const west = bucketColumn(buckets, Math.min(ax, bx) - reach - lookAhead)
    const east = bucketColumn(buckets, Math.max(ax, bx) + reach + lookAhead)
    const south = bucketRow(buckets, Math.min(ay, by) - reach - lookAhead)
    const north = bucketRow(buckets, Math.max(ay, by) + reach + lookAhead)
    let nearest = (reach + lookAhead) * (reach + lookAhead) // square, of those still to pass, from b
    for (let row = south; row <= north; row++) {
      const end = start[row * columns + east + 1]!
      for (let k = start[row * columns + west]!; k < end; k++) {
        if (passed[k] === 1) continue
        const qx = x[k]! - bx
        const qy = y[k]! - by
        const fromB = qx * qx + qy * qy
        if (fromB <= far * far && isNearStep(x[k]! - ax, y[k]! - ay, dx, dy, reach2)) passed[k] = 1
        else if (fromB < nearest) nearest = fromB
      }
    }
    calm = Math.sqrt(nearest) - reach
    calmX = bx
    calmY = by
  }
  return { passed: members.ids.filter((_, k) => passed[k] === 1).sort(), total }
}

/** How far beyond the reach a look goes, so that the next steps need none. Metres. */
const lookAhead = 25

/** Whether a point (x, y) from the start of a step is within reach of it. */
function isNearStep(x: number, y: number, dx: number, dy: number, reach2: number): boolean {
  const square = dx * dx + dy * dy
  const ahead = x * dx + y * dy
  if (ahead <= 0) return x * x + y * y <= reach2
  if (ahead >= square) return (x - dx) * (x - dx) + (y - dy) * (y - dy) <= reach2
  const aside = x * dy - y * dx
  return aside * aside <= reach2 * square
}

const isWithin = (dx: number, dy: number, radius: number): boolean => dx * dx + dy * dy <= radius * radius

const indexes = new WeakMap<readonly HouseholdPoint[], Flatbush | null>()
const members = new WeakMap<readonly HouseholdPoint[], WeakMap<PreparedGrid, GridHouseholds>>()

/** All households by place, indexed once for each array. */
function indexOf(households: readonly HouseholdPoint[]): Flatbush | null {
  let index = indexes.get(households)
  if (index === undefined) {
    index = households.length > 0 ? indexPoints(households) : null
    indexes.set(households, index)
  }
  return index
}

function indexPoints(points: readonly { longitude: number; latitude: number }[]): Flatbush {
  const index = new Flatbush(points.length)
  for (const { longitude, latitude } of points) index.add(longitude, latitude, longitude, latitude)
  index.finish()
  return index
}

/** The households in any version of the grid; remembered for a grid of one version. */
function householdsOf(
  versions: readonly PreparedGrid[],
  households: readonly HouseholdPoint[],
): GridHouseholds {
  let known = members.get(households)
  if (!known) members.set(households, (known = new WeakMap()))
  const only = versions.length === 1 ? versions[0] : undefined
  const remembered = only && known.get(only)
  if (remembered) return remembered
  const index = indexOf(households)
  const found = new Set<number>()
  for (const grid of index ? versions : [])
    for (const k of index!.search(grid.west, grid.south, grid.east, grid.north))
      if (locate(grid, households[k]!.longitude, households[k]!.latitude) !== OUTSIDE) found.add(k)
  const list = [...found].sort((a, b) => a - b).map((k) => households[k]!)
  const frame = localMetricFrame(list[0]?.longitude ?? 0, list[0]?.latitude ?? 0)
  const east = Float64Array.from(list, ({ longitude }) => eastMetres(frame, longitude))
  const north = Float64Array.from(list, ({ latitude }) => northMetres(frame, latitude))
  const buckets = bucketsOf(east, north)
  const made = {
    ids: Array.from(buckets.members, (k) => list[k]!.id),
    frame,
    x: Float64Array.from(buckets.members, (k) => east[k]!),
    y: Float64Array.from(buckets.members, (k) => north[k]!),
    buckets,
  }
  if (only) known.set(only, made)
  return made
}
