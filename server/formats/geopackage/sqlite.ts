/**
 * Rows of tables of an SQLite database file (https://www.sqlite.org/fileformat2.html), read only. What a GeoPackage needs:
 * tables with row ids; no index, no view, no table WITHOUT ROWID.
 */
import iconv from 'iconv-lite'
import type { Message } from '../../core/values.ts'
import { columnsOf } from './create-table.ts'

/** A number, a whole number beyond 2^53 as text, text, bytes or null. */
export type SqliteValue = number | string | Buffer | null

export interface SqliteTable {
  readonly columns: readonly string[]
  /** Values in the order of `columns`; null where a row is older than a column. */
  rows(): Generator<readonly SqliteValue[]>
}

export interface Sqlite {
  /** By name without case; undefined where there is no such table (a view is none). */
  table(name: string): SqliteTable | undefined
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
const encodings: Readonly<Record<number, string>> = { 1: 'utf8', 2: 'utf16-le', 3: 'utf16-be' }
const interior = 5
const leaf = 13

export const isSqlite = (bytes: Buffer): boolean => bytes.toString('latin1', 0, 16) === magic

/** Reads the catalog. Methods throw SqliteBroken where the file is, a RangeError where it points outside itself. */
export function openSqlite(bytes: Buffer): Sqlite {
  if (!isSqlite(bytes)) throw new SqliteBroken({ zh: '不是 SQLite 文件', en: 'it is no SQLite file' })
  const pages = new Pages(bytes)
  const tables = new Map<string, SqliteTable>()
  for (const { values } of pages.rows(1)) {
    const [type, name, , root, sql] = values
    if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number' || typeof sql !== 'string')
      continue
    const { columns, rowId } = columnsOf(sql)
    tables.set(name.toLowerCase(), { columns, rows: () => rowsOf(pages, root, columns.length, rowId) })
  }
  return { table: (name) => tables.get(name.toLowerCase()) }
}

function* rowsOf(
  pages: Pages,
  root: number,
  width: number,
  rowId: number,
): Generator<readonly SqliteValue[]> {
  for (const { id, values } of pages.rows(root))
    yield Array.from({ length: width }, (_, i) => (i === rowId ? id : (values[i] ?? null)))
}

interface Row {
  readonly id: SqliteValue
  readonly values: readonly SqliteValue[]
}

class Pages {
  readonly #bytes: Buffer
  readonly #size: number
  readonly #usable: number
  readonly #encoding: string

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    const stated = bytes.readUInt16BE(16)
    this.#size = stated === 1 ? 65_536 : stated
    this.#usable = this.#size - bytes.readUInt8(20)
    // A database without a table yet says 0.
    this.#encoding = encodings[bytes.readUInt32BE(56) || 1] ?? 'utf8'
    if (this.#size < 512 || this.#usable < 480) throw broken()
  }

  /** The rows of a table's tree in the order of their ids; `root` counts pages from 1. */
  *rows(root: number): Generator<Row> {
    const seen = new Set<number>()
    const waiting = [root]
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
      if (seen.has(page)) throw broken()
      seen.add(page)
      const start = this.#startOf(page)
      const header = page === 1 ? start + 100 : start
      const type = this.#bytes.readUInt8(header)
      const count = this.#bytes.readUInt16BE(header + 3)
      if (type !== interior && type !== leaf) throw broken()
      const pointers = header + (type === leaf ? 8 : 12)
      const cell = (i: number): number => start + this.#bytes.readUInt16BE(pointers + 2 * i)
      if (type === leaf) for (let i = 0; i < count; i += 1) yield this.#row(cell(i))
      else {
        waiting.push(this.#bytes.readUInt32BE(header + 8))
        for (let i = count - 1; i >= 0; i -= 1) waiting.push(this.#bytes.readUInt32BE(cell(i)))
      }
    }
  }

  #startOf(page: number): number {
    if (page < 1 || page * this.#size > this.#bytes.length) throw broken()
    return (page - 1) * this.#size
  }

  #row(at: number): Row {
    const length = varint(this.#bytes, at)
    const id = varint(this.#bytes, length.next)
    return {
      id: exact(BigInt.asIntN(64, id.value)),
      values: this.#record(this.#payload(id.next, Number(length.value))),
    }
  }

  /** What is too long for a page goes on in a chain of others (§1.6). */
  #payload(at: number, length: number): Buffer {
    const most = this.#usable - 35
    if (length <= most) return this.#slice(at, length)
    if (length > this.#bytes.length) throw broken()
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23
    const surplus = least + ((length - least) % (this.#usable - 4))
    const local = surplus <= most ? surplus : least
    const parts = [this.#slice(at, local)]
    let rest = length - local
    let next = this.#bytes.readUInt32BE(at + local)
    while (rest > 0) {
      const start = this.#startOf(next)
      const part = Math.min(rest, this.#usable - 4)
      parts.push(this.#slice(start + 4, part))
      rest -= part
      next = this.#bytes.readUInt32BE(start)
    }
    return Buffer.concat(parts)
  }

  #slice(at: number, length: number): Buffer {
    if (at + length > this.#bytes.length) throw broken()
    return this.#bytes.subarray(at, at + length)
  }

  /** A record: the types of its values, then the values (§2.1). */
  #record(payload: Buffer): SqliteValue[] {
    const head = varint(payload, 0)
    const end = Number(head.value)
    let body = end
    const values: SqliteValue[] = []
    for (let at = head.next; at < end; ) {
      const type = varint(payload, at)
      at = type.next
      const length = lengthOf(Number(type.value))
      if (body + length > payload.length) throw broken()
      values.push(this.#value(Number(type.value), payload.subarray(body, body + length)))
      body += length
    }
    return values
  }

  #value(type: number, bytes: Buffer): SqliteValue {
    if (type === 0) return null
    if (type <= 5) return bytes.readIntBE(0, bytes.length)
    if (type === 6) return exact(bytes.readBigInt64BE(0))
    if (type === 7) return bytes.readDoubleBE(0)
    if (type === 8 || type === 9) return type - 8
    return type % 2 === 0 ? bytes : iconv.decode(bytes, this.#encoding)
  }
}

const broken = (): SqliteBroken =>
  new SqliteBroken({ zh: 'SQLite 数据损坏或不完整', en: 'its SQLite data are broken or cut off' })

/** As a number where that is exact; a longer one is a code, and stays text. */
const exact = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0
}

/** Seven bits a byte, the highest bit says that another follows; a ninth byte has eight. */
function varint(bytes: Buffer, at: number): { readonly value: bigint; readonly next: number } {
  let value = 0n
  for (let i = 0; i < 8; i += 1) {
    const byte = bytes.readUInt8(at + i)
    value = (value << 7n) | BigInt(byte & 0x7f)
    if (byte < 0x80) return { value, next: at + i + 1 }
  }
  return { value: (value << 8n) | BigInt(bytes.readUInt8(at + 8)), next: at + 9 }
}
