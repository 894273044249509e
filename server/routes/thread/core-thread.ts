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
  /** Fields of the input that many questions have in common: the thread keeps its copies, and is sent each value once. */
  readonly keeps?: readonly string[]
}

export interface CoreThreadOptions {
  readonly timeoutMilliseconds: number
  /** Tasks that may wait behind the one that runs. */
  readonly waiting: number
}

export interface ToThread {
  readonly task: TaskName
  readonly input: unknown
  /** Fields of the input that the thread has, or is sent with this, each by the number it is kept under. */
  readonly kept: Readonly<Record<string, number>>
  readonly values: readonly (readonly [number: number, value: unknown])[]
  readonly forget: readonly number[]
  /** One number, 1 once the task should end with the best it has. */
  readonly stop: Int32Array
}

export type FromThread =
  | { readonly progress: readonly [step: number, total: number] }
  | { readonly result: unknown }
  | { readonly tooLarge: string }
  | { readonly refused: Message }
  | { readonly error: unknown }

/** How long a task whose client has gone may take to notice, before its thread is ended. */
const noticeMilliseconds = 1000

export function createCoreThread({ timeoutMilliseconds, waiting }: CoreThreadOptions): CoreThread {
  let worker: Worker | undefined
  let held = createHeldValues()
  let tail: Promise<unknown> = Promise.resolve()
  let queued = 0

  const start = (): Worker => {
    const made = new Worker(new URL('./start.mjs', import.meta.url), { execArgv: [] })
    held = createHeldValues()
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
    { onProgress, searchMilliseconds, keeps = [] }: RunOptions,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      worker ??= start()
      const running = worker
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const settle = (end: () => void, lost: boolean): void => {
        clearTimeout(timer)
        clearTimeout(searchTimer)
        clearTimeout(noticeTimer)
        signal.removeEventListener('abort', onAbort)
        running.off('message', onAnswer).off('error', onError).off('exit', onExit)
        if (lost) void endThread().then(end, end)
        else end()
      }
      const onAnswer = (answer: FromThread): void => {
        if ('progress' in answer) onProgress?.(...answer.progress)
        else
          settle(() => {
            if (signal.aborted) reject(cancelled())
            else if ('result' in answer) resolve(answer.result)
            else if ('tooLarge' in answer) reject(tooLarge(answer.tooLarge))
            else reject('refused' in answer ? badRequest(answer.refused) : answer.error)
          }, false)
      }
      const onError = (error: Error): void => settle(() => reject(error), true)
      const onExit = (code: number): void => onError(new Error(`the thread ended with code ${code}`))
      // The thread keeps values that the next question wants: it is asked to end the task before it is ended itself.
      let noticeTimer: NodeJS.Timeout | undefined
      const onAbort = (): void => {
        Atomics.store(stop, 0, 1)
        noticeTimer = setTimeout(() => settle(() => reject(cancelled()), true), noticeMilliseconds)
      }
      const timer = setTimeout(() => settle(() => reject(tooLong()), true), timeoutMilliseconds)
      const searchTimer =
        searchMilliseconds === undefined
          ? undefined
          : setTimeout(() => Atomics.store(stop, 0, 1), searchMilliseconds)
      signal.addEventListener('abort', onAbort, { once: true })
      running.on('message', onAnswer).on('error', onError).on('exit', onExit)
      running.postMessage({ task, ...held.of(input, keeps), stop } satisfies ToThread)
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

/** Values a thread keeps at most: the records and the ground of some questions. */
const mostHeld = 8

/** What one thread has been sent to keep. */
function createHeldValues() {
  const numbers = new Map<unknown, number>()
  let last = 0
  return {
    /** The input without what the thread has, what it is to keep of it, and what to forget: what was asked for longest ago. */
    of(input: unknown, fields: readonly string[]): Pick<ToThread, 'input' | 'kept' | 'values' | 'forget'> {
      const rest = { ...(input as Record<string, unknown>) }
      const kept: Record<string, number> = {}
      const values: [number, unknown][] = []
      for (const field of fields) {
        const value = rest[field]
        const number = numbers.get(value) ?? ++last
        if (!numbers.delete(value)) values.push([number, value])
        numbers.set(value, number)
        kept[field] = number
        delete rest[field]
      }
      const forget = [...numbers].slice(0, Math.max(0, numbers.size - mostHeld))
      for (const [value] of forget) numbers.delete(value)
      return {
        input: fields.length > 0 ? rest : input,
        kept,
        values,
        forget: forget.map(([, number]) => number),
      }
    },
  }
}

const cancelled = (): AppError =>
  new AppError('cancelled', { zh: '请求已取消。', en: 'The request was cancelled.' })
const tooLong = (): AppError =>
  new AppError('busy', {
    zh: '计算超时，已停止；可缩小区域、缩短时段或改用更大的六边形（降低分辨率）后再试。',
    en: 'The computation took too long and was stopped; try a smaller area, a shorter time or a coarser resolution.',
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
