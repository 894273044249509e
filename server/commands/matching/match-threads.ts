/**
 * Matching on worker threads: batches of workers in, results ready to be written out, both cloned. The main thread reads and writes, so one
 * connection and one transaction a batch are enough on every engine. A town's ground goes to a thread once, with its first batch of it.
 * What is lost with a thread fails; its days stay marked, and the next batch gets a new thread.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { MatchedDay, SharedGround, WorkerTask } from './match-worker.ts'
import type { Matcher } from './matcher.ts'

export interface ToThread {
  /** Absent: that of the batch before. */
  readonly ground?: SharedGround
  readonly tasks: readonly WorkerTask[]
}

export type FromThread = { readonly matched: MatchedDay[][] } | { readonly error: unknown }

export interface MatchThreads extends Matcher {
  /** Ends the threads; batches that run fail. */
  close(): Promise<void>
}

/** A thread, and the town it knows. */
interface Thread {
  readonly worker: Worker
  town?: SharedGround
}

interface Batch {
  readonly town: SharedGround
  readonly tasks: readonly WorkerTask[]
  readonly resolve: (matched: MatchedDay[][]) => void
  readonly reject: (error: unknown) => void
}

/**
 * Threads are started as batches come and do not keep the process alive.
 * @param count at most so many; default: one a core
 * @param entry of a thread; another one in tests
 */
export function createMatchThreads(
  count = availableParallelism(),
  entry = new URL('./thread/start.mjs', import.meta.url),
): MatchThreads {
  const idle: Thread[] = []
  const all = new Set<Thread>()
  const waiting: Batch[] = []

  const start = (): Thread => {
    const worker = new Worker(entry, { execArgv: [] })
    const thread: Thread = { worker }
    all.add(thread)
    worker.on('error', () => {}) // whose batch it has is told
    worker.on('exit', () => {
      all.delete(thread)
      const at = idle.indexOf(thread)
      if (at >= 0) idle.splice(at, 1)
    })
    return thread
  }

  const run = (thread: Thread, { town, tasks, resolve, reject }: Batch): void => {
    const { worker } = thread
    const settle = (end: () => void, isLost: boolean): void => {
      worker.off('message', onAnswer).off('error', onError).off('exit', onExit)
      if (isLost) {
        all.delete(thread)
        void worker.terminate()
      } else {
        worker.unref()
        idle.push(thread)
      }
      end()
      next()
    }
    const onAnswer = (answer: FromThread): void =>
      settle(() => ('matched' in answer ? resolve(answer.matched) : reject(answer.error)), false)
    const onError = (error: Error): void => settle(() => reject(error), true)
    const onExit = (code: number): void => onError(new Error(`a matching thread ended with code ${code}`))
    worker.on('message', onAnswer).on('error', onError).on('exit', onExit)
    worker.ref()
    worker.postMessage((thread.town === town ? { tasks } : { ground: town, tasks }) satisfies ToThread)
    thread.town = town
  }

  const next = (): void => {
    while (waiting.length > 0) {
      const { town } = waiting[0]!
      const knowing = idle.findIndex((one) => one.town === town)
      const thread = idle.splice(Math.max(0, knowing), 1)[0] ?? (all.size < count ? start() : undefined)
      if (!thread) return
      run(thread, waiting.shift()!)
    }
  }

  return {
    atOnce: count,
    match: (town, tasks) =>
      new Promise((resolve, reject) => {
        waiting.push({ town, tasks, resolve, reject })
        next()
      }),
    async close() {
      const threads = [...all]
      all.clear()
      idle.length = 0
      for (const { reject } of waiting.splice(0)) reject(new Error('the matching threads are closed'))
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}
