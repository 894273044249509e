/**
 * The ground of the map as a MapLibre style: pure, from theme to JSON. Drawn wholly from this server's own tiles. `glyphs` is
 * absent on purpose: MapLibre then draws all text from the reader's own fonts, and no font server is needed.
 * The style carries three invisible marker layers (`slotId`); everything else is put before one of them.
 */
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import { type Ground, grounds } from './ground.ts'
import type { Slot } from './layer.ts'
import type { Theme } from './palette.ts'

/** The first name only tells MapLibre the weight; the browser takes the first of the others that it has. */
const families = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC']
export const mapFont: string[] = families
export const mapFontBold: string[] = ['Wangge Bold', ...families]

export const slotId = (slot: Slot): string => `slot-${slot}`

const marker = (slot: Slot): LayerSpecification => ({
  id: slotId(slot),
  type: 'background',
  layout: { visibility: 'none' },
  paint: {},
})

/** Road classes from the widest to the narrowest: OpenStreetMap's `highway` values, width in pixels at zoom 18. */
const roadClasses = [
  { id: 'path', classes: ['path', 'footway', 'cycleway', 'steps', 'track'], width: 3, from: 14 },
  { id: 'lane', classes: ['living_street', 'service', 'pedestrian', 'unclassified'], width: 9, from: 13 },
  { id: 'street', classes: ['residential', 'tertiary', 'tertiary_link'], width: 14, from: 12 },
  {
    id: 'main',
    classes: ['secondary', 'primary', 'trunk', 'motorway', 'secondary_link', 'primary_link', 'trunk_link'],
    width: 22,
    from: 8,
  },
] as const

/** Width over zoom, doubling with each level near the ground so that a road keeps its size on the land. */
const roadWidth = (atZoom18: number): ['interpolate', ...unknown[]] => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  10,
  atZoom18 / 30,
  14,
  atZoom18 / 6,
  18,
  atZoom18,
]

/** The style for a theme. */
export function groundStyle(theme: Theme): StyleSpecification {
  const ground = grounds[theme]
  const tiles = (layer: string, minzoom: number): StyleSpecification['sources'][string] => ({
    type: 'vector',
    tiles: [tileAddress(layer)],
    minzoom,
    maxzoom: 16,
  })
  return {
    version: 8,
    name: `ground-${theme}`,
    sources: {
      land: tiles('land', 6),
      roads: tiles('roads', 8),
      buildings: tiles('buildings', 14),
      areas: tiles('areas', 4),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground.land } },
      ...landLayers(ground),
      marker('fill'),
      ...roadLayers(ground),
      ...borderLayers(ground),
      marker('line'),
      ...labelLayers(ground),
      marker('top'),
    ],
  }
}

/** Tiles are asked for by `loadTile` (load-tile.ts): `tiles://roads/14/…` is `/tiles/roads/14/…` of this server. */
export const tileScheme = 'tiles'

/** Address template of a tile layer. */
export const tileAddress = (layer: string, query?: string): string =>
  `${tileScheme}://${layer}/{z}/{x}/{y}${query ? `?${query}` : ''}`

function landLayers(ground: Ground): LayerSpecification[] {
  const land = { source: 'land', 'source-layer': 'land' }
  return [
    {
      id: 'green',
      type: 'fill',
      ...land,
      filter: ['==', ['get', 'kind'], 'green'],
      paint: { 'fill-color': ground.green },
    },
    {
      id: 'water',
      type: 'fill',
      ...land,
      filter: ['==', ['get', 'kind'], 'water'],
      paint: { 'fill-color': ground.water },
    },
    {
      id: 'shore',
      type: 'line',
      ...land,
      minzoom: 13,
      filter: ['==', ['get', 'kind'], 'water'],
      paint: { 'line-color': ground.waterLine, 'line-width': 0.8 },
    },
    {
      id: 'buildings',
      type: 'fill',
      source: 'buildings',
      'source-layer': 'buildings',
      minzoom: 15,
      paint: {
        'fill-color': ground.building,
        'fill-outline-color': ground.buildingLine,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 15, 0.4, 15.7, 1],
      },
    },
  ]
}

