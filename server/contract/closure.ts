/** GET /api/areas/{code}/closure?day=: do the households of every level add up to those of the level above? */
import { z } from 'zod'
import { daySchema, messageSchema } from './values.ts'

export const ladderLevelSchema = z.enum(['county', 'township', 'village', 'grid', 'microgrid', 'household'])

const householdsSchema = z.array(z.string())

const ladderGapSchema = z
  .object({
    code: z.string(),
    name: z.string().nullable(),
    total: z.int().meta({ description: 'Households it has' }),
    sum: z.int().meta({ description: 'Households of what belongs to it one level down' }),
    missing: householdsSchema.meta({ description: 'It has them, nothing below does' }),
    doubled: householdsSchema.meta({ description: 'Two or more below have them' }),
    strange: householdsSchema.meta({ description: 'Something below has them, it does not' }),
  })
  .meta({ id: 'LadderGap' })

const ladderStepSchema = z
  .object({
    upper: ladderLevelSchema,
    lower: ladderLevelSchema,
    closes: z.boolean(),
    upper_total: z.int(),
    lower_total: z.int(),
    gaps: z.array(ladderGapSchema),
    orphans: z
      .array(z.object({ code: z.string(), name: z.string().nullable() }))
      .meta({ description: 'Of the lower level, belonging to nothing above' }),
    repeated: z.array(z.string()).meta({ description: 'Codes the lower level has more than once' }),
  })
  .meta({ id: 'LadderStep' })

export const closureSchema = z.object({
  day: daySchema,
  closes: z.boolean(),
  first_open: z
    .int()
    .nullable()
    .meta({ description: 'Index of the first step that does not close; null when all do' }),
  message: messageSchema,
  steps: z
    .array(ladderStepSchema)
    .meta({ description: 'From the area’s own level down; levels without anything are passed over' }),
  positions: z
    .record(z.string(), z.tuple([z.number(), z.number()]))
    .meta({ description: 'Where the households named in the steps live: longitude, latitude' }),
})

export type Closure = z.infer<typeof closureSchema>
export type LadderStep = z.infer<typeof ladderStepSchema>
export type LadderGap = z.infer<typeof ladderGapSchema>
