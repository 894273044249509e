/** Incidents as columns, so that 200,000 of them are filtered in milliseconds. */
import type { IncidentRecord } from './values.ts'

/** Records in order of id; codes point into the lists of words, which ascend. */
export interface RecordTable {
  readonly size: number
  /** Epoch milliseconds. */
  readonly occurredAt: Float64Array
  /** Degrees; NaN where the position is not known. */
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  readonly category: Uint16Array
  readonly categories: readonly string[]
  readonly severity: Uint16Array
  /** `null` stands last, for records without one. */
  readonly severities: readonly (string | null)[]
  readonly status: Uint16Array
  readonly statuses: readonly string[]
  /** Equal for the same records, in whatever order they came. */
  readonly fingerprint: string
}

/** The columns of a list of records. @throws RangeError for more than 65,535 different words of a column */
export function tableOf(records: readonly IncidentRecord[]): RecordTable {
  const ordered = inOrder(records)
  const category = encode(ordered.map((one) => one.category))
  const severity = encode(ordered.map((one) => one.severity))
  const status = encode(ordered.map((one) => one.status))
  const columns = {
    occurredAt: Float64Array.from(ordered, (one) => one.occurredAt),
    longitude: Float64Array.from(ordered, (one) => one.longitude ?? Number.NaN),
    latitude: Float64Array.from(ordered, (one) => one.latitude ?? Number.NaN),
    category: category.codes,
    severity: severity.codes,
    status: status.codes,
  }
  return {
    size: ordered.length,
    ...columns,
    categories: category.words as string[],
    severities: severity.words,
    statuses: status.words as string[],
    fingerprint: fingerprintOf(Object.values(columns), [
      category.words,
      severity.words,
      status.words,
      ordered.map((one) => one.id),
    ]),
  }
}

/** By id, then by moment and position: an id may stand twice in a file. Most lists come in order. */
function inOrder(records: readonly IncidentRecord[]): readonly IncidentRecord[] {
  const compare = (a: IncidentRecord, b: IncidentRecord): number =>
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) ||
    a.occurredAt - b.occurredAt ||
    (a.longitude ?? 999) - (b.longitude ?? 999) ||
    (a.latitude ?? 999) - (b.latitude ?? 999) ||
    (a.category < b.category ? -1 : a.category > b.category ? 1 : 0)
  return records.every((one, i) => i === 0 || compare(records[i - 1]!, one) <= 0)
    ? records
    : records.toSorted(compare)
}

function encode(words: readonly (string | null)[]): { codes: Uint16Array; words: (string | null)[] } {
  const known = [...new Set(words)].sort((a, b) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1,
  )
  if (known.length > 0xffff) throw new RangeError(`${known.length} different words in one column`)
  const codeOf = new Map(known.map((word, code) => [word, code]))
  return { codes: Uint16Array.from(words, (word) => codeOf.get(word)!), words: known }
}

/** Two independent FNV-1a hashes over every byte of every column and text: 64 bits, no secret. */
function fingerprintOf(
  columns: readonly (Float64Array | Uint16Array)[],
  texts: readonly (readonly (string | null)[])[],
): string {
  let [first, second] = [0x811c9dc5, 0x01000193]
  const add = (unit: number): void => {
    first = Math.imul(first ^ unit, 0x01000193)
    second = Math.imul(second ^ unit, 0x5bd1e995) ^ (second >>> 15)
  }
  for (const column of columns) {
    const units = new Uint16Array(column.buffer, column.byteOffset, column.byteLength / 2)
    for (let i = 0; i < units.length; i++) add(units[i]!)
    add(units.length)
  }
  for (const text of texts) {
    for (const word of text) {
      if (word !== null) for (let i = 0; i < word.length; i++) add(word.charCodeAt(i))
      add(word === null ? 0x1fffe : 0x1ffff)
    }
  }
  const hex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0')
  return hex(first) + hex(second)
}