function roadLayers(ground: Ground): LayerSpecification[] {
  const roads = { source: 'roads', 'source-layer': 'roads' } as const
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  const of = (classes: readonly string[]): ['in', ['get', string], ['literal', string[]]] => [
    'in',
    ['get', 'class'],
    ['literal', [...classes]],
  ]
  const path = roadClasses[0]
  const paved = roadClasses.slice(1)
  return [
    {
      id: 'road-path',
      type: 'line',
      ...roads,
      minzoom: path.from,
      filter: of(path.classes),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': ground.path, 'line-width': 1, 'line-dasharray': [3, 2] },
    },
    ...paved.map(
      (road): LayerSpecification => ({
        id: `road-${road.id}-casing`,
        type: 'line',
        ...roads,
        minzoom: Math.max(road.from, 12),
        filter: of(road.classes),
        layout: round,
        paint: {
          'line-color': ground.casing,
          'line-width': 1,
          'line-gap-width': roadWidth(road.width) as never,
        },
      }),
    ),
    ...paved.map(
      (road): LayerSpecification => ({
        id: `road-${road.id}`,
        type: 'line',
        ...roads,
        minzoom: road.from,
        filter: of(road.classes),
        layout: round,
        paint: {
          'line-color': road.id === 'main' ? ground.roadMajor : ground.road,
          'line-width': roadWidth(road.width) as never,
        },
      }),
    ),
    {
      id: 'rail',
      type: 'line',
      ...roads,
      filter: of(['rail']),
      paint: { 'line-color': ground.rail, 'line-width': 1.4, 'line-dasharray': [4, 3] },
    },
  ]
}

/** County 2.5 px, township 2 px, village 1.5 px dash-dot. Grids are a screen's own layer. */
function borderLayers(ground: Ground): LayerSpecification[] {
  const border = (
    level: string,
    width: number,
    dash: number[],
    minzoom: number,
    opacity: number,
  ): LayerSpecification => ({
    id: `border-${level}`,
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    minzoom,
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': ground.border,
      'line-opacity': opacity,
      'line-width': width,
      'line-dasharray': dash,
    },
  })
  return [
    border('village', 1.5, [5, 2, 1, 2], 10, 0.6),
    border('township', 2, [6, 2, 1, 2], 7, 0.75),
    border('county', 2.5, [7, 2, 1, 2, 1, 2], 4, 0.8),
  ]
}

function labelLayers(ground: Ground): LayerSpecification[] {
  const halo = { 'text-halo-color': ground.halo, 'text-halo-width': 1.4 }
  return [
    {
      id: 'road-names',
      type: 'symbol',
      source: 'roads',
      'source-layer': 'roads',
      minzoom: 14,
      filter: ['all', ['has', 'name'], ['!=', ['get', 'class'], 'path']],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'name'],
        'text-font': mapFont,
        'text-size': 11,
        'text-letter-spacing': 0.08,
        'text-max-angle': 30,
        'text-padding': 12,
      },
      paint: { 'text-color': ground.textQuiet, ...halo },
    },
    {
      id: 'village-names',
      type: 'symbol',
      source: 'areas',
      'source-layer': 'areas-label',
      minzoom: 10,
      maxzoom: 16,
      filter: ['==', ['get', 'level'], 'village'],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': mapFontBold,
        'text-size': ['interpolate', ['linear'], ['zoom'], 10, 11, 14, 15],
        'text-letter-spacing': 0.1,
        'text-padding': 6,
      },
      paint: { 'text-color': ground.text, 'text-opacity': 0.85, ...halo },
    },
    {
      id: 'township-names',
      type: 'symbol',
      source: 'areas',
      'source-layer': 'areas-label',
      minzoom: 6,
      maxzoom: 12,
      filter: ['==', ['get', 'level'], 'township'],
      layout: { 'text-field': ['get', 'name'], 'text-font': mapFontBold, 'text-size': 15 },
      paint: { 'text-color': ground.text, ...halo },
    },
  ]
}
