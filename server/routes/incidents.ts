/** GET /api/areas/{code}/incidents · GET /api/areas/{code}/incident-summary */
import { z } from 'zod'
import { type Incident, incidentSummarySchema, incidentsSchema } from '../contract/incidents.ts'
import { intervalFields, intervalMessage, isInterval, pageFields } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { hexagonBoundary, pointToHexagon } from '../core/hexagons/hexagon.ts'
import type { AreaScope } from '../db/areas.ts'
import { type IncidentFilter, type IncidentRow, listIncidents, summariseIncidents } from '../db/incidents.ts'
import type { Scoped } from '../db/scoped.ts'
import { loadArea } from './area.ts'
import { decodeCursor, encodeCursor, instantsOf, isoInstant } from './parse.ts'
import { defineRoute, jsonAnswer } from './route.ts'

const usualRows = 200

const hexagonSchema = z.string().regex(/^8[0-9a-f]{14}$/)

export const incidentsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incidents',
  tag: 'incidents',
  summary: { zh: '事件列表', en: 'Incidents, newest first' },
  params: z.object({ code: codeSchema }),
  query: z
    .strictObject({
      ...intervalFields,
      category: z.string().min(1).max(100).optional(),
      grid: codeSchema.optional().meta({ description: 'Only those this grid covered at their moment' }),
      hexagon: hexagonSchema.optional().meta({ description: 'Only those within this H3 cell' }),
      ...pageFields(1000, usualRows),
    })
    .refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(200, 'A page of incidents', incidentsSchema),
  async handle({ db, params, query }) {
    const area = await loadArea(db, params.code)
    const limit = query.limit ?? usualRows
    const filter: IncidentFilter = {
      ...instantsOf(query),
      category: query.category ?? null,
      grid: query.grid ?? null,
      box: query.hexagon === undefined ? null : boxOf(query.hexagon),
    }
    const after = decodeCursor(query.after, 3)
    // One more than asked tells whether there is a next page.
    const rows = await takeIncidents(db, area, filter, query.hexagon, after, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      body: {
        incidents: rows.slice(0, limit).map(presentIncident),
        next: last ? encodeCursor([last.moment, last.town_id, last.incident_id]) : null,
      },
    }
  },
})

export const incidentSummaryRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incident-summary',
  tag: 'incidents',
  summary: { zh: '事件按类别和日期计数', en: 'Incidents counted by category and by day' },
  params: z.object({ code: codeSchema }),
  query: z.strictObject(intervalFields).refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(200, 'The counts', incidentSummarySchema),
  async handle({ db, params, query }) {
    const area = await loadArea(db, params.code)
    const { from, to } = instantsOf(query)
    const { west, south, east, north, categories, days, ...counts } = await summariseIncidents(
      db,
      area,
      from,
      to,
    )
    const bbox =
      west === null || south === null || east === null || north === null ? null : [west, south, east, north]
    return { body: { from: query.from, to: query.to, ...counts, bbox, categories, days } }
  },
})

/**
 * The first `wanted` incidents after a key. A hexagon is no box: the statement narrows to its box, the hexagon itself is decided
 * here as everywhere else, so that a list holds exactly the incidents its hexagon counts.
 */
async function takeIncidents(
  db: Scoped,
  area: AreaScope,
  filter: IncidentFilter,
  hexagon: string | undefined,
  after: readonly string[] | null,
  wanted: number,
): Promise<IncidentRow[]> {
  const taken: IncidentRow[] = []
  let key = after
  while (taken.length < wanted) {
    const page = await listIncidents(db, area, filter, key, wanted)
    for (const row of page) if (hexagon === undefined || isWithin(row, hexagon)) taken.push(row)
    const last = page.at(-1)
    if (!last || page.length < wanted) break
    key = [last.moment, last.town_id, last.incident_id]
  }
  return taken.slice(0, wanted)
}

/** The resolution of an H3 index stands in its second hexadecimal digit. */
const isWithin = (row: IncidentRow, hexagon: string): boolean =>
  row.longitude !== null &&
  row.latitude !== null &&
  pointToHexagon(row.longitude, row.latitude, Number.parseInt(hexagon.charAt(1), 16)) === hexagon

/** The box of a hexagon, with a margin: an edge of H3 is a great circle, not a straight line in degrees. */
function boxOf(hexagon: string): [number, number, number, number] {
  const ring = hexagonBoundary(hexagon).coordinates[0] ?? []
  const xs = ring.map(([x = 0]) => x)
  const ys = ring.map(([, y = 0]) => y)
  const margin = (Math.max(...ys) - Math.min(...ys)) / 20
  return [
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  ]
}

const presentIncident = (row: IncidentRow): Incident => ({
  id: row.incident_id,
  category: row.category,
  severity: row.severity,
  occurred_at: isoInstant(row.occurred_at),
  status: row.status,
  description: row.description,
  grid: row.grid_code,
  declared_grid: row.declared_grid_code,
  lon: row.longitude,
  lat: row.latitude,
  ...(!row.is_exact && { approximate: true as const }),
})
