import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Path } from './collapse-stays.ts'
import type { InsideSpans } from './find-inside-spans.ts'
import { lanesOfGrid } from './grid-lanes.ts'
import type { TownLanes } from './lay-lanes.ts'
import { passPoints } from './pass-points.ts'

export interface LanesWalked {
  /** Ids of the lanes walked, sorted. */
  readonly walked: readonly string[]
  /** Geodesic metres of these within the grid, and of all lanes there. */
  readonly walkedMetres: number
  readonly totalMetres: number
}

/**
 * The lanes of a grid that were walked: the path's inside part, moving, ran along at least `laneShare` of the lane's length in the grid,
 * no farther than `laneMetres` beside it (CityStrides takes 25 m for a street's nodes). Whoever crosses a street has not walked it.
 * Standing proves no lane, and neither does a fix less accurate than the coverage limit.
 */
export function passLanes(
  path: Path,
  inside: InsideSpans,
  lanes: TownLanes,
  policy: PatrolPolicy,
): LanesWalked {
  const { ids, metres, totalMetres, steps, middles, directions } = lanesOfGrid(lanes, inside.versions)
  const passed = passPoints(path, inside.spans, middles, policy.laneMetres, policy, directions)
  const near = new Float64Array(ids.length)
  for (let k = 0; k < passed.length; k++) {
    const step = middles.order[k]!
    if (passed[k] === 1) near[steps.lane[step]!]! += steps.metres[step]!
  }
  // Sums of many steps: a lane near the path from end to end may miss its own length by rounding.
  const isWalked = (lane: number): boolean => near[lane]! >= policy.laneShare * metres[lane]! - 1e-6
  const walked = ids.filter((_, lane) => isWalked(lane))
  return {
    walked: walked.sort(),
    walkedMetres: metres.reduce((sum, one, lane) => (isWalked(lane) ? sum + one : sum), 0),
    totalMetres,
  }
}
