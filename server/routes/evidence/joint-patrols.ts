/** Who is registered as patrolling together: their phones are not asked about. */
import { z } from 'zod'
import { enterJointPatrol, withdrawJoint } from '../../commands/evidence/notes.ts'
import {
  enterJointPatrolSchema,
  type JointPatrolAnswer,
  jointPatrolSchema,
  jointPatrolsSchema,
} from '../../contract/evidence.ts'
import { emptyQuery, intervalFields, intervalMessage, isInterval } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { type JointPatrol, listJointPatrols } from '../../db/evidence.ts'
import { loadArea } from '../area.ts'
import { isoInstant } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { loadWhoseRecord } from '../whose.ts'

const onArea = z.object({ code: codeSchema })

export const jointPatrolsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/joint-patrols',
  tag: 'patrols',
  summary: { zh: '联合巡查登记', en: 'Registered joint patrols' },
  params: onArea,
  query: z.strictObject(intervalFields).refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(
    200,
    'Those that touch the days; to a worker’s account those with its own worker',
    jointPatrolsSchema,
  ),
  async handle({ db, params, query }) {
    const { area, worker } = await loadWhoseRecord(db, params.code, undefined)
    const patrols = await listJointPatrols(db, area, query.from, query.to)
    const shown = patrols.filter(({ workers }) => worker === null || workers.includes(worker))
    return { body: { patrols: shown.map(presentPatrol) } }
  },
})

export const enterJointPatrolRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/joint-patrols',
  tag: 'patrols',
  summary: { zh: '登记联合巡查', en: 'Register a joint patrol' },
  params: onArea,
  query: emptyQuery,
  json: enterJointPatrolSchema,
  answer: jsonAnswer(200, 'The record', jointPatrolSchema),
  async handle({ db, params, body, now, services }) {
    const area = await loadArea(db, params.code)
    const patrol = await enterJointPatrol(db, area, { ...body, now })
    services.screenSoon(patrol.town_id)
    return { body: presentPatrol(patrol), cacheControl: 'no-store' }
  },
})

export const withdrawJointPatrolRoute = defineRoute({
  method: 'delete',
  path: '/api/areas/{code}/joint-patrols/{patrol}',
  tag: 'patrols',
  summary: { zh: '撤销联合巡查登记', en: 'Withdraw a joint patrol; it stays in the books' },
  params: onArea.extend({ patrol: codeSchema }),
  query: emptyQuery,
  answer: { status: 204, description: 'Withdrawn' },
  async handle({ db, params, now, services }) {
    const area = await loadArea(db, params.code)
    services.screenSoon(await withdrawJoint(db, area, params.patrol, now))
    return { cacheControl: 'no-store' }
  },
})

const presentPatrol = (one: JointPatrol): JointPatrolAnswer => ({
  id: one.joint_id,
  workers: [...one.workers],
  from: one.from_day,
  to: one.to_day,
  note: one.note,
  entered_by: one.entered_by,
  entered_at: isoInstant(one.entered_at),
})
