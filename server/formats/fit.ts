/**
 * FIT, as the Flexible and Interoperable Data Transfer protocol describes it (https://developer.garmin.com/fit/protocol/): the
 * record messages of activities, as far as a trace needs them. Fields of developers, and all other messages, are skipped by their size.
 */
import type { Message } from '../core/values.ts'

/** One record message, as it was written. */
export interface FitRecord {
  /** Epoch milliseconds. */
  readonly time: number | undefined
  /** Degrees. */
  readonly longitude: number | undefined
  readonly latitude: number | undefined
  readonly accuracyMetres: number | undefined
  readonly speedMetresPerSecond: number | undefined
}

/** Why a file cannot be read, or not to its end. */
export class FitBroken extends Error {
  readonly reason: Message

  constructor(zh: string, en: string) {
    super(en)
    this.name = 'FitBroken'
    this.reason = { zh, en }
  }
}

interface Field {
  readonly number: number
  readonly size: number
}

interface Definition {
  readonly message: number
  readonly isBigEndian: boolean
  readonly fields: readonly Field[]
  /** Bytes of a data message, developers' fields included. */
  readonly size: number
}

const recordMessage = 20
/** Numbers of the fields of a record message, and of the time of any. */
const fieldNumbers = {
  latitude: 0,
  longitude: 1,
  speed: 6,
  accuracy: 31,
  enhancedSpeed: 73,
  time: 253,
} as const
/** 1989-12-31T00:00:00Z, where FIT counts from; smaller numbers are seconds since the device was switched on. */
const fitEpochSeconds = 631_065_600
const leastAbsoluteTime = 0x1000_0000
const degreesPerSemicircle = 180 / 2 ** 31

/**
 * The record messages of a file, or of several one behind the other. A file whose checksum is not that of its bytes gives none; of one
 * that ends too early they are given up to there.
 * @throws FitBroken
 */
export function* readFit(bytes: Buffer): Generator<FitRecord> {
  if (bytes.length === 0) throw new FitBroken('文件为空', 'it is empty')
  for (let at = 0; at < bytes.length; ) {
    const { from, to } = headerAt(bytes, at)
    const isWhole = to + 2 <= bytes.length
    if (isWhole && checksum(bytes, at, to) !== bytes.readUInt16LE(to))
      throw new FitBroken('校验和不符', 'the checksum is not that of its bytes')
    yield* recordsOf(bytes, from, Math.min(to, bytes.length))
    if (!isWhole) throw new FitBroken('文件不完整', 'it ends too early')
    at = to + 2
  }
}

/** Where the messages of a file begin and end. */
function headerAt(bytes: Buffer, at: number): { from: number; to: number } {
  const size = bytes[at] ?? 0
  if (
    (size !== 12 && size !== 14) ||
    bytes.length < at + size ||
    bytes.toString('latin1', at + 8, at + 12) !== '.FIT'
  )
    throw new FitBroken('没有 FIT 文件头', 'there is no FIT header')
  // A header may leave its own checksum nought.
  const own = size === 14 ? bytes.readUInt16LE(at + 12) : 0
  if (own !== 0 && own !== checksum(bytes, at, at + 12))
    throw new FitBroken('文件头校验和不符', 'the checksum of the header is not that of its bytes')
  return { from: at + size, to: at + size + bytes.readUInt32LE(at + 4) }
}

function* recordsOf(bytes: Buffer, from: number, to: number): Generator<FitRecord> {
  const definitions = new Map<number, Definition>()
  let time: number | undefined
  for (let at = from; at < to; ) {
    const head = bytes[at++]!
    if ((head & 0xc0) === 0x40) {
      const { definition, end } = definitionAt(bytes, at, to, (head & 0x20) !== 0)
      definitions.set(head & 0x0f, definition)
      at = end
      continue
    }
    const isCompressed = (head & 0x80) !== 0
    const definition = definitions.get(isCompressed ? (head >> 5) & 0x03 : head & 0x0f)
    if (!definition) throw new FitBroken('数据消息没有定义', 'a data message has no definition')
    if (at + definition.size > to) throw tooShort()
    const values = valuesAt(bytes, at, definition)
    at += definition.size
    if (isCompressed) time = afterOffset(time, head & 0x1f)
    else if (values.time !== undefined) time = values.time
    if (definition.message === recordMessage) yield recordOf(values, time)
  }
}

