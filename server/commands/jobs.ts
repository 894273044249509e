/**
 * Long work that a request starts and a later request asks about: imports, matching again, loading the demo, proposals.
 * One job that writes runs at a time, in order: on the embedded engine two transactions would only wait for each other. One that
 * only computes runs beside it.
 * Jobs live as long as the service; what they wrote is in the database, in one transaction each.
 */
import { randomUUID } from 'node:crypto'
import type { Flaw, Message } from '../core/values.ts'
import { AppError } from '../errors.ts'

export type JobKind = 'import' | 'rematch' | 'demo' | 'proposals' | 'analysis'
export type JobState = 'queued' | 'running' | 'done' | 'refused' | 'failed' | 'cancelled'

/** What a defect leaves behind, by what the work writes in one piece. */
const afterDefect: Readonly<Record<JobKind, Message>> = {
  import: {
    zh: '内部错误。记录要么全部导入，要么一条也没有：核对后可再导入一次，重复的记录不会改变什么',
    en: 'internal error. The records are imported as a whole or not at all: importing them once more changes nothing that is there',
  },
  rematch: {
    zh: '内部错误。已重算的日子有效，其余保持原样：可再次重算',
    en: 'internal error. Days matched so far stand, the others are as they were: match again',
  },
  demo: {
    zh: '内部错误。示范数据没有装完：请用空的数据目录重新启动',
    en: 'internal error. The demo is not whole: start again with an empty data folder',
  },
  proposals: { zh: '内部错误，方案没有算出', en: 'internal error; no plans were drawn' },
  analysis: { zh: '内部错误，分析没有算出', en: 'internal error; the analysis was not computed' },
}

export interface ImportCounts {
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** Records that repeat another of the same import. */
  readonly repeated: number
}

export interface JobOutcome {
  /** `refused`: the input had flaws and nothing was written. */
  readonly state: 'done' | 'refused'
  readonly counts?: ImportCounts
  readonly flaws?: readonly Flaw[]
  readonly notices?: readonly Message[]
}

/** Told by the work as it goes; `total` null while unknown. */
export type ReportProgress = (phase: Message, done: number, total: number | null) => void

export interface Job {
  readonly id: string
  readonly kind: JobKind
  readonly title: Message
  readonly dryRun: boolean
  readonly state: JobState
  /** Jobs that must end before it begins; null once it has begun. */
  readonly ahead: number | null
  readonly phase: Message | null
  readonly done: number | null
  readonly total: number | null
  /** Epoch milliseconds. */
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly counts: ImportCounts | null
  readonly flaws: readonly Flaw[]
  readonly notices: readonly Message[]
  readonly error: Message | null
}

export interface JobRequest {
  readonly kind: JobKind
  readonly title: Message
  readonly dryRun?: boolean
  /** It runs already: the job only tells of it, and waits in no line. */
  readonly isBegun?: boolean
  run(report: ReportProgress, signal: AbortSignal): Promise<JobOutcome>
  /** Called once when the job has ended in any way or was refused, e.g. to delete uploaded files. */
  cleanUp?(): Promise<void>
}

export interface JobRegister {
  /** @throws AppError `unavailable` once the register is closed */
  startJob(request: JobRequest): Job
  findJob(id: string): Job | undefined
  /** Newest first. */
  listJobs(): Job[]
  /** False when the job is unknown or has ended. */
  cancelJob(id: string): boolean
  /** Takes no more, cancels what runs and waits for it: for a graceful stop. */
  close(): Promise<void>
}

/** How many ended jobs are remembered. */
const rememberedJobs = 100

/** Jobs of a line run one after the other. */
const lineOf = ({ kind }: Pick<Job, 'kind'>): 'computing' | 'writing' =>
  kind === 'proposals' || kind === 'analysis' ? 'computing' : 'writing'

export function createJobRegister(now: () => number, onDefect: (error: unknown) => void): JobRegister {
  const jobs = new Map<string, Job>()
  const controllers = new Map<string, AbortController>()
  const tails = { writing: Promise.resolve(), computing: Promise.resolve() }
  /** Jobs in no line, until they end. */
  const begun = new Map<string, Promise<void>>()
  let isClosed = false

  const change = (id: string, part: Partial<Job>): void => {
    const job = jobs.get(id)
    if (job) jobs.set(id, { ...job, ...part })
  }

  /** With its place in its line: a map keeps the order in which its keys came, and who is cancelled takes no time. */
  const seen = (job: Job): Job => {
    if (job.state !== 'queued') return job
    const all = [...jobs.values()]
    const ahead = all
      .slice(0, all.indexOf(job))
      .filter(
        (one) =>
          lineOf(one) === lineOf(job) &&
          !begun.has(one.id) &&
          controllers.get(one.id)?.signal.aborted === false,
      )
    return { ...job, ahead: ahead.length }
  }

  const end = (id: string, part: Partial<Job>): void => {
    change(id, { ...part, phase: null, endedAt: now() })
    controllers.delete(id)
    for (const old of [...jobs.values()].filter((one) => one.endedAt !== null).slice(0, -rememberedJobs))
      jobs.delete(old.id)
  }

  const run = async (id: string, request: JobRequest, signal: AbortSignal): Promise<void> => {
    try {
      if (signal.aborted) return end(id, { state: 'cancelled' })
      change(id, { state: 'running', startedAt: now() })
      const outcome = await request.run((phase, done, total) => change(id, { phase, done, total }), signal)
      end(id, {
        state: outcome.state,
        counts: outcome.counts ?? null,
        flaws: outcome.flaws ?? [],
        notices: outcome.notices ?? [],
      })
    } catch (error) {
      if (signal.aborted) return end(id, { state: 'cancelled' })
      if (error instanceof AppError) {
        return end(id, {
          state: error.code === 'bad_input' ? 'refused' : 'failed',
          error: error.detail,
          flaws: error.flaws,
        })
      }
      onDefect(error)
      end(id, {
        state: 'failed',
        error: afterDefect[request.kind],
      })
    } finally {
      await request.cleanUp?.().catch(onDefect)
    }
  }

  return {
    startJob(request) {
      if (isClosed) {
        request.cleanUp?.().catch(onDefect)
        throw stopping()
      }
      const job: Job = {
        id: randomUUID(),
        kind: request.kind,
        title: request.title,
        dryRun: request.dryRun ?? false,
        state: 'queued',
        ahead: null,
        phase: null,
        done: null,
        total: null,
        startedAt: null,
        endedAt: null,
        counts: null,
        flaws: [],
        notices: [],
        error: null,
      }
      const controller = new AbortController()
      jobs.set(job.id, job)
      controllers.set(job.id, controller)
      if (request.isBegun) {
        const running = run(job.id, request, controller.signal).finally(() => begun.delete(job.id))
        begun.set(job.id, running)
        return seen(jobs.get(job.id) ?? job)
      }
      const line = lineOf(request)
      tails[line] = tails[line].then(() => run(job.id, request, controller.signal))
      return seen(job)
    },
    findJob(id) {
      const job = jobs.get(id)
      return job && seen(job)
    },
    listJobs: () => [...jobs.values()].map(seen).reverse(),
    cancelJob(id) {
      const controller = controllers.get(id)
      controller?.abort()
      return controller !== undefined
    },
    async close() {
      isClosed = true
      for (const controller of controllers.values()) controller.abort()
      await Promise.all([tails.writing, tails.computing, ...begun.values()])
    },
  }
}

const stopping = (): AppError =>
  new AppError('unavailable', {
    zh: '服务正在停止，不再接受新任务。',
    en: 'The service is stopping and takes no new job.',
  })
