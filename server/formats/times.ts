/**
 * Instants and days as files write them. A clock time without a zone is Asia/Shanghai, taken as UTC+8 throughout
 * (the daylight saving of 1986–1991 concerns no data of this product), unless the format says otherwise.
 */

export const shanghaiOffsetMinutes = 480

/** When GPS began, 1980-01-06: an earlier fix comes from a clock that was never set. */
export const gpsEpoch = Date.UTC(1980, 0, 6)

// 2026-10-08T09:30:15.123+08:00 and everything between that and 2026/10/8; Chinese units are put into this form first.
const written =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[Tt ]\s*(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i
const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/
const seconds = /^\d{9,10}(?:\.\d+)?$/
const milliseconds = /^\d{12,13}(?:\.\d+)?$/

/**
 * Epoch milliseconds of a written time, a Unix time in seconds (9–10 digits) or milliseconds (12–13), or undefined.
 * Days that do not exist are refused. Exactly eight or fourteen digits are YYYYMMDD[hhmmss].
 * @param offsetMinutes zone of times that state none
 */
export function toInstant(value: unknown, offsetMinutes = shanghaiOffsetMinutes): number | undefined {
  if (value instanceof Date) {
    // A spreadsheet's date has no zone; its library gives the wall clock as if it were UTC.
    const time = value.getTime()
    return Number.isNaN(time) ? undefined : time - offsetMinutes * 60_000
  }
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  const plain = isoInstant(text)
  if (plain !== undefined) return plain
  if (seconds.test(text)) return Math.round(Number(text) * 1000)
  if (milliseconds.test(text)) return Math.round(Number(text))
  const digits = compact.exec(text)
  if (digits) {
    const [, year, month, day, hour, minute, second] = digits
    return instantOf([year, month, day, hour, minute, second], 0, offsetMinutes)
  }
  const match = written.exec(withoutChineseUnits(text))
  if (!match) return undefined
  const [, year, , month, day, hour, minute, second, decimals, zone] = match
  const fraction = decimals === undefined ? 0 : Number(`0.${decimals}`) * 1000
  const minutes = zone === undefined ? offsetMinutes : zoneMinutes(zone)
  if (minutes === undefined) return undefined
  return instantOf([year, month, day, hour, minute, second], fraction, minutes)
}

/** `2026年10月8日 9时30分` → `2026-10-8 9:30`. */
function withoutChineseUnits(text: string): string {
  if (!/[^ -~]/.test(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[年月]/g, '-')
    .replace('日', ' ')
    .replace(/[时点分]/g, ':')
    .replace('秒', '')
    .replace(/\s+/g, ' ')
    .replace(/[: ]+$/, '')
}

/** `2026-10-08T09:30:15Z` without a regular expression: the common case of a million fixes. */
function isoInstant(text: string): number | undefined {
  if (text.length !== 20 || text.charCodeAt(19) !== 90 || text.charCodeAt(10) !== 84) return undefined
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined
  const year = digitsAt(text, 0) * 100 + digitsAt(text, 2)
  return fromParts(
    year,
    digitsAt(text, 5),
    digitsAt(text, 8),
    digitsAt(text, 11),
    digitsAt(text, 14),
    digitsAt(text, 17),
  )
}

function digitsAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function instantOf(
  parts: readonly (string | undefined)[],
  fraction: number,
  offsetMinutes: number,
): number | undefined {
  const [year, month, day, hour, minute, second] = parts.map((part) =>
    part === undefined ? 0 : Number(part),
  )
  const utc = fromParts(year!, month!, day!, hour!, minute!, second!)
  return utc === undefined ? undefined : utc + Math.floor(fraction) - offsetMinutes * 60_000
}

/** A leap second (60) counts as the first second of the next minute, as in POSIX; 24:00:00 as the next midnight. */
function fromParts(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  const inDay = hour < 24 || (hour === 24 && minute === 0 && second === 0)
  // Written so that NaN fails.
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && inDay)) return undefined
  if (!(minute <= 59 && second <= 60)) return undefined
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function zoneMinutes(zone: string): number | undefined {
  if (/^[A-Z]/i.test(zone)) return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.replace(':', '').slice(3, 5) || 0)
  if (hours > 14 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

/** Midnight, Asia/Shanghai, of a written day; a time of day is not allowed. Undefined when it is no day. */
export function toMidnight(value: unknown): number | undefined {
  const instant = toInstant(value)
  if (instant === undefined) return undefined
  return (instant + shanghaiOffsetMinutes * 60_000) % 86_400_000 === 0 ? instant : undefined
}
