/** Messages of JT/T 808-2013 and -2019: header, body, and the answers of a platform. */

/** Messages of a terminal that a platform has to know. */
export const messageIds = {
  heartbeat: 0x0002,
  logout: 0x0003,
  register: 0x0100,
  authenticate: 0x0102,
  location: 0x0200,
  locationBatch2: 0x0210,
  locationBatch: 0x0704,
} as const

const generalAnswer = 0x8001
const registerAnswer = 0x8100

/** Outcome in the general answer of the platform. */
export const results = { done: 0, failed: 1, malformed: 2, unsupported: 3 } as const
export type Result = (typeof results)[keyof typeof results]

/** Outcome of a registration. */
export const registrations = { done: 0, terminalRegistered: 3, terminalUnknown: 4 } as const

export interface Header {
  /** The terminal's number as hexadecimal digits, with its leading zeros: 12 in 2013, 20 in 2019. */
  readonly terminal: string
  /** Number of the protocol's version; null in 2013, which has none. */
  readonly version: number | null
}

export interface TerminalMessage extends Header {
  readonly id: number
  readonly serial: number
  readonly body: Buffer
  /** Present where the message travels in parts: how many, and which this is, from 1. */
  readonly part: { readonly count: number; readonly index: number } | null
}

const lengthBits = 0x03ff
const encryptionBits = 0x1c00
const partsBit = 0x2000
const versionBit = 0x4000

/** Reads a message; undefined when its length is not the one its header says, or when it is encrypted. */
export function readMessage(bytes: Buffer): TerminalMessage | undefined {
  if (bytes.length < 12) return undefined
  const attributes = bytes.readUInt16BE(2)
  if ((attributes & encryptionBits) !== 0) return undefined
  const isVersioned = (attributes & versionBit) !== 0
  const hasParts = (attributes & partsBit) !== 0
  const terminalAt = isVersioned ? 5 : 4
  const serialAt = terminalAt + (isVersioned ? 10 : 6)
  const bodyAt = serialAt + (hasParts ? 6 : 2)
  if (bytes.length !== bodyAt + (attributes & lengthBits)) return undefined
  const count = hasParts ? bytes.readUInt16BE(serialAt + 2) : 0
  const index = hasParts ? bytes.readUInt16BE(serialAt + 4) : 0
  if (hasParts && (index < 1 || index > count)) return undefined
  return {
    id: bytes.readUInt16BE(0),
    terminal: bytes.toString('hex', terminalAt, serialAt),
    version: isVersioned ? bytes.readUInt8(4) : null,
    serial: bytes.readUInt16BE(serialAt),
    body: bytes.subarray(bodyAt),
    part: hasParts ? { count, index } : null,
  }
}

/** A message to a terminal, or of one. @param body at most 1023 bytes */
export function writeMessage(
  { terminal, version }: Header,
  id: number,
  serial: number,
  body: Uint8Array,
): Buffer {
  const head = Buffer.alloc(version === null ? 4 : 5)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(body.length | (version === null ? 0 : versionBit), 2)
  if (version !== null) head.writeUInt8(version, 4)
  const number = Buffer.alloc(2)
  number.writeUInt16BE(serial & 0xffff)
  return Buffer.concat([head, Buffer.from(terminal, 'hex'), number, body])
}

/** 0x8001: what became of a terminal's message. */
export function writeGeneralAnswer(
  to: Header,
  serial: number,
  answered: { readonly id: number; readonly serial: number },
  result: Result,
): Buffer {
  const body = Buffer.alloc(5)
  body.writeUInt16BE(answered.serial, 0)
  body.writeUInt16BE(answered.id, 2)
  body.writeUInt8(result, 4)
  return writeMessage(to, generalAnswer, serial, body)
}

/** 0x8100: what became of a registration, with the code to authenticate by when it is done. */
export function writeRegisterAnswer(
  to: Header,
  serial: number,
  answeredSerial: number,
  outcome: { readonly code: string } | { readonly result: number },
): Buffer {
  const head = Buffer.alloc(3)
  head.writeUInt16BE(answeredSerial, 0)
  head.writeUInt8('code' in outcome ? registrations.done : outcome.result, 2)
  const code = 'code' in outcome ? Buffer.from(outcome.code, 'latin1') : Buffer.alloc(0)
  return writeMessage(to, registerAnswer, serial, Buffer.concat([head, code]))
}

/** The code in 0x0102: the whole body in 2013; in 2019 behind its length, before the IMEI and the software's version. */
export function readAuthentication({ version, body }: TerminalMessage): string {
  const length = body[0] ?? 0
  const code = version !== null && body.length > length ? body.subarray(1, 1 + length) : body
  return code.toString('latin1').replace(/\0+$/, '')
}

/** Puts together messages that travel in parts. */
export class PartsJoiner {
  readonly #open = new Map<number, TerminalMessage[]>()
  #bytes = 0

  /** Bytes of parts kept while the others are awaited. */
  static readonly mostBytes = 1 << 20

  /**
   * The whole message with the serial numbers of all its parts, once the last has come; undefined before. A part that comes again
   * counts once. What would need more memory than there is for it is forgotten: the terminal sends it again.
   */
  push(message: TerminalMessage): { whole: TerminalMessage; serials: readonly number[] } | undefined {
    const { part } = message
    if (!part) return { whole: message, serials: [message.serial] }
    let parts = this.#open.get(message.id) ?? []
    if (parts[0]?.part?.count !== part.count) parts = this.#forget(message.id)
    if (!parts.some((one) => one.part?.index === part.index)) {
      this.#bytes += message.body.length
      parts.push({ ...message, body: Buffer.from(message.body) })
    }
    if (this.#bytes > PartsJoiner.mostBytes) {
      for (const id of [...this.#open.keys()]) this.#forget(id)
      return undefined
    }
    this.#open.set(message.id, parts)
    if (parts.length < part.count) return undefined
    this.#forget(message.id)
    const sorted = [...parts].sort((a, b) => (a.part?.index ?? 0) - (b.part?.index ?? 0))
    const body = Buffer.concat(sorted.map((one) => one.body))
    return { whole: { ...message, body, part: null }, serials: sorted.map((one) => one.serial) }
  }

  #forget(id: number): TerminalMessage[] {
    for (const one of this.#open.get(id) ?? []) this.#bytes -= one.body.length
    this.#open.delete(id)
    return []
  }
}
