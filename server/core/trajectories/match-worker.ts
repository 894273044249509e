import Flatbush from 'flatbush'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Fix, Grid, HouseholdPoint } from '../values.ts'
import type { Path } from './collapse-stays.ts'
import type { AssignedGrid } from './find-inside-spans.ts'
import { dayBounds, localDayOf } from './local-day.ts'
import { matchReadDay, type PatrolDay, readWorkerDay } from './match-worker-day.ts'
import { firstAtOrAfter, orderFixes } from './order-fixes.ts'
import { prepareGrid } from './prepare-grid.ts'
import { OBSERVED } from './trace.ts'

/** Many grids, found by place. */
export interface GridIndex {
  readonly grids: readonly AssignedGrid[]
  readonly boxes: Flatbush | undefined
}

/** Indexes the grids of a whole county once, for workers nobody assigned. */
export function indexGrids(grids: readonly Grid[]): GridIndex {
  const always = grids.map(({ code, geometry }) => ({ code, geometry, from: null, to: null }))
  if (always.length === 0) return { grids: always, boxes: undefined }
  const boxes = new Flatbush(always.length)
  for (const { geometry } of always) {
    const { west, south, east, north } = prepareGrid(geometry)
    boxes.add(west, south, east, north)
  }
  boxes.finish()
  return { grids: always, boxes }
}

/** All days of a worker, any order, repeats welcome, in the grids assigned: by date, then grid. */
export const matchWorker = (
  fixes: readonly Fix[],
  grids: readonly AssignedGrid[],
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
): PatrolDay[] => matchDays(fixes, () => grids, households, policy, true)

/** All days of a worker in every grid that the trace enters: where observed time lies inside. */
export const matchWorkerAnywhere = (
  fixes: readonly Fix[],
  index: GridIndex,
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
): PatrolDay[] =>
  matchDays(fixes, (path) => gridsNear(path, index), households, policy, false).filter(
    (day) => day.milliseconds.inside > 0,
  )

function matchDays(
  fixes: readonly Fix[],
  gridsFor: (path: Path) => readonly AssignedGrid[],
  households: readonly HouseholdPoint[],
  policy: PatrolPolicy,
  areAssigned: boolean,
): PatrolDay[] {
  const ordered = orderFixes(fixes)
  const { time } = ordered
  const days: PatrolDay[] = []
  for (let i = 0; i < time.length; ) {
    const date = localDayOf(time[i]!)
    const read = readWorkerDay(ordered, date, policy)
    if (read) days.push(...matchReadDay(read, gridsFor(read.path), households, policy, { areAssigned }))
    i = firstAtOrAfter(time, dayBounds(date).to)
  }
  return days
}

/** How many segments share one look-up. */
const chunk = 64

/** Grids whose box meets that of some stretch of the observed path. */
function gridsNear(path: Path, { grids, boxes }: GridIndex): AssignedGrid[] {
  if (!boxes) return []
  const near = new Set<number>()
  for (let first = 0; first < path.kind.length; first += chunk) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let i = first; i < Math.min(first + chunk, path.kind.length); i++) {
      if (path.kind[i] !== OBSERVED) continue
      west = Math.min(west, path.longitude[i]!, path.longitude[i + 1]!)
      east = Math.max(east, path.longitude[i]!, path.longitude[i + 1]!)
      south = Math.min(south, path.latitude[i]!, path.latitude[i + 1]!)
      north = Math.max(north, path.latitude[i]!, path.latitude[i + 1]!)
    }
    if (west <= east) for (const k of boxes.search(west, south, east, north)) near.add(k)
  }
  return [...near].sort((a, b) => a - b).map((k) => grids[k]!)
}
