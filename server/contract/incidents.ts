/**
 * GET /api/areas/{code}/incidents?from=&to=&category=&grid=&hexagon=&limit=&after=
 * GET /api/areas/{code}/incident-summary?from=&to=        counts by category and by day, for filters and timeline
 * GET /api/areas/{code}/hotspots?from=&to=&category=&resolution=&rings=      contract/hotspots.ts
 * GET /api/areas/{code}/household-coverage?day=&days=7    by grid: households, passed within the days, must-visit
 */
import { z } from 'zod'
import { bboxSchema, daySchema, instantSchema } from './values.ts'

export const incidentSchema = z
  .object({
    id: z.string(),
    category: z.string(),
    severity: z.string().nullable(),
    occurred_at: instantSchema,
    status: z.string(),
    description: z.string().nullable(),
    grid: z.string().nullable().meta({ description: 'Grid in force at that moment at that position' }),
    declared_grid: z.string().nullable(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    approximate: z.literal(true).optional().meta({
      description:
        'The viewer may not see the exact place: it lies near there, always at the same place, and has no description',
    }),
  })
  .meta({ id: 'Incident' })

export const incidentsSchema = z.object({ incidents: z.array(incidentSchema), next: z.string().nullable() })

export const incidentSummarySchema = z.object({
  from: daySchema,
  to: daySchema,
  total: z.int(),
  without_position: z.int(),
  in_no_grid: z.int(),
  bbox: bboxSchema.nullable(),
  categories: z.array(z.object({ category: z.string(), count: z.int() })),
  days: z.array(z.object({ day: daySchema, count: z.int() })),
})

export const householdCoverageSchema = z.object({
  day: daySchema,
  days: z.int(),
  totals: z.object({
    households: z.int(),
    reached: z.int(),
    must_visit: z.int(),
    must_visit_reached: z.int(),
  }),
  grids: z.array(
    z.object({
      grid: z.string(),
      name: z.string().nullable(),
      households: z.int(),
      reached: z.int(),
      must_visit: z.int(),
      must_visit_reached: z.int(),
    }),
  ),
})

export type Incident = z.infer<typeof incidentSchema>
export type Incidents = z.infer<typeof incidentsSchema>
export type IncidentSummary = z.infer<typeof incidentSummarySchema>
export type HouseholdCoverage = z.infer<typeof householdCoverageSchema>
