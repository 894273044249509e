import { HexagonWalk, hexagonsTouching } from '../hexagons/walk-hexagons.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Path } from './collapse-stays.ts'
import { coversGround } from './covers-ground.ts'
import type { InsideSpans } from './find-inside-spans.ts'
import type { PreparedGrid } from './prepare-grid.ts'

export interface HexagonsVisited {
  readonly resolution: number
  /** H3 ids, sorted. */
  readonly visited: readonly string[]
  /** Hexagons of which any part lies in the grid. */
  readonly inGrid: number
}

/** What is remembered about a grid: the walk's cells, and how many hexagons touch it. */
interface GridHexagons {
  readonly walk: HexagonWalk
  readonly count: number
}

const remembered = new WeakMap<PreparedGrid, Map<number, GridHexagons>>()

function hexagonsOf(grid: PreparedGrid, resolution: number): GridHexagons {
  let known = remembered.get(grid)
  if (!known) remembered.set(grid, (known = new Map()))
  let hexagons = known.get(resolution)
  if (!hexagons) {
    hexagons = {
      walk: new HexagonWalk(resolution),
      count: hexagonsTouching(grid.geometry, resolution).length,
    }
    known.set(resolution, hexagons)
  }
  return hexagons
}

/** The hexagons that the path's inside part crosses. Fixes less accurate than the coverage limit prove nothing here. */
export function visitHexagons(path: Path, inside: InsideSpans, policy: PatrolPolicy): HexagonsVisited {
  const { longitude, latitude } = path
  const { spans, versions } = inside
  const resolution = policy.hexagonResolution
  const { walk, count } = hexagonsOf(versions[0]!, resolution)
  const inGrid = versions.length === 1 ? count : countTouching(versions, resolution)
  walk.start()
  const { count: parts, segment, from: starts, to: ends } = spans
  for (let i = 0; i < parts; i++) {
    const a = segment[i]!
    if (!coversGround(path, a, policy)) continue
    const from = starts[i]!
    const to = ends[i]!
    const dx = longitude[a + 1]! - longitude[a]!
    const dy = latitude[a + 1]! - latitude[a]!
    walk.walk(
      longitude[a]! + from * dx,
      latitude[a]! + from * dy,
      to === 1 ? longitude[a + 1]! : longitude[a]! + to * dx,
      to === 1 ? latitude[a + 1]! : latitude[a]! + to * dy,
    )
  }
  return { resolution, visited: walk.visited(), inGrid }
}

/** Hexagons that touch any of several versions or parts of a grid. */
const countTouching = (versions: readonly PreparedGrid[], resolution: number): number =>
  new Set(versions.flatMap(({ geometry }) => hexagonsTouching(geometry, resolution))).size
