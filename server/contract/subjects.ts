/** GET /api/areas/{code}/subjects?kind=&find=[&grid=&reveal=]      households or places, to say where an incident was */
import { z } from 'zod'
import { flagSchema, wholeNumber } from './queries.ts'
import { codeSchema } from './values.ts'

export const subjectsQuery = z.strictObject({
  kind: z.enum(['household', 'place']),
  find: z.string().trim().min(1).max(100).meta({
    description:
      'Words, each of which is in the name of head or place, the address or the grid, or begins the id; a number is a whole one',
  }),
  grid: codeSchema.optional().meta({ description: 'Only those in this grid' }),
  reveal: flagSchema.optional().meta({
    description:
      'Names and addresses of households in the clear, for supervisors and administrators; the access is noted',
  }),
  limit: wholeNumber(1, 50).optional().meta({ description: 'At most 50; 20 when absent' }),
})

export const subjectsSchema = z
  .object({
    kind: z.enum(['household', 'place']),
    subjects: z.array(
      z.object({
        id: z.string(),
        town: z.string(),
        grid: z.string().nullable(),
        name: z.string().nullable().meta({ description: 'Of the place; of a household its head, masked' }),
        address: z.string().nullable().meta({ description: 'Of a household masked' }),
        lon: z.number(),
        lat: z.number(),
      }),
    ),
    more: z.boolean().meta({ description: 'There are others: more words tell them apart' }),
  })
  .meta({ id: 'Subjects' })

export type Subjects = z.infer<typeof subjectsSchema>
