/** The thread's side of core-thread.ts: runs each task it is sent and answers with the result or the error. */
import { parentPort } from 'node:worker_threads'
import { StudyAreaTooLarge } from '../../core/hexagons/study-area.ts'
import type { FromThread } from './core-thread.ts'
import { type TaskName, tasks } from './tasks.ts'

const port = parentPort
if (!port) throw new Error('entry.ts is the start of a worker thread')

port.on('message', ({ task, input }: { task: TaskName; input: never }) => {
  let answer: FromThread
  try {
    answer = { result: tasks[task](input) }
  } catch (error) {
    // The class of an error does not survive the way to another thread.
    answer = error instanceof StudyAreaTooLarge ? { tooLarge: error.message } : { error }
  }
  port.postMessage(answer)
})
