/** The properties of a FlatGeobuf feature: number of the column, value, number of the column, value… */

export interface Column {
  readonly name: string
  /** As the enumeration ColumnType of header.fbs counts. */
  readonly type: number
}

type Value = number | string | boolean | null

/** Values in the order of the columns, null where the feature has none; undefined for a type there is not. Binary is left out. */
export function valuesFrom(bytes: Buffer, columns: readonly Column[]): readonly Value[] | undefined {
  const values: Value[] = columns.map(() => null)
  for (let at = 0; at < bytes.length; ) {
    const index = bytes.readUInt16LE(at)
    const column = columns[index]
    const found = column && valueAt(bytes, at + 2, column.type)
    if (!found) return undefined
    values[index] = found.value
    at = found.next
  }
  return values
}

/** By type: Byte, UByte, Bool, Short, UShort, Int, UInt, Long, ULong, Float, Double; then what states its length. */
const readers: readonly ((bytes: Buffer, at: number) => readonly [Value, number])[] = [
  (bytes, at) => [bytes.readInt8(at), 1],
  (bytes, at) => [bytes.readUInt8(at), 1],
  (bytes, at) => [bytes.readUInt8(at) !== 0, 1],
  (bytes, at) => [bytes.readInt16LE(at), 2],
  (bytes, at) => [bytes.readUInt16LE(at), 2],
  (bytes, at) => [bytes.readInt32LE(at), 4],
  (bytes, at) => [bytes.readUInt32LE(at), 4],
  (bytes, at) => [exact(bytes.readBigInt64LE(at)), 8],
  (bytes, at) => [exact(bytes.readBigUInt64LE(at)), 8],
  (bytes, at) => [bytes.readFloatLE(at), 4],
  (bytes, at) => [bytes.readDoubleLE(at), 8],
]

/** A whole number too long to be exact stays text, for it is a code. */
const exact = (value: bigint): number | string => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** String, Json and DateTime are text. */
const texts = new Set([11, 12, 13])
const binary = 14

function valueAt(
  bytes: Buffer,
  at: number,
  type: number,
): { readonly value: Value; readonly next: number } | undefined {
  const reader = readers[type]
  if (reader) {
    const [value, size] = reader(bytes, at)
    return { value, next: at + size }
  }
  if (!texts.has(type) && type !== binary) return undefined
  const end = at + 4 + bytes.readUInt32LE(at)
  if (end > bytes.length) throw new RangeError('a property ends outside the feature')
  return { value: type === binary ? null : bytes.toString('utf8', at + 4, end), next: end }
}
