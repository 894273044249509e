/** Drawing on a plan: saves and what was saved. */
import { z } from 'zod'
import { requirePlan } from '../../commands/plans/plan-authority.ts'
import { saveEdits } from '../../commands/plans/save-edits.ts'
import { editsSchema, savedSchema, saveSchema } from '../../contract/plan-edits.ts'
import { emptyQuery, pageFields } from '../../contract/queries.ts'
import { listEdits } from '../../db/plans.ts'
import { decodeCursor, encodeCursor, isoInstant } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { onPlan } from './plans.ts'

const usualEdits = 500

export const saveEditsRoute = defineRoute({
  method: 'post',
  path: '/api/plans/{id}/edits',
  tag: 'plans',
  summary: {
    zh: '保存修改（整批成功或整批不保存）',
    en: 'Save edits, undos and redos: all of them or none. 409 says who saved meanwhile, when and what',
  },
  params: onPlan,
  query: emptyQuery,
  json: saveSchema,
  answer: jsonAnswer(200, 'The new revision', savedSchema),
  async handle({ db, params, body, now }) {
    const { revision, batch, operations } = body
    const saved = await saveEdits(db, { plan: params.id, revision, batch, operations, now })
    return { body: saved, cacheControl: 'no-store' }
  },
})

export const editsRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/edits',
  tag: 'plans',
  summary: { zh: '方案的修改记录', en: 'Every edit of a plan, in order' },
  params: onPlan,
  query: z.strictObject(pageFields(2000, usualEdits)),
  answer: jsonAnswer(200, 'A page of edits', editsSchema),
  async handle({ db, params, query }) {
    const plan = await requirePlan(db, params.id)
    const limit = query.limit ?? usualEdits
    const [revision = 0, seq = 0] = (decodeCursor(query.after, 2) ?? []).map(Number)
    const rows = await listEdits(db, plan, { revision, seq }, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const edits = rows.slice(0, limit).map((row) => ({
      ...row,
      edit: JSON.parse(row.edit) as unknown,
      inverse: JSON.parse(row.inverse) as unknown,
      made_at: isoInstant(row.made_at),
    }))
    return {
      body: { edits, next: last ? encodeCursor([String(last.revision), String(last.seq)]) : null },
    }
  },
})
