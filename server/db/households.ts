/** Households as they are read: where they are, and when somebody last called. No names, phones or addresses pass here. */
import type { HouseholdPoint } from '../core/values.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface VisitedHousehold {
  readonly town_id: string
  readonly household_id: string
  readonly longitude: number
  readonly latitude: number
  readonly must_visit: boolean
  readonly grid_code: string | null
  readonly last_visit_at: number | null
}

export interface ReachedCount {
  readonly grid_code: string
  readonly name: string | null
  readonly households: number
  readonly reached: number
  readonly must_visit: number
  readonly must_visit_reached: number
}

const listPointsQuery = sql<{ household_id: string; longitude: number; latitude: number }>(
  'households/list-points',
)
const countInNoGridQuery = sql<{ households: number }>('households/count-in-no-grid')
const listTownQuery = sql<{ household_id: string; longitude: number; latitude: number }>(
  'households/list-household-points',
)
const listVisitedQuery = sql<VisitedHousehold>('households/list-visited')
const listOfGridsQuery = sql<{
  household_id: string
  longitude: number
  latitude: number
  must_visit: boolean
}>('households/list-of-grids')
const countReachedQuery = sql<ReachedCount>('households/count-reached')

export async function listHouseholdPoints(db: Scoped, area: AreaScope): Promise<HouseholdPoint[]> {
  const rows = await db.many(listPointsQuery, [area.towns, area.village])
  return rows.map((row) => ({ id: row.household_id, longitude: row.longitude, latitude: row.latitude }))
}

/** Every household of a town, for what the service itself reckons. */
export const listTownHouseholds = (
  system: Scoped,
  town: string,
): Promise<{ longitude: number; latitude: number }[]> => system.many(listTownQuery, [town])

/** Households that no ordinary or dedicated grid in force `at` covers. */
export const countHouseholdsInNoGrid = async (db: Scoped, area: AreaScope, at: number): Promise<number> =>
  (await db.one(countInNoGridQuery, [area.towns, area.village, at])).households

/** A page of households with the last visit before `end`, after a (town, household) key. */
export const listVisitedHouseholds = (
  db: Scoped,
  area: AreaScope,
  end: number,
  after: readonly [town: string, household: string] | null,
  limit: number,
): Promise<VisitedHousehold[]> =>
  db.many(listVisitedQuery, [area.towns, area.village, end, after?.[0] ?? null, after?.[1] ?? null, limit])

/** By grid in force at the end: households, and those reached within [from, to). */
export const countReachedHouseholds = (
  db: Scoped,
  area: AreaScope,
  from: number,
  to: number,
): Promise<ReachedCount[]> => db.many(countReachedQuery, [area.towns, area.village, from, to])

export interface GridHousehold extends HouseholdPoint {
  readonly mustVisit: boolean
}

/** Households of a town in the grids in force `at`, and those named, each once. */
export async function listHouseholdsOfGrids(
  db: Scoped,
  town: string,
  grids: readonly string[],
  at: number,
  named: readonly string[],
): Promise<GridHousehold[]> {
  const rows = await db.many(listOfGridsQuery, [town, grids, at, named])
  return rows.map((row) => ({
    id: row.household_id,
    longitude: row.longitude,
    latitude: row.latitude,
    mustVisit: row.must_visit,
  }))
}