/** Five bits of the seconds: the next instant that ends with them. */
function afterOffset(time: number | undefined, offset: number): number | undefined {
  if (time === undefined) return undefined
  return time + ((offset - (time & 0x1f) + 0x20) & 0x1f)
}

function definitionAt(
  bytes: Buffer,
  at: number,
  to: number,
  hasDeveloperFields: boolean,
): { definition: Definition; end: number } {
  if (at + 5 > to) throw tooShort()
  const isBigEndian = bytes[at + 1] === 1
  const message = isBigEndian ? bytes.readUInt16BE(at + 2) : bytes.readUInt16LE(at + 2)
  const own = fieldsAt(bytes, at + 4, to)
  const others = hasDeveloperFields ? fieldsAt(bytes, own.end, to) : { fields: [], end: own.end }
  const size = [...own.fields, ...others.fields].reduce((sum, field) => sum + field.size, 0)
  return { definition: { message, isBigEndian, fields: own.fields, size }, end: others.end }
}

/** How many, then three bytes each: number, size, type. */
function fieldsAt(bytes: Buffer, at: number, to: number): { fields: Field[]; end: number } {
  const end = at + 1 + (bytes[at] ?? 0) * 3
  if (at >= to || end > to) throw tooShort()
  const fields: Field[] = []
  for (let i = at + 1; i < end; i += 3) fields.push({ number: bytes[i]!, size: bytes[i + 1]! })
  return { fields, end }
}

interface Values {
  time?: number
  latitude?: number
  longitude?: number
  speed?: number
  enhancedSpeed?: number
  accuracy?: number
}

function valuesAt(bytes: Buffer, start: number, { fields, isBigEndian }: Definition): Values {
  const values: Values = {}
  let at = start
  for (const { number, size } of fields) {
    const name = nameOf(number)
    if (name !== undefined) {
      const value = valueAt(bytes, at, size, isBigEndian, name === 'latitude' || name === 'longitude')
      if (value !== undefined) values[name] = value
    }
    at += size
  }
  return values
}

const names = new Map(Object.entries(fieldNumbers).map(([name, number]) => [number, name as keyof Values]))
const nameOf = (number: number): keyof Values | undefined => names.get(number as never)

/** A whole number of one, two or four bytes; undefined where all its bits but a sign's say that there is none. */
function valueAt(
  bytes: Buffer,
  at: number,
  size: number,
  isBigEndian: boolean,
  isSigned: boolean,
): number | undefined {
  if (size !== 1 && size !== 2 && size !== 4) return undefined
  const unsigned = isBigEndian ? bytes.readUIntBE(at, size) : bytes.readUIntLE(at, size)
  const none = isSigned ? 2 ** (size * 8 - 1) - 1 : 2 ** (size * 8) - 1
  if (unsigned === none) return undefined
  return isSigned && unsigned > none ? unsigned - 2 ** (size * 8) : unsigned
}

function recordOf(values: Values, time: number | undefined): FitRecord {
  const speed = values.enhancedSpeed ?? values.speed
  const degrees = (semicircles: number | undefined): number | undefined =>
    semicircles === undefined ? undefined : semicircles * degreesPerSemicircle
  return {
    time: time === undefined || time < leastAbsoluteTime ? undefined : (time + fitEpochSeconds) * 1000,
    longitude: degrees(values.longitude),
    latitude: degrees(values.latitude),
    accuracyMetres: values.accuracy,
    speedMetresPerSecond: speed === undefined ? undefined : speed / 1000,
  }
}

const tooShort = (): FitBroken => new FitBroken('文件不完整', 'it ends too early')

const checksumOfNibble = [
  0x0000, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800, 0xb401, 0x5000,
  0x9c01, 0x8801, 0x4400,
] as const

/** The CRC-16 of FIT over bytes [from, to). */
export function checksum(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!
    for (const nibble of [byte & 0xf, byte >> 4])
      crc = (crc >> 4) ^ checksumOfNibble[crc & 0xf]! ^ checksumOfNibble[nibble]!
  }
  return crc
}
