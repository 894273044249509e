/**
 * GET /api/areas/{code}/accesses?from=&to=[&worker=][&by=][&action=][&limit=&after=]   who read personal data, newest first
 * Days [from, to): `to` is the first day no longer counted. A worker's account is told who read what is the
 * worker's own, alone or with everybody's of the township.
 */
import { z } from 'zod'
import { daySchema, instantSchema } from './values.ts'

export const accessActionSchema = z.enum(['reveal', 'search', 'trace', 'live', 'evidence']).meta({
  description:
    'In the clear; looked for by words; where a worker went; where all are now; what was suspected',
})

export const accessSchema = z
  .object({
    at: instantSchema,
    by: z.string().meta({ description: 'The account' }),
    action: accessActionSchema,
    subject: z.string().meta({
      description:
        'Whose data, by id, never the data: `worker:w1`, of a day `worker:w1/2026-10-08`, everybody’s `workers/2026-10-08`, `household:h1,h2`, `area:…`',
    }),
    town: z.string(),
  })
  .meta({ id: 'Access' })

export const accessesSchema = z.object({
  from: daySchema,
  to: daySchema,
  accesses: z.array(accessSchema),
  next: z.string().nullable(),
})

export type Access = z.infer<typeof accessSchema>
export type Accesses = z.infer<typeof accessesSchema>
