/** GET /api/plans/{id}/streets: the lines on the ground that a plan's boundaries may follow. */
import { z } from 'zod'

export const planStreetsSchema = z.object({
  streets: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['road', 'rail', 'water', 'wall']),
      name: z.string().nullable(),
      rank: z.int().meta({ description: 'How strong a boundary it makes, 0 the strongest … 5 a path' }),
      crossable: z.boolean(),
      path: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
})

export type PlanStreets = z.infer<typeof planStreetsSchema>
