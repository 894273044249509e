/** COPY's text format: a row a line, columns between tabs. https://www.postgresql.org/docs/current/sql-copy.html */

const special = /[\\\n\r\t\b\f\v]/
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

/** One column of a row, null included. */
export function copyText(text: string | null): string {
  if (text === null) return '\\N'
  return special.test(text) ? text.replace(/[\\\n\r\t\b\f\v]/g, (c) => escapes[c] ?? c) : text
}
