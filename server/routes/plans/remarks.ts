/** What people say of a plan, and what they settle after it: comments and tasks. */
import { z } from 'zod'
import { requireViewer } from '../../commands/authority.ts'
import { requirePlan, requireRight } from '../../commands/plans/plan-authority.ts'
import {
  newCommentSchema,
  planCommentsSchema,
  planTasksSchema,
  settleTaskSchema,
} from '../../contract/plan-remarks.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { listTasks, settleTask } from '../../db/plan-enactment.ts'
import { insertComment, listComments, type PlanRow, resolveComment } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { notFound } from '../../errors.ts'
import { type Answer, defineRoute, jsonAnswer } from '../route.ts'
import { onPlan } from './plans.ts'
import { presentComment, presentTask } from './present.ts'

const allComments = async (db: Scoped, plan: PlanRow): Promise<Answer> => ({
  body: { comments: (await listComments(db, plan)).map(presentComment) },
})

async function allTasks(db: Scoped, plan: PlanRow): Promise<Answer> {
  const tasks = (await listTasks(db, plan)).map(presentTask)
  return { body: { open: tasks.filter((task) => task.settled_at === null).length, tasks } }
}

export const commentsRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/comments',
  tag: 'plans',
  summary: { zh: '方案的批注', en: 'Remarks on a plan' },
  params: onPlan,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The remarks, first to last', planCommentsSchema),
  handle: async ({ db, params }) => allComments(db, await requirePlan(db, params.id)),
})

export const commentRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/comments',
  tag: 'plans',
  summary: { zh: '批注：对一个网格、一处地点或整个方案', en: 'Remark on a grid, a place or the whole plan' },
  params: onPlan,
  query: emptyQuery,
  json: newCommentSchema,
  answer: jsonAnswer(201, 'All remarks', planCommentsSchema),
  async handle({ db, params, body, now }) {
    const viewer = requireViewer(db)
    requireRight(viewer, 'remark')
    const plan = await requirePlan(db, params.id)
    const { grid = null, position = null } = body
    const { name: author, role } = viewer
    await insertComment(db, plan, { grid, position, body: body.body, author, role, at: now })
    return { ...(await allComments(db, plan)), cacheControl: 'no-store' }
  },
})

export const resolveCommentRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/comments/{comment}/resolve',
  tag: 'plans',
  summary: { zh: '批注已处理', en: 'Mark a remark as dealt with' },
  params: onPlan.extend({ comment: codeSchema }),
  query: emptyQuery,
  answer: jsonAnswer(200, 'All remarks', planCommentsSchema),
  async handle({ db, params, now }) {
    const viewer = requireViewer(db)
    requireRight(viewer, 'remark')
    const plan = await requirePlan(db, params.id)
    if (!(await resolveComment(db, plan, params.comment, viewer.name, now)))
      throw notFound({ zh: `批注 ${params.comment}`, en: `Remark ${params.comment}` })
    return { ...(await allComments(db, plan)), cacheControl: 'no-store' }
  },
})

export const tasksRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/tasks',
  tag: 'plans',
  summary: { zh: '生效后须由人处理的事项', en: 'What a person must settle after a plan was put in force' },
  params: onPlan,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The tasks, open ones first', planTasksSchema),
  handle: async ({ db, params }) => allTasks(db, await requirePlan(db, params.id)),
})

export const settleTaskRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/tasks/{task}/settle',
  tag: 'plans',
  summary: { zh: '事项已处理', en: 'Mark a task as settled' },
  params: onPlan.extend({ task: z.string().min(1).max(200) }),
  query: emptyQuery,
  json: settleTaskSchema,
  answer: jsonAnswer(200, 'All tasks', planTasksSchema),
  async handle({ db, params, body, now }) {
    const viewer = requireViewer(db)
    requireRight(viewer, 'remark')
    const plan = await requirePlan(db, params.id)
    if (!(await settleTask(db, plan, params.task, viewer.name, now, body.note ?? null)))
      throw notFound({ zh: `事项 ${params.task}`, en: `Task ${params.task}` })
    return { ...(await allTasks(db, plan)), cacheControl: 'no-store' }
  },
})
