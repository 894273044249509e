/** Households with where they stand on the ladder, and who answers for them. */
import type { StandingHousehold } from '../core/households/area-tree.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

interface StandingRow {
  readonly town_id: string
  readonly household_id: string
  readonly village_code: string | null
  readonly grid_code: string | null
  readonly members: number | null
  readonly categories: readonly string[]
  readonly must_visit: boolean
  readonly worker_id: string | null
  readonly visited: boolean
  readonly passed: boolean
}

/** Personal: to be masked, or noted when given out. */
export interface HouseholdCard {
  readonly household_id: string
  readonly head: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly members: number | null
  readonly categories: readonly string[]
  readonly must_visit: boolean
  readonly longitude: number
  readonly latitude: number
}

export interface GridContact {
  readonly town_id: string
  readonly grid_code: string
  readonly grid_name: string | null
  readonly village_code: string | null
  /** Null: nobody answers for the grid. */
  readonly worker_id: string | null
  /** Personal. */
  readonly name: string | null
  /** Personal. */
  readonly phone: string | null
  readonly role: string | null
}

const standingQuery = sql<StandingRow>('households/list-standing')
const cardsQuery = sql<HouseholdCard>('households/list-cards')
const contactsQuery = sql<GridContact>('households/list-contacts')

/** @param from @param to [from, to) in epoch milliseconds: what was reached then; grids and contacts are those at the end */
export async function listStanding(
  db: Scoped,
  area: AreaScope,
  from: number,
  to: number,
): Promise<StandingHousehold[]> {
  const rows = await db.many(standingQuery, [area.towns, area.village, from, to])
  return rows.map((row) => ({
    town: row.town_id,
    id: row.household_id,
    village: row.village_code,
    grid: row.grid_code,
    members: row.members,
    categories: row.categories,
    mustVisit: row.must_visit,
    worker: row.worker_id,
    visited: row.visited,
    passed: row.passed,
  }))
}

export const listCards = (
  db: Scoped,
  town: string,
  households: readonly string[],
): Promise<HouseholdCard[]> => db.many(cardsQuery, [town, households])

/** The grids of an area at the end of a day, one row for each who answers for it. */
export const listGridContacts = (db: Scoped, area: AreaScope, end: number): Promise<GridContact[]> =>
  db.many(contactsQuery, [area.towns, area.village, end])
