/** Sheets of a report → an XLSX workbook that can be read, filtered, printed and signed. */
import type { Worksheet } from 'exceljs'

export type CellValue = string | number | Date | null

/** How figures of a column look. Texts stay texts, whatever they begin with. */
export type ColumnFormat =
  | 'text'
  | 'number'
  | 'count'
  | 'flow'
  | 'signed'
  | 'share'
  | 'ratio'
  | 'money'
  | 'hundredths'
  | 'day'

export interface ReportColumn {
  readonly header: string
  /** In characters of the standard digit; a Chinese character takes two. */
  readonly width: number
  readonly format?: ColumnFormat
}

export interface ReportSheet {
  readonly name: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly CellValue[])[]
  /** Lines above the header, across all columns; the first is the sheet's title. */
  readonly heading?: readonly string[]
  /** Lines below the rows, across all columns. */
  readonly closing?: readonly string[]
  /** Columns on the left that stay in sight. */
  readonly frozenColumns?: number
  /** Rows at the end that are sums or lines to sign on: bold, and not part of the filter. */
  readonly footerRows?: number
  /** Cells that reach over rows below them, whose own cells of that column are empty. Counted from the first row and column, 0. */
  readonly spans?: readonly CellSpan[]
  /** Forms that are filled in by hand have lines around every cell and no filter. */
  readonly isForm?: boolean
}

export interface CellSpan {
  readonly row: number
  readonly column: number
  readonly rows: number
}

const numberFormats: Readonly<Record<ColumnFormat, string>> = {
  text: '@',
  number: 'General',
  count: '#,##0',
  // Most cells of a matrix are empty flows: a dash lets the others stand out.
  flow: '#,##0;-#,##0;"–"',
  signed: '+#,##0;-#,##0;0',
  share: '0.0%',
  ratio: '0.000',
  money: '#,##0.##',
  hundredths: '0.00',
  day: 'yyyy-mm-dd',
}

/** Needs the paper lying, as the documents' forms with many columns have it. */
export const isWide = ({ columns }: Pick<ReportSheet, 'columns'>): boolean => columns.length > 6

/** What A4 lying holds in print of 9 pt: with more, the paper is A3, as offices print their wide tables; on A4 it would be too small to read. */
const widestOnA4 = 180
/** ECMA-376, 18.18.50: A3 and A4. */
const paperCodes = { a3: 8, a4: 9 } as const

const paperOf = ({ columns }: Pick<ReportSheet, 'columns'>): number =>
  paperCodes[columns.reduce((sum, { width }) => sum + width, 0) > widestOnA4 ? 'a3' : 'a4']

/** At the foot of each printed page, &P and &N being its number and how many there are. */
const pageFooters = { zh: '&C第 &P 页，共 &N 页', en: '&CPage &P of &N' } as const

/**
 * The workbook's bytes. Each sheet has its header frozen and repeated on each printed page, and is printed across one page: A4, or A3 where it is wide.
 * @param created epoch milliseconds, written as the time of creation
 */
