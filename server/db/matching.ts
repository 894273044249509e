/** What the matching of a worker's day needs from the database, and where its result goes. */
import type { MultiPolygon } from 'geojson'
import type { HouseholdPoint } from '../core/values.ts'
import { packFixes } from './pack-fixes.ts'
import type { Scoped } from './scope.ts'
import { sql } from './sql.ts'

export interface StaleDay {
  readonly town: string
  readonly worker: string
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string
}

/** A version of a grid while a worker answers for it; epoch milliseconds, `to` null while open. */
export interface AssignedVersion {
  readonly worker: string
  readonly grid: string
  readonly from: number
  readonly to: number | null
  /** First instant of the version: with the code it names the boundary. */
  readonly version: number
}

/** One row of wangge.patrol_days. */
export interface PatrolDayValues {
  readonly grid: string
  readonly fixes: number
  readonly first: number
  readonly last: number
  readonly seconds: {
    readonly inside: number
    readonly outside: number
    readonly unobserved: number
    readonly unreliable: number
  }
  readonly metres: { readonly inside: number; readonly outside: number; readonly raw: number }
  readonly rounds: number
  readonly hexagonsVisited: number
  readonly hexagonsInGrid: number
  readonly householdsPassed: number
  readonly householdsTotal: number
  readonly rulesMet: boolean | null
  readonly result: object
}

/** Epoch milliseconds, degrees. */
export interface DrawnVertex {
  readonly time: number
  readonly longitude: number
  readonly latitude: number
}

export interface TraceLine {
  readonly label: string
  /** Hex EWKB of a MultiLineString. */
  readonly path: string
}

const listStaleQuery = sql<{ town_id: string; worker_id: string; day: string }>('patrols/list-stale-days')
const markStaleQuery = sql('patrols/mark-stale-days')
const markWorkersStaleQuery = sql('patrols/mark-days-of-workers-stale')
const markTownsStaleQuery = sql('patrols/mark-days-of-towns-stale')
const assignedQuery = sql<{
  worker_id: string
  grid_code: string
  valid_from: number
  valid_to: number | null
  version_from: number
}>('patrols/list-assigned-grids')
const boundariesQuery = sql<{ grid_code: string; valid_from: number; boundary: string }>(
  'patrols/list-grid-boundaries',
)
const pointsQuery = sql<{ household_id: string; longitude: number; latitude: number }>(
  'households/list-household-points',
)
const fixesMatchedQuery = sql<{ day: string; fixes: number }>('patrols/list-fixes-matched')
const deleteDaysQuery = sql('patrols/delete-patrol-days')
const deleteTracesQuery = sql('patrols/delete-traces')
const deleteDrawnQuery = sql('patrols/delete-drawn-days')
const deletePassesQuery = sql('patrols/delete-passes')
const deleteGroundPassesQuery = sql('coverage/delete-ground-passes')
const deleteStaleQuery = sql('patrols/delete-stale-days')

/** Worker days to match again; towns null = all. */
export async function listStaleDays(
  db: Scoped,
  towns: readonly string[] | null,
  limit: number,
): Promise<StaleDay[]> {
  const rows = await db.many(listStaleQuery, [towns, limit])
  return rows.map((row) => ({ town: row.town_id, worker: row.worker_id, day: row.day }))
}

export async function markStaleDays(
  db: Scoped,
  town: string,
  days: readonly { readonly worker: string; readonly day: string }[],
): Promise<void> {
  if (days.length === 0) return
  await db.none(markStaleQuery, [town, days.map((one) => one.worker), days.map((one) => one.day)])
}

/** Every day with a fix of these workers in [from, to). */
export const markDaysOfWorkersStale = (
  db: Scoped,
  town: string,
  workers: readonly string[],
  from: number,
  to: number,
): Promise<number> => db.none(markWorkersStaleQuery, [town, workers, from, to])

/** Every worker day with fixes of these towns in [from, to), local days; `to` null: open. */
export const markDaysOfTownsStale = (
  db: Scoped,
  towns: readonly string[],
  from: string,
  to: string | null,
): Promise<number> => db.none(markTownsStaleQuery, [towns, from, to])

/** Takes the marks off days of a worker. */
export const forgetStaleDays = async (
  db: Scoped,
  town: string,
  worker: string,
  days: readonly string[],
): Promise<void> => void (await db.none(deleteStaleQuery, [town, worker, days]))

/** Of how many fixes days of a worker were matched, where they were. */
export async function listFixesMatched(
  db: Scoped,
  town: string,
  worker: string,
  days: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.many(fixesMatchedQuery, [town, worker, days])
  return new Map(rows.map((row) => [row.day, row.fixes]))
}

