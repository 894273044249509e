/** GET /api/areas/{code}/incident-counts: contract/analysis.ts */
import { z } from 'zod'
import { type IncidentCounts, incidentCountsSchema } from '../../contract/analysis.ts'
import { incidentCountsQuerySchema, questionOf } from '../../contract/analysis-question.ts'
import { codeSchema } from '../../contract/values.ts'
import { type Bar, crossCounts } from '../../core/analysis/cross-counts.ts'
import { loadArea } from '../area.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { prepareAnalysis } from './compute.ts'

export const incidentCountsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/incident-counts',
  tag: 'incidents',
  summary: {
    zh: '联动图表的事件计数',
    en: 'Incidents counted for linked charts, each under every filter but its own',
  },
  params: z.object({ code: codeSchema }),
  query: incidentCountsQuerySchema,
  answer: jsonAnswer(200, 'The counts', incidentCountsSchema),
  async handle({ db, params, query, services, viewer }) {
    const area = await loadArea(db, params.code)
    const question = questionOf({ ...query, unit: 'grid' })
    const { table, placed } = await prepareAnalysis(services, viewer, area, question)
    const { from, to } = query
    const compare =
      query.compare_from === undefined || query.compare_to === undefined
        ? null
        : { from: query.compare_from, to: query.compare_to }
    const counts = crossCounts(table, { ...question, period: { from, to } }, compare, placed.cellOf)
    const most = <Key>(bars: readonly Bar<Key>[]): Bar<Key>[] => bars.toSorted((a, b) => b.count - a.count)
    const body: IncidentCounts = {
      from,
      to,
      total: counts.total,
      before: counts.before,
      read: counts.read,
      days: [...counts.days],
      compare_days: counts.compareDays && [...counts.compareDays],
      categories: most(counts.categories).map(({ key, ...bar }) => ({ category: key, ...bar })),
      severities: most(counts.severities).map(({ key, ...bar }) => ({ severity: key, ...bar })),
      statuses: most(counts.statuses).map(({ key, ...bar }) => ({ status: key, ...bar })),
      grids: most(counts.cells).map(({ key, ...bar }) => ({
        grid: placed.cells[key] ?? null,
        name: placed.names[key] ?? null,
        ...bar,
      })),
      week: counts.week.map((day) => [...day]),
    }
    return { body }
  },
})
