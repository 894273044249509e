/**
 * Incidents as they are read: for viewers who may not see where people live, private ones where they are shown. Intervals are half-open, epoch
 * milliseconds.
 */
import type { AreaScope } from './areas.ts'
import { exactTowns } from './privacy.ts'
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

export interface IncidentRow {
  readonly town_id: string
  readonly incident_id: string
  readonly category: string
  readonly severity: string | null
  readonly occurred_at: number
  readonly status: string
  readonly description: string | null
  readonly declared_grid_code: string | null
  readonly longitude: number | null
  readonly latitude: number | null
  /** Grid that covered the position at that moment. */
  readonly grid_code: string | null
  /** `occurred_at` to the microsecond, for the key of the next page. */
  readonly moment: string
  /** Whether it lies where it happened; else near there, without its description. */
  readonly is_exact: boolean
}

export interface IncidentFilter {
  readonly from: number
  readonly to: number
  readonly category: string | null
  readonly grid: string | null
  /** west, south, east, north in degrees. */
  readonly box: readonly [number, number, number, number] | null
}

export interface IncidentSummaryRow {
  readonly total: number
  readonly without_position: number
  readonly in_no_grid: number
  readonly west: number | null
  readonly south: number | null
  readonly east: number | null
  readonly north: number | null
  readonly categories: readonly { readonly category: string; readonly count: number }[]
  readonly days: readonly { readonly day: string; readonly count: number }[]
}

export interface IncidentPoint {
  readonly incident_id: string
  readonly occurred_at: number
  readonly longitude: number | null
  readonly latitude: number | null
}

/** An incident as analyses need it; as `IncidentRecord` of core. */
export interface IncidentRecordRow {
  readonly id: string
  readonly occurredAt: number
  readonly category: string
  readonly severity: string | null
  readonly status: string
  readonly longitude: number | null
  readonly latitude: number | null
}

const listRecordsQuery = sql<{
  incident_id: string
  occurred_at: number
  category: string
  severity: string | null
  status: string
  longitude: number | null
  latitude: number | null
}>('incidents/list-records')
const listIncidentsQuery = sql<IncidentRow>('incidents/list-incidents')
const summariseQuery = sql<IncidentSummaryRow>('incidents/summarise')
const listPointsQuery = sql<IncidentPoint>('incidents/list-points')

/** A page, newest first, after a (moment, town, incident) key. */
export const listIncidents = async (
  db: Scoped,
  area: AreaScope,
  filter: IncidentFilter,
  after: readonly string[] | null,
  limit: number,
): Promise<IncidentRow[]> =>
  db.many(listIncidentsQuery, [
    area.towns,
    area.village,
    filter.from,
    filter.to,
    filter.category,
    filter.grid,
    filter.box,
    after?.[0] ?? null,
    after?.[1] ?? null,
    after?.[2] ?? null,
    limit,
    await exactTowns(db),
  ])

export const summariseIncidents = async (
  db: Scoped,
  area: AreaScope,
  from: number,
  to: number,
): Promise<IncidentSummaryRow> =>
  db.one(summariseQuery, [area.towns, area.village, from, to, await exactTowns(db)])

export const listIncidentPoints = async (
  db: Scoped,
  area: AreaScope,
  from: number,
  to: number,
  category: string | null,
): Promise<IncidentPoint[]> =>
  db.many(listPointsQuery, [area.towns, area.village, from, to, category, await exactTowns(db)])

/** Incidents of an area in [from, to), by id. */
export async function listIncidentRecords(
  db: Scoped,
  area: AreaScope,
  from: number,
  to: number,
): Promise<IncidentRecordRow[]> {
  const rows = await db.many(listRecordsQuery, [area.towns, area.village, from, to, await exactTowns(db)])
  return rows.map(({ incident_id: id, occurred_at: occurredAt, ...row }) => ({ id, occurredAt, ...row }))
}
