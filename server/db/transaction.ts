/** What can be done inside one transaction; `Scoped` of scope.ts opens one for each call, or for many. */
import type pg from 'pg'
import { parameterValue } from './column-types.ts'
import { beginOn, type Connection, type Connections, type Limits } from './connection.ts'
import { type ColumnTypes, type InsertOptions, insertMany, type Rows } from './insert-many.ts'
import type { Reach, Scoped } from './scoped.ts'
import { type Query, sql } from './sql.ts'
import { DatabaseError } from './sqlstate.ts'
import { type CountedTable, isCounted, writtenBy } from './table-versions.ts'
import type { Viewer } from './viewer.ts'

const countWrites = sql('database/count-writes')

/**
 * Runs `work` in a transaction opened by the text of `begin`, and keeps all of it or nothing.
 * @throws DatabaseError, or what `work` throws.
 */
export async function runTransaction<T>(
  connections: Connections,
  begin: string,
  limits: Limits,
  viewer: Viewer | undefined,
  reach: Reach,
  work: (open: Transaction) => Promise<T>,
): Promise<T> {
  const connection = await beginOn(connections, begin, limits)
  try {
    const open = new Transaction(connection, viewer, reach)
    const result = await work(open)
    await open.countWrites()
    await connection.commit()
    return result
  } catch (error) {
    await connection.rollBack()
    throw error
  }
}

export class Transaction implements Scoped {
  readonly viewer: Viewer | undefined
  readonly #connection: Connection
  readonly #reach: Reach
  readonly #written = new Set<CountedTable>()
  #savepoints = 0

  constructor(connection: Connection, viewer: Viewer | undefined, reach: Reach) {
    this.#connection = connection
    this.viewer = viewer
    this.#reach = reach
  }

  async one<Row>(query: Query<Row>, parameters: readonly unknown[] = []): Promise<Row> {
    const row = await this.maybeOne(query, parameters)
    if (row === undefined) throw new DatabaseError('fault', `${query.name ?? query.text}: no row`)
    return row
  }

  async maybeOne<Row>(query: Query<Row>, parameters: readonly unknown[] = []): Promise<Row | undefined> {
    const rows = await this.many(query, parameters)
    if (rows.length > 1) throw new DatabaseError('fault', `${query.name ?? query.text}: ${rows.length} rows`)
    return rows[0]
  }

  async many<Row>(query: Query<Row>, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#query(query, parameters)).rows as Row[]
  }

  async none(query: Query<unknown>, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.#query(query, parameters)).rowCount ?? 0
  }

  pages<Row>(
    query: Query<Row>,
    parametersAfter: (last: Row | null) => readonly unknown[],
  ): AsyncGenerator<Row[]> {
    return pagesOf((parameters) => this.many(query, parameters), parametersAfter)
  }

  insertMany(table: string, columns: ColumnTypes, rows: Rows, options: InsertOptions = {}): Promise<number> {
    // Row-level security, which viewers are under and the tables' owner is not, refuses COPY.
    const mayCopy = this.viewer === undefined
    if (isCounted(table)) this.#written.add(table)
    return insertMany((s) => this.#connection.run(s, `insert into ${table}`), table, columns, rows, {
      ...options,
      mayCopy,
    })
  }

  async transaction<T>(work: (scoped: Scoped) => Promise<T>): Promise<T> {
    const name = `s${++this.#savepoints}`
    const command = (text: string): Promise<unknown> => this.#connection.run((client) => client.query(text))
    await command(`savepoint ${name}`)
    try {
      const result = await work(this)
      await command(`release savepoint ${name}`)
      return result
    } catch (error) {
      await command(`rollback to savepoint ${name}`).catch(() => {}) // the connection is gone: so is the transaction
      throw error
    }
  }

  /** Before it ends: what it wrote to has changed (table-versions.ts). */
  async countWrites(): Promise<void> {
    if (this.#written.size > 0) await this.none(countWrites, [[...this.#written]])
  }

  #query(query: Query<unknown>, given: readonly unknown[]): Promise<pg.QueryResult> {
    const parameters = query.scoped ? [this.#reach.towns, this.#reach.villages, ...given] : given
    for (const table of writtenBy(query)) this.#written.add(table)
    const values = parameters.map((value, i) => parameterValue(value, query.types[i]))
    const name = query.name === undefined ? {} : { name: query.name }
    return this.#connection.run((client) => client.query({ ...name, text: query.text, values }), query.name)
  }
}

/** Pages until one is empty; see Scoped.pages. */
export async function* pagesOf<Row>(
  load: (parameters: readonly unknown[]) => Promise<Row[]>,
  parametersAfter: (last: Row | null) => readonly unknown[],
): AsyncGenerator<Row[]> {
  for (let last: Row | null = null; ; ) {
    const page: Row[] = await load(parametersAfter(last))
    const end = page.at(-1)
    if (end === undefined) return
    yield page
    last = end
  }
}
