/**
 * Early warnings: clusters that a nightly scan and emerging test found beyond chance, as drafts of a hazard case for a supervisor.
 *
 * GET /api/areas/{code}/warnings?state=&id=&limit=&after=
 * POST /api/areas/{code}/warnings/{id}/decision {state, reason}      confirmed (opens an incident: the hazard case) or dismissed, by whom and why; once
 */
import { z } from 'zod'
import { daySchema, instantSchema, messageSchema } from './values.ts'

export const warningStates = ['draft', 'confirmed', 'dismissed'] as const

const figure = z.number().nullable()

export const warningSchema = z
  .object({
    id: z.string(),
    town: z.string(),
    night: daySchema.meta({ description: 'The night it was found; the days before it are its data' }),
    category: z.string(),
    method: z.enum(['scan', 'emerging']).meta({
      description: 'Prospective space-time permutation scan, or emerging hot spots of the same days',
    }),
    centre: z.tuple([z.number(), z.number()]),
    radius_m: z.number(),
    hexagons: z.array(z.string()),
    grid: z.string().nullable().meta({ description: 'Grid in force that night at the centre' }),
    from: daySchema,
    to: daySchema.meta({ description: 'First day no longer in the window' }),
    observed: z.int(),
    expected: z.number(),
    p: z.number(),
    recurrence_days: z.number().meta({ description: 'By chance, one as strong in so many days' }),
    state: z.enum(warningStates),
    decided_by: z.string().nullable(),
    decided_at: instantSchema.nullable(),
    reason: z.string().nullable(),
    incident: z.string().nullable().meta({ description: 'The hazard case that it opened when confirmed' }),
    followed: z.object({ observed: z.int(), expected: z.number(), days: z.int() }).nullable().meta({
      description:
        'Incidents there in the days after the night, and as many as before would give; null: too early',
    }),
    reading: messageSchema,
  })
  .meta({ id: 'Warning' })

export const warningsSchema = z.object({
  warnings: z.array(warningSchema).meta({ description: 'Newest first' }),
  next: z.string().nullable(),
  counts: z
    .object({ draft: z.int(), confirmed: z.int(), dismissed: z.int() })
    .meta({ description: 'Of all warnings of the area, on whatever page' }),
  accuracy: z
    .object({
      warnings: z.int().meta({ description: 'Old enough to be judged' }),
      followed: z
        .int()
        .meta({ description: 'Of them, those after which more happened there than before would give' }),
      hit_rate: figure.meta({ description: 'Share of the later incidents that lay in the warned ground' }),
      pai: figure.meta({ description: 'Hit rate over the share of ground that was warned of' }),
    })
    .meta({ description: 'How earlier warnings of this area fared' }),
  recurrence_interval_days: z
    .int()
    .meta({ description: 'Of the policy: what is rarer by chance opens a draft' }),
})

export const warningDecisionSchema = z.strictObject({
  state: z.enum(['confirmed', 'dismissed']),
  reason: z.string().trim().min(1).max(2000),
})

export type Warning = z.infer<typeof warningSchema>
export type Warnings = z.infer<typeof warningsSchema>
