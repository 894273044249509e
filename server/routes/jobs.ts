/** Imports and matching again as jobs, and the jobs themselves: contract/jobs.ts. */
import { z } from 'zod'
import { importRecords } from '../commands/import-records.ts'
import type { Job as RunningJob } from '../commands/jobs.ts'
import { rematchDays } from '../commands/rematch-days.ts'
import { importKinds, type Job, jobSchema, jobsSchema, rematchRequestSchema } from '../contract/jobs.ts'
import { emptyQuery, flagSchema, intervalMessage, isInterval } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { dayBounds, localDayOf } from '../core/trajectories/local-day.ts'
import { AppError, notFound } from '../errors.ts'
import { writeRefusals } from '../formats/write-refusals.ts'
import { loadArea } from './area.ts'
import { isoInstant } from './parse.ts'
import { type Call, defineRoute, jsonAnswer } from './route.ts'
import { columnMap, readFields } from './uploads/read-options.ts'
import { receiveFiles } from './uploads/receive-files.ts'
import { scopeKey } from './viewer.ts'

/** Flaws an answer carries; all of them are in refusals.csv. */
const flawsShown = 200

const upload = (fields: Record<string, string>) => ({
  type: 'multipart/form-data',
  required: true,
  schema: z.object(
    Object.fromEntries(
      Object.entries(fields).map(([name, description]) => [name, z.string().meta({ description })]),
    ),
  ),
})

export const importRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/imports/{kind}',
  tag: 'imports',
  summary: { zh: '导入文件', en: 'Import files; answers with the job that does it' },
  params: z.object({ code: codeSchema, kind: z.enum(importKinds) }),
  query: z.strictObject({
    ...readFields,
    dry_run: flagSchema.optional().meta({ description: 'Check everything, write nothing' }),
    accept_valid: flagSchema
      .optional()
      .meta({ description: 'Take the good records although others are refused' }),
    new_workers: flagSchema.optional().meta({ description: 'traces: add workers that are not known yet' }),
  }),
  stream: upload({ files: 'One file or several; a shapefile with its siblings' }),
  answer: jsonAnswer(202, 'The job', jobSchema),
  async handle(call) {
    const { params, query, services, viewer, signal } = call
    const { uploadFolder: folder, limits, database, now } = services
    const received = await receiveFiles(call.request, {
      fields: ['files'],
      required: ['files'],
      folder,
      limits,
      signal,
    })
    const files = received.files['files'] ?? []
    const names = files.map((file) => file.name).join(', ')
    const job = services.jobs.startJob({
      kind: 'import',
      title: { zh: `导入 ${params.kind}：${names}`, en: `Import ${params.kind}: ${names}` },
      dryRun: query.dry_run ?? false,
      run: (onProgress, jobSignal) =>
        importRecords(database, {
          kind: params.kind,
          files,
          area: params.code,
          crs: query.crs === '' ? undefined : query.crs,
          map: columnMap(query.map),
          dryRun: query.dry_run ?? false,
          acceptValid: query.accept_valid ?? false,
          newWorkers: query.new_workers ?? false,
          viewer,
          now,
          signal: jobSignal,
          onProgress,
        }).finally(() => services.live.board.catchUp()),
      cleanUp: () => received.remove(),
    })
    services.jobOwners.set(job.id, scopeKey(viewer))
    return { body: presentJob(job), cacheControl: 'no-store', headers: { location: `/api/jobs/${job.id}` } }
  },
})

export const rematchRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/rematch',
  tag: 'patrols',
  summary: { zh: '重新匹配轨迹', en: 'Match the days [from, to) of an area again' },
  params: z.object({ code: codeSchema }),
  query: emptyQuery,
  json: rematchRequestSchema.strict().refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(202, 'The job', jobSchema),
  async handle({ params, body, db, services, viewer }) {
    if (viewer.role === 'analyst' || viewer.role === 'worker')
      throw new AppError('forbidden', { zh: '没有权限重新匹配', en: 'not permitted to match again' })
    await loadArea(db, params.code)
    // The command takes first and last day; on the wire intervals are half-open.
    const last = localDayOf(dayBounds(body.to).from - 1)
    const job = services.jobs.startJob({
      kind: 'rematch',
      title: { zh: `重新匹配 ${body.from} 至 ${last}`, en: `Match ${body.from} to ${last} again` },
      run: (onProgress, signal) =>
        rematchDays(services.database, {
          area: params.code,
          from: body.from,
          to: last,
          viewer,
          signal,
          onProgress,
        }),
    })
    services.jobOwners.set(job.id, scopeKey(viewer))
    return { body: presentJob(job), cacheControl: 'no-store', headers: { location: `/api/jobs/${job.id}` } }
  },
})

