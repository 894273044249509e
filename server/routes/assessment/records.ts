/** What a month is judged on beside the patrols: duty records and objections. */
import { z } from 'zod'
import { enterDutyRecord, withdrawRecord } from '../../commands/assessment/duty-records.ts'
import { decideOnObjection, object } from '../../commands/assessment/objections.ts'
import {
  decideObjectionSchema,
  dutyRecordSchema,
  dutyRecordsSchema,
  enterDutyRecordSchema,
  type Objection,
  objectionSchema,
  objectionsSchema,
  objectSchema,
} from '../../contract/assessment.ts'
import { emptyQuery, intervalFields, intervalMessage, isInterval } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { type DutyRecord, listDutyRecords, listObjections, type ObjectionRow } from '../../db/assessment.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { loadWhoseRecord } from '../whose.ts'

const onArea = z.object({ code: codeSchema })
const daysOfWorker = z
  .strictObject({ ...intervalFields, worker: codeSchema.optional() })
  .refine(isInterval, { message: intervalMessage, path: ['from'] })

export const dutyRecordsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/duty-records',
  tag: 'assessment',
  summary: { zh: '履职记录', en: 'Duty records: leave, meetings, reports, tasks, findings missed' },
  params: onArea,
  query: daysOfWorker,
  answer: jsonAnswer(200, 'Those that touch the days', dutyRecordsSchema),
  async handle({ db, params, query }) {
    const { area, worker } = await loadWhoseRecord(db, params.code, query.worker)
    const records = await listDutyRecords(db, area, { ...query, worker })
    return { body: { records: records.map(presentRecord) } }
  },
})

export const enterDutyRecordRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/duty-records',
  tag: 'assessment',
  summary: { zh: '登记履职记录', en: 'Enter a duty record, or put it right' },
  params: onArea,
  query: emptyQuery,
  json: enterDutyRecordSchema,
  answer: jsonAnswer(200, 'The record', dutyRecordSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const { record } = await enterDutyRecord(db, area, { ...body, now })
    return { body: presentRecord(record), cacheControl: 'no-store' }
  },
})

export const withdrawDutyRecordRoute = defineRoute({
  method: 'delete',
  path: '/api/areas/{code}/duty-records/{record}',
  tag: 'assessment',
  summary: { zh: '撤销履职记录', en: 'Withdraw a duty record; it stays in the books' },
  params: onArea.extend({ record: codeSchema }),
  query: emptyQuery,
  answer: { status: 204, description: 'Withdrawn' },
  async handle({ db, params, now }) {
    const area = await loadArea(db, params.code)
    await withdrawRecord(db, area, params.record, now)
    return { cacheControl: 'no-store' }
  },
})

const presentRecord = (one: DutyRecord): z.infer<typeof dutyRecordSchema> => ({
  id: one.record_id,
  worker: one.worker_id,
  kind: one.kind,
  from: one.from_day,
  to: one.to_day,
  state: one.state,
  note: one.note,
  entered_by: one.entered_by,
  entered_at: new Date(one.entered_at).toISOString(),
})

export const objectionsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/objections',
  tag: 'assessment',
  summary: { zh: '申诉', en: 'Objections to patrol days' },
  params: onArea,
  query: daysOfWorker,
  answer: jsonAnswer(200, 'Open and decided ones, by day', objectionsSchema),
  async handle({ db, params, query }) {
    const { area, worker } = await loadWhoseRecord(db, params.code, query.worker)
    const rows = await listObjections(db, area, { ...query, worker })
    return { body: { objections: rows.map(presentObjection) } }
  },
})

export const objectRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/objections',
  tag: 'assessment',
  summary: { zh: '提出申诉', en: 'Object to how minutes of a day were read' },
  params: onArea,
  query: emptyQuery,
  json: objectSchema,
  answer: jsonAnswer(201, 'The objection, open', objectionSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const [from, to] = [Date.parse(body.from), Date.parse(body.to)]
    const row = await object(db, area, { worker: body.worker, claim: body.claim, from, to, now })
    return { body: presentObjection(row), cacheControl: 'no-store' }
  },
})

export const decideObjectionRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/objections/{objection}/decide',
  tag: 'assessment',
  summary: { zh: '裁定申诉', en: 'Decide an objection, with a reason' },
  params: onArea.extend({ objection: codeSchema }),
  query: emptyQuery,
  json: decideObjectionSchema,
  answer: jsonAnswer(200, 'The objection, decided', objectionSchema),
  async handle({ db, params, body, now }) {
    const area = await loadArea(db, params.code)
    const row = await decideOnObjection(db, area, {
      id: params.objection,
      verdict: body.verdict,
      creditedSeconds: body.credited_seconds,
      creditedMetres: body.credited_metres,
      reason: body.reason,
      now,
    })
    return { body: presentObjection(row), cacheControl: 'no-store' }
  },
})

const presentObjection = (row: ObjectionRow): Objection => ({
  id: row.objection_id,
  worker: row.worker_id,
  day: row.day,
  from: new Date(row.claimed_from).toISOString(),
  to: new Date(row.claimed_to).toISOString(),
  claim: row.claim,
  entered_by: row.entered_by,
  entered_at: new Date(row.entered_at).toISOString(),
  verdict: row.verdict,
  credited_seconds: row.credited_seconds,
  credited_metres: row.credited_metres,
  reason: row.reason,
  decided_by: row.decided_by,
  decided_at: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
})
