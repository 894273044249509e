/** Running statements for a viewer: each in a transaction under the viewer's role, with the viewer's scope as parameters. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Connections } from './connection.ts'
import type { Reach, Scoped } from './scoped.ts'
import { sql } from './sql.ts'
import { DatabaseError } from './sqlstate.ts'
import { pagesOf, runTransaction, type Transaction } from './transaction.ts'
import type { Viewer } from './viewer.ts'

export interface ScopeOptions {
  /** Aborted when the caller gives up: the running statement is stopped. */
  readonly signal?: AbortSignal
  /** Limit of each statement; 0 is none. Default: 30 s for a viewer, none for the system. */
  readonly timeoutMilliseconds?: number
}

const viewerTimeoutMilliseconds = 30_000

const everything: Reach = { towns: null, villages: null }
const findReach = sql<{ towns: string[]; villages: string[] | null; whole: boolean }>('areas/find-reach')

/** The database whose transaction the current call runs in. */
const openTransaction = new AsyncLocalStorage<Connections>()

/** The scope of a viewer, or of the system when `viewer` is undefined. */
export function scopeOf(connections: Connections, viewer: Viewer | undefined, options: ScopeOptions): Scoped {
  const limits = {
    signal: options.signal,
    timeoutMilliseconds: options.timeoutMilliseconds ?? (viewer ? viewerTimeoutMilliseconds : 0),
  }
  let known: Promise<Reach> | undefined
  const reachOnce = async (): Promise<Reach> => {
    if (viewer === undefined || viewer.areas === 'all') return everything
    known ??= againWhenLost(() =>
      runTransaction(connections, 'begin', limits, undefined, everything, (t) => reachOf(t, viewer.areas)),
    )
    try {
      return await known
    } catch (error) {
      known = undefined
      throw error
    }
  }

  const inTransaction = async <T>(work: (open: Transaction) => Promise<T>): Promise<T> => {
    if (openTransaction.getStore() === connections)
      throw new DatabaseError(
        'fault',
        'a query outside the open transaction: use the scope that transaction() gives',
      )
    const reach = await reachOnce()
    const begin = beginText(viewer, reach, limits.timeoutMilliseconds)
    return runTransaction(connections, begin, limits, viewer, reach, work)
  }

  /** A transaction of one statement. */
  const alone = <T>(statement: (open: Transaction) => Promise<T>): Promise<T> =>
    againWhenLost(() => inTransaction(statement))

  return {
    viewer,
    one: (query, parameters) => alone((t) => t.one(query, parameters)),
    maybeOne: (query, parameters) => alone((t) => t.maybeOne(query, parameters)),
    many: (query, parameters) => alone((t) => t.many(query, parameters)),
    none: (query, parameters) => alone((t) => t.none(query, parameters)),
    pages: (query, parametersAfter) =>
      pagesOf((parameters) => alone((t) => t.many(query, parameters)), parametersAfter),
    insertMany: (table, columns, rows, insert) =>
      inTransaction((t) => t.insertMany(table, columns, rows, insert)),
    transaction: (work) => inTransaction((t) => openTransaction.run(connections, () => work(t))),
  }
}

const attempts = 3
/** Connections that end together do so within a moment. */
const momentMilliseconds = 20

/**
 * Runs a transaction of one statement, and again when its connection was lost before it was committed: nothing of it has
 * happened then. The embedded engine loses every connection when it is stopped under a query that nobody waits for.
 */
async function againWhenLost<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      const lost = error instanceof DatabaseError && error.kind === 'connection_lost'
      if (!lost || error.query === 'commit' || attempt === attempts) throw error
      await sleep(momentMilliseconds)
    }
  }
}

async function reachOf(open: Transaction, areas: Viewer['areas']): Promise<Reach> {
  const { towns, villages, whole } = await open.one(findReach, [areas])
  return whole && villages === null ? everything : { towns, villages }
}

/**
 * Opens the transaction and locks it to the viewer, in one message. Plans are made for the values at hand: only then does
 * `$1 is null or town_id = any ($1)` fold away and leave the box to the spatial index.
 */
function beginText(viewer: Viewer | undefined, { towns }: Reach, timeoutMilliseconds: number): string {
  const settings = ['begin', `set local plan_cache_mode = force_custom_plan`]
  if (timeoutMilliseconds > 0)
    settings.push(`set local statement_timeout = ${Math.ceil(timeoutMilliseconds)}`)
  if (viewer) settings.push(`set local role ${towns === null ? 'wangge_all' : 'wangge_town'}`)
  if (viewer && towns !== null) settings.push(`set local wangge.towns = ${pg.escapeLiteral(towns.join(','))}`)
  return settings.join('; ')
}
