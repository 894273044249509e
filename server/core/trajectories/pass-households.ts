import Flatbush from 'flatbush'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { HouseholdPoint } from '../values.ts'
import type { Path } from './collapse-stays.ts'
import type { InsideSpans } from './find-inside-spans.ts'
import { type GroundPoints, groundPoints, passPoints } from './pass-points.ts'
import { locate, OUTSIDE, type PreparedGrid } from './prepare-grid.ts'

export interface HouseholdsPassed {
  /** Ids, sorted. */
  readonly passed: readonly string[]
  /** Households that lie in the grid, its edge included. */
  readonly total: number
}

/** The households of one grid. */
interface GridHouseholds {
  readonly ids: readonly string[]
  readonly points: GroundPoints
}

/**
 * The households (or registered places) of a grid that lie within `householdMetres` of the path's inside part, movement or stay.
 * Fixes less accurate than the coverage limit prove nothing here. A household exactly on an edge belongs to the grids on both
 * sides: a grid's total must not depend on which others the worker happens to be matched to.
 */
export function passHouseholds(
  path: Path,
  inside: InsideSpans,
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
): HouseholdsPassed {
  const { ids, points } = householdsOf(inside.versions, households)
  const total = ids.length
  if (total === 0) return { passed: [], total }
  const passed = passPoints(path, inside.spans, points, policy.householdMetres, policy)
  return { passed: ids.filter((_, k) => passed[k] === 1).sort(), total }
}

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
  const points = groundPoints(
    Float64Array.from(list, ({ longitude }) => longitude),
    Float64Array.from(list, ({ latitude }) => latitude),
  )
  const made = { ids: Array.from(points.order, (k) => list[k]!.id), points }
  if (only) known.set(only, made)
  return made
}
