/** The .dbf of a shapefile (dBASE III): fields and rows, in the encoding its .cpg, its header or its bytes tell. */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Message } from '../../core/values.ts'

export interface DbfField {
  readonly name: string
  /** C text, N and F numbers, D a day, L yes or no; others are read as text. */
  readonly type: string
  readonly offset: number
  readonly length: number
}

export interface Dbf {
  readonly fields: readonly DbfField[]
  readonly encoding: string
  /** As many as whole rows are in the file. */
  readonly rowCount: number
  /** As many as the header states. */
  readonly statedCount: number
  /** The values of a row by field, or null for a row marked as deleted. */
  row(index: number): Record<string, unknown> | null
}

/** Language driver ids that name a Chinese code page; others say "whatever the writer's machine had". */
const languageDrivers: Readonly<Record<number, string>> = {
  0x4d: 'gb18030',
  0x7a: 'gb18030',
  0x4f: 'big5',
  0x78: 'big5',
}

/** Reads the header. @returns why it cannot be read, when it cannot */
export function readDbf(bytes: Buffer, codePage: string | undefined): Dbf | { readonly problem: Message } {
  const headerLength = bytes.length >= 32 ? bytes.readUInt16LE(8) : 0
  const rowLength = bytes.length >= 32 ? bytes.readUInt16LE(10) : 0
  if (headerLength < 33 || headerLength > bytes.length || rowLength < 1)
    return { problem: { zh: '.dbf 文件头无效', en: 'the header of the .dbf is not valid' } }
  const statedCount = bytes.readUInt32LE(4)
  const rowCount = Math.min(statedCount, Math.floor((bytes.length - headerLength) / rowLength))
  const raw = fieldsOf(bytes, headerLength, rowLength)
  const encoding =
    encodingNamed(codePage) ??
    languageDrivers[bytes[29]!] ??
    detected(bytes, raw, headerLength, rowLength, rowCount)
  const fields = raw.map((field) => ({ ...field, name: decode(Buffer.from(field.name, 'latin1'), encoding) }))
  return {
    fields,
    encoding,
    rowCount,
    statedCount,
    row: (index) => {
      const start = headerLength + index * rowLength
      // An asterisk in the first byte marks a deleted row.
      if (bytes[start] === 0x2a) return null
      const cell = ({ offset, length }: DbfField): Buffer =>
        bytes.subarray(start + offset, start + offset + length)
      return Object.fromEntries(fields.map((field) => [field.name, valueOf(cell(field), field, encoding)]))
    },
  }
}

function fieldsOf(bytes: Buffer, headerLength: number, rowLength: number): DbfField[] {
  const fields: DbfField[] = []
  let offset = 1
  // 0x0D ends the descriptions.
  for (let at = 32; at + 32 <= headerLength && bytes[at] !== 0x0d; at += 32) {
    const nameEnd = bytes.subarray(at, at + 11).indexOf(0)
    const name = bytes.toString('latin1', at, at + (nameEnd < 0 ? 11 : nameEnd)).trim()
    const length = bytes[at + 16]!
    if (offset + length > rowLength) break
    fields.push({ name, type: String.fromCharCode(bytes[at + 11]!), offset, length })
    offset += length
  }
  return fields
}

/** What a .cpg says, in its many spellings: `UTF-8`, `936`, `cp936`, `ANSI 936`, `GBK`, `OEM`… */
function encodingNamed(codePage: string | undefined): string | undefined {
  const text = codePage?.trim().toLowerCase() ?? ''
  const plain = text.replace(/[^a-z0-9]/g, '').replace(/^(ansi|cp|windows|oem)(?=\d)/, '')
  if (plain === '65001' || plain === 'utf8') return 'utf8'
  if (['936', 'gbk', 'gb2312', 'gb18030', '54936'].includes(plain)) return 'gb18030'
  if (plain === '950' || plain === 'big5') return 'big5'
  if (/^88591\d*$/.test(plain)) return `iso-8859-${plain.slice(4) || '1'}`
  if (/^\d{3,5}$/.test(plain)) return iconv.encodingExists(`cp${plain}`) ? `cp${plain}` : undefined
  return text !== '' && iconv.encodingExists(text) ? text : undefined
}

/** UTF-8 when all text is valid UTF-8 (values cut at the width of their field allowed), else GB 18030. */
function detected(
  bytes: Buffer,
  fields: readonly DbfField[],
  headerLength: number,
  rowLength: number,
  rowCount: number,
): string {
  const texts = fields.filter(({ type }) => type === 'C')
  const names = fields.every(({ name }) =>
    isUtf8(Buffer.from(name, 'latin1').subarray(0, wholeLength(Buffer.from(name, 'latin1')))),
  )
  if (!names) return 'gb18030'
  for (let row = 0; row < rowCount; row += 1)
    for (const { offset, length } of texts) {
      const start = headerLength + row * rowLength + offset
      const cell = trimmed(bytes.subarray(start, start + length))
      if (!isUtf8(cell.subarray(0, wholeLength(cell)))) return 'gb18030'
    }
  return 'utf8'
}

/** Length without a UTF-8 character cut at the end. */
function wholeLength(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back]!
    if (byte >= 0xc0)
      return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length
    if (byte < 0x80) break
  }
  return bytes.length
}

function trimmed(cell: Buffer): Buffer {
  let end = cell.length
  while (end > 0 && (cell[end - 1] === 0x20 || cell[end - 1] === 0)) end -= 1
  return cell.subarray(0, end)
}

/** A character cut at the width of the field is dropped. */
const decode = (bytes: Buffer, encoding: string): string =>
  iconv
    .decode(bytes, encoding)
    .replace(/\ufffd+$/, '')
    .trim()

function valueOf(cell: Buffer, { type }: DbfField, encoding: string): unknown {
  if (type === 'N' || type === 'F') return numberOf(cell.toString('latin1').trim())
  if (type === 'L')
    return /[YyTt]/.test(cell.toString('latin1'))
      ? true
      : /[NnFf]/.test(cell.toString('latin1'))
        ? false
        : null
  if (type === 'D') {
    const day = /^(\d{4})(\d{2})(\d{2})$/.exec(cell.toString('latin1').trim())
    // GDAL writes a date there is none of as zeros.
    return day && day[1] !== '0000' ? `${day[1]}-${day[2]}-${day[3]}` : null
  }
  return decode(trimmed(cell), encoding)
}

/** Blank or overflown (`****`) is null; a whole number too long to be exact stays text, for it is a code. */
function numberOf(text: string): number | string | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return null
  const number = Number(text)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number
}
