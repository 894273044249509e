/** An analysis of what is stored: the incidents as columns and where each lies are kept while nothing of that has changed. */
import {
  analysisVersion,
  daysNeeded,
  loadGround,
  loadRecords,
} from '../../commands/analysis/load-analysis.ts'
import { queryOf } from '../../contract/analysis-question.ts'
import type { PlacedRecords } from '../../core/analysis/place-records.ts'
import type { RecordTable } from '../../core/analysis/records.ts'
import type { AnalysisQuestion } from '../../core/analysis/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { leastCount } from '../../db/privacy.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer } from '../../db/viewer.ts'
import { AppError } from '../../errors.ts'
import type { Services } from '../route.ts'
import type { CoreThread, RunOptions } from '../thread/core-thread.ts'
import { scopeKey } from '../viewer.ts'

type Used = Pick<Services, 'database' | 'caches' | 'version' | 'thread'>

export interface Prepared {
  readonly version: string
  readonly table: RecordTable
  readonly placed: PlacedRecords
}

/** Never aborted: what is kept for others must not stop because one client goes. */
const forAll = new AbortController().signal

/** The records an answer needs, and where each lies. */
export async function prepareAnalysis(
  services: Used,
  viewer: Viewer,
  area: AreaScope,
  question: AnalysisQuestion,
): Promise<Prepared> {
  const { database, caches } = services
  const version = await analysisVersion(database)
  const days = daysNeeded(question)
  const whose = `${scopeKey(viewer)} ${area.code}`
  const span = `${days.from} ${days.to}`
  const db: Scoped = database.as(viewer)
  const table = await caches.analyses.get(`records ${whose} ${span}`, version, () =>
    loadRecords(db, area, days),
  )
  const { unit, resolution, period } = question
  const where = unit === 'grid' ? `grid ${period.to}` : String(resolution)
  const placed = await caches.analyses.get(`places ${whose} ${span} ${where}`, version, async () =>
    services.thread.run('placeRecords', { table, ground: await loadGround(db, area, question) }, forAll),
  )
  return { version, table, placed }
}

/** How the answer is written, beside who waits for it. */
export interface ComputeOptions extends RunOptions {
  readonly thread?: CoreThread
  /** The cells by columns: contract/cell-columns. */
  readonly byColumns?: boolean
}

/**
 * The answer as JSON in UTF-8, from before while nothing it is made of has changed.
 * @throws AppError `bad_request` for a question that cannot be answered, `cancelled` when the signal is aborted
 */
export async function computeAnalysis(
  services: Used,
  viewer: Viewer,
  area: AreaScope,
  question: AnalysisQuestion,
  signal: AbortSignal,
  { thread = services.thread, byColumns = false, ...options }: ComputeOptions = {},
): Promise<Uint8Array> {
  const { version, table, placed } = await prepareAnalysis(services, viewer, area, question)
  const form = byColumns ? 'columns' : 'cells'
  const key = `answer ${form} ${scopeKey(viewer)} ${area.code} ${JSON.stringify(queryOf(question))}`
  const compute = async (): Promise<Uint8Array> => {
    const { code, name } = area
    const leastHouseholds = await leastCount(services.database.as(viewer), area.towns)
    const from = { area: { code, name }, files: [], version, software: services.version }
    const input = { question, table, placed, leastHouseholds, from, byColumns }
    return thread.run('answerAnalysis', input, signal, { ...options, keeps: ['table', 'placed'] })
  }
  try {
    return await services.caches.analyses.get(key, version, compute)
  } catch (error) {
    // Whoever asked the same before may have gone; this client has not.
    if (error instanceof AppError && error.code === 'cancelled' && !signal.aborted) return compute()
    throw error
  }
}
