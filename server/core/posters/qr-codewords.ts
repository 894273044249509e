/** The codewords of a QR code: text in byte mode, padded, with Reed–Solomon error correction, interleaved (ISO/IEC 18004, 7.4 to 7.6). */

export interface Blocks {
  /** Data codewords of each block. */
  readonly dataCodewords: readonly number[]
  /** Error correction codewords of every block. */
  readonly correctionCodewords: number
}

const blocks = (correctionCodewords: number, ...lengths: readonly number[]): Blocks => ({
  dataCodewords: lengths,
  correctionCodewords,
})

/** Level M, by version (table 9); version 0 does not exist. */
export const blocksOfVersion: readonly Blocks[] = [
  blocks(0),
  blocks(10, 16),
  blocks(16, 28),
  blocks(26, 44),
  blocks(18, 32, 32),
  blocks(24, 43, 43),
  blocks(16, 27, 27, 27, 27),
  blocks(18, 31, 31, 31, 31),
  blocks(22, 38, 38, 39, 39),
  blocks(22, 36, 36, 36, 37, 37),
  blocks(26, 43, 43, 43, 43, 44),
]

/** Powers of 2 and their logarithms in GF(256) modulo x⁸ + x⁴ + x³ + x² + 1. */
const powers = new Uint8Array(255)
const logarithms = new Uint8Array(256)
for (let i = 0, value = 1; i < 255; i++) {
  powers[i] = value
  logarithms[value] = i
  value = (value << 1) ^ (value >= 128 ? 0x11d : 0)
}
const times = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : powers[(logarithms[a]! + logarithms[b]!) % 255]!

/** The remainder of the data, shifted by `count` places, over the generator polynomial (x − 2⁰) … (x − 2^(count − 1)). */
export function correctionOf(data: Uint8Array, count: number): Uint8Array {
  const generator = new Uint8Array(count)
  generator[count - 1] = 1
  for (let i = 0; i < count; i++)
    for (let k = 0; k < count; k++)
      generator[k] = times(generator[k]!, powers[i]!) ^ (k + 1 < count ? generator[k + 1]! : 0)
  const rest = new Uint8Array(count)
  for (const one of data) {
    const factor = one ^ rest[0]!
    rest.copyWithin(0, 1)
    rest[count - 1] = 0
    for (let k = 0; k < count; k++) rest[k] = rest[k]! ^ times(generator[k]!, factor)
  }
  return rest
}

/** Data codewords: mode 0100, count, bytes, terminator, then 236 and 17 in turn. The bytes must fit the version. */
export function dataCodewords(bytes: Uint8Array, version: number): Uint8Array {
  const length = blocksOfVersion[version]!.dataCodewords.reduce((sum, n) => sum + n, 0)
  const nibbles = [0b0100]
  const count = bytes.length
  if (version >= 10) nibbles.push((count >>> 12) & 15, (count >>> 8) & 15)
  nibbles.push((count >>> 4) & 15, count & 15)
  for (const byte of bytes) nibbles.push(byte >>> 4, byte & 15)
  nibbles.push(0)
  const data = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const [high, low] = [nibbles[2 * i], nibbles[2 * i + 1]]
    const padding = (i - nibbles.length / 2) % 2 === 0 ? 236 : 17
    data[i] = high === undefined || low === undefined ? padding : (high << 4) | low
  }
  return data
}

/** All codewords in the order in which they are drawn: the first of each block, then the second … */
export function codewordsOf(bytes: Uint8Array, version: number): Uint8Array {
  const { dataCodewords: lengths, correctionCodewords } = blocksOfVersion[version]!
  const data = dataCodewords(bytes, version)
  let from = 0
  const parts = lengths.map((length) => data.slice(from, (from += length)))
  const corrections = parts.map((part) => correctionOf(part, correctionCodewords))
  const interleaved = (columns: readonly Uint8Array[]): number[] => {
    const longest = Math.max(...columns.map((column) => column.length))
    return Array.from({ length: longest }, (_, i) =>
      columns.flatMap((column) => (i < column.length ? [column[i]!] : [])),
    ).flat()
  }
  return Uint8Array.from([...interleaved(parts), ...interleaved(corrections)])
}
