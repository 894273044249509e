/** Streets and registered places of a town, as patrols are matched to them. */
import type { LineString, MultiLineString } from 'geojson'
import type { Road } from '../core/trajectories/lay-lanes.ts'
import type { HouseholdPoint } from '../core/values.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface StoredRoad extends Road {
  readonly name: string | null
  /** The path as it came, GeoJSON. */
  readonly text: string
}

const roadsQuery = sql<{ road_id: string; name: string | null; class: string; path: string }>(
  'coverage/list-roads',
)
const placesQuery = sql<{ place_id: string; longitude: number; latitude: number }>(
  'coverage/list-place-points',
)

export async function listRoads(db: Scoped, town: string): Promise<StoredRoad[]> {
  const rows = await db.many(roadsQuery, [town])
  return rows.map((row) => ({
    id: row.road_id,
    name: row.name,
    class: row.class,
    text: row.path,
    get path() {
      return JSON.parse(row.path) as LineString | MultiLineString
    },
  }))
}

export async function listPlacePoints(db: Scoped, town: string): Promise<HouseholdPoint[]> {
  const rows = await db.many(placesQuery, [town])
  return rows.map((row) => ({ id: row.place_id, longitude: row.longitude, latitude: row.latitude }))
}
