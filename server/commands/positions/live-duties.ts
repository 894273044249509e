/** Who answers for what just now, and when a place lets it be seen where its workers are: what a live position is judged by. */
import { isWithinLiveHours, type LiveHours } from '../../core/policy/live-hours.ts'
import { maskName } from '../../core/policy/mask.ts'
import { patrolPolicyOf } from '../../core/policy/patrol-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { locate, OUTSIDE, prepareGrid } from '../../core/trajectories/prepare-grid.ts'
import type { AreaGeometry } from '../../core/values.ts'
import { findAreas } from '../../db/imports.ts'
import { type DutyRow, listBoundaryTexts, listDuties } from '../../db/live.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'

export interface Duty {
  readonly town: string
  readonly worker: string
  /** Masked. */
  readonly name: string
  /** Codes of the grids the worker patrols; leaders and instructors oversee, credit goes to those who patrol. */
  readonly grids: readonly string[]
  /** Villages of the grids assigned in any role: whoever may see one of them may see the worker. */
  readonly villages: readonly string[]
  readonly boundaries: readonly AreaGeometry[]
}

export interface Duties {
  /** By `keyOf`. */
  readonly workers: ReadonlyMap<string, Duty>
  /** Towns whose positions are not shown at this hour. */
  readonly closed: ReadonlyMap<string, LiveHours>
  /** Geometries by their text: a boundary read again is the same object, and prepared once. */
  readonly geometries: ReadonlyMap<string, AreaGeometry>
}

export const noDuties: Duties = { workers: new Map(), closed: new Map(), geometries: new Map() }

/** Ids of workers are unique within a town. */
export const keyOf = (town: string, worker: string): string => `${town}\n${worker}`

/** Reads them as they are at an instant. What has not changed since `before` is the same object. @throws DatabaseError */
export async function loadDuties(db: Scoped, at: number, before: Duties): Promise<Duties> {
  const rows = await listDuties(db, at)
  const towns = [...new Set(rows.map((row) => row.town_id))]
  const boundaries = new Map<string, AreaGeometry>()
  const geometries = new Map<string, AreaGeometry>()
  const versionOf = (town: string, grid: string | null, version: number | null): string =>
    `${town}\n${grid}\n${version}`
  const closed = new Map<string, LiveHours>()
  for (const area of await findAreas(db, towns)) {
    const town = area.code
    for (const { grid_code, valid_from, boundary } of await listBoundaryTexts(db, town, at)) {
      const geometry = before.geometries.get(boundary) ?? (JSON.parse(boundary) as AreaGeometry)
      geometries.set(boundary, geometry)
      boundaries.set(versionOf(town, grid_code, valid_from), geometry)
    }
    const policy = await findPolicy(db, area, 'patrol', localDayOf(at))
    const hours = patrolPolicyOf(policy?.rules)
    if (!isWithinLiveHours(hours, at)) closed.set(town, hours)
  }
  const workers = new Map<string, Duty>()
  for (const ofWorker of runsOf(rows)) {
    const made = dutyOf(ofWorker, (row) =>
      boundaries.get(versionOf(row.town_id, row.grid_code, row.version_from)),
    )
    const key = keyOf(made.town, made.worker)
    const known = before.workers.get(key)
    workers.set(key, known && isSame(known, made) ? known : made)
  }
  return { workers, closed, geometries }
}

/** Rows of one worker after the other: they come sorted. */
function runsOf(rows: readonly DutyRow[]): DutyRow[][] {
  const runs: DutyRow[][] = []
  for (const row of rows) {
    const last = runs.at(-1)
    if (last?.[0]?.town_id === row.town_id && last[0].worker_id === row.worker_id) last.push(row)
    else runs.push([row])
  }
  return runs
}

function dutyOf(rows: readonly DutyRow[], boundaryOf: (row: DutyRow) => AreaGeometry | undefined): Duty {
  const [{ town_id, worker_id, name }] = rows as [DutyRow]
  const patrolled = rows.filter((row) => row.role === 'full_time' || row.role === 'part_time')
  const distinct = (values: readonly (string | null)[]): string[] => [
    ...new Set(values.filter((value) => value !== null)),
  ]
  return {
    town: town_id,
    worker: worker_id,
    name: maskName(name),
    grids: distinct(patrolled.map((row) => row.grid_code)),
    villages: distinct(rows.map((row) => row.village_code)),
    boundaries: [...new Set(patrolled.map(boundaryOf).filter((one) => one !== undefined))],
  }
}

const isSame = (a: Duty, b: Duty): boolean =>
  a.name === b.name &&
  isSameList(a.grids, b.grids) &&
  isSameList(a.villages, b.villages) &&
  isSameList(a.boundaries, b.boundaries)

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])

/** Whether a place lies in one of the worker's grids, edge included; null for somebody without a grid. */
export const isInside = ({ boundaries }: Duty, longitude: number, latitude: number): boolean | null =>
  boundaries.length === 0
    ? null
    : boundaries.some((one) => locate(prepareGrid(one), longitude, latitude) !== OUTSIDE)