export const jobsRoute = defineRoute({
  method: 'get',
  path: '/api/jobs',
  tag: 'imports',
  summary: { zh: '任务', en: 'Jobs, newest first' },
  params: z.object({}),
  query: emptyQuery,
  answer: jsonAnswer(200, 'The jobs of this viewer', jobsSchema),
  handle: async (call) => ({
    body: {
      jobs: call.services.jobs
        .listJobs()
        .filter((job) => isOwn(call, job.id))
        .map(presentJob),
    },
  }),
})

const oneJob = z.object({ id: z.string().max(64) })

export const jobRoute = defineRoute({
  method: 'get',
  path: '/api/jobs/{id}',
  tag: 'imports',
  summary: { zh: '一个任务', en: 'One job' },
  params: oneJob,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The job', jobSchema),
  handle: async (call) => ({ body: presentJob(findJob(call, call.params.id)) }),
})

export const cancelJobRoute = defineRoute({
  method: 'delete',
  path: '/api/jobs/{id}',
  tag: 'imports',
  summary: { zh: '取消任务', en: 'Cancel a job; one that has ended stays as it is' },
  params: oneJob,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The job', jobSchema),
  async handle(call) {
    const { id } = findJob(call, call.params.id)
    call.services.jobs.cancelJob(id)
    return { body: presentJob(findJob(call, id)), cacheControl: 'no-store' }
  },
})

export const refusalsRoute = defineRoute({
  method: 'get',
  path: '/api/jobs/{id}/refusals.csv',
  tag: 'imports',
  summary: { zh: '未导入的记录', en: 'Every refused record of an import' },
  params: oneJob,
  query: emptyQuery,
  answer: { status: 200, description: 'One line a flaw', type: 'text/csv; charset=utf-8' },
  async handle(call) {
    const job = findJob(call, call.params.id)
    let text = ''
    for await (const line of writeRefusals(job.flaws)) text += line
    return {
      type: 'text/csv; charset=utf-8',
      body: text,
      headers: { 'content-disposition': `attachment; filename="refusals-${job.id}.csv"` },
    }
  },
})

type JobCall = Pick<Call<unknown, unknown, unknown>, 'services' | 'viewer'>

/** A job shows file names and values of its records: only its own viewer, and who sees everything, may see it. */
const isOwn = ({ services, viewer }: JobCall, id: string): boolean =>
  viewer.areas === 'all' || services.jobOwners.get(id) === scopeKey(viewer)

/** @throws AppError `not_found` when there is none, or it is somebody else's */
export function findJob(call: JobCall, id: string): RunningJob {
  const job = call.services.jobs.findJob(id)
  if (!job || !isOwn(call, id)) throw notFound({ zh: `任务 ${id}`, en: `Job ${id}` })
  return job
}

export const presentJob = (job: RunningJob): Job => ({
  id: job.id,
  kind: job.kind,
  title: job.title,
  state: job.state,
  ahead: job.ahead,
  phase: job.phase,
  done: job.done,
  total: job.total,
  started_at: job.startedAt === null ? null : isoInstant(job.startedAt),
  ended_at: job.endedAt === null ? null : isoInstant(job.endedAt),
  counts: job.counts && { ...job.counts },
  dry_run: job.dryRun,
  flaws: job.flaws
    .slice(0, flawsShown)
    .map((flaw) => ({ ...flaw, place: { ...flaw.place }, message: { ...flaw.message } })),
  notices: job.notices.map((one) => ({ ...one })),
  error: job.error,
})
