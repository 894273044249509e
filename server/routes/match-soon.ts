/** Matches stale days a little after fixes came in: many batches at once are matched once. What fails stays marked as stale. */
import type { Logger } from 'pino'
import { matchStaleDays } from '../commands/match-stale-days.ts'
import type { Database } from '../db/database.ts'

const delayMilliseconds = 5000

export function createMatchSoon(db: Database, log: Logger): (town: string) => void {
  const waiting = new Set<string>()
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const run = async (): Promise<void> => {
    const towns = [...waiting]
    waiting.clear()
    try {
      await matchStaleDays(db, { towns })
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
