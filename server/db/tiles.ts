/** Rows of one tile: shapes as WKB in units of the tile. */
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

/** What the statements need to know of a tile (formats/mvt/tile-frame.ts). */
export interface TileBounds {
  /** With the buffer: west, south, east, north. */
  readonly degrees: readonly number[]
  readonly metres: readonly number[]
  readonly toTile: readonly number[]
}

/** `shape` and `label_shape` are WKB or null; the rest are properties. */
export type TileRow = Readonly<Record<string, string | number | boolean | Buffer | null>>

const queries = {
  areas: sql<TileRow>('tiles/list-areas'),
  grids: sql<TileRow>('tiles/list-grids'),
  villages: sql<TileRow>('tiles/list-villages'),
  households: sql<TileRow>('tiles/list-households'),
  householdCounts: sql<TileRow>('tiles/count-households'),
  buildings: sql<TileRow>('tiles/list-buildings'),
  roads: sql<TileRow>('tiles/list-roads'),
  land: sql<TileRow>('tiles/list-land'),
  traces: sql<TileRow>('tiles/list-traces'),
}

export type TileQuery = keyof typeof queries

export const listTileRows = (
  db: Scoped,
  query: TileQuery,
  tile: TileBounds,
  parameters: readonly unknown[] = [],
): Promise<TileRow[]> => db.many(queries[query], [tile.degrees, tile.metres, tile.toTile, ...parameters])
