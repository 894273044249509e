/** What the matching of a worker's day needs from the database, and where its result goes. */
import type { MultiPolygon } from 'geojson'
import type { HouseholdPoint } from '../core/values.ts'
import type { ColumnTypes } from './insert-many.ts'
import type { Scoped } from './scoped.ts'
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
  /** JSON. */
  readonly result: string
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
const countStaleQuery = sql<{ days: number }>('patrols/count-stale-days')
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
const fixesMatchedQuery = sql<{ worker_id: string; day: string; fixes: number }>('patrols/list-fixes-matched')
const deleteResultsQuery = sql<{ days: number }>('patrols/delete-results')
const beginQuery = sql<{ worker_id: string; day: string; touched: string }>('patrols/begin-matching')
const deleteStaleQuery = sql<{ worker_id: string; day: string }>('patrols/delete-stale-days')

/** How many worker days wait to be matched again. */
export async function countStaleDays(db: Scoped): Promise<number> {
  const [row] = await db.many(countStaleQuery, [])
  return row?.days ?? 0
}

/** Worker days to match again after one of them (null: from the first), in the order of town, worker and day; towns null = all. */
export async function listStaleDays(
  db: Scoped,
  towns: readonly string[] | null,
  after: StaleDay | null,
  limit: number,
): Promise<StaleDay[]> {
  const rows = await db.many(listStaleQuery, [
    towns,
    after?.town ?? null,
    after?.worker ?? null,
    after?.day ?? null,
    limit,
  ])
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

/** A day of a worker of some town. */
export interface WorkerDayKey {
  readonly worker: string
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly day: string
}

const workersOf = (days: readonly WorkerDayKey[]): string[] => days.map((one) => one.worker)
const daysOf = (days: readonly WorkerDayKey[]): string[] => days.map((one) => one.day)

/** A day and the mark it had when its matching began. */
export interface BegunDay extends StaleDay {
  readonly touched: string
}

/** Begins to match days of a town, before anything is read for it; those that are marked no more are left out. In their order. */
export async function beginMatching(
  db: Scoped,
  town: string,
  days: readonly WorkerDayKey[],
): Promise<BegunDay[]> {
  const rows = await db.many(beginQuery, [town, workersOf(days), daysOf(days)])
  return rows.map((row) => ({ town, worker: row.worker_id, day: row.day, touched: row.touched }))
}

/**
 * Takes the marks off days whose results are about to be written in the same transaction, unless they changed since the matching began:
 * then the results are of a moment ago, and the day is matched again. Returned are the days that had a mark; the others somebody
 * else has matched meanwhile, and nothing of them is to be written.
 */
export async function takeMarks(
  db: Scoped,
  town: string,
  begun: readonly BegunDay[],
): Promise<WorkerDayKey[]> {
  const touched = begun.map((one) => one.touched)
  const rows = await db.many(deleteStaleQuery, [town, workersOf(begun), daysOf(begun), touched])
  return rows.map((row) => ({ worker: row.worker_id, day: row.day }))
}

/** Of how many fixes days of workers were matched, where they were. */
export async function listFixesMatched(
  db: Scoped,
  town: string,
  days: readonly WorkerDayKey[],
): Promise<(WorkerDayKey & { readonly fixes: number })[]> {
  const rows = await db.many(fixesMatchedQuery, [town, workersOf(days), daysOf(days)])
  return rows.map((row) => ({ worker: row.worker_id, day: row.day, fixes: row.fixes }))
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
export interface WorkerDayResult extends WorkerDayKey {
  readonly grids: readonly PatrolDayValues[]
  readonly traces: readonly TraceLine[]
  /** Where the worker was when, as it is drawn: a block of fixes (pack-fixes.ts); null where there is none. */
  readonly drawn: Uint8Array | null
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

/** Removes everything that days amounted to; of the evidence what a day gives by itself, by its codes. */
export const removeResults = async (
  db: Scoped,
  town: string,
  days: readonly WorkerDayKey[],
  codes: readonly string[],
): Promise<void> => void (await db.one(deleteResultsQuery, [town, workersOf(days), daysOf(days), codes]))

/**
 * Writes what days of workers amount to where nothing stands. All at once: a statement a day and table took the embedded engine three
 * times as long.
 */
export async function insertResults(
  db: Scoped,
  town: string,
  results: readonly WorkerDayResult[],
): Promise<void> {
  const insert = async (table: string, columns: ColumnTypes, rows: readonly unknown[][]): Promise<void> => {
    if (rows.length > 0) await db.insertMany(table, columns, rows)
  }
  await insert(
    'patrol_days',
    dayColumns,
    results.flatMap(({ worker, day, grids }) => grids.map((one) => dayRow(town, worker, day, one))),
  )
  await insert(
    'traces',
    { town_id: 'text', worker_id: 'text', day: 'date', label: 'text', path: 'geometry' },
    results.flatMap(({ worker, day, traces }) =>
      traces.map((line) => [town, worker, day, line.label, line.path]),
    ),
  )
  await insert(
    'drawn_days',
    { town_id: 'text', worker_id: 'text', day: 'date', packed: 'bytea' },
    results.flatMap(({ worker, day, drawn }) => (drawn ? [[town, worker, day, asBuffer(drawn)]] : [])),
  )
  await insert(
    'passes',
    { town_id: 'text', worker_id: 'text', day: 'date', household_id: 'text' },
    results.flatMap(({ worker, day, passed }) => passed.map((household) => [town, worker, day, household])),
  )
  await insert(
    'ground_passes',
    {
      town_id: 'text',
      worker_id: 'text',
      day: 'date',
      grid_code: 'text',
      kind: 'text',
      subject_id: 'text',
    },
    results.flatMap(({ worker, day, ground }) =>
      ground.map(({ grid, kind, subject }) => [town, worker, day, grid, kind, subject]),
    ),
  )
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

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
