/** What putting a plan in force reads and writes beside the plan itself: the division, its duties, the tasks that remain. */
import type { AreaGeometry, GridKind } from '../core/values.ts'
import type { AreaScope } from './areas.ts'
import type { PlanGround } from './plan-ground.ts'
import type { PlanKey, PlanRow } from './plans.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface Duty {
  readonly worker_id: string
  readonly grid_code: string
  readonly role: string
  readonly valid_from: number
  readonly valid_to: number | null
}

export interface Contact {
  readonly household_id: string
  readonly worker_id: string
  readonly valid_from: number
  readonly valid_to: number | null
}

export type TaskKind =
  | 'grid_without_leader'
  | 'grid_without_worker'
  | 'worker_without_grid'
  | 'roster_moved'
  | 'roster_undecided'

export interface NewTask {
  readonly kind: TaskKind
  readonly grid: string | null
  readonly worker: string | null
  readonly households: readonly string[]
}

export interface TaskRow {
  readonly task_id: string
  readonly kind: TaskKind
  readonly grid_code: string | null
  readonly worker_id: string | null
  readonly households: readonly string[]
  readonly settled_by: string | null
  readonly settled_at: number | null
  readonly note: string | null
}

export interface KnownGrid {
  readonly town_id: string
  readonly grid_code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly village_code: string | null
  readonly parent_code: string | null
  readonly valid_from: number
  readonly valid_to: number | null
  /** −∞: since ever. */
  readonly recorded_from: number
  /** Null: it is known so now. */
  readonly recorded_to: number | null
  readonly became: 'ended' | 'corrected' | 'removed' | null
  /** GeoJSON text. */
  readonly boundary: string
}

/** One version of a grid, in force in [from, to). */
export interface GridVersion {
  readonly code: string
  readonly from: number
  readonly to: number | null
  readonly village: string | null
  readonly parent: string | null
  readonly kind: GridKind
  readonly name: string | null
  readonly geometry: AreaGeometry
}

const lockQuery = sql('plans/lock-division')
const versionsQuery = sql<{
  grid_code: string
  valid_from: number
  valid_to: number | null
  village_code: string | null
  parent_code: string | null
  kind: GridKind
  name: string | null
  boundary: string
}>('plans/list-versions-around')
const laterQuery = sql<{ grid_code: string; valid_from: number }>('plans/list-later-grids')
const usedCodesQuery = sql<{ grid_code: string }>('plans/list-used-codes')
const dutiesQuery = sql<Duty>('plans/list-duties')
const contactsQuery = sql<Contact>('plans/list-contacts')
const removeDutiesQuery = sql('plans/remove-duties')
const removeVersionsQuery = sql<{ removed: number }>('plans/remove-versions')
const inForceQuery = sql<{ plan_id: string; revision: number; effective_from: string }>(
  'plans/list-plans-in-force',
)
const listTasksQuery = sql<TaskRow>('plans/list-tasks')
const settleTaskQuery = sql<{ task_id: string }>('plans/settle-task')
const listKnownQuery = sql<KnownGrid>('grids/list-known')

/** Until the transaction ends nobody else changes the division of the town. */
export const lockDivision = async (db: Scoped, town: string): Promise<void> => {
  await db.none(lockQuery, [town])
}

/** Versions of all times with ground in a box in degrees, by code, then by time. */
export async function listVersionsAround(
  db: Scoped,
  town: string,
  box: readonly [west: number, south: number, east: number, north: number],
): Promise<GridVersion[]> {
  const rows = await db.many(versionsQuery, [town, ...box])
  return rows.map((row) => ({
    code: row.grid_code,
    from: row.valid_from,
    to: row.valid_to,
    village: row.village_code,
    parent: row.parent_code,
    kind: row.kind,
    name: row.name,
    geometry: JSON.parse(row.boundary) as AreaGeometry,
  }))
}

/** Grids with a version that begins after the moment, and when the first one does. */
export const listLaterGrids = (
  db: Scoped,
  ground: PlanGround,
  at: number,
): Promise<{ grid_code: string; valid_from: number }[]> =>
  db.many(laterQuery, [ground.town, ground.village, at])

/** Codes the town has ever used: of those given, or with null all. */
export const listUsedCodes = async (
  db: Scoped,
  town: string,
  codes: readonly string[] | null,
): Promise<Set<string>> => new Set((await db.many(usedCodesQuery, [town, codes])).map((row) => row.grid_code))

/** Assignments of a town at a moment or after it. */
export const listDuties = (db: Scoped, town: string, at: number): Promise<Duty[]> =>
  db.many(dutiesQuery, [town, at])

/** Roster entries of some households at a moment or after it. */
export const listContacts = (
  db: Scoped,
  town: string,
  households: readonly string[],
  at: number,
): Promise<Contact[]> => db.many(contactsQuery, [town, households, at])

/** Takes out the assignments to these grids that begin at the moment or after it. */
export const removeDuties = (
  db: Scoped,
  town: string,
  grids: readonly string[],
  from: number,
): Promise<number> => db.none(removeDutiesQuery, [town, grids, from])

/** Takes out versions that were to begin at the moment; they stay in the history. How many. */
export const removeVersions = async (
  db: Scoped,
  town: string,
  grids: readonly string[],
  from: number,
  now: number,
): Promise<number> => (await db.one(removeVersionsQuery, [town, grids, from, now])).removed

/** Other plans in force on the ground of this one. */
export const listPlansInForce = (
  db: Scoped,
  plan: PlanRow,
): Promise<{ plan_id: string; revision: number; effective_from: string }[]> =>
  db.many(inForceQuery, [plan.town_id, plan.area_code, plan.plan_id])

const taskColumns = {
  town_id: 'text',
  plan_id: 'text',
  task_id: 'text',
  kind: 'text',
  grid_code: 'text',
  worker_id: 'text',
  households: 'text[]',
} as const

/** Adds tasks; the id of one is what it is about. */
export const insertTasks = (db: Scoped, plan: PlanKey, tasks: readonly NewTask[]): Promise<number> =>
  db.insertMany(
    'plan_tasks',
    taskColumns,
    tasks.map(({ kind, grid, worker, households }) => [
      plan.town_id,
      plan.plan_id,
      [kind, grid ?? '', worker ?? ''].join(':'),
      kind,
      grid,
      worker,
      households,
    ]),
  )

export const listTasks = (db: Scoped, plan: PlanKey): Promise<TaskRow[]> =>
  db.many(listTasksQuery, [plan.town_id, plan.plan_id])

/** False when there is no such task. */
export const settleTask = async (
  db: Scoped,
  plan: PlanKey,
  task: string,
  who: string,
  now: number,
  note: string | null,
): Promise<boolean> =>
  (await db.maybeOne(settleTaskQuery, [plan.town_id, plan.plan_id, task, who, now, note])) !== undefined

/** The grids in force at one moment as they were known at another. */
export const listKnownGrids = (
  db: Scoped,
  area: AreaScope,
  at: number,
  knownAt: number,
): Promise<KnownGrid[]> => db.many(listKnownQuery, [area.towns, area.village, at, knownAt])
