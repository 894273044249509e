/**
 * A verb that computes for minutes without a pause hears no signal: it runs in a thread, and the main thread listens. Told to stop, it may
 * end by itself for a moment (a database is closed), then it is ended.
 */
import { existsSync, rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import type { OutputFile } from './verb.ts'

/** What the main thread says of itself to the verb's. */
export interface ThreadStart {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly errIsTerminal: boolean
}

const graceMilliseconds = 1000

/** @returns the verb's exit code; null where the signal ended it */
export async function runInThread(
  start: ThreadStart,
  signal: AbortSignal,
  onFile: (file: OutputFile) => void,
): Promise<number | null> {
  const worker = new Worker(new URL('./thread/start.mjs', import.meta.url), {
    workerData: start,
    execArgv: [],
  })
  let code: number | null = null
  let failure: unknown
  worker.on('message', (message: OutputFile | { readonly code: number }) => {
    if ('code' in message) code = message.code
    else onFile(message)
  })
  worker.once('error', (error) => (failure = error))
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const stopped = async (): Promise<void> => {
    worker.postMessage('stop')
    await Promise.race([ended, pause(graceMilliseconds, undefined, { ref: false })])
    await worker.terminate()
  }
  const onAbort = (): void => void stopped()
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  await ended
  signal.removeEventListener('abort', onAbort)
  if (signal.aborted) return code === 2 ? null : code
  if (failure !== undefined) throw failure
  return code
}

/** Of the thread itself: what it was started with, and how it speaks to the main one. Null in the main thread. */
export function threadSide(): {
  readonly start: ThreadStart
  readonly signal: AbortSignal
  readonly tell: (message: OutputFile | { readonly code: number }) => void
} | null {
  const port = parentPort
  if (!port) return null
  const stop = new AbortController()
  port.on('message', () => stop.abort())
  // Listening for a stop keeps no thread from ending.
  port.unref()
  return {
    start: workerData as ThreadStart,
    signal: stop.signal,
    tell: (message) => port.postMessage(message),
  }
}

/** Takes away what was not finished, and says in a line what was. */
export function tidyFiles(files: readonly OutputFile[]): string {
  const whole = files.filter(({ aside }) => !existsSync(aside)).map(({ path }) => path)
  for (const { aside } of files) rmSync(aside, { force: true })
  return whole.length === 0
    ? '已中断，没有写入任何文件 · interrupted; no file was written'
    : `已中断；已写完 ${whole.join('、')}，其余没有写入 · interrupted; ${whole.join(', ')} was written whole, nothing else`
}
