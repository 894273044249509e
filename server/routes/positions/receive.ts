/** What every way of receiving positions shares: who the devices are, the writer behind them, the matching after it. */
import type { Logger } from 'pino'
import { createFixWriter, type FixWriter } from '../../commands/positions/fix-writer.ts'
import type { Database } from '../../db/database.ts'
import { createMatchSoon } from '../match-soon.ts'
import { createKnownDevices, type KnownDevices } from './known-devices.ts'

export interface Receiving {
  readonly devices: KnownDevices
  readonly fixWriter: FixWriter
  /** Has a town's stale days matched shortly, beside the requests. */
  readonly matchSoon: (town: string) => void
}

export function createReceiving(db: Database, now: () => number, log: Logger): Receiving {
  const fixWriter = createFixWriter(db, { onWritten: (town) => matchSoon(town) })
  const matchSoon = createMatchSoon(db, log, { isWriting: () => fixWriter.isWriting() })
  return { devices: createKnownDevices(db, now), fixWriter, matchSoon }
}
