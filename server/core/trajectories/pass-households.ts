import Flatbush from 'flatbush'
import { type LocalMetricFrame, localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { HouseholdPoint } from '../values.ts'
import type { Path } from './collapse-stays.ts'
import { coversGround } from './covers-ground.ts'
import type { InsideSpans } from './find-inside-spans.ts'
import { locate, OUTSIDE, type PreparedGrid } from './prepare-grid.ts'
import type { Spans } from './spans.ts'

export interface HouseholdsPassed {
  /** Ids, sorted. */
  readonly passed: readonly string[]
  /** Households that lie in the grid, its edge included. */
  readonly total: number
}

/** The households of one grid, in metres around one of them. */
interface GridHouseholds {
  readonly ids: readonly string[]
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly index: Flatbush | undefined
}

/** So many neighbouring spans share one look-up: some steps of a walk, near each other. */
const batch = 32

/**
 * The households of a grid that lie within `householdMetres` of the path's inside part, movement or stay. Fixes less
 * accurate than the coverage limit prove nothing here.
 */
export function passHouseholds(
  path: Path,
  inside: InsideSpans,
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
): HouseholdsPassed {
  const members = householdsOf(inside.versions, households)
  const total = members.ids.length
  if (!members.index || inside.spans.count === 0) return { passed: [], total }
  const { spans } = inside
  const passed = new Uint8Array(total)
  const frame = localMetricFrame(members.longitude[0]!, members.latitude[0]!)
  const isWanted = (k: number): boolean => passed[k] === 0
  for (let first = 0; first < spans.count; first += batch) {
    const end = Math.min(first + batch, spans.count)
    for (const k of candidates(path, spans, first, end, members.index, frame, policy, isWanted))
      for (let i = first; i < end && passed[k] === 0; i++)
        if (
          coversGround(path, spans.segment[i]!, policy) &&
          isNear(path, spans, i, members.longitude[k]!, members.latitude[k]!, frame, policy.householdMetres)
        )
          passed[k] = 1
  }
  return { passed: members.ids.filter((_, k) => passed[k] === 1).sort(), total }
}

/** The wanted households in the box of some spans, widened by the reach. */
function candidates(
  { longitude, latitude }: Path,
  spans: Spans,
  first: number,
  end: number,
  index: Flatbush,
  frame: LocalMetricFrame,
  policy: PatrolPolicy,
  isWanted: (k: number) => boolean,
): number[] {
  let west = Number.POSITIVE_INFINITY
  let south = Number.POSITIVE_INFINITY
  let east = Number.NEGATIVE_INFINITY
  let north = Number.NEGATIVE_INFINITY
  for (let i = first; i < end; i++) {
    const a = spans.segment[i]!
    for (let k = a; k <= a + 1; k++) {
      const x = longitude[k]!
      const y = latitude[k]!
      if (x < west) west = x
      if (x > east) east = x
      if (y < south) south = y
      if (y > north) north = y
    }
  }
  const dx = policy.householdMetres / frame.metresPerDegreeLongitude
  const dy = policy.householdMetres / frame.metresPerDegreeLatitude
  return index.search(west - dx, south - dy, east + dx, north + dy, isWanted)
}

/** Whether a point lies within reach of a span. */
function isNear(
  { longitude, latitude }: Path,
  spans: Spans,
  i: number,
  x: number,
  y: number,
  frame: LocalMetricFrame,
  reach: number,
): boolean {
  const a = spans.segment[i]!
  const dx = (longitude[a + 1]! - longitude[a]!) * frame.metresPerDegreeLongitude
  const dy = (latitude[a + 1]! - latitude[a]!) * frame.metresPerDegreeLatitude
  const px = (x - longitude[a]!) * frame.metresPerDegreeLongitude
  const py = (y - latitude[a]!) * frame.metresPerDegreeLatitude
  const square = dx * dx + dy * dy
  const share = square > 0 ? (px * dx + py * dy) / square : 0
  const at = Math.min(spans.to[i]!, Math.max(spans.from[i]!, share))
  const ex = px - at * dx
  const ey = py - at * dy
  return ex * ex + ey * ey <= reach * reach
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
  const made: GridHouseholds = {
    ids: list.map(({ id }) => id),
    longitude: Float64Array.from(list, ({ longitude }) => longitude),
    latitude: Float64Array.from(list, ({ latitude }) => latitude),
    index: list.length > 0 ? indexPoints(list) : undefined,
  }
  if (only) known.set(only, made)
  return made
}
