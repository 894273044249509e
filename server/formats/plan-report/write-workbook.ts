/** Sheets of a report → an XLSX workbook that can be read, filtered, printed and signed. */
import type { Worksheet } from 'exceljs'

export type CellValue = string | number | null

/** How figures of a column look. Texts stay texts, whatever they begin with. */
export type ColumnFormat = 'text' | 'number' | 'count' | 'flow' | 'signed' | 'share' | 'ratio'

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
  /** Columns on the left that stay in sight. */
  readonly frozenColumns?: number
  /** Rows at the end that are sums or lines to sign on: bold, and not part of the filter. */
  readonly footerRows?: number
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
}

/**
 * The workbook's bytes. Each sheet has its header frozen and repeated on each printed page, and is printed across one page of A4.
 * @param created epoch milliseconds, written as the time of creation
 */
export async function writeWorkbook(
  title: string,
  created: number,
  sheets: readonly ReportSheet[],
): Promise<Uint8Array> {
  // Loaded when first needed: it is ten times as large as everything else that reads and writes files.
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.Workbook()
  workbook.title = title
  workbook.creator = 'Wangge 网格'
  workbook.created = new Date(created)
  workbook.modified = new Date(created)
  for (const sheet of sheets) addSheet(workbook.addWorksheet(sheet.name), sheet, title)
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Whether a column is read rather than added up. */
const isRead = (format: ColumnFormat): boolean => format === 'text' || format === 'number'

function addSheet(target: Worksheet, sheet: ReportSheet, title: string): void {
  target.columns = sheet.columns.map(({ header, width, format = 'text' }) => ({
    header,
    width,
    style: {
      numFmt: numberFormats[format],
      alignment: isRead(format)
        ? { vertical: 'top', horizontal: 'left', wrapText: true }
        : { vertical: 'top', horizontal: 'right' },
    },
  }))
  for (const row of sheet.rows) target.addRow([...row])
  const header = target.getRow(1)
  header.font = { bold: true }
  header.alignment = { vertical: 'middle', horizontal: 'center', wrapText: true }
  const last = sheet.rows.length + 1
  for (let i = 0; i < (sheet.footerRows ?? 0); i++) target.getRow(last - i).font = { bold: true }
  target.views = [{ state: 'frozen', xSplit: sheet.frozenColumns ?? 0, ySplit: 1 }]
  target.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: last - (sheet.footerRows ?? 0), column: sheet.columns.length },
  }
  target.pageSetup = {
    paperSize: 9,
    orientation: sheet.columns.length > 6 ? 'landscape' : 'portrait',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '1:1',
  }
  // & begins a code in headers and footers.
  target.headerFooter = {
    oddHeader: `&C${title.replaceAll('&', '&&')}　${sheet.name}`,
    oddFooter: '&C第 &P 页，共 &N 页',
  }
}
