/** The thread's side of core-thread.ts: runs each task it is sent and answers with the result or the error. */
import { parentPort } from 'node:worker_threads'
import { AnalysisRefused } from '../../core/analysis/refused.ts'
import { StudyAreaTooLarge } from '../../core/hexagons/study-area.ts'
import type { FromThread, ToThread } from './core-thread.ts'
import { type TaskControl, tasks } from './tasks.ts'

if (!parentPort) throw new Error('entry.ts is the start of a worker thread')
const port = parentPort

port.on('message', (asked: ToThread) => void answer(asked))

/** The thread is sent one task at a time. */
async function answer({ task, input, stop }: ToThread): Promise<void> {
  const control: TaskControl = {
    onProgress: (step, total) => port.postMessage({ progress: [step, total] } satisfies FromThread),
    shouldStop: () => Atomics.load(stop, 0) === 1,
  }
  let said: FromThread
  try {
    said = { result: await tasks[task](input as never, control) }
  } catch (error) {
    // The class of an error does not survive the way to another thread.
    if (error instanceof StudyAreaTooLarge) said = { tooLarge: error.message }
    else if (error instanceof AnalysisRefused) said = { refused: error.detail }
    else said = { error }
  }
  port.postMessage(said)
}
