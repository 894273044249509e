/** GET /api/areas/{code}/patrol-days · GET /api/areas/{code}/workers/{worker}/days/{day} */
import { z } from 'zod'
import { householdRight } from '../commands/household-right.ts'
import { noteTrace } from '../commands/privacy/note-trace.ts'
import { presentPatrolDay } from '../contract/match.ts'
import { patrolDayDetailSchema, patrolDaysSchema } from '../contract/patrols.ts'
import { flagSchema, intervalFields, intervalMessage, isInterval, pageFields } from '../contract/queries.ts'
import { codeSchema, daySchema } from '../contract/values.ts'
import { maskName } from '../core/policy/mask.ts'
import { fourHoursThreeKilometres } from '../core/policy/patrol-policy.ts'
import { workingDaysBetween } from '../core/policy/working-days.ts'
import { dayBounds, localDayOf } from '../core/trajectories/local-day.ts'
import { noteAccess } from '../db/access.ts'
import { listDayVisits } from '../db/check-ins.ts'
import { listHouseholdsOfGrids } from '../db/households.ts'
import { findDrawnDay, listAbsent, listPatrolDays, listPatrolResults } from '../db/patrols.ts'
import { findPolicy } from '../db/policies.ts'
import { notFound } from '../errors.ts'
import { decodeCursor, encodeCursor } from './parse.ts'
import { presentDayDetail, presentPatrolDayRow } from './present-patrols.ts'
import { defineRoute, jsonAnswer } from './route.ts'
import { loadWhose } from './whose.ts'

const usualRows = 500

export const patrolDaysRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/patrol-days',
  tag: 'patrols',
  summary: { zh: '巡查日', en: 'Patrol days: one row a worker, grid and day' },
  params: z.object({ code: codeSchema }),
  query: z
    .strictObject({ ...intervalFields, worker: codeSchema.optional(), ...pageFields(2000, usualRows) })
    .refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(200, 'A page of rows; the first page also says who was absent', patrolDaysSchema),
  async handle({ db, now, params, query }) {
    const { area, worker } = await loadWhose(db, params.code, query.worker)
    const limit = query.limit ?? usualRows
    const after = decodeCursor(query.after, 4)
    const rows = await listPatrolDays(db, area, query, worker, after, limit + 1)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const seesHouseholds = await householdRight(db)
    const absent = after === null ? await listAbsent(db, area, pastWorkingDays(query, now)) : []
    return {
      body: {
        from: query.from,
        to: query.to,
        rows: rows.slice(0, limit).map((row) => presentPatrolDayRow(row, seesHouseholds(row.town_id))),
        absent: absent
          .filter((one) => worker === null || one.worker_id === worker)
          .map((one) => ({
            worker: one.worker_id,
            name: maskName(one.name),
            role: one.role,
            grid: one.grid_code,
            day: one.day,
          })),
        next: last ? encodeCursor([last.day, last.town_id, last.worker_id, last.grid_code]) : null,
      },
    }
  },
})

/** Working days of the interval that have ended: nobody is absent from a day that still runs. */
function pastWorkingDays({ from, to }: { from: string; to: string }, now: number): string[] {
  const today = localDayOf(now)
  return workingDaysBetween(from, to < today ? to : today)
}

export const patrolDayRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/workers/{worker}/days/{day}',
  tag: 'patrols',
  summary: { zh: '一个巡查日的依据', en: 'One patrol day explained, with its drawn trace' },
  params: z.object({ code: codeSchema, worker: codeSchema, day: daySchema }),
  query: z.strictObject({
    reveal: flagSchema.optional().meta({ description: 'Give the name in the clear; the access is noted' }),
  }),
  answer: jsonAnswer(200, 'The day', patrolDayDetailSchema),
  async handle({ db, now, viewer, params, query }) {
    const { worker, day } = params
    const { area } = await loadWhose(db, params.code, worker)
    const results = await listPatrolResults(db, area, worker, day)
    const town = results[0]?.town_id
    if (town === undefined)
      throw notFound({ zh: `${worker} 在 ${day} 的巡查`, en: `A patrol of ${worker} on ${day}` })
    const next = localDayOf(dayBounds(day).to)
    const rows = await listPatrolDays(db, area, { from: day, to: next }, worker, null, results.length + 1)
    const ofTown = results.filter((one) => one.town_id === town)
    const passed = [...new Set(ofTown.flatMap((one) => one.result.households.passed))]
    const grids = ofTown.map((one) => one.grid_code)
    const households = await listHouseholdsOfGrids(db, town, grids, dayBounds(day).to - 1, passed)
    const entered = await listDayVisits(db, area, worker, day)
    const seesHouseholds = (await householdRight(db))(town)
    const policy = await findPolicy(db, { lineage: [...area.lineage, town] }, 'patrol', day)
    await noteTrace(db, { towns: [town], worker, day, now })
    if (query.reveal === true)
      await noteAccess(db, {
        town,
        at: now,
        viewer: viewer.name,
        action: 'reveal',
        subject: `worker:${worker}`,
      })
    return {
      body: presentDayDetail({
        day,
        rows: rows.filter((one) => one.town_id === town),
        results: ofTown.map((one) => presentPatrolDay(worker, one.result)),
        stored: ofTown.map((one) => one.result),
        drawn: await findDrawnDay(db, town, worker, day),
        households: seesHouseholds ? households : null,
        visited: new Set(entered.filter(({ kind }) => kind === 'household').map((one) => one.subject_id)),
        policy: { ...fourHoursThreeKilometres, ...(policy?.rules as object | undefined) },
        reveal: query.reveal === true,
      }),
    }
  },
})