export async function writeWorkbook(
  title: string,
  created: number,
  sheets: readonly ReportSheet[],
  language: keyof typeof pageFooters = 'zh',
): Promise<Uint8Array> {
  // Loaded when first needed: it is ten times as large as everything else that reads and writes files.
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  workbook.title = title
  workbook.creator = 'Wangge 网格'
  workbook.created = new Date(created)
  workbook.modified = new Date(created)
  for (const sheet of sheets) addSheet(workbook.addWorksheet(sheet.name), sheet, title, language)
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Whether a column is read rather than added up. */
const isRead = (format: ColumnFormat): boolean => format === 'text' || format === 'number'

function addSheet(
  target: Worksheet,
  sheet: ReportSheet,
  title: string,
  language: keyof typeof pageFooters,
): void {
  const { heading = [], closing = [], footerRows = 0 } = sheet
  const vertical = sheet.isForm === true ? 'middle' : 'top'
  target.columns = sheet.columns.map(({ width, format = 'text' }) => ({
    width,
    style: {
      numFmt: numberFormats[format],
      alignment: isRead(format)
        ? { vertical, horizontal: 'left', wrapText: true }
        : { vertical, horizontal: 'right' },
    },
  }))
  addLines(target, heading, sheet, 'center')
  target.addRow(sheet.columns.map((column) => column.header))
  for (const row of sheet.rows) target.addRow([...row])
  const headerRow = heading.length + 1
  const header = target.getRow(headerRow)
  header.font = { bold: true }
  header.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true }
  const last = headerRow + sheet.rows.length
  heighten(target, headerRow, sheet)
  for (let i = 0; i < footerRows; i++) target.getRow(last - i).font = { bold: true }
  addLines(target, closing, sheet, 'left')
  if (heading.length > 0) target.getRow(1).font = { bold: true, size: 16 }
  target.views = [{ state: 'frozen', xSplit: sheet.frozenColumns ?? 0, ySplit: headerRow }]
  for (const { row, column, rows } of sheet.spans ?? [])
    if (rows > 1) target.mergeCells(headerRow + 1 + row, column + 1, headerRow + row + rows, column + 1)
  if (sheet.isForm === true) drawLines(target, headerRow, last, sheet.columns.length)
  else
    target.autoFilter = {
      from: { row: headerRow, column: 1 },
      to: { row: last - footerRows, column: sheet.columns.length },
    }
  target.pageSetup = {
    paperSize: paperOf(sheet),
    orientation: isWide(sheet) ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${headerRow}:${headerRow}`,
  }
  // & begins a code in headers and footers.
  target.headerFooter = {
    oddHeader: `&C${title.replaceAll('&', '&&')}　${sheet.name}`,
    oddFooter: pageFooters[language],
  }
}

/** Between the text of a form and its lines: it is written on by hand. */
const formAirPoints = 6

/**
 * Makes rows high enough for what is broken into lines in them: programs that print without showing leave them one line high. What
 * spans rows has room in each of them.
 */
function heighten(target: Worksheet, headerRow: number, sheet: ReportSheet): void {
  const { columns, rows, spans = [], isForm = false } = sheet
  const air = isForm ? formAirPoints : 0
  const spanning = new Map(spans.map(({ row, column, rows: n }) => [row * columns.length + column, n]))
  const heightOf = (cells: readonly unknown[], row: number): number =>
    cells.reduce<number>((most, cell, column) => {
      if (typeof cell !== 'string') return most
      const room = Math.max(1, (columns[column]?.width ?? 1) - 1)
      const lines = cell
        .split('\n')
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / room)), 0)
      return Math.max(most, lines / (spanning.get(row * columns.length + column) ?? 1))
    }, 1)
  const all = [columns.map((column) => column.header), ...rows]
  for (const [i, cells] of all.entries()) {
    const lines = heightOf(cells, i - 1)
    if (lines > 1 || isForm) target.getRow(headerRow + i).height = 16 * lines + air
  }
}

function drawLines(target: Worksheet, first: number, last: number, columns: number): void {
  const line = { style: 'thin' } as const
  for (let row = first; row <= last; row++)
    for (let column = 1; column <= columns; column++)
      target.getCell(row, column).border = { top: line, left: line, bottom: line, right: line }
}

/** Each line in one cell across all columns, high enough for all of it: merged cells do not grow by themselves. */
function addLines(
  target: Worksheet,
  lines: readonly string[],
  { columns }: ReportSheet,
  horizontal: 'center' | 'left',
): void {
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  for (const line of lines) {
    const row = target.addRow([line])
    target.mergeCells(row.number, 1, row.number, columns.length)
    row.getCell(1).numFmt = numberFormats.text
    row.getCell(1).alignment = { vertical: 'middle', horizontal, wrapText: true }
    const isTitle = row.number === 1
    row.height = isTitle ? 28 : 16 * Math.max(1, Math.ceil(widthOf(line) / width))
  }
}

/** In characters of the standard digit. */
const widthOf = (line: string): number =>
  Array.from(line, (one) => ((one.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1)).reduce<number>((a, b) => a + b, 0)
