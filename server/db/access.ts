/** The ledger of who saw personal data in the clear. */
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

const insertEntryQuery = sql('access/insert-entry')

export interface AccessEntry {
  readonly town: string
  readonly at: number
  readonly viewer: string
  /** What was done: `reveal`. */
  readonly action: string
  /** Whose data, by id: `worker:w1`. Never the data. */
  readonly subject: string
}

/** Written before the data is given out: without the entry there is no answer. @throws DatabaseError */
export async function noteAccess(db: Scoped, entry: AccessEntry): Promise<void> {
  await db.none(insertEntryQuery, [entry.town, entry.at, entry.viewer, entry.action, entry.subject])
}
