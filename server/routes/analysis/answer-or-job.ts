/** An analysis as a job, from its beginning or from when its client has waited long enough. */
import { setTimeout as pause } from 'node:timers/promises'
import { nameOfStatistic } from '../../contract/analysis-words.ts'
import type { AnalysisQuestion } from '../../core/analysis/values.ts'
import type { AreaScope } from '../../db/areas.ts'
import { presentJob } from '../jobs.ts'
import type { Answer, Call } from '../route.ts'
import { scopeKey } from '../viewer.ts'
import { computeAnalysis } from './compute.ts'

type Asking = Pick<Call<unknown, unknown, unknown>, 'services' | 'viewer' | 'signal'>
type Tell = (step: number, total: number) => void

/** Seconds a client waits before it would rather have a job: `Prefer: respond-async, wait=2` (RFC 7240); null: as long as it takes. */
export function secondsPreferred(prefer: string | string[] | undefined): number | null {
  const wishes = String(prefer ?? '')
    .toLowerCase()
    .split(',')
    .map((wish) => wish.trim())
  if (!wishes.includes('respond-async')) return null
  const wait = wishes
    .map((wish) => /^wait=(\d{1,3})$/.exec(wish)?.[1])
    .find((seconds) => seconds !== undefined)
  return Number(wait ?? 0)
}

/**
 * The answer where it is there within so many seconds, else the job that goes on with it.
 * @throws AppError of the register where it refuses the job: the computation, which nobody would see, has ended by then
 */
export async function answerOrJob(
  { services, viewer, signal }: Asking,
  area: AreaScope,
  question: AnalysisQuestion,
  { byColumns, wait }: { readonly byColumns: boolean; readonly wait: number },
): Promise<Answer> {
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  signal.addEventListener('abort', abort, { once: true })
  let tell: Tell = () => {}
  const running = computeAnalysis(services, viewer, area, question, stop.signal, {
    byColumns,
    onProgress: (step, total) => tell(step, total),
  })
  const waited = new AbortController()
  const answer = await Promise.race([
    running,
    pause(wait * 1000, undefined, { signal: waited.signal }).catch(() => undefined),
  ]).finally(() => waited.abort())
  if (answer) return { body: answer }
  signal.removeEventListener('abort', abort)
  const follow = (onProgress: Tell, cancelled: AbortSignal): Promise<Uint8Array> => {
    tell = onProgress
    cancelled.addEventListener('abort', abort, { once: true })
    return running
  }
  try {
    return startJob({ services, viewer }, area, question, follow, { isBegun: true })
  } catch (error) {
    stop.abort()
    await running.catch(() => {}) // cancelled; the caller is told why no job was made of it
    throw error
  }
}

/** 202 and the job that `compute` is done by. */
export function startJob(
  { services, viewer }: Omit<Asking, 'signal'>,
  area: AreaScope,
  { statistic }: AnalysisQuestion,
  compute: (tell: Tell, signal: AbortSignal) => Promise<Uint8Array>,
  { isBegun = false }: { readonly isBegun?: boolean } = {},
): Answer {
  const name = nameOfStatistic(statistic)
  const job = services.jobs.startJob({
    kind: 'analysis',
    title: { zh: `${name.zh}：${area.name}`, en: `${name.en}: ${area.name}` },
    isBegun,
    async run(report, signal) {
      report({ zh: '读取事件', en: 'Reading incidents' }, 0, null)
      const tell: Tell = (step, total) => report({ zh: '计算', en: 'Computing' }, step, total)
      const answer = await compute(tell, signal)
      services.analyses.keep(job.id, answer)
      return { state: 'done' }
    },
  })
  services.jobOwners.set(job.id, scopeKey(viewer))
  return {
    status: 202,
    body: presentJob(job),
    cacheControl: 'no-store',
    headers: { location: `/api/analyses/${job.id}` },
  }
}
