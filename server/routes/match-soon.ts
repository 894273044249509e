/**
 * Matches stale days a little after fixes came in: many batches at once are matched once. Traces are compared with each other at
 * leisure: nobody waits for that. What fails, and what the end of the process leaves undone, stays marked.
 */
import { availableParallelism } from 'node:os'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { screenStaleDays } from '../commands/evidence/keep-evidence.ts'
import { matchStaleDays } from '../commands/match-stale-days.ts'
import { createMatchThreads } from '../commands/matching/match-threads.ts'
import type { Database } from '../db/database.ts'

const delayMilliseconds = 5000
const leisureMilliseconds = 600_000
const longestWaitMilliseconds = 1000

export interface MatchSoonOptions {
  /** Whether fixes wait to be written: they go first. */
  readonly isWriting: () => boolean
}

export interface MatchSoon {
  /** Has a town's stale days matched shortly, and compared when there is time. */
  readonly matchSoon: (town: string) => void
  /** Has a town's days compared shortly. */
  readonly screenSoon: (town: string) => void
}

export function createMatchSoon(db: Database, log: Logger, { isWriting }: MatchSoonOptions): MatchSoon {
  /** Not for ever: under a stream that never ends, the figures would stand still. */
  const giveWay = async (): Promise<void> => {
    await turn()
    const until = performance.now() + longestWaitMilliseconds
    for (let quiet = 0; quiet < 3 && performance.now() < until; quiet = isWriting() ? 0 : quiet + 1)
      await sleep(10)
  }
  const screen = (towns: readonly string[]) => screenStaleDays(db, { towns })
  const screenAtLeisure = soon(leisureMilliseconds, log, screen)
  // What comes in and who watches keep this thread; a core is left to them.
  const threads = createMatchThreads(Math.max(1, availableParallelism() - 1))
  const match = async (towns: readonly string[]): Promise<void> => {
    await matchStaleDays(db, { towns, comparesLater: true, giveWay, threads })
    for (const town of towns) screenAtLeisure(town)
  }
  return {
    matchSoon: soon(delayMilliseconds, log, match),
    screenSoon: soon(delayMilliseconds, log, screen),
  }
}

/** Runs some work for all towns that were named within a delay, one run at a time. */
function soon(
  delay: number,
  log: Logger,
  work: (towns: readonly string[]) => Promise<unknown>,
): (town: string) => void {
  const waiting = new Set<string>()
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const run = async (): Promise<void> => {
    const towns = [...waiting]
    waiting.clear()
    try {
      await work(towns)
    } catch (error) {
      log.warn({ err: error, towns }, 'matching after fixes came in failed; the days stay marked')
    }
  }
  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      running ??= run().finally(() => {
        running = undefined
        if (waiting.size > 0) schedule()
      })
    }, delay).unref()
  }
  return (town) => {
    waiting.add(town)
    schedule()
  }
}
