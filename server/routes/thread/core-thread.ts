/**
 * Long pure work beside the event loop: one thread, one task at a time, in order. A task that takes too long, or whose client
 * has gone, ends with its thread; the next task gets a new one.
 */
import { Worker } from 'node:worker_threads'
import type { Message } from '../../core/values.ts'
import { AppError, badRequest } from '../../errors.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

export interface CoreThread {
  /** @throws AppError `busy` when it takes too long or too much is waiting, `cancelled` when the signal is aborted. */
  run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    signal: AbortSignal,
    options?: RunOptions,
  ): Promise<TaskOutput<Name>>
  close(): Promise<void>
}

export interface RunOptions {
  /** Told as often as the task tells. */
  readonly onProgress?: (step: number, total: number) => void
  /** A search is asked to end with the best it has after so long; other tasks do not ask. */
  readonly searchMilliseconds?: number
}

export interface CoreThreadOptions {
  readonly timeoutMilliseconds: number
  /** Tasks that may wait behind the one that runs. */
  readonly waiting: number
}

export interface ToThread {
  readonly task: TaskName
  readonly input: unknown
  /** One number, 1 once the task should end with the best it has. */
  readonly stop: Int32Array
}

export type FromThread =
  | { readonly progress: readonly [step: number, total: number] }
  | { readonly result: unknown }
  | { readonly tooLarge: string }
  | { readonly refused: Message }
  | { readonly error: unknown }

export function createCoreThread({ timeoutMilliseconds, waiting }: CoreThreadOptions): CoreThread {
  let worker: Worker | undefined
  let tail: Promise<unknown> = Promise.resolve()
  let queued = 0

  const start = (): Worker => {
    const made = new Worker(new URL('./start.mjs', import.meta.url), { execArgv: [] })
    made.unref()
    return made
  }
  const endThread = async (): Promise<void> => {
    const old = worker
    worker = undefined
    await old?.terminate()
  }

  const runNow = (
    task: TaskName,
    input: unknown,
    signal: AbortSignal,
    { onProgress, searchMilliseconds }: RunOptions,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      worker ??= start()
      const running = worker
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const settle = (end: () => void, lost: boolean): void => {
        clearTimeout(timer)
        clearTimeout(searchTimer)
        signal.removeEventListener('abort', onAbort)
        running.off('message', onAnswer).off('error', onError).off('exit', onExit)
        if (lost) void endThread().then(end, end)
        else end()
      }
      const onAnswer = (answer: FromThread): void => {
        if ('progress' in answer) onProgress?.(...answer.progress)
        else
          settle(() => {
            if ('result' in answer) resolve(answer.result)
            else if ('tooLarge' in answer) reject(tooLarge(answer.tooLarge))
            else reject('refused' in answer ? badRequest(answer.refused) : answer.error)
          }, false)
      }
      const onError = (error: Error): void => settle(() => reject(error), true)
      const onExit = (code: number): void => onError(new Error(`the thread ended with code ${code}`))
      const onAbort = (): void => settle(() => reject(cancelled()), true)
      const timer = setTimeout(() => settle(() => reject(tooLong()), true), timeoutMilliseconds)
      const searchTimer =
        searchMilliseconds === undefined
          ? undefined
          : setTimeout(() => Atomics.store(stop, 0, 1), searchMilliseconds)
      signal.addEventListener('abort', onAbort, { once: true })
      running.on('message', onAnswer).on('error', onError).on('exit', onExit)
      running.postMessage({ task, input, stop } satisfies ToThread)
    })

  return {
    async run<Name extends TaskName>(
      task: Name,
      input: TaskInput<Name>,
      signal: AbortSignal,
      options: RunOptions = {},
    ) {
      if (queued > waiting) throw tooMuch()
      queued++
      const turn = tail.then(() => {
        if (signal.aborted) throw cancelled()
        return runNow(task, input, signal, options)
      })
      tail = turn.catch(() => {})
      try {
        return (await turn) as TaskOutput<Name>
      } finally {
        queued--
      }
    },
    close: endThread,
  }
}

const cancelled = (): AppError =>
  new AppError('cancelled', { zh: '请求已取消。', en: 'The request was cancelled.' })
const tooLong = (): AppError =>
  new AppError('busy', {
    zh: '计算超时，已停止；可缩小区域后再试。',
    en: 'The computation took too long and was stopped; try a smaller area.',
  })
const tooLarge = (reason: string): AppError =>
  new AppError('bad_request', {
    zh: '区域过大或分辨率过细，请降低分辨率。',
    en: `${reason}; ask for a coarser resolution`,
  })
const tooMuch = (): AppError =>
  new AppError('busy', {
    zh: '排队的计算太多，请稍后再试。',
    en: 'Too much is waiting to be computed; try again soon.',
  })
