/** What an import needs to know of the database, and its writes, kind by kind. */
import type { MultiPolygon } from 'geojson'
import type { AreaLevel } from '../core/values.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface KnownArea {
  readonly code: string
  readonly parentCode: string | null
  readonly level: AreaLevel
  readonly name: string
  readonly townId: string | null
  /** Codes from the root down to the area itself. */
  readonly lineage: readonly string[]
  readonly boundary: MultiPolygon | null
}

export interface KnownInterval {
  readonly town: string
  readonly key: readonly string[]
  readonly from: number
  readonly to: number | null
}

export interface Written {
  readonly added: number
  readonly changed: number
}

interface AreaRow {
  readonly area_code: string
  readonly parent_code: string | null
  readonly level: AreaLevel
  readonly name: string
  readonly town_id: string | null
  readonly lineage: string[]
  readonly boundary?: string | null
}

const upserts = {
  areas: sql<UpsertRow>('areas/upsert-areas'),
  grids: sql<UpsertRow>('grids/upsert-grids'),
  villages: sql<UpsertRow>('villages/upsert-villages'),
  buildings: sql<UpsertRow>('buildings/upsert-buildings'),
  roads: sql<UpsertRow>('roads/upsert-roads'),
  land: sql<UpsertRow>('land/upsert-land'),
  households: sql<UpsertRow>('households/upsert-households'),
  places: sql<UpsertRow>('places/upsert-places'),
  workers: sql<UpsertRow>('workers/upsert-workers'),
  assignments: sql<UpsertRow>('assignments/upsert-assignments'),
  roster: sql<UpsertRow>('roster/upsert-roster'),
  visits: sql<UpsertRow>('visits/upsert-visits'),
  incidents: sql<UpsertRow>('incidents/upsert-incidents'),
} as const

export type UpsertKind = keyof typeof upserts

interface UpsertRow {
  readonly known: number
  readonly written: number
}

/** Rows of one statement; a batch is one JSON document of at most a few megabytes. */
const batchRows = 2000

const areasBelowQuery = sql<AreaRow>('imports/list-areas-below')
const findAreasQuery = sql<AreaRow>('imports/find-areas')
const idQueries = {
  workers: sql<{ town_id: string; id: string }>('imports/list-worker-ids'),
  households: sql<{ town_id: string; id: string }>('imports/list-household-ids'),
  places: sql<{ town_id: string; id: string }>('imports/list-place-ids'),
} as const
const versionsQuery = sql<{
  town_id: string
  grid_code: string
  valid_from: number
  valid_to: number | null
}>('imports/list-grid-versions')
const intervalQueries = {
  assignments: sql<{ town_id: string; key: string[]; valid_from: number; valid_to: number | null }>(
    'imports/list-assignment-intervals',
  ),
  roster: sql<{ town_id: string; key: string[]; valid_from: number; valid_to: number | null }>(
    'imports/list-roster-intervals',
  ),
} as const
const endVersionsQuery = sql<{ ended: number }>('imports/end-grid-versions')
const workersOfGridsQuery = sql<{ worker_id: string }>('imports/list-workers-of-grids')
const insertImportQuery = sql('imports/insert-import')
const listRootsQuery = sql<{ area_code: string }>('imports/list-roots')
const countAreasQuery = sql<{ areas: number }>('imports/count-areas')

const areaOf = (row: AreaRow): KnownArea => ({
  code: row.area_code,
  parentCode: row.parent_code,
  level: row.level,
  name: row.name,
  townId: row.town_id,
  lineage: row.lineage,
  boundary: row.boundary ? (JSON.parse(row.boundary) as MultiPolygon) : null,
})

/** The area and all below it, roots first; empty when there is no such area. */
export async function listAreasBelow(db: Scoped, code: string): Promise<KnownArea[]> {
  return (await db.many(areasBelowQuery, [code])).map(areaOf)
}

/** Areas by code, without boundaries. */
export async function findAreas(db: Scoped, codes: readonly string[]): Promise<KnownArea[]> {
  return (await db.many(findAreasQuery, [codes])).map(areaOf)
}

/** Ids in some towns: id → the towns that have it. */
export async function townsById(
  db: Scoped,
  kind: keyof typeof idQueries,
  towns: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const row of await db.many(idQueries[kind], [towns])) {
    const list = found.get(row.id)
    if (list) list.push(row.town_id)
    else found.set(row.id, [row.town_id])
  }
  return found
}

/** Versions of grids in some towns, `key` being the code alone, oldest first. */
export async function listGridVersions(db: Scoped, towns: readonly string[]): Promise<KnownInterval[]> {
  const rows = await db.many(versionsQuery, [towns])
  return rows.map((row) => ({
    town: row.town_id,
    key: [row.grid_code],
    from: row.valid_from,
    to: row.valid_to,
  }))
}

/** Intervals that must not overlap within their key. */
export async function listIntervals(
  db: Scoped,
  kind: keyof typeof intervalQueries,
  towns: readonly string[],
): Promise<KnownInterval[]> {
  const rows = await db.many(intervalQueries[kind], [towns])
  return rows.map((row) => ({ town: row.town_id, key: row.key, from: row.valid_from, to: row.valid_to }))
}

/** Ends the versions that newer ones follow; what was believed of them until `now` is kept. How many were ended. */
export const endGridVersions = async (
  db: Scoped,
  newer: readonly { readonly town: string; readonly grid: string; readonly from: number }[],
  now: number,
): Promise<number> => {
  const columns = [newer.map((one) => one.town), newer.map((one) => one.grid), newer.map((one) => one.from)]
  return (await db.one(endVersionsQuery, [...columns, now])).ended
}

export async function listWorkersOfGrids(
  db: Scoped,
  town: string,
  grids: readonly string[],
): Promise<string[]> {
  return (await db.many(workersOfGridsQuery, [town, grids])).map((row) => row.worker_id)
}

/** Adds or changes rows; objects with the table's column names, keys distinct, instants as ISO text, geometry as hex EWKB. */
export async function upsertRows(
  db: Scoped,
  kind: UpsertKind,
  rows: readonly object[],
  onBatch?: (done: number) => void,
): Promise<Written> {
  let known = 0
  let written = 0
  for (let from = 0; from < rows.length; from += batchRows) {
    const row = await db.one(upserts[kind], [JSON.stringify(rows.slice(from, from + batchRows))])
    known += row.known
    written += row.written
    onBatch?.(Math.min(from + batchRows, rows.length))
  }
  const added = rows.length - known
  return { added, changed: written - added }
}

/** Notes an import that took place. */
export const noteImport = (
  db: Scoped,
  entry: {
    readonly town: string
    readonly kind: string
    readonly files: readonly string[]
    readonly at: number
    readonly viewer: string
    readonly counts: object
  },
): Promise<number> =>
  db.none(insertImportQuery, [entry.town, entry.kind, entry.files, entry.at, entry.viewer, entry.counts])

/** True while nobody has described any area. */
export const isEmpty = async (db: Scoped): Promise<boolean> => (await db.one(countAreasQuery)).areas === 0

/** Codes of the areas at the roots. */
export const listRoots = async (db: Scoped): Promise<string[]> =>
  (await db.many(listRootsQuery)).map((row) => row.area_code)
