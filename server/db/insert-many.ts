/** Many rows into one table: COPY where the role may, else `insert … select from unnest(…)`, in batches. */
import type pg from 'pg'
import { copyText } from './copy-text.ts'
import { DatabaseError } from './sqlstate.ts'

export type ColumnType =
  | 'text'
  | 'integer'
  | 'bigint'
  | 'real'
  | 'double precision'
  | 'boolean'
  | 'date'
  /** Epoch milliseconds. */
  | 'timestamptz'
  | 'uuid'
  /** A JSON value, or its text. */
  | 'jsonb'
  /** Array of strings. */
  | 'text[]'
  /** A Buffer. */
  | 'bytea'
  /** EWKT or hex EWKB. */
  | 'geometry'

/** Name → type, in the order of a row's values. */
export type ColumnTypes = Readonly<Record<string, ColumnType>>

export interface InsertOptions {
  /** `skip`: rows that meet a unique or exclusion constraint are left out. Default: they are an error. */
  readonly onConflict?: 'skip'
}

/** Runs one statement on the transaction's client. */
type Run = <T>(statement: (client: pg.ClientBase) => Promise<T>) => Promise<T>

/** Text of COPY sent at once: the embedded engine holds a batch in memory, and reads it in one go. */
const copyBatchBytes = 4 << 20
const unnestBatchRows = 10_000

export type Rows = Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>

/**
 * Adds rows to `wangge.<table>`; returns how many were added.
 * @param mayCopy false for a role under row-level security, which COPY refuses
 */
export async function insertMany(
  run: Run,
  table: string,
  columns: ColumnTypes,
  rows: Rows,
  { onConflict, mayCopy }: InsertOptions & { readonly mayCopy: boolean },
): Promise<number> {
  const names = Object.keys(columns)
  const types = Object.values(columns)
  for (const name of [table, ...names])
    if (!/^[a-z_][a-z0-9_]*$/.test(name))
      throw new DatabaseError('fault', `not a name of the schema: ${name}`)
  return mayCopy && onConflict === undefined
    ? copyRows(run, `copy wangge.${table} (${names.join(', ')}) from stdin`, types, rows)
    : unnestRows(run, unnestText(table, names, types, onConflict), types, rows)
}

async function copyRows(run: Run, text: string, types: readonly ColumnType[], rows: Rows): Promise<number> {
  let added = 0
  let batch = ''
  const flush = async (): Promise<void> => {
    const data = Buffer.from(batch)
    batch = ''
    added += await run((client) => copyIn(client, text, data))
  }
  for await (const some of batches(rows, 1000)) {
    for (const row of some) {
      for (let i = 0; i < types.length; i++) batch += (i === 0 ? '' : '\t') + copyCell(row[i], types[i]!)
      batch += '\n'
    }
    if (batch.length > copyBatchBytes) await flush()
  }
  if (batch !== '') await flush()
  return added
}

/** One COPY … FROM STDIN of data in hand; how many rows it took. node-postgres leaves this part of the protocol to us. */
function copyIn(client: pg.ClientBase, text: string, data: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let rows = 0
    client.query({
      submit: (connection: { query(text: string): void }) => connection.query(text),
      handleCopyInResponse: (connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) => {
        connection.sendCopyFromChunk(data)
        connection.endCopyFrom()
      },
      handleCommandComplete: ({ text: tag }: { text: string }) => {
        rows = Number(tag.split(' ')[1])
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(rows),
    } as pg.Submittable)
  })
}

async function unnestRows(run: Run, text: string, types: readonly ColumnType[], rows: Rows): Promise<number> {
  let added = 0
  for await (const some of batches(rows, unnestBatchRows)) {
    const columns = types.map((type, i) => some.map((row) => columnText(row[i], type)))
    added += (await run((client) => client.query(text, columns))).rowCount ?? 0
  }
  return added
}

/** Every column travels as text and is read as its type there: an array of arrays or of geometries is no `unnest` matter. */
function unnestText(
  table: string,
  names: readonly string[],
  types: readonly ColumnType[],
  onConflict: 'skip' | undefined,
): string {
  const arrays = names.map((_, i) => `$${i + 1}::text[]`).join(', ')
  const values = names.map((name, i) => `given.${name}::${types[i]}`).join(', ')
  return `insert into wangge.${table} (${names.join(', ')}) select ${values} from unnest(${arrays}) as given (${names.join(', ')})${
    onConflict === 'skip' ? ' on conflict do nothing' : ''
  }`
}

/** A value as COPY reads it; nothing in a number or an instant is to be escaped. */
function copyCell(value: unknown, type: ColumnType): string {
  if (typeof value === 'number') return type === 'timestamptz' ? instantText(value) : String(value)
  return copyText(columnText(value, type))
}

/** A value as PostgreSQL reads it. */
function columnText(value: unknown, type: ColumnType): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return type === 'timestamptz' ? instantText(value) : String(value)
  if (typeof value === 'string') return value
  if (type === 'text[]')
    return `{${(value as readonly string[]).map((v) => `"${v.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
  if (type === 'bytea') return `\\x${(value as Buffer).toString('hex')}`
  return JSON.stringify(value)
}

/** Instants come again: the moment of receipt in every row, whole seconds of many workers. */
const instantTexts = new Map<number, string>()
const mostInstants = 20_000

function instantText(time: number): string {
  const known = instantTexts.get(time)
  if (known !== undefined) return known
  if (instantTexts.size >= mostInstants) instantTexts.clear()
  const text = new Date(time).toISOString()
  instantTexts.set(time, text)
  return text
}

/** Rows in arrays of at most `size`; a plain iterable is read without a promise a row. */
async function* batches(rows: Rows, size: number): AsyncGenerator<(readonly unknown[])[]> {
  let some: (readonly unknown[])[] = []
  if (Symbol.asyncIterator in rows) {
    for await (const row of rows) {
      some.push(row)
      if (some.length === size) {
        yield some
        some = []
      }
    }
  } else {
    for (const row of rows) {
      some.push(row)
      if (some.length === size) {
        yield some
        some = []
      }
    }
  }
  if (some.length > 0) yield some
}
