/** The way of a plan: checked, compared, submitted, approved or returned, put in force. */
import { z } from 'zod'
import { checkPlan } from '../../commands/plans/check-plan.ts'
import { decidePlan, submitPlan, withdrawPlan } from '../../commands/plans/decide-plan.ts'
import { groupStates } from '../../commands/plans/decided-grids.ts'
import { enactPlan } from '../../commands/plans/enact-plan.ts'
import { requirePlan } from '../../commands/plans/plan-authority.ts'
import { loadChanges } from '../../commands/plans/plan-changes.ts'
import { giveCodes, suggestCodes } from '../../commands/plans/plan-codes.ts'
import { savedSchema } from '../../contract/plan-edits.ts'
import {
  approveSchema,
  enactedSchema,
  enactSchema,
  giveCodesSchema,
  planChangesSchema,
  planCheckSchema,
  planCodesSchema,
  planDetailSchema,
  returnSchema,
  submitSchema,
  withdrawSchema,
} from '../../contract/plans.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { daySchema } from '../../contract/values.ts'
import type { CheckReport, DivisionInput } from '../../core/coverage/report.ts'
import { dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import { listDecisions, type PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { type Answer, defineRoute, jsonAnswer, type Services } from '../route.ts'
import { onPlan } from './plans.ts'
import { presentChanges, presentPlan, presentPlanCheck, presentPlanDetail } from './present.ts'

const checkOn =
  (services: Services, signal: AbortSignal) =>
  (input: DivisionInput): Promise<CheckReport> =>
    services.thread.run('checkDivision', input, signal)

const onDay = z.strictObject({
  day: daySchema
    .optional()
    .meta({ description: 'Whose grids it is compared with; the plan’s first day or today when absent' }),
})

export const planCheckRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/check',
  tag: 'plans',
  summary: {
    zh: '检查方案',
    en: 'Check a plan: its problems, which of them were accepted, which stand in the way of submitting it',
  },
  params: onPlan,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The report', planCheckSchema),
  async handle({ db, params, now, services, signal }) {
    const plan = await requirePlan(db, params.id)
    return { body: presentPlanCheck(await checkPlan(db, plan, checkOn(services, signal), now)) }
  },
})

export const planChangesRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/changes',
  tag: 'plans',
  summary: {
    zh: '与现行网格比较',
    en: 'What a plan changes of the grids in force, and in which groups it can be approved',
  },
  params: onPlan,
  query: onDay,
  answer: jsonAnswer(200, 'The comparison', planChangesSchema),
  async handle({ db, params, query, now }) {
    const plan = await requirePlan(db, params.id)
    const day = query.day ?? plan.effective_from ?? localDayOf(now)
    const changes = await loadChanges(db, plan, dayBounds(day).from)
    const states = groupStates(changes.groups, await listDecisions(db, plan))
    return { body: presentChanges(changes, states, day) }
  },
})

export const planCodesRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/codes',
  tag: 'plans',
  summary: {
    zh: '建议编码：沿用旧码，新网格按规则编号',
    en: 'Codes for a plan’s grids: old ones go on with most of their households, new grids are numbered by the policy',
  },
  params: onPlan,
  query: onDay,
  answer: jsonAnswer(200, 'The codes, and the edits that give them', planCodesSchema),
  async handle({ db, params, query, now }) {
    const plan = await requirePlan(db, params.id)
    const day = query.day ?? plan.effective_from ?? localDayOf(now)
    const { revision, codes, edits, flaws } = await suggestCodes(db, plan, { day, from: dayBounds(day).from })
    const presented = codes.map(({ from, to, isNew, households, sharedHouseholds }) => ({
      from,
      to,
      is_new: isNew,
      households,
      shared_households: sharedHouseholds,
    }))
    return { body: { revision, codes: presented, edits, flaws } }
  },
})

