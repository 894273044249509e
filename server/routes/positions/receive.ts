/** What every way of receiving positions shares: who the devices are, the writer behind them, the matching after it. */
import type { Logger } from 'pino'
import { createFixWriter, type FixWriter } from '../../commands/positions/fix-writer.ts'
import { createLiveBoard } from '../../commands/positions/live-board.ts'
import type { Database } from '../../db/database.ts'
import { createLiveStreams, type LiveStreams, type LiveTimings } from '../live/streams.ts'
import { createMatchSoon, type MatchSoon } from '../match-soon.ts'
import { createKnownDevices, type KnownDevices } from './known-devices.ts'

export interface Receiving extends MatchSoon {
  readonly devices: KnownDevices
  readonly fixWriter: FixWriter
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
    ...soon,
    live: createLiveStreams(board, now, liveTimings),
  }
}
