/** The monthly sheets, the stars of a quarter, and signing months off. */
import { z } from 'zod'
import { assessArea } from '../../commands/assessment/assess-area.ts'
import { closeMonth, reopen } from '../../commands/assessment/close-month.ts'
import {
  assessmentsSchema,
  closeAnswerSchema,
  closeSchema,
  monthSchema,
  presentSheet,
  quarterSchema,
  rankingSchema,
  reopenAnswerSchema,
  reopenSchema,
} from '../../contract/assessment.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { rankQuarter } from '../../core/assessment/rank-quarter.ts'
import { maskName } from '../../core/policy/mask.ts'
import type { AreaScope } from '../../db/areas.ts'
import { listWorkerNames } from '../../db/assessment.ts'
import type { Scoped } from '../../db/scoped.ts'
import { loadArea } from '../area.ts'
import { isoInstant } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { loadWhoseRecord } from '../whose.ts'

const onMonth = z.object({ code: codeSchema, month: monthSchema })

export const assessmentsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/assessments/{month}',
  tag: 'assessment',
  summary: { zh: '月度考核表', en: 'Monthly sheets of the full-time workers of an area' },
  params: onMonth,
  query: z.strictObject({ worker: codeSchema.optional() }),
  answer: jsonAnswer(200, 'As they were closed, else as they stand now', assessmentsSchema),
  async handle({ db, params, query, now }) {
    const { area, worker } = await loadWhoseRecord(db, params.code, query.worker)
    const request = { month: params.month, worker, now }
    const { policy, workers } = await assessArea(db, area, request)
    const names = await maskedNames(db, area)
    return {
      body: {
        month: params.month,
        policy: { name: policy.name, title: { ...policy.title } },
        sheets: workers.map(({ town_id, worker_id, sheet, closed, closings, differs }) => ({
          ...presentSheet(sheet),
          name: names.get(`${town_id} ${worker_id}`) ?? '',
          closed_by: closed?.closed_by ?? null,
          closed_at: closed ? isoInstant(closed.closed_at) : null,
          closings: closings.map((one) => ({
            ...one,
            closed_at: isoInstant(one.closed_at),
            reopened_at: one.reopened_at === null ? null : isoInstant(one.reopened_at),
          })),
          differs,
        })),
      },
    }
  },
})

async function maskedNames(db: Scoped, area: AreaScope): Promise<Map<string, string>> {
  const rows = await listWorkerNames(db, area)
  return new Map(rows.map((row) => [`${row.town_id} ${row.worker_id}`, maskName(row.name)]))
}

export const rankingRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/rankings/{quarter}',
  tag: 'assessment',
  summary: { zh: '季度星级', en: 'The stars of a quarter; empty where the policy has no ranking' },
  params: z.object({ code: codeSchema, quarter: quarterSchema }),
  query: emptyQuery,
  answer: jsonAnswer(200, 'Best first; to a worker’s account its own place', rankingSchema),
  async handle({ db, params, now }) {
    const { area, worker } = await loadWhoseRecord(db, params.code, undefined)
    const year = params.quarter.slice(0, 4)
    const first = (Number(params.quarter.at(-1)) - 1) * 3 + 1
    const months = [0, 1, 2].map((i) => `${year}-${String(first + i).padStart(2, '0')}`)
    const found = []
    for (const month of months) found.push(await assessArea(db, area, { month, worker: null, now }))
    const sheets = found.flatMap(({ workers }) => workers.map(({ sheet }) => sheet))
    const names = new Map((await listWorkerNames(db, area)).map((row) => [row.worker_id, maskName(row.name)]))
    const places = rankQuarter(sheets, found[0]!.policy).filter(
      (one) => worker === null || one.worker === worker,
    )
    return {
      body: {
        quarter: params.quarter,
        places: places.map((one) => ({ ...one, name: names.get(one.worker) ?? '' })),
      },
    }
  },
})

export const closeMonthRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/assessments/{month}/close',
  tag: 'assessment',
  summary: {
    zh: '月度结账',
    en: 'Sign a month off, with a remark if there is one: the sheets are kept as they are',
  },
  params: onMonth,
  query: emptyQuery,
  json: closeSchema,
  answer: jsonAnswer(200, 'How many workers’ months were closed now', closeAnswerSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const closed = await closeMonth(db, area, { month: params.month, now, remark: body?.remark ?? null })
    return { body: { closed }, cacheControl: 'no-store' }
  },
})

export const reopenMonthRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/assessments/{month}/reopen',
  tag: 'assessment',
  summary: { zh: '重开已结账的月份', en: 'Take a closed month up again, with a reason' },
  params: onMonth,
  query: emptyQuery,
  json: reopenSchema,
  answer: jsonAnswer(200, 'How many workers’ months are open again', reopenAnswerSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const reopened = await reopen(db, area, { month: params.month, now, ...body })
    return { body: { reopened }, cacheControl: 'no-store' }
  },
})
