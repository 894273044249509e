/** GET /healthz: the process answers · GET /readyz: the database answers with the migrations this program knows. */
import { z } from 'zod'

export const healthSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Health' })

export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    database: z.enum(['ok', 'unreachable']),
  })
  .meta({ id: 'Readiness' })
