/**
 * Fixes of one worker and day as a block of bytes, without loss: every column is stored as the differences of consecutive values
 * in the fewest decimals that give each back exactly, then deflated (RFC 1951). Ten bytes a fix where a row with its index takes 170.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type FixMark, fixMarks } from '../core/trajectories/judge-arrival.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import type { WorkerFix } from './fixes.ts'

export type PackedFix = Omit<WorkerFix, 'worker'>

/** First byte of a block: how the rest is to be read. */
const version = 1

/** @param fixes in time order */
export function packFixes(fixes: readonly PackedFix[]): Buffer {
  const out = new ByteWriter()
  out.count(fixes.length)
  for (const read of numbers) writeNumbers(out, fixes.map(read))
  writeTexts(
    out,
    fixes.map((fix) => fix.device),
  )
  writeTexts(
    out,
    fixes.map((fix) => fix.marks?.join(',')),
  )
  return Buffer.concat([Buffer.of(version), deflateRawSync(out.bytes())])
}

/** @throws RangeError for bytes that are no block of this version, or cut off */
export function unpackFixes(block: Buffer): PackedFix[] {
  if (block[0] !== version) throw new RangeError(`a block of fixes of version ${block[0]} is not known`)
  const from = new ByteReader(inflateRawSync(block.subarray(1)))
  const n = from.count()
  const [time, longitude, latitude, accuracy, speed, sentAt, receivedAt] = numbers.map(() =>
    readNumbers(from, n),
  )
  const device = readTexts(from, n)
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
    if (device[i] !== undefined) fix.device = device[i]!
    if (marks[i] !== undefined) fix.marks = marks[i]!.split(',').filter(isMark)
    fixes.push(fix)
  }
  return fixes
}

const isMark = (text: string): text is FixMark => (fixMarks as readonly string[]).includes(text)

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

// --- presence: which values there are

const none = 0
const all = 1
const some = 2

function writePresence(out: ByteWriter, values: readonly unknown[]): void {
  const present = values.reduce<number>((n, value) => n + (value === undefined ? 0 : 1), 0)
  out.byte(present === 0 ? none : present === values.length ? all : some)
  if (present === 0 || present === values.length) return
  for (let i = 0; i < values.length; i += 8) {
    let bits = 0
    for (let k = 0; k < 8 && i + k < values.length; k++) if (values[i + k] !== undefined) bits |= 1 << k
    out.byte(bits)
  }
}

function readPresence(from: ByteReader, n: number): (i: number) => boolean {
  const kind = from.byte()
  if (kind === none) return () => false
  if (kind === all) return () => true
  const bits = from.take(Math.ceil(n / 8))
  return (i) => ((bits[i >> 3]! >> (i & 7)) & 1) === 1
}

// --- numbers: a scale, then differences

/** Decimals tried, 1 cm on the ground with seven; what is not exact with any is written as it is. */
const mostDecimals = 9
const asDoubles = 255

function writeNumbers(out: ByteWriter, values: readonly (number | undefined)[]): void {
  writePresence(out, values)
  const there = values.filter((value) => value !== undefined)
  if (there.length === 0) return
  const decimals = decimalsOf(there)
  out.byte(decimals ?? asDoubles)
  if (decimals === undefined) for (const value of there) out.double(value)
  else {
    const scale = 10 ** decimals
    let last = 0
    let lastStep = 0
    for (const value of there) {
      const whole = Math.round(value * scale)
      const step = whole - last
      out.signed(step - lastStep)
      last = whole
      lastStep = isSteady(decimals) ? step : 0
    }
  }
}

/** Clocks tick: of whole numbers, the change of the difference is smaller than the difference. */
const isSteady = (decimals: number): boolean => decimals === 0

function readNumbers(from: ByteReader, n: number): Float64Array {
  const values = new Float64Array(n).fill(Number.NaN)
  const isThere = readPresence(from, n)
  let decimals: number | undefined
  let last = 0
  let lastStep = 0
  for (let i = 0; i < n; i++) {
    if (!isThere(i)) continue
    decimals ??= from.byte()
    if (decimals === asDoubles) {
      values[i] = from.double()
      continue
    }
    const step = lastStep + from.signed()
    last += step
    lastStep = isSteady(decimals) ? step : 0
    values[i] = last / 10 ** decimals
  }
  return values
}

/** The fewest decimals that give every value back exactly; undefined: none do. */
function decimalsOf(values: readonly number[]): number | undefined {
  let decimals = 0
  for (const value of values) {
    while (decimals <= mostDecimals && !isExact(value, 10 ** decimals)) decimals++
    if (decimals > mostDecimals) return undefined
  }
  // A value that few decimals give back must still come back with the most that any needs.
  return values.every((value) => isExact(value, 10 ** decimals)) ? decimals : undefined
}

const isExact = (value: number, scale: number): boolean => {
  const whole = Math.round(value * scale)
  return Math.abs(whole) < Number.MAX_SAFE_INTEGER / 4 && whole / scale === value
}

// --- texts: each different one once

function writeTexts(out: ByteWriter, values: readonly (string | undefined)[]): void {
  writePresence(out, values)
  const different = new Map<string, number>()
  for (const value of values)
    if (value !== undefined && !different.has(value)) different.set(value, different.size)
  if (different.size === 0) return
  out.count(different.size)
  for (const text of different.keys()) out.text(text)
  for (const value of values) if (value !== undefined) out.count(different.get(value)!)
}

function readTexts(from: ByteReader, n: number): (string | undefined)[] {
  const isThere = readPresence(from, n)
  let texts: string[] | undefined
  return Array.from({ length: n }, (_, i) => {
    if (!isThere(i)) return undefined
    texts ??= Array.from({ length: from.count() }, () => from.text())
    return texts[from.count()]
  })
}
