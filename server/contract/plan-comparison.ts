/**
 * GET /api/plans/{id}/comparison, the ground of it at …/comparison/ground, and the report of it at /reports/plans/{id}, also with
 * `.pdf` and `.xlsx`.
 */
import { z } from 'zod'
import { bandStatusSchema } from './grids.ts'
import { planChangesSchema } from './plans.ts'
import { codeSchema, daySchema, geometrySchema } from './values.ts'

const positionSchema = z.tuple([z.number(), z.number()])

export const comparisonQuery = z.strictObject({
  with: z
    .union([z.literal('in_force'), codeSchema])
    .optional()
    .meta({ description: 'Id of another plan of the same area; `in_force`, or absent: the grids in force' }),
  day: daySchema.optional().meta({
    description: 'Whose grids, workers and rules count; the plan’s first day or today when absent',
  }),
})

const figuresSchema = z.object({
  grids: z.int(),
  counted: z.int().meta({ description: 'Ordinary grids: those the wanted size is about' }),
  households: z.int().meta({ description: 'Of those grids' }),
  households_in_none: z.int(),
  mean_households: z.number().nullable(),
  top_to_bottom: z.number().nullable().meta({ description: '(most − fewest) / mean' }),
  maximal_deviation: z.number().nullable().meta({ description: 'Largest |households − mean| / mean' }),
  out_of_band: z
    .object({ grids: z.array(z.string()), households: z.int() })
    .nullable()
    .meta({ description: 'Null where no policy says a size' }),
  polsby_popper: z
    .number()
    .nullable()
    .meta({ description: 'Median of 4π·area/perimeter² over all grids, 1 for a circle' }),
})

const sideSchema = z.object({
  plan: z
    .object({ id: z.string(), name: z.string(), revision: z.int() })
    .nullable()
    .meta({ description: 'Null: the grids in force' }),
  figures: figuresSchema,
})

export const planComparisonSchema = z.object({
  before: sideSchema,
  after: sideSchema,
  sizes: z.object({ from: z.int(), to: z.int() }).nullable(),
  codes: z.object({
    kept: z.array(z.string()),
    created: z.array(z.string()),
    retired: z.array(z.string()),
  }),
  difference_nats: z
    .number()
    .meta({ description: 'Variation of information: 0 for divisions alike but for their codes' }),
  ...planChangesSchema.pick({
    day: true,
    households: true,
    area_moved_m2: true,
    grids: true,
    workers: true,
  }).shape,
  moves: z.array(
    planChangesSchema.shape.moves.element.extend({
      persons: z
        .int()
        .meta({ description: 'Of these households; one whose members nobody recorded counts as one' }),
    }),
  ),
})

const comparedGridSchema = z
  .object({
    code: z.string(),
    name: z.string().nullable(),
    kind: z.enum(['ordinary', 'dedicated']),
    households: z.int(),
    band_status: bandStatusSchema,
    changed: z.boolean().meta({
      description:
        'Not on the other side, or there with other households or with a thousandth of its ground different',
    }),
    label_point: positionSchema,
    geometry: geometrySchema,
  })
  .meta({ id: 'ComparedGrid' })

export const comparisonGroundSchema = z.object({
  revision: z.int().meta({ description: 'Of the plan' }),
  day: daySchema,
  before: z.array(comparedGridSchema),
  after: z.array(comparedGridSchema),
  moved: z
    .array(
      z.object({
        household: z.string(),
        position: positionSchema,
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    )
    .meta({
      description: 'Households that change their grid, come into one or leave all; no names, no addresses',
    }),
})

export type PlanComparisonReport = z.infer<typeof planComparisonSchema>
export type ComparisonGround = z.infer<typeof comparisonGroundSchema>
export type ComparedGrid = z.infer<typeof comparedGridSchema>
