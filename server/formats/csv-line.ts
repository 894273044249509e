/** Writing CSV by RFC 4180. */
import { toText } from './cell-values.ts'

/** Makes Excel read the file as UTF-8. */
export const byteOrderMark = '\ufeff'

/** One line with its CRLF. A cell is quoted where it holds the delimiter, a quote, a line break or outer blanks. */
export const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`

function csvCell(value: unknown): string {
  const text = typeof value === 'string' ? value : toText(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A cell no spreadsheet takes for a formula: text that begins with = + - @ (also after blanks), a tab or a carriage
 * return gets a single quote before it (OWASP, CSV injection). Plain numbers stay as they are.
 */
export function inert(value: unknown): string {
  const text = toText(value)
  return /^\s*[=+\-@＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
}
