/** Values of cells and properties as people, spreadsheets and JSON write them. */

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** True for null, undefined and text of nothing but blanks. */
export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '')

/** A finite number, or undefined when it is none (also when blank). Full-width digits are read too. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return finite(value)
  if (typeof value !== 'string') return undefined
  // The common case without a regular expression. Number() also takes blanks (0), hexadecimal and Infinity: those
  // are 0, have a letter second, or are not finite, and are judged below.
  const plain = Number(value)
  if (plain !== 0 && Number.isFinite(plain) && value.charCodeAt(0) > 32 && !(value.charCodeAt(1) > 57))
    return plain
  const text = value.trim()
  if (decimal.test(text)) return finite(Number(text))
  const narrow = text.normalize('NFKC')
  return decimal.test(narrow) ? finite(Number(narrow)) : undefined
}

const finite = (number: number): number | undefined => (Number.isFinite(number) ? number : undefined)

/** Trimmed text of any value; '' for null. Whole numbers keep all their digits; what is no scalar becomes JSON. */
export function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString()
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return JSON.stringify(value) ?? ''
}
