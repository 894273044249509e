/** The database for a verb: opened as the environment says, closed afterwards, and what a person can mend told in words. */
import { ConfigError, readConfig } from '../config.ts'
import type { Message } from '../core/values.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { FolderLocked } from '../db/embedded/lock.ts'
import { MigrationError } from '../db/migrate.ts'
import { asDatabaseError } from '../db/sqlstate.ts'
import type { Viewer } from '../db/viewer.ts'
import { AppError } from '../errors.ts'
import { fileErrorMessage } from '../file-error.ts'
import { flawLine } from './input-options.ts'
import type { ExitCode, VerbIo } from './verb.ts'

const nothingWritten: Message = { zh: '已取消，没有写入任何数据', en: 'cancelled; nothing was written' }

/** Of verbs that go on from day to day, each whole or not at all. */
export const restLater: Message = {
  zh: '已取消；做完的部分已保存，其余下次继续',
  en: 'cancelled; what was finished is kept, the rest is gone on with next time',
}

/** Runs a verb's work on the database, saying `cancelled` where it is interrupted; its failures that a person can mend exit 2 with their reason, others are thrown. */
export async function withDatabase(
  io: VerbIo,
  work: (db: Database, viewer: Viewer) => Promise<ExitCode>,
  cancelled: Message = nothingWritten,
): Promise<ExitCode> {
  const tell = ({ zh, en }: { zh: string; en: string }): void => io.err(`${zh} · ${en}\n`)
  const log = { info: () => {}, warn: (_: object, message: string) => io.err(`${message}\n`) }
  try {
    const config = readConfig(io.env)
    const open = io.openDatabase ?? openDatabase
    const db = await open({ url: config.databaseUrl, folder: config.dataFolder, log })
    try {
      return await work(db, { name: `cli-${config.viewer.role}`, ...config.viewer })
    } finally {
      await db.close()
    }
  } catch (error) {
    if (io.signal.aborted) tell(cancelled)
    else if (error instanceof ConfigError) for (const one of error.problems) tell(one)
    else if (error instanceof AppError) {
      tell(error.detail)
      for (const one of error.flaws) io.err(`  ${flawLine(one)}\n`)
    } else if (error instanceof MigrationError || error instanceof FolderLocked) tell(error.detail)
    else if (fileErrorMessage(error)) tell(fileErrorMessage(error)!)
    else if (asDatabaseError(error).kind === 'connection_lost')
      tell({
        zh: `无法连接数据库：${asDatabaseError(error).message}`,
        en: `cannot connect to the database: ${asDatabaseError(error).message}`,
      })
    else throw error
    return 2
  }
}
