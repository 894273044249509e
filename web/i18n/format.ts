/**
 * Figures and dates as people read them: the unit always, thousands apart, sensible rounding, and "—" for what is not known
 * (never 0). Instants are shown in Asia/Shanghai, which has been UTC+8 without summer time since 1991.
 */
import type { Language } from './language.ts'

export const unknown = '—'

type Known = number | null | undefined

const isKnown = (value: Known): value is number =>
  value !== null && value !== undefined && Number.isFinite(value)

/** By decimals: kept, since making one costs more than writing a hundred numbers with it. */
const writers = new Map<number, Intl.NumberFormat>()

function writer(decimals: number): Intl.NumberFormat {
  const known = writers.get(decimals)
  if (known) return known
  const made = new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  writers.set(decimals, made)
  return made
}

/** 12,345.6; no unit: for counts whose noun stands beside them. */
export const formatNumber = (value: Known, decimals = 0): string =>
  isKnown(value) ? writer(decimals).format(value) : unknown

/** With an explicit sign, for differences: +12, −3. */
export const formatSigned = (value: Known): string =>
  isKnown(value) ? `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value))}` : unknown

/** A share 0–1 as a percentage: 43 %, 4.3 % below ten. */
export const formatShare = (share: Known): string =>
  isKnown(share) ? `${formatNumber(share * 100, share !== 0 && Math.abs(share) < 0.0995 ? 1 : 0)} %` : unknown

/** 4.0 mm, 3.1 cm, 3.1 m, 812 m, 3.1 km, 31 km. */
export function formatLength(metres: Known): string {
  if (!isKnown(metres)) return unknown
  const size = Math.abs(metres)
  if (size === 0) return '0 m'
  if (size < 0.00995) return `${formatNumber(metres * 1000, 1)} mm`
  if (size < 0.995) return `${formatNumber(metres * 100, size < 0.0995 ? 1 : 0)} cm`
  if (size < 9.95) return `${formatNumber(metres, 1)} m`
  if (size < 999.5) return `${formatNumber(metres)} m`
  return `${formatNumber(metres / 1000, size < 99_950 ? 1 : 0)} km`
}

/** 0.04 m², 8.1 m², 812 m², 0.61 km², 12 km². */
export function formatArea(squareMetres: Known): string {
  if (!isKnown(squareMetres)) return unknown
  const size = Math.abs(squareMetres)
  if (size === 0) return '0 m²'
  if (size < 0.005) return '< 0.01 m²'
  if (size < 0.995) return `${formatNumber(squareMetres, 2)} m²`
  if (size < 9.95) return `${formatNumber(squareMetres, 1)} m²`
  if (size < 99_999.5) return `${formatNumber(squareMetres)} m²`
  return `${formatNumber(squareMetres / 1e6, size < 9.95e6 ? 2 : size < 99.5e6 ? 1 : 0)} km²`
}

/** 45 s, 12 min, 4.2 h. */
export function formatDuration(seconds: Known): string {
  if (!isKnown(seconds)) return unknown
  if (seconds < 59.5) return `${formatNumber(seconds)} s`
  if (seconds < 3570) return `${formatNumber(seconds / 60)} min`
  return `${formatNumber(seconds / 3600, 1)} h`
}

/** 820 B, 12 kB, 3.4 MB. */
export function formatBytes(bytes: Known): string {
  if (!isKnown(bytes)) return unknown
  if (bytes < 1000) return `${formatNumber(bytes)} B`
  return bytes < 999_500 ? `${formatNumber(bytes / 1e3)} kB` : `${formatNumber(bytes / 1e6, 1)} MB`
}

/** 119.60421°E 29.90113°N: five decimals are about a metre. */
export const formatPosition = (longitude: number, latitude: number): string =>
  `${Math.abs(longitude).toFixed(5)}°${longitude < 0 ? 'W' : 'E'} ${Math.abs(latitude).toFixed(5)}°${latitude < 0 ? 'S' : 'N'}`

const shanghaiOffset = 8 * 3_600_000

const weekdays = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** A clock on Shanghai's wall, as the UTC fields of a Date. */
function wallClock(instant: string | number): Date | null {
  const time = typeof instant === 'number' ? instant : Date.parse(instant)
  return Number.isFinite(time) ? new Date(time + shanghaiOffset) : null
}

function dateText(language: Language, wall: Date, withYear: boolean): string {
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()]
  return language === 'zh'
    ? `${withYear ? `${year}年` : ''}${month + 1}月${day}日`
    : `${day} ${months[month]}${withYear ? ` ${year}` : ''}`
}

function dayText(language: Language, wall: Date, withYear: boolean): string {
  const weekday = weekdays[language][wall.getUTCDay()]
  const date = dateText(language, wall, withYear)
  return language === 'zh' ? `${date} ${weekday}` : `${weekday} ${date}`
}

const midnightOf = (day: string | null | undefined): Date | null => {
  const time = day ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  return Number.isFinite(time) ? new Date(time) : null
}

/** 10月8日 周四, of a day YYYY-MM-DD. */
export function formatDay(language: Language, day: string | null | undefined, withYear = false): string {
  const wall = midnightOf(day)
  return wall ? dayText(language, wall, withYear) : unknown
}

/** 10月8日, 2026年10月8日, of a day YYYY-MM-DD: where the weekday stands beside it, or says nothing. */
export function formatDate(language: Language, day: string | null | undefined, withYear = false): string {
  const wall = midnightOf(day)
  return wall ? dateText(language, wall, withYear) : unknown
}

/** 周四, of a day YYYY-MM-DD. */
export function formatWeekday(language: Language, day: string): string {
  const wall = midnightOf(day)
  return wall ? weekdays[language][wall.getUTCDay()]! : unknown
}

/** 2026年10月, 10月 without the year, of a month YYYY-MM. */
export function formatMonth(language: Language, month: string | null | undefined, withYear = true): string {
  const wall = midnightOf(month ? `${month}-01` : null)
  if (!wall) return unknown
  const [year, number] = [wall.getUTCFullYear(), wall.getUTCMonth()]
  if (language === 'zh') return `${withYear ? `${year}年` : ''}${number + 1}月`
  return withYear ? `${months[number]} ${year}` : months[number]!
}

/** 10月8日 周四 14:05, of an instant. */
export function formatMoment(
  language: Language,
  instant: string | number | null | undefined,
  withYear = false,
): string {
  const wall = instant === null || instant === undefined ? null : wallClock(instant)
  return wall ? `${dayText(language, wall, withYear)} ${clockText(wall)}` : unknown
}

/** 14:05, of an instant. */
export function formatClock(instant: string | number | null | undefined): string {
  const wall = instant === null || instant === undefined ? null : wallClock(instant)
  return wall ? clockText(wall) : unknown
}

const clockText = (wall: Date): string =>
  `${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`

/** The day an instant falls on in Shanghai. */
export const dayOf = (instant: string | number): string | null =>
  wallClock(instant)?.toISOString().slice(0, 10) ?? null

export { addDays } from '../../server/core/trajectories/local-day.ts'
