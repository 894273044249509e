/** Matches stale days a little after fixes came in: many batches at once are matched once. What fails stays marked as stale. */
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { matchStaleDays } from '../commands/match-stale-days.ts'
import type { Database } from '../db/database.ts'

const delayMilliseconds = 5000
const longestWaitMilliseconds = 200

export interface MatchSoonOptions {
  /** Whether fixes wait to be written: they go first. */
  readonly isWriting: () => boolean
}

export function createMatchSoon(
  db: Database,
  log: Logger,
  { isWriting }: MatchSoonOptions,
): (town: string) => void {
  const waiting = new Set<string>()
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  /** Not for ever: under a stream that never ends, the figures would stand still. */
  const giveWay = async (): Promise<void> => {
    await turn()
    const until = performance.now() + longestWaitMilliseconds
    while (isWriting() && performance.now() < until) await sleep(10)
  }
  const run = async (): Promise<void> => {
    const towns = [...waiting]
    waiting.clear()
    try {
      await matchStaleDays(db, { towns, giveWay })
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
    }, delayMilliseconds).unref()
  }
  return (town) => {
    waiting.add(town)
    schedule()
  }
}
