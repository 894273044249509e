/** Pages of rows as features, for OGC API – Features. */
import type { Geometry } from 'geojson'
import { exactTowns } from './privacy.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export type FeatureNoun = 'areas' | 'grids' | 'households' | 'places' | 'incidents' | 'patrol-days' | 'traces'

export interface FeatureQuery {
  /** west, south, east, north; eight numbers are two boxes, either side of the antimeridian. */
  readonly boxes: readonly number[] | null
  /** Equality filters on the collection's queryables. */
  readonly filters: Readonly<Record<string, string>>
  /** Key of the last feature of the page before. */
  readonly after: readonly string[] | null
  readonly limit: number
  /** Only the feature of this key. */
  readonly key: readonly string[] | null
  /** Both included, null = open. */
  readonly from: number | null
  readonly to: number | null
}

export interface FeatureRecord {
  readonly key: readonly string[]
  readonly properties: Readonly<Record<string, unknown>>
  readonly geometry: Geometry | null
}

interface Row {
  readonly key: string[] | null
  readonly properties: Record<string, unknown>
  readonly geometry: string | null
  readonly matched: number
}

const queries = {
  areas: sql<Row>('features/list-areas'),
  grids: sql<Row>('features/list-grids'),
  households: sql<Row>('features/list-households'),
  places: sql<Row>('features/list-places'),
  incidents: sql<Row>('features/list-incidents'),
  'patrol-days': sql<Row>('features/list-patrol-days'),
  traces: sql<Row>('features/list-traces'),
}

/** What tells where people live, or how many: given out by who may see it. */
const isPrivate: ReadonlySet<FeatureNoun> = new Set(['households', 'incidents', 'patrol-days'])

/** A page and how many features there are on all pages together, from one snapshot. */
export async function listFeatures(
  db: Scoped,
  noun: FeatureNoun,
  query: FeatureQuery,
): Promise<{ matched: number; features: FeatureRecord[] }> {
  const { boxes, filters, after, limit, key, from, to } = query
  const parameters = [boxes, filters, after, limit, key, from, to]
  const rows = await db.many(
    queries[noun],
    isPrivate.has(noun) ? [...parameters, await exactTowns(db)] : parameters,
  )
  const features = rows.flatMap((row) =>
    row.key === null
      ? []
      : [
          {
            key: row.key,
            properties: row.properties,
            geometry: row.geometry === null ? null : (JSON.parse(row.geometry) as Geometry),
          },
        ],
  )
  return { matched: rows[0]?.matched ?? 0, features }
}
