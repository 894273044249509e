/** Whether anything stored has changed: what computed answers are kept by. */
import type { Database } from './database.ts'
import { sql } from './sql.ts'
import type { CountedTable } from './table-versions.ts'

const findVersionQuery = sql<{ version: string }>('database/find-version')

const findTableVersionsQuery = sql<{ version: string }>('database/find-table-versions')

/** Equal versions of one database mean equal content. It changes with every transaction that writes, whatever it writes. */
export const findVersion = async (database: Pick<Database, 'system'>): Promise<string> =>
  (await database.system({ timeoutMilliseconds: 5000 }).one(findVersionQuery)).version

/** Equal versions of one database on one day mean that these tables have not changed. Other tables do not move it. */
export const findTableVersions = async (
  database: Pick<Database, 'system'>,
  tables: readonly CountedTable[],
): Promise<string> =>
  (await database.system({ timeoutMilliseconds: 5000 }).one(findTableVersionsQuery, [tables])).version
