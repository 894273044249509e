/**
 * Long pure work beside the event loop: one thread, one task at a time, in order. A task that takes too long, or whose client
 * has gone, ends with its thread; the next task gets a new one.
 */
import { Worker } from 'node:worker_threads'
import { AppError } from '../../errors.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

export interface CoreThread {
  /** @throws AppError `busy` when it takes too long or too much is waiting, `cancelled` when the signal is aborted. */
  run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    signal: AbortSignal,
  ): Promise<TaskOutput<Name>>
  close(): Promise<void>
}

export interface CoreThreadOptions {
  readonly timeoutMilliseconds: number
  /** Tasks that may wait behind the one that runs. */
  readonly waiting: number
}

export type FromThread =
  | { readonly result: unknown }
  | { readonly tooLarge: string }
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
  const stop = async (): Promise<void> => {
    const old = worker
    worker = undefined
    await old?.terminate()
  }

  const runNow = (task: TaskName, input: unknown, signal: AbortSignal): Promise<unknown> =>
    new Promise((resolve, reject) => {
      worker ??= start()
      const running = worker
      const settle = (end: () => void, lost: boolean): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        running.off('message', onAnswer).off('error', onError).off('exit', onExit)
        if (lost) void stop().then(end, end)
        else end()
      }
      const onAnswer = (answer: FromThread): void =>
        settle(() => {
          if ('result' in answer) resolve(answer.result)
          else reject('tooLarge' in answer ? tooLarge(answer.tooLarge) : answer.error)
        }, false)
      const onError = (error: Error): void => settle(() => reject(error), true)
      const onExit = (code: number): void => onError(new Error(`the thread ended with code ${code}`))
      const onAbort = (): void => settle(() => reject(cancelled()), true)
      const timer = setTimeout(() => settle(() => reject(tooLong()), true), timeoutMilliseconds)
      signal.addEventListener('abort', onAbort, { once: true })
      running.on('message', onAnswer).on('error', onError).on('exit', onExit)
      running.postMessage({ task, input })
    })

  return {
    async run<Name extends TaskName>(task: Name, input: TaskInput<Name>, signal: AbortSignal) {
      if (queued > waiting) throw tooMuch()
      queued++
      const turn = tail.then(() => {
        if (signal.aborted) throw cancelled()
        return runNow(task, input, signal)
      })
      tail = turn.catch(() => {})
      try {
        return (await turn) as TaskOutput<Name>
      } finally {
        queued--
      }
    },
    close: stop,
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
