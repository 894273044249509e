/** Tables of FlatBuffers (https://flatbuffers.dev/internals): fields by number, each with what it is when absent. */

/** Reads throw a RangeError where the bytes point outside themselves. */
export class FlatTable {
  readonly #bytes: Buffer
  readonly #at: number

  /** The root of a buffer, without its size before it. */
  static root(bytes: Buffer): FlatTable {
    return new FlatTable(bytes, bytes.readUInt32LE(0))
  }

  private constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  /** An unsigned number of 1, 2 or 4 bytes. */
  number(field: number, bytes: 1 | 2 | 4, absent: number): number {
    const at = this.#field(field)
    return at === 0 ? absent : this.#bytes.readUIntLE(at, bytes)
  }

  /** An unsigned number of 8 bytes; 0 when absent. */
  long(field: number): number {
    const at = this.#field(field)
    return at === 0 ? 0 : Number(this.#bytes.readBigUInt64LE(at))
  }

  text(field: number): string | undefined {
    return this.bytes(field, 1)?.toString('utf8')
  }

  table(field: number): FlatTable | undefined {
    const at = this.#field(field)
    return at === 0 ? undefined : this.#pointed(at)
  }

  tables(field: number): FlatTable[] {
    const found = this.#vector(field, 4)
    return found ? Array.from({ length: found.count }, (_, i) => this.#pointed(found.start + 4 * i)) : []
  }

  /** The bytes of a vector whose elements have `size` bytes. */
  bytes(field: number, size: 1 | 4 | 8): Buffer | undefined {
    const found = this.#vector(field, size)
    return found && this.#bytes.subarray(found.start, found.start + size * found.count)
  }

  doubles(field: number): number[] {
    const bytes = this.bytes(field, 8) ?? Buffer.alloc(0)
    return Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i))
  }

  unsigned(field: number): number[] {
    const bytes = this.bytes(field, 4) ?? Buffer.alloc(0)
    return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(4 * i))
  }

  /** Where a field stands, 0 when it is absent: the table before it says so. */
  #field(field: number): number {
    const directory = this.#at - this.#bytes.readInt32LE(this.#at)
    const slot = 4 + 2 * field
    if (slot >= this.#bytes.readUInt16LE(directory)) return 0
    const offset = this.#bytes.readUInt16LE(directory + slot)
    return offset === 0 ? 0 : this.#at + offset
  }

  #pointed(at: number): FlatTable {
    return new FlatTable(this.#bytes, at + this.#bytes.readUInt32LE(at))
  }

  #vector(field: number, size: number): { readonly start: number; readonly count: number } | undefined {
    const at = this.#field(field)
    if (at === 0) return undefined
    const vector = at + this.#bytes.readUInt32LE(at)
    const count = this.#bytes.readUInt32LE(vector)
    if (vector + 4 + size * count > this.#bytes.length)
      throw new RangeError('a vector ends outside the buffer')
    return { start: vector + 4, count }
  }
}
