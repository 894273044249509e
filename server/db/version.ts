/** Whether anything stored has changed: what computed answers are kept by. */
import type { Database } from './database.ts'
import { sql } from './sql.ts'

const findVersionQuery = sql<{ version: string }>('database/find-version')

/** Equal versions of one database mean equal content. It changes with every transaction that writes, whatever it writes. */
export const findVersion = async (database: Pick<Database, 'system'>): Promise<string> =>
  (await database.system({ timeoutMilliseconds: 5000 }).one(findVersionQuery)).version
