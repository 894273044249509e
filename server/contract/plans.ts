/**
 * Plans: GET, POST /api/areas/{code}/plans · GET /api/plans/{id} and under it drawing, grids, check, changes, edits (POST saves),
 * submit, approve, return, withdraw, enact. Comments and tasks: plan-remarks.ts.
 * Every step carries the revision its author had before them: on another one it is refused with 409 and who was quicker.
 */
import { z } from 'zod'
import { checkProblemSchema, checkReportSchema } from './check.ts'
import { exceptionSchema } from './exceptions.ts'
import { editSchema, planGridSchema, saveSchema } from './plan-edits.ts'
import { codeSchema, daySchema, flawSchema, geometrySchema, instantSchema, messageSchema } from './values.ts'

export const planStatusSchema = z.enum([
  'draft',
  'submitted',
  'returned',
  'approved',
  'in_force',
  'superseded',
  'withdrawn',
])

export const planSchema = z
  .object({
    id: z.string(),
    area_code: z.string(),
    area_name: z.string(),
    name: z.string(),
    status: planStatusSchema,
    source: z.enum(['division', 'plan', 'import', 'proposal', 'atoms']),
    based_on_plan: z.string().nullable(),
    based_on_day: daySchema.nullable(),
    revision: z.int(),
    effective_from: daySchema
      .nullable()
      .meta({ description: 'First day: proposed when submitted, settled when put in force' }),
    effective_to: daySchema.nullable().meta({ description: 'First day on which another plan has its place' }),
    note: z.string().nullable(),
    created_by: z.string(),
    created_at: instantSchema,
    updated_by: z.string(),
    updated_at: instantSchema,
  })
  .meta({ id: 'Plan' })

export const plansSchema = z.object({ plans: z.array(planSchema) })

export const planDecisionSchema = z
  .object({
    kind: z.enum(['submitted', 'approved', 'returned', 'enacted', 'superseded', 'withdrawn']),
    grids: z.array(z.string()).nullable().meta({ description: 'Null: the whole plan' }),
    reason: z.string().nullable(),
    revision: z.int(),
    decided_by: z.string(),
    decided_role: z.string(),
    decided_at: instantSchema,
  })
  .meta({ id: 'PlanDecision' })

export const planDetailSchema = planSchema
  .extend({ decisions: z.array(planDecisionSchema) })
  .meta({ id: 'PlanDetail' })

const origin = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('atoms') }),
  z.strictObject({
    source: z.literal('division'),
    day: daySchema.optional().meta({ description: 'Whose grids; today when absent' }),
    repairs: z.array(z.string().min(1).max(200)).max(5000).optional().meta({
      description: 'Options of GET /api/areas/{code}/repairs on that day, done before the plan begins',
    }),
  }),
  z.strictObject({ source: z.literal('plan'), plan: codeSchema }),
  z.strictObject({
    source: z.literal('proposal'),
    plan: codeSchema.meta({ description: 'The plan on whose atoms it was proposed' }),
    grids: z.array(planGridSchema).min(1).max(2000),
    assignment: z.record(z.string(), codeSchema).meta({ description: 'Atom → grid' }),
  }),
])

export const createPlanSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  note: z.string().max(2000).nullable().optional(),
  from: origin,
})

/** What was decided about the ground of a new plan. */
export const groundNoteSchema = z
  .object({
    code: z.string(),
    ids: z.array(z.string()),
    place: z.tuple([z.number(), z.number()]).nullable(),
    message: messageSchema,
  })
  .meta({ id: 'GroundNote' })

/** Ground on which a division is not as it was given, and what became of it. */
export const residueSchema = z
  .object({
    kind: z.enum(['overlap', 'gap', 'sliver', 'other_village', 'outside']),
    grids: z.array(z.string()),
    given: z.string().nullable().meta({ description: 'The grid it went to' }),
    area_m2: z.number(),
    households: z.int(),
    geometry: geometrySchema,
  })
  .meta({ id: 'Residue' })

export const createdPlanSchema = planSchema
  .extend({ notes: z.array(groundNoteSchema), residue: z.array(residueSchema) })
  .meta({ id: 'CreatedPlan' })

/** A drawing as core/planning/drawing/drawing-json.ts writes it. */
export const drawingSchema = z.looseObject({ version: z.literal(1) }).meta({ id: 'Drawing' })

export const planGridsSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      geometry: geometrySchema,
      properties: planGridSchema.omit({ locked: true }),
    }),
  ),
})

export const planCheckSchema = z.object({
  revision: z.int(),
  report: checkReportSchema.omit({ problems: true }),
  unassigned: z.array(z.string()).meta({ description: 'Atoms that no grid has' }),
  submittable: z.boolean().meta({ description: 'No problem stands in the way' }),
  problems: z.array(
    checkProblemSchema.extend({
      status: z.enum(['open', 'excepted', 'expired', 'reopened']).meta({
        description: 'expired, reopened: accepted once, but its time is up or its geometry another',
      }),
      blocks: z.boolean().meta({ description: 'It stands in the way of submitting the plan' }),
      exception: exceptionSchema.nullable(),
    }),
  ),
})

