import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBits, type QrCode, qrCode, versionBits } from '../../../server/core/posters/qr-code.ts'
import { blocksOfVersion, correctionOf, dataCodewords } from '../../../server/core/posters/qr-codewords.ts'

const bytesOf = (hex: string): number[] => hex.split(' ').map((byte) => Number.parseInt(byte, 16))

describe('codewords', () => {
  it('are corrected as in Annex I of ISO/IEC 18004 (01234567, version 1-M)', () => {
    const data = bytesOf('10 20 0C 56 61 80 EC 11 EC 11 EC 11 EC 11 EC 11')
    expect([...correctionOf(Uint8Array.from(data), 10)]).toEqual(bytesOf('A5 24 D4 C1 ED 36 C7 87 2C 55'))
  })

  it('hold mode, count, bytes, terminator and padding: 0100 00000001 01100001 0000, then EC 11 …', () => {
    // 0100|0000 0001|0110 0001|0000: 40 16 10.
    expect([...dataCodewords(new TextEncoder().encode('a'), 1)]).toEqual(
      bytesOf('40 16 10 EC 11 EC 11 EC 11 EC 11 EC 11 EC 11 EC'),
    )
  })
})

describe('format and version information', () => {
  it('are the sequences of tables C.1 and D.1 of the standard', () => {
    // Level M, masks 0, 1 and 5; versions 7 and 10.
    expect([0, 1, 5].map((mask) => formatBits(mask).toString(2).padStart(15, '0'))).toEqual([
      '101010000010010',
      '101000100100101',
      '100000011001110',
    ])
    expect([7, 10].map((version) => versionBits(version).toString(2).padStart(18, '0'))).toEqual([
      '000111110010010100',
      '001010010011010011',
    ])
  })
})

/** Reads a code as a scanner does after it has found the modules: format, mask, zigzag, blocks. Written from the standard, not from the encoder. */
function read({ size, modules }: QrCode): string {
  const version = (size - 17) / 4
  const dark = (row: number, column: number): boolean => modules[row]![column]!
  // The copy beside the upper left finder, most significant bit first: along row 8, then up column 8.
  const row8 = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => dark(8, column))
  const column8 = [7, 5, 4, 3, 2, 1, 0].map((row) => dark(row, 8))
  const format = [...row8, ...column8].reduce((bits, bit) => bits * 2 + (bit ? 1 : 0), 0) ^ 0b101010000010010
  const [level, mask] = [format >> 13, (format >> 10) & 7]
  expect(level).toBe(0b00)
  const isTurned = [
    (i: number, j: number) => (i + j) % 2,
    (i: number) => i % 2,
    (_: number, j: number) => j % 3,
    (i: number, j: number) => (i + j) % 3,
    (i: number, j: number) => ((i >> 1) + Math.trunc(j / 3)) % 2,
    (i: number, j: number) => ((i * j) % 2) + ((i * j) % 3),
    (i: number, j: number) => (((i * j) % 2) + ((i * j) % 3)) % 2,
    (i: number, j: number) => (((i + j) % 2) + ((i * j) % 3)) % 2,
  ][mask]!
  const centres = version === 1 ? [] : version < 7 ? [6, size - 7] : [6, (size - 1) / 2, size - 7]
  const isFunction = (r: number, c: number): boolean =>
    r === 6 ||
    c === 6 ||
    (r < 9 && (c < 9 || c >= size - 8)) ||
    (r >= size - 8 && c < 9) ||
    (version >= 7 && ((r < 6 && c >= size - 11) || (c < 6 && r >= size - 11))) ||
    centres.some((y) =>
      centres.some(
        (x) =>
          Math.abs(r - y) <= 2 &&
          Math.abs(c - x) <= 2 &&
          !((y === 6 && x === 6) || (y === 6 && x === size - 7) || (y === size - 7 && x === 6)),
      ),
    )
  const columns = Array.from({ length: size }, (_, i) => size - 1 - i).filter((column) => column !== 6)
  const bits: number[] = []
  for (let pair = 0; pair < columns.length; pair += 2)
    for (let step = 0; step < size; step++) {
      const r = pair % 4 === 0 ? size - 1 - step : step
      for (const c of columns.slice(pair, pair + 2))
        if (!isFunction(r, c)) bits.push(Number(dark(r, c)) ^ (isTurned(r, c) === 0 ? 1 : 0))
    }
  const codewords = Array.from({ length: bits.length >> 3 }, (_, i) =>
    Number.parseInt(bits.slice(8 * i, 8 * i + 8).join(''), 2),
  )
  const lengths = blocksOfVersion[version]!.dataCodewords
  const blocks: number[][] = lengths.map(() => [])
  let at = 0
  for (let i = 0; i < Math.max(...lengths); i++)
    for (const [b, length] of lengths.entries()) if (i < length) blocks[b]!.push(codewords[at++]!)
  const data = blocks
    .flat()
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  expect(data.slice(0, 4)).toBe('0100')
  const countBits = version < 10 ? 8 : 16
  const count = Number.parseInt(data.slice(4, 4 + countBits), 2)
  const text = Array.from({ length: count }, (_, i) =>
    Number.parseInt(data.slice(4 + countBits + 8 * i, 12 + countBits + 8 * i), 2),
  )
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(text))
}

describe('qrCode', () => {
  it('is read back, in every version', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90, size: 'max' }), (text) => {
        const code = qrCode(text)
        if (new TextEncoder().encode(text).length > 213) return code === null
        return read(code!) === text
      }),
      { numRuns: 60, seed: 1 },
    )
    // Table 7 of the standard, level M, byte mode: the most that each version holds.
    for (const [i, most] of [14, 26, 42, 62, 84, 106, 122, 152, 180, 213].entries()) {
      const code = qrCode('例'.repeat(Math.floor(most / 3)) + 'x'.repeat(most % 3))!
      expect([code.size, read(code).length]).toEqual([21 + 4 * i, Math.floor(most / 3) + (most % 3)])
    }
    expect(qrCode('x'.repeat(214))).toBeNull()
  })
})
