import type { FromChecker, ToChecker } from './checker.ts'

/** Where the checking goes on: in the browser a worker. */
export interface CheckThread {
  readonly send: (message: ToChecker) => void
  readonly stop: () => void
}

export function startCheckThread(hear: (message: FromChecker) => void): CheckThread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<FromChecker>) => hear(data))
  worker.addEventListener('error', (event) => hear({ type: 'failed', reason: event.message }))
  return { send: (message) => worker.postMessage(message), stop: () => worker.terminate() }
}
