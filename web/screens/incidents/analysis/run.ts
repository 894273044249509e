/**
 * Analyses that take long, or may: begun once however many parts of the screen ask, followed by their jobs, kept while the page is open.
 * Another question takes the place of one that is not done; a question that was cancelled waits until somebody begins it again.
 */
import { useEffect } from 'react'
import type { Analysis } from '../../../../server/contract/analysis.ts'
import type { Job } from '../../../../server/contract/jobs.ts'
import { cancelJob } from '../../../api.ts'
import {
  type AnalysisQuery,
  analysisAddress,
  askAnalysis,
  readAnalysis,
  startAnalysis,
} from '../../../api-analysis.ts'
import { ApiError, asApiError } from '../../../api-error.ts'
import { createStore, useStore } from '../../../store.ts'
import { text } from './text.ts'

export interface Run {
  /** Null until the service has taken it. */
  readonly job: Job | null
  readonly answer: Analysis | undefined
  readonly error: ApiError | undefined
  readonly isCancelled: boolean
}

const begun: Run = { job: null, answer: undefined, error: undefined, isCancelled: false }

const store = createStore<{ readonly runs: ReadonlyMap<string, Run> }>({ runs: new Map() })

/** The question being computed; there is one at a time. */
let current: { readonly key: string; readonly abort: AbortController } | undefined

/** Answers kept, the oldest go first. */
const mostRuns = 20
/** A filter that is still being changed begins nothing long. */
const settleMilliseconds = 350
const pollMilliseconds = 500

/**
 * @param isLong it is a job from its beginning; else only where the service says so
 * @returns the run of a question; `null` asks for nothing
 */
export function useRun(
  area: string | undefined,
  query: AnalysisQuery | null,
  isLong: boolean,
): Run | undefined {
  const key = area && query ? analysisAddress(area, query) : null
  const run = useStore(store, ({ runs }) => (key === null ? undefined : runs.get(key)))
  useEffect(() => {
    if (key !== null && area && query) begin(key, area, query, isLong)
    // The key holds area and query.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return run
}

/** Begins a question that was cancelled or failed. */
export function beginAgain(area: string, query: AnalysisQuery, isLong: boolean): void {
  const key = analysisAddress(area, query)
  put(key, null)
  begin(key, area, query, isLong)
}

/** Stops a question; what it found until then is nothing. */
export async function cancelRun(area: string, query: AnalysisQuery): Promise<void> {
  const key = analysisAddress(area, query)
  const run = store.read().runs.get(key)
  if (current?.key === key) stopCurrent()
  put(key, { ...begun, isCancelled: true })
  if (run?.job) await cancelJob(run.job.id).catch(() => undefined)
}

function begin(key: string, area: string, query: AnalysisQuery, isLong: boolean): void {
  const known = store.read().runs.get(key)
  if (current?.key === key || known?.answer || known?.error || known?.isCancelled) return
  const former = current && { key: current.key, run: store.read().runs.get(current.key) }
  stopCurrent()
  if (former) {
    put(former.key, null)
    if (former.run?.job) void cancelJob(former.run.job.id).catch(() => undefined)
  }
  const abort = new AbortController()
  current = { key, abort }
  put(key, begun)
  void follow(key, area, query, isLong, abort.signal).finally(() => {
    if (current?.abort === abort) current = undefined
  })
}

async function follow(
  key: string,
  area: string,
  query: AnalysisQuery,
  isLong: boolean,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (isLong) await pause(settleMilliseconds, signal)
    const first = await (isLong ? startAnalysis : askAnalysis)(area, query, signal)
    if (signal.aborted) return
    if ('cells' in first) return put(key, { ...begun, answer: first })
    const { id } = first
    for (;;) {
      const { job, answer } = await readAnalysis(id, signal)
      if (signal.aborted) return
      if (answer) return put(key, { ...begun, job, answer })
      if (job.state === 'cancelled') return put(key, { ...begun, job, isCancelled: true })
      if (job.state !== 'queued' && job.state !== 'running')
        throw new ApiError('not_understood', job.error ?? text.failed, `${job.id} ${job.state}`)
      put(key, { ...begun, job })
      await pause(pollMilliseconds, signal)
    }
  } catch (thrown) {
    if (!signal.aborted) put(key, { ...begun, error: asApiError(`POST ${key}`, thrown) })
  }
}

function stopCurrent(): void {
  current?.abort.abort()
  current = undefined
}

function put(key: string, run: Run | null): void {
  const runs = new Map(store.read().runs)
  runs.delete(key)
  if (run) runs.set(key, run)
  for (const oldest of runs.keys()) {
    if (runs.size <= mostRuns) break
    runs.delete(oldest)
  }
  store.write({ runs })
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('stopped', 'AbortError'))
    })
  })
