/** The thread's side of match-threads.ts: matches each batch it is sent and answers with the results or the error. */
import { parentPort } from 'node:worker_threads'
import type { FromThread, ToThread } from '../match-threads.ts'
import { matchWorker, type SharedGround } from '../match-worker.ts'

if (!parentPort) throw new Error('entry.ts is the start of a worker thread')
const port = parentPort
let town: SharedGround | undefined

port.on('message', ({ ground, tasks }: ToThread) => {
  port.postMessage(answer(ground, tasks))
})

function answer(ground: ToThread['ground'], tasks: ToThread['tasks']): FromThread {
  try {
    town = ground ?? town
    if (!town) throw new Error('a batch came before its town')
    const shared = town
    return { matched: tasks.map((task) => matchWorker(shared, task)) }
  } catch (error) {
    return { error }
  }
}
