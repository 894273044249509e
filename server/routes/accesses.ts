/** GET /api/areas/{code}/accesses: who read personal data, and whose. */
import { z } from 'zod'
import { requireRole } from '../commands/authority.ts'
import { accessActionSchema, accessesSchema } from '../contract/accesses.ts'
import { intervalFields, intervalMessage, isInterval, pageFields } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { listAccesses } from '../db/access.ts'
import { decodeCursor, encodeCursor, instantsOf, isoInstant } from './parse.ts'
import { defineRoute, jsonAnswer } from './route.ts'
import { loadWhose } from './whose.ts'

const usualRows = 500
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()])

export const accessesRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/accesses',
  tag: 'session',
  summary: { zh: '个人信息查阅记录', en: 'Who read personal data' },
  params: z.object({ code: codeSchema }),
  query: z
    .strictObject({
      ...intervalFields,
      worker: codeSchema.optional().meta({ description: 'Whose data' }),
      by: codeSchema.optional().meta({ description: 'The account that read' }),
      action: accessActionSchema.optional(),
      ...pageFields(2000, usualRows),
    })
    .refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(200, 'A page, newest first', accessesSchema),
  async handle({ db, viewer, services, signal, params, query }) {
    requireRole(viewer, ['administrator', 'worker'], deed)
    const { area, worker, only } = await loadWhose(db, params.code, query.worker)
    // Of a worker who sees a village only, the entries are still the worker's.
    const scope = only ? services.database.as({ ...viewer, areas: [only.town] }, { signal }) : db
    const limit = query.limit ?? usualRows
    const after = decodeCursor(query.after, 2, (key) => cursorSchema.safeParse(key).success)
    const rows = await listAccesses(
      scope,
      {
        towns: area.towns,
        ...instantsOf(query),
        worker,
        viewer: query.by ?? null,
        action: query.action ?? null,
      },
      after && { at: Date.parse(after[0]!), id: after[1]! },
      limit + 1,
    )
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return {
      body: {
        from: query.from,
        to: query.to,
        accesses: rows.slice(0, limit).map((row) => ({
          at: isoInstant(row.happened_at),
          by: row.viewer,
          action: row.action,
          subject: row.subject,
          town: row.town_id,
        })),
        next: last ? encodeCursor([isoInstant(last.happened_at), last.entry_id]) : null,
      },
    }
  },
})

const deed = { zh: '查看谁查阅了个人信息', en: 'see who read personal data' }
