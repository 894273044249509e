/** How columns become values of the product, on every connection alike. */
import pg from 'pg'

/**
 * The type parsers of every connection:
 * - `bigint` (and its arrays): number; an error beyond 2^53, where a number would be another one
 * - `numeric`: number, to the precision of a double
 * - `timestamptz`: epoch milliseconds (microseconds are cut), ±Infinity for ±infinity
 * - `date`: `YYYY-MM-DD`; `timestamp` without zone: an error, the schema has none
 * - `json`, `jsonb`: parsed; `bytea`: Buffer; everything else as node-postgres does
 */
export const columnTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers[oid] ?? usualParser(oid, format)) as typeof pg.types.getTypeParser,
}

const usualParser = pg.types.getTypeParser as (
  oid: number,
  format?: 'text' | 'binary',
) => (text: string) => unknown

const parseBigintArray = usualParser(1016) as (text: string) => (string | null)[]

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  20: safeInteger,
  1016: (text) => parseBigintArray(text).map((v) => (v === null ? null : safeInteger(v))),
  1082: (text) => text,
  1114: (text) => {
    throw new Error(`a timestamp without zone (${text}): use timestamptz`)
  },
  1184: epochMilliseconds,
  1700: Number,
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the safe integers`)
  return value
}

/** `2026-10-08 00:00:00.123456+00` (ISO style; every session's zone is UTC, but any offset is read). */
function epochMilliseconds(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY
  if (text === '-infinity') return Number.NEGATIVE_INFINITY
  const usual = utcMilliseconds(text)
  if (!Number.isNaN(usual)) return usual
  const iso = text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')
  const value = Date.parse(iso)
  if (Number.isNaN(value)) throw new RangeError(`not an instant of our era: ${text}`)
  return value
}

/** The day met last, and when it began: instants come in millions, of few days. */
let lastDay = ''
let lastMidnight = Number.NaN

/** The usual form, a year of four digits and `+00`, without a regular expression; NaN for any other. */
function utcMilliseconds(text: string): number {
  if (text.charCodeAt(10) !== 32 || !text.endsWith('+00')) return Number.NaN
  const decimals = text.length - 23
  if (decimals < -1 || (decimals >= 0 && text.charCodeAt(19) !== 46)) return Number.NaN
  const day = text.slice(0, 10)
  if (day !== lastDay) {
    lastMidnight = Date.parse(day)
    lastDay = day
  }
  const seconds = 3600 * twoDigits(text, 11) + 60 * twoDigits(text, 14) + twoDigits(text, 17)
  let milliseconds = 0
  for (let i = 0, unit = 100; i < decimals && i < 3; i++, unit /= 10)
    milliseconds += unit * (text.charCodeAt(20 + i) - 48)
  return lastMidnight + 1000 * seconds + milliseconds
}

const twoDigits = (text: string, at: number): number =>
  10 * (text.charCodeAt(at) - 48) + (text.charCodeAt(at + 1) - 48)

/**
 * A value as node-postgres sends it, by the parameter's type in the query's header: epoch milliseconds for `timestamptz`,
 * a JSON object or array for `json` and `jsonb` (a string is JSON text already; node-postgres would send an array as a
 * PostgreSQL array).
 */
export function parameterValue(value: unknown, type: string | undefined): unknown {
  if (value === null || value === undefined || type === undefined) return value
  if (type === 'timestamptz') return instant(value)
  if (type === 'timestamptz[]') return (value as readonly unknown[]).map(instant)
  if (type === 'json' || type === 'jsonb') return typeof value === 'string' ? value : JSON.stringify(value)
  return value
}

const instant = (value: unknown): unknown =>
  typeof value !== 'number'
    ? value
    : Number.isFinite(value)
      ? new Date(value).toISOString()
      : value > 0
        ? 'infinity'
        : '-infinity'
