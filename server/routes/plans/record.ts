/** GET /api/areas/{code}/record: what was in force on a day, as it was known at a moment. */
import { z } from 'zod'
import { recordSchema } from '../../contract/plans.ts'
import { codeSchema, daySchema, instantSchema } from '../../contract/values.ts'
import { listKnownGrids } from '../../db/plan-enactment.ts'
import { loadArea } from '../area.ts'
import { isoInstant, momentOf } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'

export const recordRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/record',
  tag: 'plans',
  summary: {
    zh: '某日的现行网格，按当时所知',
    en: 'The grids in force on a day as they were known at a moment: a change and a correction are told apart',
  },
  params: z.object({ code: codeSchema }),
  query: z.strictObject({
    day: daySchema.optional().meta({ description: 'A day in Asia/Shanghai; today when absent' }),
    known_at: instantSchema.optional().meta({ description: 'The moment of the knowledge; now when absent' }),
  }),
  answer: jsonAnswer(200, 'Grids in force at the end of the day, as known then', recordSchema),
  async handle({ db, params, query, now }) {
    const area = await loadArea(db, params.code)
    const { day, at } = momentOf(query.day, now)
    const knownAt = query.known_at === undefined ? now : Date.parse(query.known_at)
    const grids = await listKnownGrids(db, area, at, knownAt)
    return {
      // That nothing else was known a moment later makes no other answer.
      ...(query.known_at === undefined ? { tagged: JSON.stringify([day, grids]) } : {}),
      body: {
        day,
        known_at: isoInstant(knownAt),
        grids: grids.map((grid) => ({
          code: grid.grid_code,
          name: grid.name,
          kind: grid.kind,
          village_code: grid.village_code,
          parent_code: grid.parent_code,
          valid_from: isoInstant(grid.valid_from),
          valid_to: grid.valid_to === null ? null : isoInstant(grid.valid_to),
          recorded_from: Number.isFinite(grid.recorded_from) ? isoInstant(grid.recorded_from) : null,
          recorded_to: grid.recorded_to === null ? null : isoInstant(grid.recorded_to),
          became: grid.became,
          boundary: JSON.parse(grid.boundary) as unknown,
        })),
      },
    }
  },
})
