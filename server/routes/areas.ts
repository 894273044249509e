/** GET /api/areas · GET /api/areas/{code} */
import { z } from 'zod'
import { householdRight } from '../commands/household-right.ts'
import { type Area, areaDetailSchema, areasSchema } from '../contract/areas.ts'
import { emptyQuery } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { localDayOf } from '../core/trajectories/local-day.ts'
import { type AreaSummary, listAreas } from '../db/areas.ts'
import { notFound } from '../errors.ts'
import { loadArea } from './area.ts'
import { defineRoute, jsonAnswer } from './route.ts'

export const areasRoute = defineRoute({
  method: 'get',
  path: '/api/areas',
  tag: 'areas',
  summary: { zh: '行政区树及概况', en: 'The tree of areas, with what is in each' },
  params: z.object({}),
  query: emptyQuery,
  answer: jsonAnswer(200, 'Areas the viewer may see, and those above them; roots first', areasSchema),
  async handle({ db, now }) {
    const areas = await listAreas(db, now)
    const seesHouseholds = await householdRight(db)
    return { body: { areas: areas.map((row) => presentArea(row, seesHouseholds(row.town_id))) } }
  },
})

export const areaRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}',
  tag: 'areas',
  summary: { zh: '一个行政区', en: 'One area with its boundary' },
  params: z.object({ code: codeSchema }),
  query: emptyQuery,
  answer: jsonAnswer(200, 'The area', areaDetailSchema),
  async handle({ db, now, params }) {
    const area = await loadArea(db, params.code)
    const summary = (await listAreas(db, now)).find((one) => one.area_code === area.code)
    if (!summary) throw notFound({ zh: `区域 ${params.code}`, en: `Area ${params.code}` })
    const seesHouseholds = (await householdRight(db))(summary.town_id)
    return { body: { ...presentArea(summary, seesHouseholds), boundary: area.boundary } }
  },
})

function presentArea(row: AreaSummary, seesHouseholds: boolean): Area {
  const { west, south, east, north } = row
  return {
    code: row.area_code,
    parent_code: row.parent_code,
    level: row.level,
    name: row.name,
    town_id: row.town_id,
    bbox:
      west === null || south === null || east === null || north === null ? null : [west, south, east, north],
    grids: row.grids,
    households: seesHouseholds ? row.households : null,
    last_patrol_day: row.last_patrol_day,
    last_incident_day: row.last_incident_at === null ? null : localDayOf(row.last_incident_at),
  }
}
