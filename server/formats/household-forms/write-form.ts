/** A form as a workbook, and as pages of A4: its tables stand or lie in the one as in the other. */
import { escapeText } from '../../core/posters/svg.ts'
import { cssString, fonts } from '../plan-report/page-style.ts'
import { type PageLink, printPage } from '../print-page.ts'
import { type CellValue, isWide, writeWorkbook } from '../write-workbook.ts'
import { type FormTable, type HouseholdForm, sheetOf } from './form.ts'

/** Names of sheets hold at most 31 characters, and none of these. */
const sheetName = (name: string, taken: Set<string>): string => {
  const plain = name.replace(/[\\/*?:[\]]/g, '-')
  let found = plain.slice(0, 31)
  for (let n = 2; taken.has(found); n++) found = `${plain.slice(0, 31 - `(${n})`.length)}(${n})`
  taken.add(found)
  return found
}

/** The bytes of an XLSX file; a form without a table has a sheet that says so. */
export function writeFormXlsx({ title, made, tables }: HouseholdForm): Promise<Uint8Array> {
  const taken = new Set<string>()
  const all = tables.length > 0 ? tables : [emptyTable(title)]
  const sheets = all.map((table) => ({ ...sheetOf(table), name: sheetName(table.name, taken) }))
  return writeWorkbook(title, made, sheets)
}

const emptyTable = (title: string): FormTable => ({
  name: '无',
  title,
  lines: ['没有可列的内容'],
  columns: [{ header: '', width: 60 }],
  rows: [],
  spans: [],
  closing: [],
})

/** The whole document, without scripts and without outside requests. @param links above the page, on the screen only */
export function formPage({ title, tables }: HouseholdForm, links: readonly PageLink[]): string {
  const all = tables.length > 0 ? tables : [emptyTable(title)]
  return printPage({ title, style: style(title), links, body: all.map(tablePart).join('\n') })
}

const style = (title: string): string => `
@page { size: A4 portrait }
@page lying { size: A4 landscape }
@page {
  margin: 15mm 12mm;
  @top-right { content: ${cssString(title)}; font: 8pt ${fonts}; color: #5c626b }
  @bottom-center { content: '第 ' counter(page) ' 页，共 ' counter(pages) ' 页'; font: 8pt ${fonts}; color: #5c626b }
}
html, body { margin: 0; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { font: 10pt/1.5 ${fonts}; font-variant-numeric: tabular-nums; color: #1f2329 }
section { width: 186mm; background: #fff }
section.is-lying { width: 273mm; page: lying }
section + section { break-before: page }
h1 { font-size: 17pt; line-height: 1.3; text-align: center; margin: 0 0 3mm }
p { margin: 0 0 2mm; white-space: pre-wrap }
table { width: 100%; border-collapse: collapse; font-size: 9pt; line-height: 1.4; margin: 0 0 3mm }
th, td { border: 0.2mm solid #1f2329; padding: 1mm 1.4mm; text-align: left; vertical-align: middle; white-space: pre-line; overflow-wrap: anywhere; height: 6mm }
th { font-weight: 600; text-align: center }
tr { break-inside: avoid }
.n { text-align: right }
nav { font-size: 14px; padding: 12px 16px; display: flex; gap: 16px } nav a { color: #1456f0 }
@media screen { html { background: #f5f6f7 } section { margin: 0 16px 16px; padding: 12mm; box-shadow: 0 2px 12px #0002 } }
@media print { nav { display: none } }
`

function tablePart(table: FormTable): string {
  const { title, lines, columns, rows, spans, closing } = table
  const covered = new Set<string>()
  const heights = new Map<string, number>()
  for (const { row, column, rows: height } of spans) {
    heights.set(`${row} ${column}`, height)
    for (let below = 1; below < height; below++) covered.add(`${row + below} ${column}`)
  }
  const total = columns.reduce((sum, { width }) => sum + width, 0)
  const cell = (value: CellValue, row: number, column: number): string => {
    const place = `${row} ${column}`
    if (covered.has(place)) return ''
    const height = heights.get(place) ?? 1
    const isFigure = columns[column]?.format === 'count'
    const attributes = `${isFigure ? ' class="n"' : ''}${height > 1 ? ` rowspan="${height}"` : ''}`
    return `<td${attributes}>${written(value)}</td>`
  }
  return `<section${isWide(table) ? ' class="is-lying"' : ''}>
<h1>${escapeText(title)}</h1>
${lines.map((line) => `<p>${escapeText(line)}</p>`).join('\n')}
<table>
<colgroup>${columns.map(({ width }) => `<col style="width:${((100 * width) / total).toFixed(2)}%">`).join('')}</colgroup>
<thead><tr>${columns.map(({ header }) => `<th>${escapeText(header)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row, at) => `<tr>${row.map((value, column) => cell(value, at, column)).join('')}</tr>`).join('\n')}
</tbody>
</table>
${closing.map((line) => `<p>${escapeText(line)}</p>`).join('\n')}
</section>`
}

function written(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return value.toLocaleString('en-US')
  return escapeText(value instanceof Date ? value.toISOString().slice(0, 10) : value)
}