export const planChangesSchema = z.object({
  revision: z.int(),
  day: daySchema.meta({ description: 'Compared with the grids in force at its beginning' }),
  households: z.object({
    total: z.int(),
    kept: z.int(),
    moved: z.int(),
    entered: z.int(),
    left: z.int(),
    in_none: z.int(),
  }),
  area_moved_m2: z.number(),
  moves: z.array(
    z.object({
      from: z.string().nullable(),
      to: z.string().nullable(),
      households: z.array(z.string()),
      area_m2: z.number(),
    }),
  ),
  grids: z.array(
    z.object({
      code: z.string(),
      status: z.enum(['kept', 'created', 'retired']),
      renamed: z.boolean(),
      households_before: z.int(),
      households_after: z.int(),
      households_gained: z.int(),
      households_lost: z.int(),
      area_gained_m2: z.number(),
      area_lost_m2: z.number(),
    }),
  ),
  groups: z
    .array(
      z.object({
        grids: z.array(z.string()),
        households: z.int(),
        area_m2: z.number(),
        state: z.enum(['pending', 'approved', 'returned']),
      }),
    )
    .meta({ description: 'Grids that are approved together or not at all' }),
  workers: z.array(
    z.object({
      worker: z.string(),
      grids: z.array(z.string()),
      retired_grids: z.array(z.string()),
      households_before: z.int(),
      households_after: z.int(),
      roster_leaving: z.int(),
      roster_staying: z.int(),
    }),
  ),
})

export const planCodesSchema = z.object({
  revision: z.int(),
  codes: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      is_new: z.boolean().meta({ description: 'Never used before; else it is an old code that goes on' }),
      households: z.int().meta({ description: 'Of the plan’s grid' }),
      shared_households: z.int().meta({ description: 'Those of them that the old grid of this code had' }),
    }),
  ),
  edits: z.array(editSchema).meta({ description: 'What makes it so, to be saved on this revision' }),
  flaws: z.array(flawSchema),
})

const revision = z.int().min(1).meta({ description: 'The revision you have before you' })

export const giveCodesSchema = z.strictObject({
  revision,
  batch: saveSchema.shape.batch,
  day: daySchema.optional().meta({
    description: 'Whose grids the codes are taken over from; the plan’s first day or today when absent',
  }),
})
const reason = z.string().trim().min(1).max(2000)

export const submitSchema = z.strictObject({
  revision,
  from: daySchema.meta({ description: 'First day on which the grids are to hold' }),
  reason: reason.nullable().optional(),
})

const grids = z
  .array(codeSchema)
  .min(1)
  .nullable()
  .optional()
  .meta({ description: 'Whole groups; null: all that is undecided' })

export const approveSchema = z.strictObject({ revision, grids, reason: reason.nullable().optional() })
export const returnSchema = z.strictObject({ revision, grids, reason })
export const withdrawSchema = z.strictObject({ revision, reason: reason.nullable().optional() })

export const enactSchema = z.strictObject({
  revision,
  from: daySchema.nullable().optional().meta({ description: 'Another first day than the one submitted' }),
})

export const enactedSchema = z.object({
  plan: planSchema,
  grids_written: z.int(),
  grids_retired: z.array(z.string()),
  tasks: z.int().meta({ description: 'What a person must settle' }),
  stale_days: z.int().meta({ description: 'Worker days that are matched again' }),
})

export const recordSchema = z.object({
  day: daySchema,
  known_at: instantSchema,
  grids: z.array(
    z.object({
      code: z.string(),
      name: z.string().nullable(),
      kind: z.enum(['ordinary', 'dedicated', 'microgrid']),
      village_code: z.string().nullable(),
      parent_code: z.string().nullable(),
      valid_from: instantSchema,
      valid_to: instantSchema.nullable(),
      recorded_from: instantSchema.nullable().meta({ description: 'Null: since ever' }),
      recorded_to: instantSchema.nullable().meta({ description: 'Null: it is known so now' }),
      became: z.enum(['ended', 'corrected', 'removed']).nullable().meta({
        description: 'What became of this knowledge: the grid changed; it was wrong; it never held',
      }),
      boundary: geometrySchema,
    }),
  ),
})

export type CreatedPlan = z.infer<typeof createdPlanSchema>
export type Plan = z.infer<typeof planSchema>
export type PlanDetail = z.infer<typeof planDetailSchema>
export type PlanCheckReport = z.infer<typeof planCheckSchema>
export type PlanChangesReport = z.infer<typeof planChangesSchema>
export type PlanCodes = z.infer<typeof planCodesSchema>
export type GridRecord = z.infer<typeof recordSchema>
