/** The queries that a viewer, or the system itself, may run. */
import type { ColumnTypes, InsertOptions, Rows } from './insert-many.ts'
import type { Query } from './sql.ts'
import type { Viewer } from './viewer.ts'

export interface Scoped {
  /** Absent: the system itself, which sees everything (migrations, imports, jobs). */
  readonly viewer: Viewer | undefined
  /** The one row. @throws DatabaseError `fault` when there is none or more than one. */
  one<Row>(query: Query<Row>, parameters?: readonly unknown[]): Promise<Row>
  /** The one row or undefined. @throws DatabaseError `fault` when there is more than one. */
  maybeOne<Row>(query: Query<Row>, parameters?: readonly unknown[]): Promise<Row | undefined>
  many<Row>(query: Query<Row>, parameters?: readonly unknown[]): Promise<Row[]>
  /** Runs it and tells how many rows it touched. */
  none(query: Query<unknown>, parameters?: readonly unknown[]): Promise<number>
  /**
   * Rows page by page until a page is empty: `parametersAfter` gives the parameters of the page after a row (null: of the
   * first page). Each page is a statement of its own, so nothing is held between pages and a page sees what was committed
   * before it.
   */
  pages<Row>(
    query: Query<Row>,
    parametersAfter: (last: Row | null) => readonly unknown[],
  ): AsyncGenerator<Row[]>
  /** Adds many rows to a table of schema `wangge` in one transaction; returns how many were added (insert-many.ts). */
  insertMany(table: string, columns: ColumnTypes, rows: Rows, options?: InsertOptions): Promise<number>
  /**
   * All of `work` or nothing. Within `work` use only the scope it is given: the outer one throws, for on the embedded
   * engine it would wait for the open transaction for ever. A transaction within a transaction is a savepoint.
   */
  transaction<T>(work: (scoped: Scoped) => Promise<T>): Promise<T>
}

/** Towns and villages a scope may see: null = all. */
export interface Reach {
  readonly towns: readonly string[] | null
  readonly villages: readonly string[] | null
}
