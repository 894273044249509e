/** Colours and lines of a printed map: those of the screen's light ground, in millimetres on A3. */
import type { Message } from '../values.ts'

export const ink = '#1F2329'
export const secondInk = '#5C626B'
export const accent = '#1456F0'
export const hairline = '#DEE0E3'

export const ground = {
  land: '#F7F7F4',
  water: '#CFE3F1',
  waterLine: '#B4D0E4',
  green: '#E7EFDF',
  building: '#D6D0C6',
  buildingLine: '#B9B2A5',
  casing: '#B9B2A5',
  road: '#FFFFFF',
  path: '#B5AFA3',
  rail: '#8C867B',
  border: '#4C5058',
  grid: '#3F4651',
  halo: '#FFFFFF',
  street: '#5A5348',
  waterText: '#3D6F94',
  quiet: '#6E7178',
} as const

export interface RoadStyle {
  /** Width of the carriageway; 0: a dashed line without one. */
  readonly width: number
  readonly isRail?: boolean
}

const roadStyles: readonly (readonly [RoadStyle, readonly string[]])[] = [
  [
    { width: 0, isRail: true },
    ['rail', 'light_rail', 'narrow_gauge', 'tram', '铁路', '铁道', '轨道', '轻轨'],
  ],
  [
    { width: 1.7 },
    [
      'motorway',
      'trunk',
      'primary',
      '高速公路',
      '高速',
      '快速路',
      '高架',
      '国道',
      '省道',
      '主干道',
      '主干路',
    ],
  ],
  [{ width: 1.4 }, ['secondary', 'tertiary', '县道', '乡道', '次干道', '次干路', '支路', '支道']],
  [
    { width: 0.9 },
    ['residential', 'living_street', 'pedestrian', 'lane', '街道', '街', '街巷', '巷', '弄', '村道'],
  ],
  [{ width: 0.65 }, ['unclassified', 'service', 'road', '内部道路', '小区道路', '通道']],
  [
    { width: 0 },
    ['path', 'footway', 'cycleway', 'steps', 'track', 'bridleway', '小路', '小道', '机耕路', '机耕道'],
  ],
]
const styleOfClass = new Map(
  roadStyles.flatMap(([style, names]) => names.map((name) => [name, style] as const)),
)

/** How a road is drawn by its class; one nobody knows is drawn as a drive. */
export const roadStyle = (roadClass: string): RoadStyle =>
  styleOfClass.get(
    roadClass
      .trim()
      .toLowerCase()
      .replace(/_link$/, ''),
  ) ?? { width: 0.65 }

export type SymbolKind = 'school' | 'clinic' | 'workshop' | 'market' | 'office' | 'park'

export interface MapSymbol {
  readonly kind: SymbolKind
  readonly name: Message
  readonly color: string
  /** Path data in white on the symbol's disc of radius 5. */
  readonly glyph: string
  /** Importance of its label, 0 first. */
  readonly rank: number
}

/** What residents look for on the map of their village. Everything else that is patrolled is nobody's business on a wall. */
export const mapSymbols: readonly MapSymbol[] = [
  {
    kind: 'school',
    name: { zh: '学校、幼儿园', en: 'School, kindergarten' },
    color: '#2A5CAA',
    glyph: 'M-2 3.2V-3.2H-1.3L2.8-1.6L-1.3 0V3.2Z',
    rank: 0,
  },
  {
    kind: 'clinic',
    name: { zh: '医院、卫生室', en: 'Hospital, clinic' },
    color: '#C62828',
    glyph: 'M-.95-3H.95V-.95H3V.95H.95V3H-.95V.95H-3V-.95H-.95Z',
    rank: 0,
  },
  {
    kind: 'office',
    name: { zh: '机关、村（居）委会', en: 'Public office' },
    color: '#8C510A',
    glyph: 'M0-3.4L.8-1.1L3.2-1.05L1.28.42L2 2.75L0 1.36L-2 2.75L-1.28.42L-3.2-1.05L-.8-1.1Z',
    rank: 1,
  },
  {
    kind: 'workshop',
    name: { zh: '企业', en: 'Company' },
    color: '#5C6370',
    glyph: 'M-3 2.7V-.5L-1-1.9V-.5L1-1.9V-.5L3-1.9V2.7Z',
    rank: 2,
  },
  {
    kind: 'market',
    name: { zh: '市场、商店', en: 'Market, shop' },
    color: '#9A5B13',
    glyph: 'M-2.6-2.8H2.6L3.2-.4H-3.2ZM-2.5.2H2.5V2.8H-2.5Z',
    rank: 3,
  },
  {
    kind: 'park',
    name: { zh: '公园', en: 'Park' },
    color: '#3E7A33',
    glyph: 'M0-3.4L2.7 1H.6V3.1H-.6V1H-2.7Z',
    rank: 2,
  },
]

const symbolOfKind = new Map<string, MapSymbol>(mapSymbols.map((symbol) => [symbol.kind, symbol]))
const otherWords: Readonly<Record<string, SymbolKind>> = {
  kindergarten: 'school',
  hospital: 'clinic',
  company: 'workshop',
  factory: 'workshop',
  shop: 'market',
}

/** The symbol of a kind of place; undefined for those that are not shown. */
export const symbolOf = (kind: string): MapSymbol | undefined => symbolOfKind.get(otherWords[kind] ?? kind)
