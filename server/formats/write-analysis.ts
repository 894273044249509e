/** Tables of an analysis as CSV and XLSX. */
import type { Message } from '../core/values.ts'
import { byteOrderMark, csvLine, inert } from './csv-line.ts'
import { type ColumnFormat, type ReportSheet, writeWorkbook } from './write-workbook.ts'

export interface WrittenTable {
  readonly name: Message
  readonly columns: readonly Message[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** One table; the English names of its columns, which programs read. */
export const analysisCsv = ({ columns, rows }: WrittenTable): string =>
  byteOrderMark +
  csvLine(columns.map(({ en }) => en)) +
  rows.map((row) => csvLine(row.map((value) => (value === null ? '' : inert(value))))).join('')

/** One sheet a table. @param created epoch milliseconds */
export const analysisXlsx = (
  title: string,
  created: number,
  tables: readonly WrittenTable[],
): Promise<Uint8Array> => writeWorkbook(title, created, tables.map(sheetOf))

function sheetOf({ name, columns, rows }: WrittenTable): ReportSheet {
  const formats = columns.map(
    (_, i): ColumnFormat => (rows.some((row) => typeof row[i] === 'number') ? 'number' : 'text'),
  )
  return {
    name: name.zh,
    columns: columns.map(({ zh }, i) => ({
      header: zh,
      width: columns.length === 2 ? (i === 0 ? 24 : 100) : formats[i] === 'text' ? 20 : 14,
      format: formats[i]!,
    })),
    rows,
  }
}
