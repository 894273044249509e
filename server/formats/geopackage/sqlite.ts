/** Rows of tables of an SQLite database file, read by SQLite itself (sql.js) in memory. */
import initSqlJs, { type Database, type SqlJsStatic, type SqlValue } from 'sql.js'
import type { Message } from '../../core/values.ts'

/** A number, a whole number beyond 2^53 as text, text, bytes or null. */
export type SqliteValue = number | string | Buffer | null

export interface SqliteTable {
  readonly columns: readonly string[]
  /** Values in the order of `columns`. @throws SqliteBroken */
  rows(): Generator<readonly SqliteValue[]>
}

export interface Sqlite {
  /** By name without case; undefined where there is no such table. @throws SqliteBroken */
  table(name: string): SqliteTable | undefined
  /** Frees its memory. */
  close(): void
}

/** The file is no database, or broken. */
export class SqliteBroken extends Error {
  readonly detail: Message

  constructor(detail: Message) {
    super(detail.en)
    this.name = 'SqliteBroken'
    this.detail = detail
  }
}

const magic = 'SQLite format 3\0'

const isSqlite = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 16) === magic

let engine: Promise<SqlJsStatic> | undefined

/** The caller closes it. @throws SqliteBroken where the file is no database */
export async function openSqlite(bytes: Buffer): Promise<Sqlite> {
  if (!isSqlite(bytes)) throw new SqliteBroken({ zh: '不是 SQLite 文件', en: 'it is no SQLite file' })
  engine ??= initSqlJs()
  const { Database } = await engine
  const db = told(() => new Database(withoutLog(bytes)))
  return {
    table(name) {
      const known = told(() =>
        db.exec(`select name from sqlite_schema where type in ('table', 'view') and lower(name) = lower(?)`, [
          name,
        ]),
      )
      const own = known[0]?.values[0]?.[0]
      return typeof own === 'string' ? tableOf(db, own) : undefined
    },
    close: () => db.close(),
  }
}

/**
 * A file that was written with a log beside it says so in bytes 18 and 19 (2; 1 is none) for as long as it lives, and SQLite then asks
 * for that log, which in memory there is none of.
 */
function withoutLog(bytes: Buffer): Uint8Array {
  const copy = new Uint8Array(bytes)
  if (copy[18] === 2) copy[18] = 1
  if (copy[19] === 2) copy[19] = 1
  return copy
}

/** What its types do not tell of. */
interface ExactRows {
  get(parameters: null, how: { readonly useBigInt: true }): (SqlValue | bigint)[]
}

function tableOf(db: Database, name: string): SqliteTable {
  const text = `select * from "${name.replaceAll('"', '""')}"`
  const prepared = () => told(() => db.prepare(text))
  const first = prepared()
  const columns = first.getColumnNames()
  first.free()
  return {
    columns,
    *rows() {
      const statement = prepared()
      const exact = statement as unknown as ExactRows
      try {
        while (told(() => statement.step())) yield exact.get(null, { useBigInt: true }).map(valueOf)
      } finally {
        statement.free()
      }
    },
  }
}

/** What SQLite does not like of the file. */
function told<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SqliteBroken({ zh: `SQLite 读不了它（${reason}）`, en: `SQLite cannot read it (${reason})` })
  }
}

/** A whole number too long to be exact stays text, for it is a code. */
function valueOf(value: SqlValue | bigint): SqliteValue {
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number) ? number : value.toString()
  }
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : value
}
