/** What people say of a plan and what they settle after it: comments, tasks, under /api/plans/{id}. */
import { z } from 'zod'
import { codeSchema, instantSchema } from './values.ts'

export const planCommentSchema = z
  .object({
    id: z.string(),
    grid: z.string().nullable(),
    position: z.tuple([z.number(), z.number()]).nullable(),
    body: z.string(),
    revision: z.int(),
    author: z.string(),
    author_role: z.string(),
    made_at: instantSchema,
    resolved_by: z.string().nullable(),
    resolved_at: instantSchema.nullable(),
  })
  .meta({ id: 'PlanComment' })

export const planCommentsSchema = z.object({ comments: z.array(planCommentSchema) })

export const newCommentSchema = z.strictObject({
  body: z.string().trim().min(1).max(4000),
  grid: codeSchema.nullable().optional(),
  position: z
    .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
    .nullable()
    .optional(),
})

export const planTaskSchema = z
  .object({
    id: z.string(),
    kind: z.enum([
      'grid_without_leader',
      'grid_without_worker',
      'worker_without_grid',
      'roster_moved',
      'roster_undecided',
    ]),
    grid: z.string().nullable(),
    worker: z.string().nullable(),
    households: z.array(z.string()),
    settled_by: z.string().nullable(),
    settled_at: instantSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PlanTask' })

export const planTasksSchema = z.object({ open: z.int(), tasks: z.array(planTaskSchema) })
export const settleTaskSchema = z.strictObject({ note: z.string().max(2000).nullable().optional() })

export type PlanComment = z.infer<typeof planCommentSchema>
export type PlanTask = z.infer<typeof planTaskSchema>
export type PlanTasks = z.infer<typeof planTasksSchema>
