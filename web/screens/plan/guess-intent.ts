/** What dropped files are probably for, by their names; the person can choose otherwise. Pure. */
import type { ImportKind } from '../../../server/contract/jobs.ts'

export type Intent = 'check' | 'match' | ImportKind

const hints: readonly (readonly [RegExp, Intent])[] = [
  [/\.(gpx|kml|kmz|tcx|plt|ndjson|fit)$|trace|track|轨迹/i, 'match'],
  [/household|农户|户/i, 'households'],
  [/assignment|任职/i, 'assignments'],
  [/roster|名册/i, 'roster'],
  [/worker|网格员|人员/i, 'workers'],
  [/visit|走访/i, 'visits'],
  [/incident|event|事件|隐患/i, 'incidents'],
  [/place|场所/i, 'places'],
  [/building|建筑/i, 'buildings'],
  [/road|道路/i, 'roads'],
  [/land|water|green|水|绿地/i, 'land'],
  [/village|自然村/i, 'villages'],
  [/area|区划|township|county|镇|县/i, 'areas'],
]

/** The first hint that a name gives; a division to check where there is none. */
export function guessIntent(names: readonly string[]): Intent {
  for (const [pattern, intent] of hints) if (names.some((name) => pattern.test(name))) return intent
  return 'check'
}

/** Coordinate systems people name; any other EPSG code can be typed, and nothing means what the file says of itself. */
export const coordinateSystems = [
  { value: 'EPSG:4326', label: 'WGS 84 · EPSG:4326' },
  { value: 'EPSG:4490', label: 'CGCS2000 · EPSG:4490' },
  { value: 'GCJ-02', label: 'GCJ-02 · 火星坐标（高德、腾讯）' },
  { value: 'BD-09', label: 'BD-09 · 百度' },
  ...[117, 120, 123].map((meridian) => ({
    value: `EPSG:${4548 + (meridian - 117) / 3}`,
    label: `CGCS2000 3° ${meridian}E · EPSG:${4548 + (meridian - 117) / 3}`,
  })),
]
