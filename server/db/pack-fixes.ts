/**
 * Fixes of one worker and day as a block of bytes, without loss: columns (pack-columns.ts), then deflated (RFC 1951). Ten bytes a fix
 * where a row with its index takes 170.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type FixMark, fixMarks } from '../core/trajectories/judge-arrival.ts'
import type { ReportedFixes } from '../core/trajectories/reported-fixes.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { readNumbers, readTexts, writeNumbers, writeTexts } from './pack-columns.ts'
import type { WorkerFix } from './worker-fix.ts'

export type PackedFix = Omit<WorkerFix, 'worker'>

/** First byte of a block: how the rest is to be read. */
const version = 1

/** The columns of numbers, in their order in a block. */
const numbers: readonly ((fix: PackedFix) => number | undefined)[] = [
  (fix) => fix.time,
  (fix) => fix.longitude,
  (fix) => fix.latitude,
  (fix) => fix.accuracyMetres,
  (fix) => fix.speedMetresPerSecond,
  (fix) => fix.sentAt,
  (fix) => fix.receivedAt,
]

/** @param fixes in time order */
export function packFixes(fixes: readonly PackedFix[]): Buffer {
  const columns = numbers.map((read) => {
    const column = new Float64Array(fixes.length)
    for (let i = 0; i < fixes.length; i++) column[i] = read(fixes[i]!) ?? Number.NaN
    return column
  })
  return pack(
    fixes.length,
    columns,
    fixes.map((fix) => fix.device),
    fixes.map((fix) => fix.marks?.join(',')),
  )
}

/** Places and instants in time order as a block of fixes that say nothing else. Epoch milliseconds, degrees. */
export const packPlaces = (time: Float64Array, longitude: Float64Array, latitude: Float64Array): Buffer =>
  pack(time.length, [time, longitude, latitude], [], [])

function pack(
  n: number,
  columns: readonly Float64Array[],
  devices: readonly (string | undefined)[],
  marks: readonly (string | undefined)[],
): Buffer {
  const out = new ByteWriter()
  out.count(n)
  for (let k = 0; k < numbers.length; k++) writeNumbers(out, columns[k] ?? nothing)
  writeTexts(out, devices)
  writeTexts(out, marks)
  return Buffer.concat([Buffer.of(version), deflateRawSync(out.bytes())])
}

/** A column of no values is written as one of values that are all absent. */
const nothing = new Float64Array(0)

/** @throws RangeError for bytes that are no block of this version, or cut off */
function open(block: Uint8Array): { n: number; from: ByteReader } {
  if (block[0] !== version) throw new RangeError(`a block of fixes of version ${block[0]} is not known`)
  const from = new ByteReader(inflateRawSync(block.subarray(1), { chunkSize: 1 << 16 }))
  return { n: from.count(), from }
}

/** @throws RangeError for bytes that are no block of this version, or cut off */
export function unpackFixes(block: Uint8Array): PackedFix[] {
  const { n, from } = open(block)
  const [time, longitude, latitude, accuracy, speed, sentAt, receivedAt] = numbers.map(() =>
    readNumbers(from, n),
  )
  const devices = readTexts(from, n)
  const marks = readTexts(from, n)
  const fixes: PackedFix[] = []
  for (let i = 0; i < n; i++) {
    const fix: { -readonly [Key in keyof PackedFix]: PackedFix[Key] } = {
      time: time![i]!,
      longitude: longitude![i]!,
      latitude: latitude![i]!,
    }
    // Undefined is NaN in the columns: no value is.
    if (!Number.isNaN(accuracy![i])) fix.accuracyMetres = accuracy![i]!
    if (!Number.isNaN(speed![i])) fix.speedMetresPerSecond = speed![i]!
    if (!Number.isNaN(sentAt![i])) fix.sentAt = sentAt![i]!
    if (!Number.isNaN(receivedAt![i])) fix.receivedAt = receivedAt![i]!
    const device = devices.texts[devices.of[i]!]
    const said = marks.texts[marks.of[i]!]
    if (device !== undefined) fix.device = device
    if (said !== undefined) fix.marks = marksOf(said)
    fixes.push(fix)
  }
  return fixes
}

/** The same fixes as columns: no object a fix. @throws RangeError as `unpackFixes` */
export function unpackColumns(block: Uint8Array): ReportedFixes {
  const { n, from } = open(block)
  const [time, longitude, latitude, accuracy, , sentAt, receivedAt] = numbers.map(() => readNumbers(from, n))
  readTexts(from, n) // the devices
  const { texts, of } = readTexts(from, n)
  const isMock = new Uint8Array(n)
  const mocks = texts.map((text) => marksOf(text).includes('mock'))
  if (mocks.includes(true)) for (let i = 0; i < n; i++) isMock[i] = mocks[of[i]!] === true ? 1 : 0
  return {
    time: time!,
    longitude: longitude!,
    latitude: latitude!,
    accuracy: accuracy!,
    conflicts: [],
    sentAt: sentAt!,
    receivedAt: receivedAt!,
    isMock,
  }
}

const marksOf = (text: string): FixMark[] => text.split(',').filter(isMark)
const isMark = (text: string): text is FixMark => (fixMarks as readonly string[]).includes(text)
