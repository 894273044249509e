/** GET /api/areas/{code}/repairs: how the problems of the division in force may be settled. A plan is made of what is chosen. */

import { requireHouseholds } from '../commands/household-right.ts'
import { presentRepair, repairsSchema } from '../contract/repairs.ts'
import type { RepairInput } from '../core/coverage/repair/values.ts'
import type { DivisionInput } from '../core/coverage/report.ts'
import { answerOnDay, areaOnDay } from './area-answer.ts'
import { loadDivisionInput } from './division-input.ts'
import { defineRoute, jsonAnswer } from './route.ts'

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
  ...areaOnDay,
  answer: jsonAnswer(200, 'Every problem of the check, in its order, with what can be done', repairsSchema),
  async handle(call) {
    const body = await answerOnDay(call, 'repairs', async ({ db, area, moment, run }) => {
      await requireHouseholds(db, area.towns)
      const division = await loadDivisionInput(db, area, moment)
      const repairs = await run('proposeRepairs', repairInput(division))
      return { day: moment.day, repairs: repairs.map(presentRepair) }
    })
    return { body }
  },
})
