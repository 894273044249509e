/** What the closure ladder climbs down: the grids of an area and its households, with where each is registered and where it lies. */
import type { GridKind } from '../core/values.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface ClosureGrid {
  readonly town_id: string
  readonly grid_code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly village_code: string | null
  readonly parent_code: string | null
}

export interface ClosureHousehold {
  readonly town_id: string
  readonly household_id: string
  /** Where it is registered. */
  readonly village_code: string | null
  readonly longitude: number
  readonly latitude: number
  /** Codes of the grids, microgrids too, within which it lies, and of those on whose line it lies; ascending. */
  readonly inside: readonly string[]
  readonly edge: readonly string[]
}

const gridsQuery = sql<ClosureGrid>('closure/list-grids')
const householdsQuery = sql<ClosureHousehold>('closure/list-households')

export const listClosureGrids = (db: Scoped, area: AreaScope, at: number): Promise<ClosureGrid[]> =>
  db.many(gridsQuery, [area.towns, area.village, at])

export const listClosureHouseholds = (db: Scoped, area: AreaScope, at: number): Promise<ClosureHousehold[]> =>
  db.many(householdsQuery, [area.towns, area.village, at])
