/**
 * The address is the state: what a link shows. `/plan?area=…&select=grid:…&at=14.2/29.9/119.6` ↔ `Address`, both ways, pure.
 * What is not of interest to the one who gets the link (panel widths, theme) is kept elsewhere (`preferences.ts`).
 */
import type { Language } from './i18n/language.ts'

export const screenIds = ['plan', 'patrol', 'incidents'] as const
export type ScreenId = (typeof screenIds)[number]

/** One thing that can be hovered or selected, in lists and on the map alike. */
export interface Target {
  /** What it is: `grid`, `problem`, `worker`, `hexagon`, `incident`, … */
  readonly kind: string
  readonly id: string
}

export interface MapView {
  readonly longitude: number
  readonly latitude: number
  readonly zoom: number
}

export interface Address {
  readonly screen: ScreenId
  readonly area: string | null
  /** A day in Asia/Shanghai, YYYY-MM-DD; null: the screen's default (today, or the last day with data). */
  readonly day: string | null
  /** First and last day of an interval, both shown; null: the screen's default. */
  readonly from: string | null
  readonly to: string | null
  readonly selection: Target | null
  /** Absent until the person moves the map: the map then shows the area. */
  readonly view: MapView | null
  readonly language: Language | null
  /** Layer switches that differ from their default: `+id` on, `-id` off. */
  readonly layers: readonly string[]
  /** The screen's own choices (tab, sort, filter), by name; names of the frame are taken. */
  readonly choices: Readonly<Record<string, string>>
}

export const emptyAddress: Address = {
  screen: 'plan',
  area: null,
  day: null,
  from: null,
  to: null,
  selection: null,
  view: null,
  language: null,
  layers: [],
  choices: {},
}

const frameNames = ['area', 'day', 'from', 'to', 'select', 'at', 'lang', 'layers']

/** Reads an address; whatever is not understood is left out, never an error: old links still open. */
export function parseAddress(pathname: string, search: string): Address {
  const query = new URLSearchParams(search)
  const name = pathname.split('/')[1] ?? ''
  const choices: Record<string, string> = {}
  for (const [key, value] of query)
    if (!frameNames.includes(key) && /^[a-z_]+$/.test(key)) choices[key] = value
  const lang = query.get('lang')
  return {
    screen: screenIds.find((id) => id === name) ?? 'plan',
    area: query.get('area') || null,
    day: parseDay(query.get('day')),
    from: parseDay(query.get('from')),
    to: parseDay(query.get('to')),
    selection: parseTarget(query.get('select')),
    view: parseView(query.get('at')),
    language: lang === 'zh' || lang === 'en' ? lang : null,
    layers: (query.get('layers') ?? '').split(',').filter((entry) => /^[+-][a-z-]+$/.test(entry)),
    choices,
  }
}

/** The path and query that `parseAddress` reads back to the same address. */
export function formatAddress(address: Address): string {
  const query = new URLSearchParams()
  const put = (key: string, value: string | null): void => {
    if (value) query.set(key, value)
  }
  put('area', address.area)
  put('day', address.day)
  put('from', address.from)
  put('to', address.to)
  put('select', address.selection && `${address.selection.kind}:${address.selection.id}`)
  for (const key of Object.keys(address.choices).toSorted()) put(key, address.choices[key] ?? null)
  put('layers', address.layers.join(','))
  put('at', address.view && formatView(address.view))
  put('lang', address.language)
  // Colons, slashes, commas and plus signs are safe in a query and make a link readable.
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',')
  return `/${address.screen}${text === '' ? '' : `?${text}`}`
}

function parseDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const day = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text ? null : text
}

function parseTarget(text: string | null): Target | null {
  const colon = text?.indexOf(':') ?? -1
  if (text === null || colon < 1 || colon === text.length - 1) return null
  return { kind: text.slice(0, colon), id: text.slice(colon + 1) }
}

function parseView(text: string | null): MapView | null {
  const parts = (text ?? '').split('/')
  if (parts.length !== 3 || parts.some((part) => part.trim() === '')) return null
  const [zoom, latitude, longitude] = parts.map(Number) as [number, number, number]
  const inRange = zoom >= 0 && zoom <= 24 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return inRange ? { zoom, latitude, longitude } : null
}

/** Zoom / latitude / longitude, as OpenStreetMap writes it; five decimals are about a metre. */
const formatView = (view: MapView): string =>
  `${trim(view.zoom, 2)}/${trim(view.latitude, 5)}/${trim(view.longitude, 5)}`

const trim = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)))
