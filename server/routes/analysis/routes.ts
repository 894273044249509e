/** GET and POST /api/areas/{code}/analysis · GET /api/analyses/{job}: contract/analysis.ts */
import { z } from 'zod'
import {
  type Analysis,
  analysisColumnsSchema,
  analysisJobSchema,
  analysisSchema,
} from '../../contract/analysis.ts'
import { type AnalysisQuery, analysisQuerySchema, questionOf } from '../../contract/analysis-question.ts'
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
import { answerOrJob, secondsPreferred, startJob } from './answer-or-job.ts'
import { computeAnalysis } from './compute.ts'
import { incidentCountsRoute } from './counts.ts'
import { fileOfAnalysis } from './files.ts'
import { hexagonGridsRoute } from './hexagon-grids.ts'
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
  headers: {
    prefer:
      '`respond-async, wait=2`: an answer that takes longer than so many seconds becomes a job (RFC 7240), told by 202',
  },
  answer: jsonAnswer(
    200,
    'The answer, or with `format` a file of it, or its cells by columns; 202 and a job where `prefer` asks for it',
    z.union([analysisSchema, analysisColumnsSchema, jobSchema]),
  ),
  async handle(call) {
    const { db, params, query, now, services, viewer, signal, request } = call
    const area = await loadArea(db, params.code)
    const question = asked(query)
    const { format = 'json' } = query
    const byColumns = format === 'columns'
    if (format === 'json' || format === 'columns') {
      const wait = secondsPreferred(request.headers['prefer'])
      if (wait !== null) return answerOrJob(call, area, question, { byColumns, wait })
      return { body: await computeAnalysis(services, viewer, area, question, signal, { byColumns }) }
    }
    const answer = await computeAnalysis(services, viewer, area, question, signal)
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
  async handle(call) {
    const { db, params, query, services, viewer } = call
    const area = await loadArea(db, params.code)
    const byColumns = query.format === 'columns'
    return startJob(call, area, asked(query), (onProgress, signal) =>
      computeAnalysis(services, viewer, area, asked(query), signal, {
        thread: services.searchThread,
        byColumns,
        onProgress,
      }),
    )
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
  hexagonGridsRoute,
  analysisRoute,
  startAnalysisRoute,
  analysisJobRoute,
  warningsRoute,
  decideWarningRoute,
] as const
