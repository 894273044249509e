/** The first worksheet of an XLSX workbook that has rows → feature records. */
import { Readable } from 'node:stream'
import type { Cell } from 'exceljs'
import { readWhole, reasonOf } from './bytes.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import { readTable } from './read-csv.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'
import type { TableRow } from './table-features.ts'
import { checkUnpackedSize } from './zip.ts'

const batchRows = 1000

/** Batches of records. @throws FileRefused */
export function readXlsx(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FeatureRecord>[]> {
  return readTable(file, options, rowsOf(file, options))
}

async function* rowsOf(file: InputFile, options: ReadOptions): AsyncGenerator<TableRow[]> {
  const bytes = await readWhole(file, options)
  checkUnpackedSize(bytes, file.name, options)
  // Loaded when first needed: it is ten times as large as everything else that reads files.
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([bytes]), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
  })
  try {
    for await (const sheet of workbook) {
      let width = 0
      let rows: TableRow[] = []
      let any = false
      for await (const row of sheet) {
        // `values` starts at index 1; a row ends at its last filled cell, so pad to the widest so far.
        const cells = Array.from({ length: Math.max(row.cellCount, width) }, (_, i) =>
          cellValue(row.getCell(i + 1)),
        )
        width = Math.max(width, cells.length)
        rows.push({ line: row.number, cells })
        any = true
        if (rows.length < batchRows) continue
        yield rows
        rows = []
      }
      yield rows
      if (any) return
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (error instanceof FileRefused) throw error
    throw new FileRefused(flaw('xlsx_broken', { file: file.name }, { reason: reasonOf(error) }))
  }
}

/** What a person sees in a cell: the result of a formula, the text of a link, leading zeros that a format adds. */
function cellValue(cell: Cell): unknown {
  const value: unknown = cell.value
  if (typeof value === 'number' && /^0+$/.test(cell.numFmt ?? '') && Number.isInteger(value))
    return String(value).padStart(cell.numFmt.length, '0')
  return plainValue(value)
}

function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const { richText, text, result, error } = value as {
    richText?: readonly { text: string }[]
    text?: unknown
    result?: unknown
    error?: unknown
  }
  if (richText) return richText.map((run) => run.text).join('')
  if (error !== undefined) return ''
  return plainValue(text ?? result ?? '')
}
