/** GET /api/areas/{code}/repairs: how the problems of the division in force may be settled. A plan is made of what is chosen. */
import { z } from 'zod'
import { dayQuery } from '../contract/queries.ts'
import { presentRepair, repairsSchema } from '../contract/repairs.ts'
import { codeSchema } from '../contract/values.ts'
import type { RepairInput } from '../core/coverage/repair/values.ts'
import type { DivisionInput } from '../core/coverage/report.ts'
import { findVersion } from '../db/version.ts'
import { loadArea } from './area.ts'
import { loadDivisionInput } from './division-input.ts'
import { momentOf } from './parse.ts'
import { defineRoute, jsonAnswer } from './route.ts'
import { scopeKey } from './viewer.ts'

/**
 * Dedicated grids are drawn around what they are dedicated to, so none is changed unasked. The same input always gives options
 * the same ids: what is chosen from one answer can be done by the next request.
 */
export const repairInput = (division: DivisionInput): RepairInput => ({
  ...division,
  protectedGrids: division.grids.filter(({ kind }) => kind === 'dedicated').map(({ code }) => code),
})

export const repairsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/repairs',
  tag: 'grids',
  summary: {
    zh: '网格划分问题的修复办法',
    en: 'How the problems of an area’s division on a day may be settled; nothing is changed',
  },
  params: z.object({ code: codeSchema }),
  query: dayQuery,
  answer: jsonAnswer(200, 'Every problem of the check, in its order, with what can be done', repairsSchema),
  async handle({ db, now, params, query, services, viewer }) {
    const area = await loadArea(db, params.code)
    const moment = momentOf(query.day, now)
    const version = await findVersion(services.database)
    const key = `repairs ${scopeKey(viewer)} ${area.code} ${moment.day}`
    const body = await services.caches.checks.get(key, version, async () => {
      // What is kept for others must not stop because this client goes.
      const division = await loadDivisionInput(services.database.as(viewer), area, moment)
      const never = new AbortController().signal
      const repairs = await services.thread.run('proposeRepairs', repairInput(division), never)
      return { day: moment.day, repairs: repairs.map(presentRepair) }
    })
    return { body }
  },
})
