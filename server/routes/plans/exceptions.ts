/** Problems somebody accepted: of a plan, or of the division in force. */
import { z } from 'zod'
import { type AcceptRequest, acceptProblem, liftProblem } from '../../commands/plans/accept-problem.ts'
import { checkPlan } from '../../commands/plans/check-plan.ts'
import { requirePlan } from '../../commands/plans/plan-authority.ts'
import { acceptProblemSchema, exceptionSchema, exceptionsSchema } from '../../contract/exceptions.ts'
import { dayQuery, emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { listExceptions } from '../../db/exceptions.ts'
import { badRequest } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { loadDivisionInput } from '../division-input.ts'
import { momentOf } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { onPlan } from './plans.ts'
import { presentException } from './present.ts'

const onArea = z.object({ code: codeSchema })

/** Exceptions belong to a township or a village of it. */
function townOf(area: AreaScope): string {
  const [town] = area.towns
  if (area.level !== 'county' && town !== undefined) return town
  throw badRequest({ zh: '请按乡镇（街道）或村（社区）登记', en: 'register it for a township or a village' })
}

export const exceptionsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/exceptions',
  tag: 'plans',
  summary: { zh: '已登记的问题例外', en: 'Problems that somebody accepted in an area or its township' },
  params: onArea,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The exceptions that were not lifted', exceptionsSchema),
  async handle({ db, params }) {
    const area = await loadArea(db, params.code)
    // Whoever looks at a village must know, too, what was accepted for its whole township.
    const exceptions = await listExceptions(db, area.towns, null)
    return { body: { exceptions: exceptions.map(presentException) } }
  },
})

export const acceptProblemRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/exceptions',
  tag: 'plans',
  summary: { zh: '接受现行网格的一个问题', en: 'Accept a problem of the grids in force on a day' },
  params: onArea,
  query: dayQuery,
  json: acceptProblemSchema,
  answer: jsonAnswer(201, 'The exception', exceptionSchema),
  async handle({ db, params, query, body, now, services, signal }) {
    const area = await loadArea(db, params.code)
    const town = townOf(area)
    const input = await loadDivisionInput(db, area, momentOf(query.day, now))
    const { problems } = await services.thread.run('checkDivision', input, signal)
    const request = requestOf(body, town, area.code, now)
    const exception = await acceptProblem(db, problems, request)
    return { body: presentException(exception), cacheControl: 'no-store' }
  },
})

export const acceptPlanProblemRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/exceptions',
  tag: 'plans',
  summary: { zh: '接受方案的一个问题', en: 'Accept a problem of a plan' },
  params: onPlan,
  query: emptyQuery,
  json: acceptProblemSchema,
  answer: jsonAnswer(201, 'The exception', exceptionSchema),
  async handle({ db, params, body, now, services, signal }) {
    const plan = await requirePlan(db, params.id)
    const { report } = await checkPlan(
      db,
      plan,
      (input) => services.thread.run('checkDivision', input, signal),
      now,
    )
    const request = requestOf(body, plan.town_id, plan.area_code, now)
    const exception = await acceptProblem(db, report.problems, request)
    return { body: presentException(exception), cacheControl: 'no-store' }
  },
})

const requestOf = (
  { problem, reason, expires_on }: z.output<typeof acceptProblemSchema>,
  town: string,
  area: string,
  now: number,
): AcceptRequest => ({ town, area, problem, reason, expiresOn: expires_on, now })

export const liftProblemRoute = defineRoute({
  method: 'delete',
  path: '/api/areas/{code}/exceptions/{problem}',
  tag: 'plans',
  summary: { zh: '撤销一个例外', en: 'Lift the exception of a problem: it is open again' },
  params: onArea.extend({ problem: codeSchema }),
  query: emptyQuery,
  answer: { status: 204, description: 'Lifted' },
  async handle({ db, params, now }) {
    const area = await loadArea(db, params.code)
    await liftProblem(db, { town: townOf(area), area: area.code, problem: params.problem, now })
    return { cacheControl: 'no-store' }
  },
})
