/** Pages of the ground as it was imported: natural villages, buildings, roads. Nothing in them is about a person. */
import type { Geometry } from 'geojson'
import type { FeatureRecord } from './features.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

interface Row {
  readonly key: string[]
  readonly properties: Record<string, unknown>
  readonly geometry: string
}

const queries = {
  villages: sql<Row>('villages/list-villages'),
  buildings: sql<Row>('buildings/list-buildings'),
  roads: sql<Row>('roads/list-roads'),
}

export type GroundNoun = keyof typeof queries

export const groundNouns = Object.keys(queries) as readonly GroundNoun[]

/** A page after a key, by town and id. */
export async function listGround(
  db: Scoped,
  noun: GroundNoun,
  after: readonly string[] | null,
  limit: number,
): Promise<FeatureRecord[]> {
  const rows = await db.many(queries[noun], [after, limit])
  return rows.map(({ key, properties, geometry }) => ({
    key,
    properties,
    geometry: JSON.parse(geometry) as Geometry,
  }))
}
