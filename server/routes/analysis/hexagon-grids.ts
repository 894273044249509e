/** GET /api/areas/{code}/hexagon-grids: contract/analysis.ts */
import { z } from 'zod'
import { type HexagonGrids, hexagonGridsSchema } from '../../contract/analysis.ts'
import { hexagonGridsQuerySchema, questionOf } from '../../contract/analysis-question.ts'
import { codeSchema } from '../../contract/values.ts'
import { commonGrids } from '../../core/analysis/common-grids.ts'
import { selectRecords } from '../../core/analysis/select-records.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { prepareAnalysis } from './compute.ts'

export const hexagonGridsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/hexagon-grids',
  tag: 'incidents',
  summary: {
    zh: '各六边形的事件多数所在的网格',
    en: 'The grid that most incidents of each hexagon lie in, of all hexagons at once',
  },
  params: z.object({ code: codeSchema }),
  query: hexagonGridsQuerySchema,
  answer: jsonAnswer(200, 'By grid; hexagons without incidents in a grid are left out', hexagonGridsSchema),
  async handle({ db, params, query, services, viewer }) {
    const area = await loadArea(db, params.code)
    const question = questionOf(query)
    const { table, placed, grids } = await prepareBoth(services, viewer, area, question)
    const rows = [question.period, ...(question.compare ? [question.compare] : [])].flatMap((days) => [
      ...selectRecords(table, question, days).rows,
    ])
    const byGrid = new Map<string, string[]>()
    for (const [hexagon, grid] of commonGrids(rows, placed, grids)) {
      const list = byGrid.get(grid) ?? []
      if (list.length === 0) byGrid.set(grid, list)
      list.push(hexagon)
    }
    const body: HexagonGrids = {
      resolution: question.resolution,
      grids: [...byGrid].map(([grid, hexagons]) => ({ grid, hexagons })),
    }
    return { body }
  },
})

/** The same records by hexagon and by grid. */
async function prepareBoth(...[services, viewer, area, question]: Parameters<typeof prepareAnalysis>) {
  for (;;) {
    const first = await prepareAnalysis(services, viewer, area, question)
    const then = await prepareAnalysis(services, viewer, area, { ...question, unit: 'grid' })
    // Written to between the two, the rows of the one are not those of the other.
    if (first.version === then.version) return { ...first, grids: then.placed }
  }
}
