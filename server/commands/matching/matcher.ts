/** Who does the pure work of matching: this thread, or several beside it. */
import { type MatchedDay, matchWorker, type SharedGround, type WorkerTask } from './match-worker.ts'

export interface Matcher {
  /** Batches that are matched at the same moment; more wait for their turn. */
  readonly atOnce: number
  /** One list a task, in their order. @throws what the matching throws, or the loss of a thread */
  match(town: SharedGround, tasks: readonly WorkerTask[]): Promise<MatchedDay[][]>
}

/** On this thread. @param giveWay awaited before each worker: whoever is more urgent goes first */
export const matcherHere = (giveWay: () => Promise<unknown>): Matcher => ({
  atOnce: 1,
  async match(town, tasks) {
    const matched: MatchedDay[][] = []
    for (const task of tasks) {
      await giveWay()
      matched.push(matchWorker(town, task))
    }
    return matched
  },
})
