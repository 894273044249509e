/** What of an area was visited when, as obligations are judged by. Positions and days; names only of contacts, personal. */
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface SubjectRow {
  readonly town_id: string
  readonly subject_id: string
  /** Null: in no grid. */
  readonly grid_code: string | null
  readonly longitude: number
  readonly latitude: number
  readonly is_key: boolean
  /** Of a household its categories, of a place its kind. */
  readonly categories: readonly string[]
  /** Local day. */
  readonly last_passed: string | null
  /** Epoch milliseconds. */
  readonly last_visited: number | null
}

export interface PlaceRow extends SubjectRow {
  readonly name: string
}

export interface CoveredGrid {
  readonly town_id: string
  readonly grid_code: string
  readonly name: string | null
  /** GeoJSON. */
  readonly boundary: string
  readonly last_passed: string | null
}

export interface PresenceRow {
  readonly town_id: string
  readonly grid_code: string
  readonly presence: readonly { readonly from: number; readonly to: number }[]
}

export interface Contact {
  readonly household_id: string | null
  readonly grid_code: string | null
  readonly worker_id: string
  /** Personal. */
  readonly name: string
}

export interface ObstacleRow {
  readonly town_id: string
  readonly worker_id: string
  /** Personal. */
  readonly name: string
  readonly grids: readonly string[]
  readonly days: number
  readonly seconds: number
  readonly seconds_unobserved: number
  readonly seconds_unreliable: number
  readonly reports_refused: number
}

const householdsQuery = sql<SubjectRow>('coverage/list-households')
const placesQuery = sql<PlaceRow>('coverage/list-places')
export interface VisitRow {
  readonly town_id: string
  readonly subject_id: string
  /** Epoch milliseconds; of a pass the first instant of its day. */
  readonly visited_from: number
  readonly visited_to: number | null
  readonly is_pass: boolean
}

const visitsQuery = sql<VisitRow>('coverage/list-visits-between')
const gridsQuery = sql<CoveredGrid>('coverage/list-grids')
const lanePassesQuery = sql<{ grid_code: string; subject_id: string; last_passed: string }>(
  'coverage/list-lane-passes',
)
const presenceQuery = sql<PresenceRow>('coverage/list-presence')
const firstDayQuery = sql<{ first_day: string | null }>('coverage/find-first-day')
const contactsQuery = sql<Contact>('coverage/list-contacts')
const obstaclesQuery = sql<ObstacleRow>('coverage/list-obstacles')

export const listHouseholdVisits = (db: Scoped, area: AreaScope, day: string): Promise<SubjectRow[]> =>
  db.many(householdsQuery, [area.towns, area.village, day])

export const listPlaceVisits = (db: Scoped, area: AreaScope, day: string): Promise<PlaceRow[]> =>
  db.many(placesQuery, [area.towns, area.village, day])

/** All visits on days [from, to). */
export const listVisitsBetween = (
  db: Scoped,
  area: AreaScope,
  kind: 'household' | 'place',
  days: { readonly from: string; readonly to: string },
): Promise<VisitRow[]> => db.many(visitsQuery, [area.towns, kind, days.from, days.to])

export const listCoveredGrids = (db: Scoped, area: AreaScope, day: string): Promise<CoveredGrid[]> =>
  db.many(gridsQuery, [area.towns, area.village, day])

/** The last day each of these lanes was walked, by `grid lane`. */
export async function lanePasses(
  db: Scoped,
  town: string,
  lanes: readonly { readonly grid: string; readonly lane: string }[],
  day: string,
): Promise<Map<string, string>> {
  const rows = await db.many(lanePassesQuery, [
    town,
    lanes.map((one) => one.grid),
    lanes.map((one) => one.lane),
    day,
  ])
  return new Map(rows.map((row) => [`${row.grid_code} ${row.subject_id}`, row.last_passed]))
}

/** Presence in the grids on days [from, to). */
export const listPresence = (
  db: Scoped,
  area: AreaScope,
  days: { readonly from: string; readonly to: string },
): Promise<PresenceRow[]> => db.many(presenceQuery, [area.towns, area.village, days.from, days.to])

export const findFirstDay = async (db: Scoped, area: AreaScope): Promise<string | null> =>
  (await db.one(firstDayQuery, [area.towns])).first_day

/** Who keeps contact with households of a town, and who answers for its grids. */
export const listContacts = (
  db: Scoped,
  town: string,
  households: readonly string[],
  grids: readonly string[],
  day: string,
): Promise<Contact[]> => db.many(contactsQuery, [town, households, grids, day])

/** The week of each full-time worker that ends with a day. */
export const listObstacles = (db: Scoped, area: AreaScope, day: string): Promise<ObstacleRow[]> =>
  db.many(obstaclesQuery, [area.towns, area.village, day])
