/** GET /api/areas/{code}/household-visits · GET /api/areas/{code}/household-coverage */
import { z } from 'zod'
import { requireHouseholds } from '../../commands/household-right.ts'
import { type HouseholdCoverage, householdCoverageSchema } from '../../contract/incidents.ts'
import { type HouseholdVisits, householdVisitsSchema } from '../../contract/patrols.ts'
import { pageFields, wholeNumber } from '../../contract/queries.ts'
import { codeSchema, daySchema } from '../../contract/values.ts'
import { dayBounds, daysBetween, localDayOf } from '../../core/trajectories/local-day.ts'
import { countReachedHouseholds, listVisitedHouseholds } from '../../db/households.ts'
import { loadArea } from '../area.ts'
import { decodeCursor, encodeCursor } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'

const dayMilliseconds = 86_400_000
const usualRows = 50_000

export const householdVisitsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/household-visits',
  tag: 'patrols',
  summary: { zh: '各户距上次走访的天数', en: 'Days since the last visit, per household' },
  params: z.object({ code: codeSchema }),
  query: z.strictObject({ day: daySchema.optional(), ...pageFields(usualRows, usualRows) }),
  answer: jsonAnswer(
    200,
    'Households with their last visit up to the end of the day, evidence of any kind',
    householdVisitsSchema,
  ),
  async handle({ db, now, params, query }) {
    const area = await loadArea(db, params.code)
    await requireHouseholds(db, area.towns)
    const day = query.day ?? localDayOf(now)
    const end = dayBounds(day).to
    const limit = query.limit ?? usualRows
    const key = decodeCursor(query.after, 2)
    const after = key ? ([key[0] ?? '', key[1] ?? ''] as const) : null
    const rows = await listVisitedHouseholds(db, area, end, after, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const visits: HouseholdVisits = {
      day,
      households: rows.slice(0, limit).map((row) => ({
        id: row.household_id,
        lon: row.longitude,
        lat: row.latitude,
        grid: row.grid_code,
        must_visit: row.must_visit,
        days_since: row.last_visit_at === null ? null : daysBetween(localDayOf(row.last_visit_at), day),
      })),
      next: last ? encodeCursor([last.town_id, last.household_id]) : null,
    }
    return { body: visits }
  },
})

export const householdCoverageRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/household-coverage',
  tag: 'patrols',
  summary: { zh: '各网格走访覆盖', en: 'How many households of each grid were reached' },
  params: z.object({ code: codeSchema }),
  query: z.strictObject({ day: daySchema.optional(), days: wholeNumber(1, 366).optional() }),
  answer: jsonAnswer(200, 'Households reached in the days up to and with `day`', householdCoverageSchema),
  async handle({ db, now, params, query }) {
    const area = await loadArea(db, params.code)
    await requireHouseholds(db, area.towns)
    const day = query.day ?? localDayOf(now)
    const days = query.days ?? 7
    const { to } = dayBounds(day)
    const rows = await countReachedHouseholds(db, area, to - days * dayMilliseconds, to)
    const sum = (count: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((n, row) => n + count(row), 0)
    const coverage: HouseholdCoverage = {
      day,
      days,
      totals: {
        households: sum((row) => row.households),
        reached: sum((row) => row.reached),
        must_visit: sum((row) => row.must_visit),
        must_visit_reached: sum((row) => row.must_visit_reached),
      },
      grids: rows.map(({ grid_code, ...counts }) => ({ grid: grid_code, ...counts })),
    }
    return { body: coverage }
  },
})
