/** Grids as they are read. Moments are epoch milliseconds; a grid is in force in [valid_from, valid_to). */
import type { AreaGeometry, GridKind } from '../core/values.ts'
import type { AreaScope } from './areas.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface GridRow {
  readonly town_id: string
  readonly grid_code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly village_code: string | null
  readonly village_name: string | null
  readonly parent_code: string | null
  readonly valid_from: number
  readonly valid_to: number | null
  readonly area_m2: number
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
  readonly label_longitude: number
  readonly label_latitude: number
  readonly households: number
  readonly persons: number
  readonly must_visit: number
  readonly places: number
}

export interface DivisionGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly parent: string | null
  readonly geometry: AreaGeometry
}

export interface GridBoundary {
  readonly boundary: AreaGeometry
  readonly history: readonly { readonly from: number; readonly to: number | null; readonly area_m2: number }[]
  readonly categories: readonly { readonly category: string; readonly households: number }[]
}

export interface TeamRow {
  readonly town_id: string
  readonly grid_code: string
  readonly worker_id: string
  /** Personal. */
  readonly name: string
  readonly role: string
}

const listGridsQuery = sql<GridRow>('grids/list-grids')
const findBoundaryQuery = sql<{
  boundary: string
  history: { valid_from: number; valid_to: number | null; area_m2: number }[]
  categories: { category: string; households: number }[]
}>('grids/find-boundary')
const listNeighboursQuery = sql<{ grid_code: string; name: string | null; shared_edge_m: number }>(
  'grids/list-neighbours',
)
const listDivisionQuery = sql<{
  grid_code: string
  name: string | null
  kind: GridKind
  parent_code: string | null
  boundary: string
}>('grids/list-division')
const listTeamsQuery = sql<TeamRow>('workers/list-teams')

/** Grids of an area in force `at`, with what lives in them; of one code when given (as many as towns that use it). */
export const listGrids = (db: Scoped, area: AreaScope, at: number, code?: string): Promise<GridRow[]> =>
  db.many(listGridsQuery, [area.towns, area.village, at, code ?? null])

/** Who answers for which grid `at`, leaders first. */
export const listTeams = (db: Scoped, area: AreaScope, at: number, code?: string): Promise<TeamRow[]> =>
  db.many(listTeamsQuery, [area.towns, at, code ?? null])

export async function findGridBoundary(
  db: Scoped,
  town: string,
  code: string,
  at: number,
): Promise<GridBoundary> {
  const row = await db.one(findBoundaryQuery, [town, code, at])
  return {
    boundary: JSON.parse(row.boundary) as AreaGeometry,
    history: row.history.map((one) => ({
      from: one.valid_from * 1000,
      to: one.valid_to === null ? null : one.valid_to * 1000,
      area_m2: one.area_m2,
    })),
    categories: row.categories,
  }
}

/** Grids that share an edge with one, longest edge first. */
export const listNeighbours = (
  db: Scoped,
  town: string,
  code: string,
  at: number,
): Promise<{ grid_code: string; name: string | null; shared_edge_m: number }[]> =>
  db.many(listNeighboursQuery, [town, code, at])

/** The exact polygons of an area's grids in force `at`. */
export async function loadDivision(db: Scoped, area: AreaScope, at: number): Promise<DivisionGrid[]> {
  const rows = await db.many(listDivisionQuery, [area.towns, area.village, at])
  return rows.map((row) => ({
    code: row.grid_code,
    name: row.name,
    kind: row.kind,
    parent: row.parent_code,
    geometry: JSON.parse(row.boundary) as AreaGeometry,
  }))
}
