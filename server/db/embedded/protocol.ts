/**
 * The few pieces of PostgreSQL's frontend/backend protocol (version 3) that sharing one backend needs.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 * A message is one type byte, a big-endian length (itself included), and a body; only the start-up packet has no type.
 */

/** Frontend message types. */
export const BIND = 0x42 // B
export const CLOSE = 0x43 // C
export const DESCRIBE = 0x44 // D
export const FLUSH = 0x48 // H
export const PARSE = 0x50 // P
export const QUERY = 0x51 // Q
export const SYNC = 0x53 // S
export const TERMINATE = 0x58 // X
export const COPY_DONE = 0x63 // c
export const COPY_FAIL = 0x66 // f

/** Backend message types. */
export const NOTIFICATION = 0x41 // A
export const COPY_IN = 0x47 // G
export const READY = 0x5a // Z

const STATEMENT = 0x53 // 'S' in Describe and Close: a statement, not a portal
const IDLE = 0x49 // 'I' in ReadyForQuery: no transaction is open

/** Cuts a byte stream into whole messages; what is incomplete waits for the next chunk. */
export class MessageCutter {
  #parts: Buffer[] = []
  #length = 0
  #needed = 5

  /** The whole messages now at hand, one after another in one buffer (possibly empty). */
  push(chunk: Buffer): Buffer {
    this.#parts.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return EMPTY
    const all = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#length)
    let end = 0
    this.#needed = 5
    while (end + 5 <= all.length) {
      const next = end + messageLength(all, end)
      if (next > all.length) {
        this.#needed = next - end
        break
      }
      end = next
    }
    this.#parts = end < all.length ? [all.subarray(end)] : []
    this.#length = all.length - end
    return all.subarray(0, end)
  }
}

export const EMPTY = Buffer.alloc(0)

/** Length in bytes of the message that starts at `at`, its type byte included. */
export const messageLength = (buffer: Buffer, at: number): number => 1 + buffer.readInt32BE(at + 1)

/** Each message of a buffer of whole messages. */
export function* messagesOf(buffer: Buffer): Generator<Buffer> {
  for (let at = 0; at < buffer.length; ) {
    const end = at + messageLength(buffer, at)
    yield buffer.subarray(at, end)
    at = end
  }
}

/** True when a ReadyForQuery message says that no transaction is open. */
export const saysIdle = (ready: Buffer): boolean => ready[5] === IDLE

function message(type: number, body: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(5 + body.length)
  whole[0] = type
  whole.writeInt32BE(4 + body.length, 1)
  body.copy(whole, 5)
  return whole
}

/** A simple query, which is a batch of its own. */
export const simpleQuery = (text: string): Buffer => message(QUERY, Buffer.from(`${text}\0`))

/** Forgets prepared statements, as one batch. */
export const closeStatements = (names: Iterable<string>): Buffer =>
  Buffer.concat([
    ...[...names].map((name) => message(CLOSE, Buffer.from(`S${name}\0`))),
    message(SYNC, EMPTY),
  ])

/** "Send your rows": what the backend answers to COPY … FROM STDIN, in text format. */
export const copyInResponse = (): Buffer => message(COPY_IN, Buffer.from([0, 0, 0]))

/** Text of a simple query or of a Parse message; empty for any other message. */
export function sqlTextOf(m: Buffer): string {
  if (m[0] === QUERY) return m.toString('utf8', 5, m.length - 1)
  if (m[0] !== PARSE) return ''
  const start = m.indexOf(0, 5) + 1
  return m.toString('utf8', start, m.indexOf(0, start))
}

/**
 * Gives a session's prepared statements names of their own: the backend knows one set of names for all sessions.
 * The unnamed statement keeps its name (a batch holds the backend from Parse to Sync). Adds new names to `names`.
 */
export function withOwnStatementNames(m: Buffer, prefix: string, names: Set<string>): Buffer {
  switch (m[0]) {
    case PARSE: {
      const end = m.indexOf(0, 5)
      if (end === 5) return m
      names.add(prefix + m.toString('utf8', 5, end))
      return spliced(m, 5, prefix)
    }
    case BIND: {
      const at = m.indexOf(0, 5) + 1 // behind the portal's name
      return m[at] === 0 ? m : spliced(m, at, prefix)
    }
    case DESCRIBE:
    case CLOSE:
      return m[5] === STATEMENT && m[6] !== 0 ? spliced(m, 6, prefix) : m
    default:
      return m
  }
}

function spliced(m: Buffer, at: number, text: string): Buffer {
  const whole = Buffer.concat([m.subarray(0, at), Buffer.from(text), m.subarray(at)])
  whole.writeInt32BE(whole.length - 1, 1)
  return whole
}

/** Channel of a NotificationResponse: behind type, length and the sender's process id. */
export const channelOf = (notification: Buffer): string =>
  notification.toString('utf8', 9, notification.indexOf(0, 9))
