/** Pages of rows as features, for OGC API – Features. */
import type { Geometry } from 'geojson'
import type { Condition } from '../core/filters/condition.ts'
import { featureColumns } from './feature-columns.ts'
import { filtered } from './feature-filter.ts'
import { exactTowns } from './privacy.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export type FeatureNoun = keyof typeof featureColumns

export interface FeatureQuery {
  /** west, south, east, north; eight numbers are two boxes, either side of the antimeridian. */
  readonly boxes: readonly number[] | null
  /** Equality filters on the collection's queryables. */
  readonly filters: Readonly<Record<string, string>>
  /** Beside all others; null: none. */
  readonly condition: Condition | null
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
} satisfies Record<FeatureNoun, unknown>

/** What tells where people live, or how many: given out by who may see it. */
const isPrivate: ReadonlySet<FeatureNoun> = new Set(['households', 'incidents', 'patrol-days'])

/** A page and how many features there are on all pages together, from one snapshot. */
export async function listFeatures(
  db: Scoped,
  noun: FeatureNoun,
  query: FeatureQuery,
): Promise<{ matched: number; features: FeatureRecord[] }> {
  const { boxes, filters, after, limit, key, from, to, condition } = query
  const asked = condition && filtered(queries[noun], condition, featureColumns[noun])
  const rows = await db.many(asked?.query ?? queries[noun], [
    ...[boxes, filters, after, limit, key, from, to],
    ...(isPrivate.has(noun) ? [await exactTowns(db)] : []),
    ...(asked?.parameters ?? []),
  ])
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
