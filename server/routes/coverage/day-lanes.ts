/** GET /api/areas/{code}/workers/{worker}/days/{day}/lanes: the lanes of the worker's grids, walked that day or not. */
import { z } from 'zod'
import { noteTrace } from '../../commands/privacy/note-trace.ts'
import { type DayLanes, dayLanesSchema } from '../../contract/coverage.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema, daySchema } from '../../contract/values.ts'
import { laneGeometries, lanesOfGrid } from '../../core/trajectories/grid-lanes.ts'
import { layLanes } from '../../core/trajectories/lay-lanes.ts'
import { prepareRows } from '../../core/trajectories/prepare-grid.ts'
import type { AreaGeometry } from '../../core/values.ts'
import { listCoveredGrids } from '../../db/coverage.ts'
import { listRoads } from '../../db/ground.ts'
import { listPatrolResults } from '../../db/patrols.ts'
import { notFound } from '../../errors.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { loadWhose } from '../whose.ts'

export const dayLanesRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/workers/{worker}/days/{day}/lanes',
  tag: 'patrols',
  summary: { zh: '当天走到与未走到的街巷', en: 'Lanes walked and not walked on a patrol day' },
  params: z.object({ code: codeSchema, worker: codeSchema, day: daySchema }),
  query: emptyQuery,
  answer: jsonAnswer(200, 'Of the grids patrolled, as they are at the end of the day', dayLanesSchema),
  async handle({ db, now, params: { code, worker, day } }) {
    const { area } = await loadWhose(db, code, worker)
    const results = await listPatrolResults(db, area, worker, day)
    const town = results[0]?.town_id
    if (town === undefined)
      throw notFound({ zh: `${worker} 在 ${day} 的巡查`, en: `A patrol of ${worker} on ${day}` })
    await noteTrace(db, { towns: [town], worker, day, now })
    const grids = (await listCoveredGrids(db, area, day)).filter((grid) => grid.town_id === town)
    const ofTown = layLanes(await listRoads(db, town))
    const lanes = results.flatMap(({ grid_code, result }): DayLanes['lanes'] => {
      const grid = grids.find((one) => one.grid_code === grid_code)
      if (!grid) return []
      const walked = new Set(result.lanes?.walked)
      const own = lanesOfGrid(ofTown, [prepareRows(JSON.parse(grid.boundary) as AreaGeometry)])
      const paths = laneGeometries(own)
      return own.ids.map((id, place) => ({
        id,
        grid: grid_code,
        metres: Math.round(own.metres[place]! * 10) / 10,
        walked: walked.has(id),
        path: paths[place]!.coordinates.map((line) => line.map(([x, y]) => [degrees(x!), degrees(y!)])),
      }))
    })
    return { body: { lanes } }
  },
})

/** Seven decimals of a degree are a centimetre. */
const degrees = (value: number): number => Math.round(value * 1e7) / 1e7
