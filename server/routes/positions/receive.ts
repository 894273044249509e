/** What every way of receiving positions shares: who the devices are, the writer behind them, the matching after it. */
import type { Logger } from 'pino'
import { createFixWriter, type FixWriter } from '../../commands/positions/fix-writer.ts'
import { createLiveBoard } from '../../commands/positions/live-board.ts'
import type { Database } from '../../db/database.ts'
import { createLiveStreams, type LiveStreams, type LiveTimings } from '../live/streams.ts'
import { createMatchSoon, type MatchSoon } from '../match-soon.ts'
import { createRecent, type Recent } from '../recent.ts'
import { createKnownDevices, type KnownDevices } from './known-devices.ts'

export interface Receiving extends MatchSoon {
  readonly devices: KnownDevices
  readonly fixWriter: FixWriter
  /** Townships that a viewer was found to see a moment ago, by scope and code: a batch a second need not ask again. */
  readonly towns: Recent<string>
  /** Who follows the latest positions, and the board they stand on. */
  readonly live: LiveStreams
}

export function createReceiving(
  db: Database,
  now: () => number,
  log: Logger,
  liveTimings: Partial<LiveTimings> = {},
): Receiving {
  const onError = (error: unknown): void => log.warn({ err: error }, 'the live board could not be refreshed')
  const board = createLiveBoard(db, { now, onError })
  const fixWriter = createFixWriter(db, {
    onWritten: (town, fixes) => {
      soon.matchSoon(town)
      board.note(town, fixes)
    },
  })
  const soon = createMatchSoon(db, log, { isWriting: () => fixWriter.isWriting() })
  return {
    devices: createKnownDevices(db, now),
    fixWriter,
    towns: createRecent({
      now,
      freshMilliseconds: 2000,
      patienceMilliseconds: 250,
      keptMilliseconds: 60_000,
      most: 2000,
    }),
    ...soon,
    live: createLiveStreams(board, now, liveTimings),
  }
}
