/** What the live board is filled from, and what of it a viewer may see. */
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface LatestFix {
  readonly town_id: string
  readonly worker_id: string
  readonly fixed_at: number
  readonly longitude: number
  readonly latitude: number
  readonly accuracy_metres: number | null
  readonly speed_metres_per_second: number | null
  readonly received_at: number | null
}

export interface DutyRow {
  readonly town_id: string
  readonly worker_id: string
  /** Personal. */
  readonly name: string
  readonly role: string | null
  readonly grid_code: string | null
  readonly village_code: string | null
  /** First instant of the grid's version. */
  readonly version_from: number | null
}

/** The part of an area that a viewer may see. */
export interface Watched {
  readonly towns: readonly string[]
  /** Null: all of the towns. */
  readonly villages: readonly string[] | null
}

export interface BoundaryText {
  readonly grid_code: string
  /** First instant of the version. */
  readonly valid_from: number
  readonly boundary: string
}

const boundariesQuery = sql<BoundaryText>('patrols/list-grid-boundaries')
const listLatestQuery = sql<LatestFix>('fixes/list-latest')
const listDutiesQuery = sql<DutyRow>('workers/list-duties')
const findWatchedQuery = sql<Watched>('areas/find-watched')

/** The last fix of every worker in [from, to), epoch milliseconds. */
export const listLatestFixes = (db: Scoped, from: number, to: number): Promise<LatestFix[]> =>
  db.many(listLatestQuery, [from, to])

/** Every worker with the grids assigned at a moment: one row each, or one without a grid. */
export const listDuties = (db: Scoped, at: number): Promise<DutyRow[]> => db.many(listDutiesQuery, [at])

/** Boundaries of a town's grids in force at a moment, as GeoJSON. */
export const listBoundaryTexts = (db: Scoped, town: string, at: number): Promise<BoundaryText[]> =>
  db.many(boundariesQuery, [town, at, at + 1])

export const findWatched = (db: Scoped, area: AreaScope): Promise<Watched> =>
  db.one(findWatchedQuery, [area.towns, area.village])
