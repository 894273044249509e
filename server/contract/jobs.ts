/**
 * POST /api/areas/{code}/imports/{kind}?crs=&dry_run=&accept_valid=   multipart files → 202 with a job
 * POST /api/areas/{code}/rematch {from, to}: days [from, to)            → 202 with a job
 * POST /api/check   multipart: grids, within, households → the check report with the grids as GeoJSON (nothing is stored)
 * POST /api/match   multipart: traces…, area → patrol days of the files (nothing is stored)
 * GET /api/jobs · GET /api/jobs/{id} · DELETE /api/jobs/{id} (cancel) · GET /api/jobs/{id}/refusals.csv
 */
import { z } from 'zod'
import { daySchema, flawSchema, instantSchema, messageSchema } from './values.ts'

export const importKinds = [
  'areas',
  'grids',
  'villages',
  'buildings',
  'roads',
  'land',
  'households',
  'places',
  'workers',
  'assignments',
  'roster',
  'traces',
  'visits',
  'incidents',
] as const

export const importCountsSchema = z
  .object({
    read: z.int(),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    repeated: z.int().meta({ description: 'Records that repeat another of the same import' }),
  })
  .meta({ id: 'ImportCounts' })

export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['import', 'rematch', 'demo', 'proposals', 'analysis']),
    title: messageSchema,
    state: z.enum(['queued', 'running', 'done', 'refused', 'failed', 'cancelled']),
    ahead: z
      .int()
      .nullable()
      .meta({ description: 'Jobs that must end before this one begins; null once it has begun' }),
    phase: messageSchema.nullable(),
    done: z.number().nullable(),
    total: z.number().nullable(),
    started_at: instantSchema.nullable(),
    ended_at: instantSchema.nullable(),
    counts: importCountsSchema.nullable(),
    dry_run: z.boolean(),
    flaws: z.array(flawSchema).meta({ description: 'The first 200 refusals; all of them in refusals.csv' }),
    notices: z.array(messageSchema),
    error: messageSchema.nullable(),
  })
  .meta({ id: 'Job' })

export const jobsSchema = z.object({ jobs: z.array(jobSchema) })

export const rematchRequestSchema = z.object({ from: daySchema, to: daySchema })

export type ImportKind = (typeof importKinds)[number]
export type ImportCounts = z.infer<typeof importCountsSchema>
export type Job = z.infer<typeof jobSchema>
