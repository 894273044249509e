/** Households and places as they are looked for, to say where something happened. */
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface SubjectSearch {
  /** Epoch milliseconds: whose grids count. */
  readonly at: number
  readonly grid: string | null
  /** Lower case; each must be found. */
  readonly words: readonly string[]
  /** The same as regular expressions of an address. */
  readonly patterns: readonly string[]
  readonly limit: number
}

interface Subject {
  readonly town_id: string
  readonly grid_code: string | null
  readonly address: string | null
  readonly longitude: number
  readonly latitude: number
}

/** Head and address are personal. */
export type FoundHousehold = Subject & { readonly household_id: string; readonly head: string | null }
export type FoundPlace = Subject & { readonly place_id: string; readonly name: string }

const searchHouseholdsQuery = sql<FoundHousehold>('households/search')
const searchPlacesQuery = sql<FoundPlace>('places/search')

const valuesOf = (area: AreaScope, { at, grid, words, patterns, limit }: SubjectSearch): unknown[] => [
  area.towns,
  area.village,
  at,
  grid,
  words,
  patterns,
  limit,
]

export const searchHouseholds = (
  db: Scoped,
  area: AreaScope,
  search: SubjectSearch,
): Promise<FoundHousehold[]> => db.many(searchHouseholdsQuery, valuesOf(area, search))

export const searchPlaces = (db: Scoped, area: AreaScope, search: SubjectSearch): Promise<FoundPlace[]> =>
  db.many(searchPlacesQuery, valuesOf(area, search))
