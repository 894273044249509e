/** The lists as a file for a spreadsheet: ISO days, numbers without separators, names masked. */
import type { OverdueRow } from '../../../../server/contract/coverage.ts'
import type { Say } from '../../../i18n/language.ts'
import { text } from './text.ts'

type Cell = string | number | null

const columns: readonly (readonly [keyof typeof text.csvColumns, (row: OverdueRow, say: Say) => Cell])[] = [
  ['kind', (row, say) => say(text.subject[row.kind])],
  ['id', (row) => row.id],
  ['name', (row) => row.name],
  ['grid', (row) => row.grid],
  ['key', (row) => (row.is_key ? 1 : 0)],
  ['age', (row) => row.age_days],
  ['last', (row) => row.last_day],
  ['due', (row) => row.due_day],
  ['overdue', (row) => row.overdue_days],
  ['metres', (row) => row.metres],
  ['contact', (row) => row.contact && `${row.contact.name} ${row.contact.worker}`],
  ['longitude', (row) => row.lon],
  ['latitude', (row) => row.lat],
]

/** RFC 4180, with a byte order mark: without it Excel reads Chinese as GBK. */
export function overdueCsv(rows: readonly OverdueRow[], say: Say): string {
  const lines = [
    columns.map(([name]) => say(text.csvColumns[name])),
    ...rows.map((row) => columns.map(([, cell]) => cell(row, say))),
  ]
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would run as a formula is kept from it. */
function quoted(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