export const giveCodesRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/codes',
  tag: 'plans',
  summary: { zh: '重新编码：采用建议的编码', en: 'Give a plan’s grids the suggested codes, as one save' },
  params: onPlan,
  query: emptyQuery,
  json: giveCodesSchema,
  answer: jsonAnswer(200, 'The new revision, or the same where no code changes', savedSchema),
  async handle({ db, params, body, now }) {
    const plan = await requirePlan(db, params.id)
    const day = body.day ?? plan.effective_from ?? localDayOf(now)
    const { revision, batch } = body
    const request = { plan: plan.plan_id, revision, batch, now, day, from: dayBounds(day).from }
    return { body: await giveCodes(db, request), cacheControl: 'no-store' }
  },
})

const decided = async (db: Scoped, plan: PlanRow): Promise<Answer> => ({
  body: presentPlanDetail(plan, await listDecisions(db, plan)),
  cacheControl: 'no-store',
})

export const submitPlanRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/submit',
  tag: 'plans',
  summary: { zh: '提交方案', en: 'Submit a plan, to hold from a day on' },
  params: onPlan,
  query: emptyQuery,
  json: submitSchema,
  answer: jsonAnswer(200, 'The plan', planDetailSchema),
  async handle({ db, params, body: { revision, from, reason = null }, now, services, signal }) {
    const request = { plan: params.id, revision, from, reason, now }
    return decided(db, await submitPlan(db, request, checkOn(services, signal)))
  },
})

export const approvePlanRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/approve',
  tag: 'plans',
  summary: { zh: '批准方案或其中几组网格', en: 'Approve a submitted plan, or some groups of its grids' },
  params: onPlan,
  query: emptyQuery,
  json: approveSchema,
  answer: jsonAnswer(200, 'The plan', planDetailSchema),
  async handle({ db, params, body, now, services, signal }) {
    const { revision, grids = null, reason = null } = body
    const request = { plan: params.id, revision, verdict: 'approved', grids, reason, now } as const
    return decided(db, await decidePlan(db, request, checkOn(services, signal)))
  },
})

export const returnPlanRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/return',
  tag: 'plans',
  summary: { zh: '退回方案或其中几组网格', en: 'Return a submitted plan, or some groups of its grids' },
  params: onPlan,
  query: emptyQuery,
  json: returnSchema,
  answer: jsonAnswer(200, 'The plan', planDetailSchema),
  async handle({ db, params, body: { revision, grids = null, reason }, now, services, signal }) {
    const request = { plan: params.id, revision, verdict: 'returned', grids, reason, now } as const
    return decided(db, await decidePlan(db, request, checkOn(services, signal)))
  },
})

export const withdrawPlanRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/withdraw',
  tag: 'plans',
  summary: { zh: '撤回方案', en: 'Take a plan off the table' },
  params: onPlan,
  query: emptyQuery,
  json: withdrawSchema,
  answer: jsonAnswer(200, 'The plan', planDetailSchema),
  async handle({ db, params, body: { revision, reason = null }, now }) {
    return decided(db, await withdrawPlan(db, { plan: params.id, revision, reason, now }))
  },
})

export const enactPlanRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/enact',
  tag: 'plans',
  summary: {
    zh: '使已批准的方案自某日起生效',
    en: 'Put an approved plan in force from a day on: grids, teams, rosters; and what a person must settle',
  },
  params: onPlan,
  query: emptyQuery,
  json: enactSchema,
  answer: jsonAnswer(200, 'What was written', enactedSchema),
  async handle({ db, params, body: { revision, from = null }, now, services }) {
    const enacted = await enactPlan(db, { plan: params.id, revision, from, now })
    if (enacted.staleDays > 0) services.matchSoon(enacted.plan.town_id)
    return {
      body: {
        plan: presentPlan(enacted.plan),
        grids_written: enacted.written,
        grids_retired: [...enacted.retired],
        tasks: enacted.tasks,
        stale_days: enacted.staleDays,
      },
      cacheControl: 'no-store',
    }
  },
})
