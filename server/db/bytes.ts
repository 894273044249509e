/** Numbers and texts as bytes, and back: integers take as few bytes as they need (LEB128; zigzag where they may be negative). */

export class ByteWriter {
  #buffer = Buffer.allocUnsafe(4096)
  #length = 0

  byte(value: number): void {
    this.#room(1)
    this.#buffer[this.#length++] = value
  }

  /** A whole number ≥ 0, up to 2^53 − 1. */
  count(value: number): void {
    let rest = value
    this.#room(8)
    while (rest > 127) {
      this.#buffer[this.#length++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    this.#buffer[this.#length++] = rest
  }

  /** A whole number of either sign, up to 2^52. */
  signed(value: number): void {
    this.count(value < 0 ? -2 * value - 1 : 2 * value)
  }

  double(value: number): void {
    this.#room(8)
    this.#length = this.#buffer.writeDoubleLE(value, this.#length)
  }

  text(value: string): void {
    const bytes = Buffer.from(value)
    this.count(bytes.length)
    this.#room(bytes.length)
    this.#length += bytes.copy(this.#buffer, this.#length)
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, this.#length + bytes))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}

/** @throws RangeError where the bytes end too early */
export class ByteReader {
  readonly #buffer: Buffer
  #at = 0

  constructor(buffer: Buffer) {
    this.#buffer = buffer
  }

  byte(): number {
    const value = this.#buffer[this.#at++]
    return value ?? ended()
  }

  count(): number {
    let byte = this.byte()
    if (byte < 128) return byte
    let value = byte & 127
    let factor = 128
    for (;;) {
      byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
  }

  signed(): number {
    const value = this.count()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }

  /** Signed numbers, as many as are asked for, at the beginning of a column: what `signed` gives one by one, several times as fast. */
  signedInto(column: Float64Array, count: number): void {
    const buffer = this.#buffer
    let at = this.#at
    for (let k = 0; k < count; k++) {
      let byte = buffer[at++] ?? ended()
      if (byte < 128) {
        column[k] = (byte & 1) === 1 ? -((byte + 1) >> 1) : byte >> 1
        continue
      }
      let value = byte & 127
      let factor = 128
      do {
        byte = buffer[at++] ?? ended()
        value += (byte & 127) * factor
        factor *= 128
      } while (byte >= 128)
      if (value < 0x7fffffff) column[k] = (value & 1) === 1 ? -((value + 1) >> 1) : value >> 1
      else column[k] = value % 2 === 1 ? -(value + 1) / 2 : value / 2
    }
    this.#at = at
  }

  double(): number {
    return this.take(8).readDoubleLE()
  }

  text(): string {
    return this.take(this.count()).toString('utf8')
  }

  take(bytes: number): Buffer {
    if (this.#at + bytes > this.#buffer.length) ended()
    this.#at += bytes
    return this.#buffer.subarray(this.#at - bytes, this.#at)
  }
}

function ended(): never {
  throw new RangeError('the bytes end too early')
}
