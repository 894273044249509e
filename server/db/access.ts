/** The ledger of who read personal data. */
import type { Scoped } from './scoped.ts'
import { sql } from './sql.ts'

const insertEntryQuery = sql('access/insert-entry')
const insertReadingQuery = sql('access/insert-reading')
const listEntriesQuery = sql<AccessRow>('access/list-entries')
const listTraceTownsQuery = sql<{ town_id: string }>('access/list-trace-towns')

/** What was done: shown in the clear, found among the masked, looked at where somebody was, is or what was suspected. */
export type AccessAction = 'reveal' | 'search' | 'trace' | 'live' | 'evidence'

export interface AccessEntry {
  readonly town: string
  readonly at: number
  readonly viewer: string
  readonly action: AccessAction
  /** Whose data, by id: `worker:w1`, of one day `worker:w1/2026-10-08`; everybody's `workers/2026-10-08`, `area:…`. Never the data. */
  readonly subject: string
}

export interface AccessRow {
  readonly town_id: string
  readonly entry_id: string
  /** Epoch milliseconds. */
  readonly happened_at: number
  readonly viewer: string
  readonly action: AccessAction
  readonly subject: string
}

export interface AccessFilter {
  readonly towns: readonly string[]
  /** Epoch milliseconds, [from, to). */
  readonly from: number
  readonly to: number
  /** Whose data, alone or with everybody's of the town; null: anybody's. */
  readonly worker: string | null
  /** Who read; null: anybody. */
  readonly viewer: string | null
  readonly action: AccessAction | null
}

/** Written before the data is given out: without the entry there is no answer. @throws DatabaseError */
export async function noteAccess(db: Scoped, entry: AccessEntry): Promise<void> {
  await db.none(insertEntryQuery, [entry.town, entry.at, entry.viewer, entry.action, entry.subject])
}

/** As `noteAccess`, in several towns, but once an hour for the same viewer, deed and subject: maps ask again and again. @throws DatabaseError */
export async function noteReading(
  db: Scoped,
  { towns, ...entry }: Omit<AccessEntry, 'town'> & { readonly towns: readonly string[] },
): Promise<void> {
  if (towns.length === 0) return
  await db.none(insertReadingQuery, [towns, entry.at, entry.viewer, entry.action, entry.subject])
}

/** Newest first. @param after moment (epoch milliseconds) and id of the last row of the page before @throws DatabaseError */
export const listAccesses = (
  db: Scoped,
  { towns, from, to, worker, viewer, action }: AccessFilter,
  after: { readonly at: number; readonly id: string } | null,
  limit: number,
): Promise<AccessRow[]> =>
  db.many(listEntriesQuery, [
    towns,
    from,
    to,
    worker,
    viewer,
    action,
    after?.at ?? null,
    after?.id ?? null,
    limit,
  ])

/** @param degrees of the tile with its buffer: west, south, east, north @param worker null: everybody's @throws DatabaseError */
export const listTraceTowns = async (
  db: Scoped,
  degrees: readonly number[],
  day: string,
  worker: string | null,
): Promise<string[]> => (await db.many(listTraceTownsQuery, [degrees, day, worker])).map((row) => row.town_id)
