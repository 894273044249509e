/** Problems that somebody accepted: GET, POST /api/areas/{code}/exceptions · POST /api/plans/{id}/exceptions. */
import { z } from 'zod'
import { problemCodeSchema } from './check.ts'
import { daySchema, instantSchema } from './values.ts'

export const exceptionSchema = z
  .object({
    area_code: z.string(),
    problem: z.string(),
    code: problemCodeSchema,
    grids: z.array(z.string()),
    fingerprint: z
      .string()
      .meta({ description: 'Of its geometry when it was accepted: with another one it is open again' }),
    reason: z.string(),
    expires_on: daySchema.nullable().meta({ description: 'First day on which it no longer holds' }),
    author: z.string(),
    made_at: instantSchema,
  })
  .meta({ id: 'ProblemException' })

export const exceptionsSchema = z.object({ exceptions: z.array(exceptionSchema) })

export const acceptProblemSchema = z.strictObject({
  problem: z.string().min(1).max(100).meta({ description: 'Its id, as the check gives it' }),
  reason: z.string().trim().min(1).max(2000),
  expires_on: daySchema.nullable(),
})

export type ProblemException = z.infer<typeof exceptionSchema>
