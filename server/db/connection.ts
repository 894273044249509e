/** One connection while a transaction has it: statements one at a time, each stopped when the caller gives up. */
import type pg from 'pg'
import { asDatabaseError, DatabaseError } from './sqlstate.ts'

/** Where connections come from, and how a statement on one is stopped. */
export interface Connections {
  readonly pool: pg.Pool
  /**
   * Asks the server to stop what a client runs now. Absent where nothing can be asked: the connection is then destroyed,
   * and whoever serves it sees to the statement.
   */
  readonly cancel?: (client: pg.PoolClient) => Promise<void>
}

export interface Limits {
  readonly signal: AbortSignal | undefined
  /** Of each statement; 0 is none. */
  readonly timeoutMilliseconds: number
}

/** How long a cancelled statement may take to end before its connection is destroyed. */
const cancelMilliseconds = 2000

export class Connection {
  readonly client: pg.PoolClient
  readonly #connections: Connections
  readonly #limits: Limits
  #last: Promise<unknown> = Promise.resolve()
  /** Set when a statement was stopped: resolves when the connection is usable again or destroyed. */
  #stopped: Promise<void> | undefined
  #released = false

  constructor(client: pg.PoolClient, connections: Connections, limits: Limits) {
    this.client = client
    this.#connections = connections
    this.#limits = limits
  }

  /**
   * Runs a statement after those before it.
   * @param query name of the query file, for the error
   * @throws DatabaseError: `cancelled` and `timeout` as soon as the limits say so, and what the server says.
   */
  run<T>(statement: (client: pg.PoolClient) => Promise<T>, query?: string): Promise<T> {
    const result = this.#last.then(() => this.#limited(statement, query))
    this.#last = result.catch(() => {})
    return result
  }

  /** Keeps the transaction; not to be stopped half-way, for then nobody would know whether it was kept. */
  async commit(): Promise<void> {
    await this.#last
    if (this.#limits.signal?.aborted) throw cancelled()
    let command: string
    try {
      command = (await this.client.query('commit')).command
    } catch (error) {
      throw asDatabaseError(error, neverSent(error) ? 'before the commit' : 'commit')
    }
    // After a failed statement the server answers a commit by a rollback, which is no error there.
    if (command !== 'COMMIT')
      throw new DatabaseError('fault', 'a statement failed, the transaction went on, and nothing was kept')
    this.#release()
  }

  /** Undoes the transaction and gives the connection back, or destroys it when it no longer answers. */
  async rollBack(): Promise<void> {
    await this.#last
    await this.#stopped
    if (this.#released) return
    try {
      await this.client.query('rollback')
      this.#release()
    } catch (error) {
      this.#release(error as Error)
    }
  }

  #release(error?: Error): void {
    if (!this.#released) this.client.release(error)
    this.#released = true
  }

  #limited<T>(statement: (client: pg.PoolClient) => Promise<T>, query: string | undefined): Promise<T> {
    const { signal, timeoutMilliseconds } = this.#limits
    if (signal?.aborted) return Promise.reject(cancelled())
    if (this.#stopped)
      return Promise.reject(new DatabaseError('fault', 'a statement after one that was stopped'))
    return new Promise<T>((resolve, reject) => {
      const running = statement(this.client)
      const stop = (reason: DatabaseError): void => {
        leave()
        this.#stopped = this.#stop(running)
        reject(reason)
      }
      const abort = (): void => stop(cancelled())
      const timer =
        timeoutMilliseconds > 0
          ? setTimeout(
              () => stop(new DatabaseError('timeout', `${query ?? 'a statement'} took too long`)),
              timeoutMilliseconds,
            )
          : undefined
      const leave = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', abort)
      }
      signal?.addEventListener('abort', abort)
      running.finally(leave).then(resolve, (error: unknown) => reject(asDatabaseError(error, query)))
    })
  }

  async #stop(running: Promise<unknown>): Promise<void> {
    const { cancel } = this.#connections
    const ended = running.then(
      () => true,
      () => true,
    )
    if (cancel) {
      await cancel(this.client).catch(() => {}) // then the wait below runs out
      const waited = new Promise<false>((resolve) => setTimeout(resolve, cancelMilliseconds, false).unref())
      if (await Promise.race([ended, waited])) return
    }
    this.#release(cancelled())
  }
}

/** node-postgres knew that the connection was dead and did not try: the server has rolled back. */
const neverSent = (error: unknown): boolean => error instanceof Error && /not queryable/.test(error.message)

const cancelled = (): DatabaseError => new DatabaseError('cancelled', 'the caller gave up')

/** More than a pool keeps idle: all of them may have died together. */
const begins = 12

/**
 * A connection inside a transaction opened by the text of `begin`. One that had died while it was idle says so here,
 * before anything was done, so another is taken.
 */
export async function beginOn(connections: Connections, begin: string, limits: Limits): Promise<Connection> {
  for (let attempt = 1; ; attempt++) {
    let connection: Connection | undefined
    try {
      connection = new Connection(await connections.pool.connect(), connections, limits)
      await connection.run((client) => client.query(begin))
      return connection
    } catch (error) {
      await connection?.rollBack()
      const failure = asDatabaseError(error)
      if (failure.kind !== 'connection_lost' || attempt >= (connection ? begins : 2)) throw failure
      await new Promise(setImmediate) // the pool is told of other dead ones meanwhile
    }
  }
}
