/**
 * GET /api/areas/{code}/coverage?day=                        how old the last visits are and what is overdue, by grid
 * GET /api/areas/{code}/coverage/overdue?kind=&which=…       a list that drives work, worst first
 * GET /api/areas/{code}/coverage/obstacles?day=              workers whose grids are behind, and what stood in the way
 * GET /api/areas/{code}/workers/{worker}/days/{day}/lanes    lanes walked and not walked on a patrol day
 */
import { z } from 'zod'
import { pageFields } from './queries.ts'
import { codeSchema, daySchema, messageSchema } from './values.ts'

const summarySchema = z
  .object({
    total: z.int(),
    asked: z.int().meta({ description: 'Of which the policy asks something; the next four add up to it' }),
    done: z.int(),
    pending: z.int(),
    missed: z.int(),
    interval_not_kept: z.int(),
    share: z.number().nullable().meta({ description: 'done / asked, 0 to 1; null where nothing is asked' }),
    overdue: z.int(),
    never: z.int(),
    oldest_days: z.int().nullable().meta({ description: 'Of those ever visited' }),
    median_days: z.int().nullable().meta({ description: 'Never is older than any; null: never, or nothing' }),
  })
  .meta({ id: 'ObligationSummary' })

const laneSummarySchema = summarySchema.extend({
  metres: z.number(),
  metres_done: z
    .number()
    .nullable()
    .meta({ description: 'Walked in the period; null where nothing is asked' }),
})

export const obligationStatusSchema = z.enum(['pending', 'done', 'missed', 'interval_not_kept'])

export const coverageSchema = z
  .object({
    day: daySchema,
    policy: z.object({ name: z.string(), title: messageSchema }),
    totals: z.object({ households: summarySchema, places: summarySchema, lanes: laneSummarySchema }),
    categories: z
      .array(
        summarySchema.extend({
          kind: z.enum(['household', 'place']),
          category: z.string().meta({ description: 'Of households; of places their kind' }),
        }),
      )
      .meta({ description: 'Whoever belongs to several counts in each' }),
    grids: z.array(
      z.object({
        grid: z.string(),
        name: z.string().nullable(),
        passed_days: z
          .int()
          .nullable()
          .meta({ description: 'Days since anybody who answers for the grid was in it; null: never' }),
        round_status: obligationStatusSchema.nullable(),
        households: summarySchema,
        places: summarySchema,
        lanes: laneSummarySchema,
      }),
    ),
  })
  .meta({ id: 'Coverage' })

export const overdueQuery = z.strictObject({
  day: daySchema.optional().meta({ description: 'A day in Asia/Shanghai; today when absent' }),
  kind: z.enum(['household', 'place', 'lane']),
  which: z
    .enum(['overdue', 'never'])
    .optional()
    .meta({ description: 'Whose due day has passed (usual), or whoever was never visited, due or not' }),
  grid: codeSchema.optional(),
  key: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'true: only must-visit households and key places' }),
  category: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Only households of it, or places of the kind' }),
  worker: codeSchema
    .optional()
    .meta({ description: 'Only what this worker keeps contact with, or answers for (`contact`)' }),
  ...pageFields(2000, 200),
})

const pathSchema = z.array(z.array(z.tuple([z.number(), z.number()])))

export const overdueSchema = z
  .object({
    day: daySchema,
    total: z.int().meta({ description: 'On all pages' }),
    rows: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['household', 'place', 'lane']),
        grid: z.string().nullable(),
        name: z
          .string()
          .nullable()
          .meta({ description: 'Of a place; of a lane its street’s; never a person’s' }),
        is_key: z.boolean(),
        age_days: z.int().nullable().meta({ description: 'null: never' }),
        last_day: daySchema.nullable(),
        due_day: daySchema.nullable(),
        overdue_days: z.int(),
        status: obligationStatusSchema.nullable(),
        lon: z.number(),
        lat: z.number(),
        path: pathSchema.nullable().meta({ description: 'Of a lane: lines in the grid' }),
        metres: z.number().nullable().meta({ description: 'Of a lane' }),
        contact: z
          .object({ worker: z.string(), name: z.string().meta({ description: 'Masked' }) })
          .nullable()
          .meta({ description: 'Who keeps contact with the household; else who answers for the grid' }),
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'Overdue' })

export const dayLanesSchema = z
  .object({
    lanes: z.array(
      z.object({
        id: z.string(),
        grid: z.string(),
        metres: z.number(),
        walked: z.boolean(),
        path: pathSchema,
      }),
    ),
  })
  .meta({ id: 'DayLanes' })

export const obstacleSchema = z.enum([
  'many_households',
  'no_positions',
  'long_silences',
  'poor_positions',
  'device_reports',
])

export const obstaclesSchema = z
  .object({
    day: daySchema,
    workers: z
      .array(
        z.object({
          worker: z.string(),
          name: z.string().meta({ description: 'Masked' }),
          grids: z.array(z.string()),
          households: z.int().meta({ description: 'Of the grids, shared among those who answer for them' }),
          usual_households: z.int().meta({ description: 'The median of the area’s workers' }),
          overdue: z.int().meta({ description: 'Households, places and lanes of the grids' }),
          asked: z.int(),
          obstacles: z.array(obstacleSchema),
          days: z.int().meta({ description: 'Days with a position in the last seven' }),
          hours_unobserved: z.number(),
          hours_unreliable: z.number(),
          reports_refused: z.int(),
        }),
      )
      .meta({ description: 'By worker: this is no ranking' }),
  })
  .meta({ id: 'Obstacles' })

export type Coverage = z.infer<typeof coverageSchema>
export type CoverageOfGrid = Coverage['grids'][number]
export type Overdue = z.infer<typeof overdueSchema>
export type OverdueRow = Overdue['rows'][number]
export type OverdueQuestion = { kind: OverdueRow['kind']; which: 'overdue' | 'never' }
export type DayLanes = z.infer<typeof dayLanesSchema>
export type Obstacles = z.infer<typeof obstaclesSchema>
export type WorkerObstacles = Obstacles['workers'][number]
