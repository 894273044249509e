/** A printed form of the documents: tables with a title, lines above, a header, rows, lines below. Chinese, as the documents are. */
import type { CellSpan, CellValue, ReportColumn, ReportSheet } from '../write-workbook.ts'

export interface FormTable {
  /** Of the sheet of a workbook: short, unique. */
  readonly name: string
  readonly title: string
  readonly lines: readonly string[]
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly CellValue[])[]
  readonly spans: readonly CellSpan[]
  readonly closing: readonly string[]
}

export interface HouseholdForm {
  readonly title: string
  /** Epoch milliseconds. */
  readonly made: number
  readonly tables: readonly FormTable[]
}

/** What is not recorded. */
export const unknown = '—'

/** Empty rows at least, to be filled in by hand, as the documents have them. */
export const leastRows = 7

/** Rows, with empty ones up to as many as the form has. */
export function withEmptyRows(
  rows: readonly (readonly CellValue[])[],
  columns: number,
): readonly (readonly CellValue[])[] {
  const missing = Math.max(0, leastRows - rows.length)
  return [...rows, ...Array.from({ length: missing }, () => Array.from({ length: columns }, () => null))]
}

export const sheetOf = ({ name, title, lines, columns, rows, spans, closing }: FormTable): ReportSheet => ({
  name,
  columns,
  heading: [title, ...lines],
  rows,
  closing,
  spans,
  isForm: true,
})
