/** Whether anything stored has changed: what computed answers are kept by. */
import type { Database } from './database.ts'
import { type Query, sql } from './sql.ts'

interface Version {
  readonly version: string
}

const findVersionQuery = sql<Version>('database/find-version')
const findAnalysedVersionQuery = sql<Version>('database/find-analysed-version')
const foldAnalysedChangesQuery = sql('database/fold-analysed-changes')

const find = async (database: Pick<Database, 'system'>, query: Query<Version>): Promise<string> =>
  (await database.system({ timeoutMilliseconds: 5000 }).one(query)).version

/** Equal versions of one database mean equal content. It changes with every transaction that writes, whatever it writes. */
export const findVersion = (database: Pick<Database, 'system'>): Promise<string> =>
  find(database, findVersionQuery)

/**
 * The same of what analyses read alone: incidents, households, grids, areas and policies. Fixes and visits that come in leave it as
 * it is. (On Citus it is the version of everything.)
 */
export const findAnalysedVersion = (database: Pick<Database, 'system'>): Promise<string> =>
  find(database, findAnalysedVersionQuery)

/** Upkeep, now and then: the marks of what changed become one; the version stays. */
export const foldAnalysedChanges = async (database: Pick<Database, 'system'>): Promise<void> => {
  await database.system().none(foldAnalysedChangesQuery)
}
