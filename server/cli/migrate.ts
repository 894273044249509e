/** `wangge migrate`: brings the database to the schema of this version and prints what was applied. */
import { ConfigError, readConfig } from '../config.ts'
import { openDatabase } from '../db/database.ts'
import { FolderLocked } from '../db/embedded/lock.ts'
import { MigrationError } from '../db/migrate.ts'
import { asDatabaseError } from '../db/sqlstate.ts'
import type { Verb } from './verb.ts'

export const migrate: Verb = {
  name: 'migrate',
  usage: '',
  summary: {
    zh: '把数据库升级到本版本的结构（DATABASE_URL，否则为内嵌引擎）',
    en: 'brings the database to the schema of this version (DATABASE_URL, else the embedded engine)',
  },
  options: {},
  async run(_args, io) {
    const log = { info: () => {}, warn: (_: object, message: string) => io.err(`${message}\n`) }
    try {
      const { databaseUrl: url, dataFolder: folder } = readConfig(io.env)
      const database = await openDatabase({ url, folder, log, migrate: false })
      try {
        const applied = await database.migrate()
        io.out(applied.length > 0 ? applied.map((name) => `${name}\n`).join('') : '')
        io.err(applied.length > 0 ? '' : '数据库已是最新 · the database is up to date\n')
        return 0
      } finally {
        await database.close()
      }
    } catch (error) {
      if (error instanceof ConfigError) for (const { zh, en } of error.problems) io.err(`${zh} · ${en}\n`)
      else if (error instanceof MigrationError || error instanceof FolderLocked)
        io.err(`${error.detail.zh} · ${error.detail.en}\n`)
      else if (asDatabaseError(error).kind === 'connection_lost')
        io.err(`无法连接数据库 · cannot connect to the database: ${asDatabaseError(error).message}\n`)
      else throw error
      return 2
    }
  },
}