/** Versions of grids the workers answer for in [from, to). Leaders and instructors oversee; credit goes to those who patrol. */
export async function listAssignedVersions(
  db: Scoped,
  town: string,
  workers: readonly string[],
  from: number,
  to: number,
): Promise<AssignedVersion[]> {
  const rows = await db.many(assignedQuery, [town, workers, from, to])
  return rows.map((row) => ({
    worker: row.worker_id,
    grid: row.grid_code,
    from: row.valid_from,
    to: row.valid_to,
    version: row.version_from,
  }))
}

/** Boundaries by `code@version` of all versions in force in [from, to). */
export async function gridBoundaries(
  db: Scoped,
  town: string,
  from: number,
  to: number,
): Promise<Map<string, MultiPolygon>> {
  const rows = await db.many(boundariesQuery, [town, from, to])
  return new Map(
    rows.map((row) => [`${row.grid_code}@${row.valid_from}`, JSON.parse(row.boundary) as MultiPolygon]),
  )
}

export async function listHouseholdPoints(db: Scoped, town: string): Promise<HouseholdPoint[]> {
  const rows = await db.many(pointsQuery, [town])
  return rows.map((row) => ({ id: row.household_id, longitude: row.longitude, latitude: row.latitude }))
}

/** What one day of a worker amounts to, ready to be written. */
export interface WorkerDayResult {
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string
  readonly grids: readonly PatrolDayValues[]
  readonly traces: readonly TraceLine[]
  /** Where the worker was when, as it is drawn; in time order. */
  readonly drawn: readonly DrawnVertex[]
  /** Households passed, distinct. */
  readonly passed: readonly string[]
  /** Lanes walked and places passed, a grid. */
  readonly ground: readonly GroundPass[]
}

export interface GroundPass {
  readonly grid: string
  readonly kind: 'lane' | 'place'
  readonly subject: string
}

const dayColumns = {
  town_id: 'text',
  worker_id: 'text',
  day: 'date',
  grid_code: 'text',
  fixes: 'integer',
  first_at: 'timestamptz',
  last_at: 'timestamptz',
  seconds_inside: 'integer',
  seconds_outside: 'integer',
  seconds_unobserved: 'integer',
  seconds_unreliable: 'integer',
  metres_inside: 'double precision',
  metres_outside: 'double precision',
  metres_raw: 'double precision',
  rounds: 'integer',
  hexagons_visited: 'integer',
  hexagons_in_grid: 'integer',
  households_passed: 'integer',
  households_total: 'integer',
  rules_met: 'boolean',
  result: 'jsonb',
} as const

/**
 * Replaces everything some days of a worker amounted to, within the caller's transaction. All days at once: a statement a day and table took the embedded engine three times as long.
 */
export async function replaceWorkerDays(
  db: Scoped,
  town: string,
  worker: string,
  results: readonly WorkerDayResult[],
): Promise<void> {
  const days = results.map((one) => one.day)
  for (const query of [
    deleteDaysQuery,
    deleteTracesQuery,
    deleteDrawnQuery,
    deletePassesQuery,
    deleteGroundPassesQuery,
  ])
    await db.none(query, [town, worker, days])
  await db.insertMany(
    'patrol_days',
    dayColumns,
    results.flatMap(({ day, grids }) => grids.map((one) => dayRow(town, worker, day, one))),
  )
  await db.insertMany(
    'traces',
    { town_id: 'text', worker_id: 'text', day: 'date', label: 'text', path: 'geometry' },
    results.flatMap(({ day, traces }) => traces.map((line) => [town, worker, day, line.label, line.path])),
  )
  await db.insertMany(
    'drawn_days',
    { town_id: 'text', worker_id: 'text', day: 'date', packed: 'bytea' },
    results
      .filter(({ drawn }) => drawn.length > 0)
      .map(({ day, drawn }) => [town, worker, day, packFixes(drawn)]),
  )
  await db.insertMany(
    'passes',
    { town_id: 'text', worker_id: 'text', day: 'date', household_id: 'text' },
    results.flatMap(({ day, passed }) => passed.map((household) => [town, worker, day, household])),
  )
  await db.insertMany(
    'ground_passes',
    {
      town_id: 'text',
      worker_id: 'text',
      day: 'date',
      grid_code: 'text',
      kind: 'text',
      subject_id: 'text',
    },
    results.flatMap(({ day, ground }) =>
      ground.map(({ grid, kind, subject }) => [town, worker, day, grid, kind, subject]),
    ),
  )
}

const dayRow = (town: string, worker: string, day: string, one: PatrolDayValues): unknown[] => [
  town,
  worker,
  day,
  one.grid,
  one.fixes,
  one.first,
  one.last,
  one.seconds.inside,
  one.seconds.outside,
  one.seconds.unobserved,
  one.seconds.unreliable,
  one.metres.inside,
  one.metres.outside,
  one.metres.raw,
  one.rounds,
  one.hexagonsVisited,
  one.hexagonsInGrid,
  one.householdsPassed,
  one.householdsTotal,
  one.rulesMet,
  one.result,
]
