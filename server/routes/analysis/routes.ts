/** GET and POST /api/areas/{code}/analysis · GET /api/analyses/{job}: contract/analysis.ts */
import { z } from 'zod'
import {
  type Analysis,
  analysisColumnsSchema,
  analysisJobSchema,
  analysisSchema,
} from '../../contract/analysis.ts'
import { type AnalysisQuery, analysisQuerySchema, questionOf } from '../../contract/analysis-question.ts'
import { nameOfStatistic } from '../../contract/analysis-words.ts'
import { jobSchema } from '../../contract/jobs.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import type { AnalysisQuestion } from '../../core/analysis/values.ts'
import { loadDivision } from '../../db/grids.ts'
import { notFound } from '../../errors.ts'
import { loadArea } from '../area.ts'
import { findJob, presentJob } from '../jobs.ts'
import { instantsOf } from '../parse.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { scopeKey } from '../viewer.ts'
import { computeAnalysis } from './compute.ts'
import { incidentCountsRoute } from './counts.ts'
import { fileOfAnalysis } from './files.ts'
import { decideWarningRoute, warningsRoute } from './warnings.ts'

const ofArea = z.object({ code: codeSchema })

const textOf = (json: Uint8Array): string => new TextDecoder().decode(json)

const asked = ({ format: _format, ...query }: AnalysisQuery): AnalysisQuestion => questionOf(query)

export const analysisRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/analysis',
  tag: 'incidents',
  summary: {
    zh: '事件分析：密度、热点、聚集，附可复算的说明卡',
    en: 'Densities, hot spots and clusters of incidents, with a card that repeats them',
  },
  params: ofArea,
  query: analysisQuerySchema,
  answer: jsonAnswer(
    200,
    'The answer, or with `format` a file of it, or its cells by columns',
    z.union([analysisSchema, analysisColumnsSchema]),
  ),
  async handle({ db, params, query, now, services, viewer, signal }) {
    const area = await loadArea(db, params.code)
    const { format = 'json' } = query
    const byColumns = format === 'columns'
    const answer = await computeAnalysis(services, viewer, area, asked(query), signal, { byColumns })
    if (format === 'json' || format === 'columns') return { body: answer }
    const analysis = JSON.parse(textOf(answer)) as Analysis
    const needsGrids = format === 'geojson' && analysis.unit === 'grid'
    const grids = needsGrids ? await loadDivision(db, area, instantsOf(query).to - 1) : []
    const geometries = new Map(grids.map((grid) => [grid.code, grid.geometry]))
    return fileOfAnalysis(analysis, format, geometries, now)
  },
})

export const startAnalysisRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/analysis',
  tag: 'incidents',
  summary: {
    zh: '事件分析（后台任务）',
    en: 'The same as a job that tells its progress and can be cancelled',
  },
  params: ofArea,
  query: analysisQuerySchema,
  answer: jsonAnswer(202, 'The job', jobSchema),
  async handle({ db, params, query, services, viewer }) {
    const area = await loadArea(db, params.code)
    const question = asked(query)
    const name = nameOfStatistic(question.statistic)
    const job = services.jobs.startJob({
      kind: 'analysis',
      title: { zh: `${name.zh}：${area.name}`, en: `${name.en}: ${area.name}` },
      async run(report, signal) {
        report({ zh: '读取事件', en: 'Reading incidents' }, 0, null)
        const answer = await computeAnalysis(services, viewer, area, question, signal, {
          thread: services.searchThread,
          onProgress: (step, total) => report({ zh: '计算', en: 'Computing' }, step, total),
        })
        services.analyses.keep(job.id, answer)
        return { state: 'done' }
      },
    })
    services.jobOwners.set(job.id, scopeKey(viewer))
    return {
      body: presentJob(job),
      cacheControl: 'no-store',
      headers: { location: `/api/analyses/${job.id}` },
    }
  },
})

export const analysisJobRoute = defineRoute({
  method: 'get',
  path: '/api/analyses/{job}',
  tag: 'incidents',
  summary: { zh: '分析任务的结果', en: 'The job of an analysis, and its answer once it is done' },
  params: z.object({ job: z.string().max(64) }),
  query: emptyQuery,
  answer: jsonAnswer(200, 'The job, and the answer once it is done', analysisJobSchema),
  async handle(call) {
    const job = findJob(call, call.params.job)
    if (job.state !== 'done') return { body: { job: presentJob(job), answer: null } }
    const answer = call.services.analyses.find(job.id)
    if (!answer)
      throw notFound({
        zh: '这个分析结果（只保留最近的；同一问题可再次计算）',
        en: 'That answer (only the latest are kept; the same question gives it again)',
      })
    // Both are JSON: read again only to be written again, a county's answer would hold up everybody else.
    return { body: `{"job":${JSON.stringify(presentJob(job))},"answer":${textOf(answer)}}` }
  },
})

export const analysisRoutes = [
  incidentCountsRoute,
  analysisRoute,
  startAnalysisRoute,
  analysisJobRoute,
  warningsRoute,
  decideWarningRoute,
] as const
