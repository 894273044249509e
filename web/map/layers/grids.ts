/** Grids on the map: filled by a status, outlined by kind, named. Pure. Also used where grids are only the ground. */

import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import { grounds } from '../ground.ts'
import type { MapLibreDescription, StyleLayer, Toggle } from '../layer.ts'
import type { Theme } from '../palette.ts'
import { mapFont } from '../style.ts'

/** One way grids are filled: a colour, and a pattern that says the same. */
export interface GridClass {
  readonly color: string
  readonly pattern?: string
  readonly codes: readonly string[]
  /** As it should be: fainter than the others. */
  readonly quiet?: boolean
}

export interface GridsOptions {
  /** Unique over all screens: `plan`, `patrol`, … */
  readonly id: string
  readonly theme: Theme
  /** Grids in force on this day; null: today. */
  readonly day: string | null
  /** No classes: outlines only. */
  readonly classes: readonly GridClass[]
  readonly toggle?: Toggle
}

/** Of the classes' fill, seen from afar: the ground shows through. */
export const classOpacity = 0.62

const hovered = (yes: number, no: number): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', 'hover'], false],
  yes,
  no,
]

/** Fill, outline, hover and selection of the grids of this server's tiles; targets of kind `grid`. */
export function gridLayers(options: GridsOptions): MapLibreDescription {
  const { id, theme, day, classes, toggle } = options
  const ground = grounds[theme]
  const layer = { 'source-layer': 'grids' } as const
  const coded = classes.filter((one) => one.codes.length > 0)
  const patterned = coded.filter((one) => one.pattern !== undefined)
  const quiet = coded.filter((one) => one.quiet).flatMap((one) => one.codes)
  const opacity = (usual: number, faint: number): ExpressionSpecification | number =>
    quiet.length === 0 ? usual : ['match', ['get', 'code'], quiet, faint, usual]
  const fill = byCode(coded, (one) => one.color, 'transparent')
  const layers: StyleLayer[] = [
    {
      id: `${id}-grids-fill`,
      slot: 'fill',
      type: 'fill',
      ...layer,
      paint: {
        'fill-color': fill,
        // Near the ground houses and water show through.
        'fill-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          13,
          opacity(classOpacity, 0.4),
          17,
          opacity(0.4, 0.12),
        ],
        'fill-antialias': false,
      },
    },
  ]
  if (patterned.length > 0)
    layers.push({
      id: `${id}-grids-pattern`,
      slot: 'fill',
      type: 'fill',
      ...layer,
      filter: ['in', ['get', 'code'], ['literal', patterned.flatMap((one) => one.codes)]],
      paint: { 'fill-pattern': byCode(patterned, (one) => one.pattern ?? '', '') },
    })
  layers.push(
    {
      id: `${id}-grids-inside`,
      slot: 'fill',
      type: 'fill',
      ...layer,
      paint: {
        'fill-color': ground.accent,
        'fill-opacity': ['case', ['boolean', ['feature-state', 'selected'], false], 0.16, hovered(0.1, 0)],
        'fill-antialias': false,
      },
    },
    {
      id: `${id}-grids-line`,
      slot: 'line',
      type: 'line',
      ...layer,
      filter: ['!=', ['get', 'kind'], 'microgrid'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': ground.grid,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.5, 13, 1.2],
      },
    },
    {
      id: `${id}-microgrids-line`,
      slot: 'line',
      type: 'line',
      ...layer,
      minzoom: 13,
      filter: ['==', ['get', 'kind'], 'microgrid'],
      paint: { 'line-color': ground.grid, 'line-width': 0.8, 'line-dasharray': [3, 2] },
    },
    {
      id: `${id}-grids-selected`,
      slot: 'line',
      type: 'line',
      ...layer,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': ground.accent,
        'line-width': ['case', ['boolean', ['feature-state', 'selected'], false], 3, hovered(2, 0)],
      },
    },
  )
  return {
    id: `${id}-grids`,
    kind: 'maplibre',
    source: { type: 'tiles', layer: 'grids', ...(day !== null && { query: `day=${day}` }) },
    layers,
    pick: { kind: 'grid', property: 'code' },
    ...(toggle && { toggle }),
  }
}

/** `match` on the grid's code. */
function byCode(
  classes: readonly GridClass[],
  value: (one: GridClass) => string,
  fallback: string,
): ExpressionSpecification | string {
  if (classes.length === 0) return fallback
  const cases = classes.flatMap((one) => [[...one.codes], value(one)])
  return ['match', ['get', 'code'], ...cases, fallback] as unknown as ExpressionSpecification
}

export interface GridLabel {
  readonly code: string
  readonly position: readonly [number, number]
  readonly name: string
  /** A second line, from zoom 13. */
  readonly detail: string
  /** Smaller is placed first where room is scarce. */
  readonly order: number
}

/** A name a grid, and from zoom 13 a second line. */
export function gridLabels(
  id: string,
  theme: Theme,
  labels: readonly GridLabel[],
  toggle?: Toggle,
): MapLibreDescription {
  const ground = grounds[theme]
  const data: FeatureCollection = {
    type: 'FeatureCollection',
    features: labels.map((label) => ({
      type: 'Feature',
      properties: { code: label.code, name: label.name, detail: label.detail, order: label.order },
      geometry: { type: 'Point', coordinates: [...label.position] },
    })),
  }
  const small = { 'font-scale': 0.88 }
  return {
    id: `${id}-grid-labels`,
    kind: 'maplibre',
    source: { type: 'geojson', data },
    layers: [
      {
        id: `${id}-grid-names`,
        slot: 'top',
        type: 'symbol',
        minzoom: 11.5,
        layout: {
          'text-field': [
            'step',
            ['zoom'],
            ['get', 'name'],
            13,
            ['format', ['get', 'name'], {}, '\n', {}, ['get', 'detail'], small],
          ],
          'text-font': mapFont,
          'text-size': ['interpolate', ['linear'], ['zoom'], 11.5, 10, 15, 13],
          'text-line-height': 1.35,
          'text-padding': 4,
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': ground.text, 'text-halo-color': ground.halo, 'text-halo-width': 1.4 },
      },
    ],
    ...(toggle && { toggle }),
  }
}
