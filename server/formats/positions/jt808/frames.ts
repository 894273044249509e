/**
 * Frames of JT/T 808 (4.4): a message between two 0x7e, in which 0x7e travels as 0x7d 0x02 and 0x7d as 0x7d 0x01, with the exclusive
 * or of all its bytes at the end.
 */

const delimiter = 0x7e
const escape = 0x7d

/** The longest frame: 1023 bytes of body, header, checksum, each byte escaped. */
const longestEscaped = 2 * (1023 + 21 + 1)

/** A message without its checksum, or why what stood between two delimiters is none. */
export type Frame =
  | { readonly message: Buffer }
  | { readonly broken: 'escape' | 'checksum' | 'too_short' | 'too_long' }

/** Cuts a stream of bytes into frames, however it is fragmented; what stands before the first delimiter is skipped. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)
  #isInside = false

  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let bytes = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk])
    for (let end = bytes.indexOf(delimiter); end >= 0; end = bytes.indexOf(delimiter)) {
      // Nothing between two delimiters is the end of one frame and the beginning of the next.
      if (this.#isInside && end > 0) frames.push(unescaped(bytes.subarray(0, end)))
      this.#isInside = true
      bytes = bytes.subarray(end + 1)
    }
    if (!this.#isInside) bytes = bytes.subarray(bytes.length)
    else if (bytes.length > longestEscaped) {
      frames.push({ broken: 'too_long' })
      this.#isInside = false
      bytes = bytes.subarray(bytes.length)
    }
    this.#rest = Buffer.from(bytes)
    return frames
  }
}

function unescaped(bytes: Uint8Array): Frame {
  if (bytes.length > longestEscaped) return { broken: 'too_long' }
  const message = Buffer.alloc(bytes.length)
  let length = 0
  let check = 0
  for (let i = 0; i < bytes.length; i++) {
    let byte = bytes[i]!
    if (byte === escape) {
      const code = bytes[++i]
      if (code !== 1 && code !== 2) return { broken: 'escape' }
      byte = code === 1 ? escape : delimiter
    }
    message[length++] = byte
    check ^= byte
  }
  // The exclusive or of a message and its checksum is nought.
  if (length < 2) return { broken: 'too_short' }
  if (check !== 0) return { broken: 'checksum' }
  return { message: message.subarray(0, length - 1) }
}

/** The bytes that send a message. */
export function writeFrame(message: Uint8Array): Buffer {
  let check = 0
  for (const byte of message) check ^= byte
  const bytes = [delimiter]
  for (const byte of [...message, check]) {
    if (byte === delimiter) bytes.push(escape, 2)
    else if (byte === escape) bytes.push(escape, 1)
    else bytes.push(byte)
  }
  bytes.push(delimiter)
  return Buffer.from(bytes)
}
