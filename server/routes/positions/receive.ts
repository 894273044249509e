/** What every way of receiving positions shares: who the devices are, the writer behind them, the matching after it. */
import type { Logger } from 'pino'
import { createFixWriter, type FixWriter } from '../../commands/positions/fix-writer.ts'
import type { Database } from '../../db/database.ts'
import { createMatchSoon, type MatchSoon } from '../match-soon.ts'
import { createKnownDevices, type KnownDevices } from './known-devices.ts'

export interface Receiving extends MatchSoon {
  readonly devices: KnownDevices
  readonly fixWriter: FixWriter
}

export function createReceiving(db: Database, now: () => number, log: Logger): Receiving {
  const soon = createMatchSoon(db, log)
  return {
    devices: createKnownDevices(db, now),
    fixWriter: createFixWriter(db, { onWritten: soon.matchSoon }),
    ...soon,
  }
}
