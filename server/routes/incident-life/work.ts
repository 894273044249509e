/** What waits in an area, and the policy it is judged by. */
import { z } from 'zod'
import { lifeRules } from '../../commands/incidents/life.ts'
import { listWork, loadWaiting, workVersion } from '../../commands/incidents/work-list.ts'
import { incidentPolicySchema, incidentWorkSchema, workQuery } from '../../contract/incident-life.ts'
import { dayQuery } from '../../contract/queries.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { loadArea } from '../area.ts'
import { decodeCursor, encodeCursor } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { scopeKey } from '../viewer.ts'
import { onArea } from './incident.ts'
import { presentWaiting, workingDayMinutes } from './present.ts'

const usualRows = 200

export const incidentWorkRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incident-work',
  tag: 'incidents',
  summary: { zh: '待办事件，最急的在前', en: 'Incidents that wait, the most pressing first' },
  params: onArea,
  query: workQuery,
  answer: jsonAnswer(200, 'A page of them, with the counts of every list', incidentWorkSchema),
  async handle({ db, params, query, now, services, viewer }) {
    const area = await loadArea(db, params.code)
    const list = query.list ?? 'all'
    const waiting = await services.caches.work.get(
      `${scopeKey(viewer)} ${area.code}`,
      await workVersion(services.database),
      // What is kept for others must not stop because this client goes.
      () => loadWaiting(services.database.as(viewer), area, now),
    )
    const { page, next, lists, states } = await listWork(db, area, waiting, {
      list,
      state: query.state ?? null,
      after: decodeCursor(query.after, 3),
      limit: query.limit ?? usualRows,
      now,
    })
    const { policy } = await lifeRules(db)(area.towns[0] ?? area.code, localDayOf(now))
    return {
      body: {
        list,
        lists,
        states,
        working_day_minutes: workingDayMinutes(policy),
        incidents: page.map(presentWaiting),
        next: next && encodeCursor([...next]),
      },
    }
  },
})

export const incidentPolicyRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incident-policy',
  tag: 'incidents',
  summary: { zh: '事件类别与时限', en: 'Categories and deadlines in force' },
  params: onArea,
  query: dayQuery,
  answer: jsonAnswer(200, 'Of the area’s first township, on the day', incidentPolicySchema),
  async handle({ db, params, query, now }): Promise<{ body: z.infer<typeof incidentPolicySchema> }> {
    const area = await loadArea(db, params.code)
    const day = query.day ?? localDayOf(now)
    const { policy } = await lifeRules(db)(area.towns[0] ?? area.code, day)
    return {
      body: {
        day,
        name: policy.name,
        title: policy.title,
        levels: [...policy.levels],
        answer_working_days: policy.answerWorkingDays,
        take_on_working_days: policy.takeOnWorkingDays,
        emergency_minutes: policy.emergencyMinutes,
        due_soon_working_days: policy.dueSoonWorkingDays,
        counts_as_visit: policy.countsAsVisit,
        categories: policy.categories.map((one) => ({
          code: one.code,
          title: one.title,
          department: one.department,
          urgency: one.urgency,
          closed_by: one.closedBy,
          answer_working_days: one.answerWorkingDays ?? policy.answerWorkingDays,
          take_on_working_days: one.takeOnWorkingDays ?? policy.takeOnWorkingDays,
        })),
      },
    }
  },
})
