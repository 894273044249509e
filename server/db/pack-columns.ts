/**
 * Columns of numbers and texts as bytes, without loss: numbers as the differences of consecutive values in the fewest decimals that
 * give each back exactly, each different text once.
 */
import type { ByteReader, ByteWriter } from './bytes.ts'

// --- presence: which values there are

const none = 0
const all = 1
const some = 2

function writePresence(out: ByteWriter, n: number, isThere: (i: number) => boolean): number {
  let present = 0
  for (let i = 0; i < n; i++) if (isThere(i)) present++
  out.byte(present === 0 ? none : present === n ? all : some)
  if (present === 0 || present === n) return present
  for (let i = 0; i < n; i += 8) {
    let bits = 0
    for (let k = 0; k < 8 && i + k < n; k++) if (isThere(i + k)) bits |= 1 << k
    out.byte(bits)
  }
  return present
}

/** Indexes of the values that are there; null: all of them. */
function readPresence(from: ByteReader, n: number): Int32Array | null {
  const kind = from.byte()
  if (kind === none) return new Int32Array(0)
  if (kind === all) return null
  const bits = from.take(Math.ceil(n / 8))
  const found = new Int32Array(n)
  let count = 0
  for (let i = 0; i < n; i++) if (((bits[i >> 3]! >> (i & 7)) & 1) === 1) found[count++] = i
  return found.subarray(0, count)
}

// --- numbers: a scale, then differences

/** Decimals tried, 1 cm on the ground with seven; what is not exact with any is written as it is. */
const mostDecimals = 9
const asDoubles = 255

/** @param values NaN where there is none */
export function writeNumbers(out: ByteWriter, values: Float64Array): void {
  const present = writePresence(out, values.length, (i) => !Number.isNaN(values[i]!))
  if (present === 0) return
  const there = present === values.length ? values : values.filter((value) => !Number.isNaN(value))
  const decimals = decimalsOf(there)
  out.byte(decimals ?? asDoubles)
  if (decimals === undefined) for (const value of there) out.double(value)
  else {
    const scale = 10 ** decimals
    let last = 0
    let lastStep = 0
    for (let i = 0; i < there.length; i++) {
      const whole = Math.round(there[i]! * scale)
      const step = whole - last
      out.signed(step - lastStep)
      last = whole
      lastStep = isSteady(decimals) ? step : 0
    }
  }
}

/** Clocks tick: of whole numbers, the change of the difference is smaller than the difference. */
const isSteady = (decimals: number): boolean => decimals === 0

/** `n` values, NaN where there is none. */
export function readNumbers(from: ByteReader, n: number): Float64Array {
  const values = new Float64Array(n)
  const there = readPresence(from, n)
  const count = there?.length ?? n
  if (count === 0) return values.fill(Number.NaN)
  const decimals = from.byte()
  if (decimals === asDoubles) for (let k = 0; k < count; k++) values[k] = from.double()
  else {
    from.signedInto(values, count)
    if (isSteady(decimals)) addUp(values, count)
    addUp(values, count)
    const scale = 10 ** decimals
    for (let k = 0; k < count; k++) values[k] = values[k]! / scale
  }
  if (there === null) return values
  const spread = new Float64Array(n).fill(Number.NaN)
  for (let k = 0; k < count; k++) spread[there[k]!] = values[k]!
  return spread
}

/** Differences become values. */
function addUp(column: Float64Array, count: number): void {
  let sum = 0
  for (let k = 0; k < count; k++) {
    sum += column[k]!
    column[k] = sum
  }
}

/** The fewest decimals that give every value back exactly; undefined: none do. */
function decimalsOf(values: Float64Array): number | undefined {
  let decimals = 0
  let scale = 1
  let first = 0 // since which value the decimals have not grown
  for (let i = 0; i < values.length; i++)
    while (!isExact(values[i]!, scale)) {
      if (++decimals > mostDecimals) return undefined
      scale = 10 ** decimals
      first = i
    }
  // A value that few decimals give back must still come back with the most that any needs.
  for (let i = 0; i < first; i++) if (!isExact(values[i]!, scale)) return undefined
  return decimals
}

const isExact = (value: number, scale: number): boolean => {
  const whole = Math.round(value * scale)
  return Math.abs(whole) < Number.MAX_SAFE_INTEGER / 4 && whole / scale === value
}

// --- texts: each different one once

export function writeTexts(out: ByteWriter, values: readonly (string | undefined)[]): void {
  writePresence(out, values.length, (i) => values[i] !== undefined)
  const different = new Map<string, number>()
  for (const value of values)
    if (value !== undefined && !different.has(value)) different.set(value, different.size)
  if (different.size === 0) return
  out.count(different.size)
  for (const text of different.keys()) out.text(text)
  for (const value of values) if (value !== undefined) out.count(different.get(value)!)
}

/** `n` texts as the different ones and, for each value, which of them; −1 where there is none. */
export function readTexts(from: ByteReader, n: number): { texts: string[]; of: Int32Array } {
  const of = new Int32Array(n)
  const there = readPresence(from, n)
  if (there !== null) of.fill(-1)
  const count = there?.length ?? n
  if (count === 0) return { texts: [], of }
  const texts = Array.from({ length: from.count() }, () => from.text())
  for (let k = 0; k < count; k++) of[there === null ? k : there[k]!] = from.count()
  return { texts, of }
}
