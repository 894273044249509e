/** The thread's side of core-thread.ts: runs each task it is sent and answers with the result or the error. */
import { parentPort } from 'node:worker_threads'
import { AnalysisRefused } from '../../core/analysis/refused.ts'
import { StudyAreaTooLarge } from '../../core/hexagons/study-area.ts'
import type { FromThread, ToThread } from './core-thread.ts'
import { type TaskControl, tasks } from './tasks.ts'

if (!parentPort) throw new Error('entry.ts is the start of a worker thread')
const port = parentPort

const kept = new Map<number, unknown>()

port.on('message', (asked: ToThread) => void answer(asked))

/** The thread is sent one task at a time. */
async function answer({ task, input: sent, stop, ...keeping }: ToThread): Promise<void> {
  const input = withKept(sent, keeping)
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
  port.postMessage(said, transferable(said))
}

function withKept(
  sent: unknown,
  { kept: fields, values, forget }: Pick<ToThread, 'kept' | 'values' | 'forget'>,
): unknown {
  for (const [number, value] of values) kept.set(number, value)
  for (const number of forget) kept.delete(number)
  const known = Object.entries(fields).map(([field, number]) => [field, kept.get(number)])
  return known.length === 0 ? sent : { ...(sent as object), ...Object.fromEntries(known) }
}

/** Bytes that nobody here looks at again move, instead of being copied. */
function transferable(said: FromThread): ArrayBuffer[] {
  if (!('result' in said && said.result instanceof Uint8Array)) return []
  const { buffer, byteLength } = said.result
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}
