/** The incidents screen's cells and points on the map. Pure: a picture → what is drawn. */
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { AnalysisCell } from '../../../server/contract/analysis.ts'
import type { Incident } from '../../../server/contract/incidents.ts'
import { hexagonBoundary, hexagonCentre } from '../../../server/core/hexagons/hexagon.ts'
import type { Say } from '../../i18n/language.ts'
import { grounds } from '../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../map/layer.ts'
import type { GridClass } from '../../map/layers/grids.ts'
import type { Theme } from '../../map/palette.ts'
import { mapFont } from '../../map/style.ts'
import type { Change } from './analysis/comparison.ts'
import { cellColor, type Picture } from './analysis/picture.ts'
import { cellLabel, idOf } from './measures.ts'

const state = (name: 'hover' | 'selected'): ExpressionSpecification => [
  'boolean',
  ['feature-state', name],
  false,
]

/** What a colour covers of its ground, on the map and in the legend. */
export const fillOpacity = (picture: Pick<Picture, 'look'>): number =>
  picture.look.measure === 'significance' ? 0.72 : 0.78

/** Polygons of the hexagons in their colours; without one a hexagon stays clear. */
export function hexagonFeatures(
  cells: readonly AnalysisCell[],
  colorOf: (cell: AnalysisCell) => string | null,
): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: cells.flatMap((cell): Feature[] => {
      if (cell.h3 === null) return []
      const color = colorOf(cell)
      return [
        {
          type: 'Feature',
          properties: { h3: cell.h3, ...(color !== null && { color }) },
          geometry: hexagonBoundary(cell.h3),
        },
      ]
    }),
  }
}

export interface HexagonOptions {
  readonly features: FeatureCollection
  readonly opacity: number
  readonly theme: Theme
  readonly toggle: Toggle
  /** Answers the pointer; not where the grids are asked. */
  readonly pickable: boolean
  /** Hexagons of the hot spot that is selected. */
  readonly outlined: readonly string[]
}

export function hexagonLayer(options: HexagonOptions): MapLibreDescription {
  const { features, opacity, theme, toggle, pickable, outlined } = options
  const isOutlined: ExpressionSpecification = ['in', ['get', 'h3'], ['literal', [...outlined]]]
  const isSelected: ExpressionSpecification = ['any', state('selected'), isOutlined]
  const { text: ink, textQuiet, accent } = grounds[theme]
  return {
    id: 'incidents-hexagons',
    kind: 'maplibre',
    source: { type: 'geojson', data: features },
    toggle,
    ...(pickable && { pick: { kind: 'hexagon', property: 'h3' } }),
    layers: [
      {
        id: 'incidents-hexagon-fill',
        slot: 'fill',
        type: 'fill',
        paint: {
          'fill-color': ['to-color', ['get', 'color'], 'rgba(0,0,0,0)'],
          'fill-opacity': opacity,
          'fill-antialias': false,
        },
      },
      {
        id: 'incidents-hexagon-edge',
        slot: 'line',
        type: 'line',
        paint: { 'line-color': textQuiet, 'line-opacity': 0.28, 'line-width': 0.6 },
      },
      {
        id: 'incidents-hexagon-lit',
        slot: 'line',
        type: 'line',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': ['case', isSelected, accent, ink],
          'line-width': ['case', isSelected, 3, state('hover'), 2, 0],
        },
      },
    ],
  }
}

/** Grids by their colour, where the grid is the unit: the map draws them from its tiles. */
export function gridClassesOf(cells: readonly AnalysisCell[], picture: Picture): GridClass[] {
  const byColor = new Map<string, string[]>()
  for (const cell of cells) {
    const color = cellColor(cell, picture)
    if (color === null || cell.grid === undefined) continue
    const codes = byColor.get(color)
    if (codes) codes.push(cell.grid)
    else byColor.set(color, [cell.grid])
  }
  return [...byColor].map(([color, codes]) => ({ color, codes }))
}

/** What the grids of a picture say under their names. */
export const gridDetails = (picture: Picture, say: Say): ReadonlyMap<string, string> =>
  new Map(picture.answer.cells.map((cell) => [idOf(cell), cellLabel(cell, picture.look, picture.frame, say)]))

/** The value of each hexagon in figures, from zoom 13: what colour alone would not tell everybody. */
export function hexagonLabels(picture: Picture, toggle: Toggle, say: Say): MapLibreDescription {
  const { answer, look, theme, frame, changes } = picture
  const { text: ink, halo } = grounds[theme]
  const features = answer.cells.flatMap((cell): Feature[] => {
    const change = changes?.get(idOf(cell))
    const label = look.measure === 'change' ? changeLabel(change) : cellLabel(cell, look, frame, say)
    if (label === '' || cell.h3 === null) return []
    const [x, y] = hexagonCentre(cell.h3)
    return [
      {
        type: 'Feature',
        properties: { label, order: -cell.count },
        geometry: { type: 'Point', coordinates: [x, y] },
      },
    ]
  })
  return {
    id: 'incidents-labels',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    toggle,
    layers: [
      {
        id: 'incidents-hexagon-values',
        slot: 'top',
        type: 'symbol',
        // About where the figure fits into a hexagon: each resolution is 2.6 times smaller across, 1.4 zoom levels.
        minzoom: 12.6 + ((answer.resolution ?? 9) - 9) * 1.4,
        layout: {
          'text-field': ['get', 'label'],
          'text-font': mapFont,
          'text-size': 12,
          'symbol-sort-key': ['get', 'order'],
        },
        paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.4 },
      },
    ],
  }
}

/** Before and now, where they differ by more than chance: everywhere, the map would be full of small figures that say nothing. */
const changeLabel = (change: Change | undefined): string =>
  change?.class && change.class !== 'none' ? `${change.before}→${change.now}` : ''

/** From this zoom on incidents are drawn one by one, and asked for. */
export const pointZoom = 14

export function incidentPoints(
  incidents: readonly Pick<Incident, 'id' | 'lon' | 'lat'>[],
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const { text: ink, land, accent } = grounds[theme]
  const features = incidents.flatMap(({ id, lon, lat }): Feature[] =>
    lon === null || lat === null
      ? []
      : [{ type: 'Feature', properties: { id }, geometry: { type: 'Point', coordinates: [lon, lat] } }],
  )
  return {
    id: 'incidents-points',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    pick: { kind: 'incident', property: 'id' },
    toggle,
    layers: [
      {
        id: 'incidents-point',
        slot: 'line',
        type: 'circle',
        minzoom: pointZoom,
        paint: {
          'circle-radius': ['case', state('selected'), 7, state('hover'), 6, 3.5],
          'circle-color': ['case', state('selected'), accent, ink],
          'circle-stroke-color': land,
          'circle-stroke-width': 1.2,
        },
      },
    ],
  }
}

/** Where the incidents of a bar are that the pointer rests on, at every zoom. */
export function litPoints(
  incidents: readonly Pick<Incident, 'lon' | 'lat'>[],
  theme: Theme,
): MapLibreDescription {
  const { land, accent } = grounds[theme]
  const features = incidents.flatMap(({ lon, lat }): Feature[] =>
    lon === null || lat === null
      ? []
      : [{ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } }],
  )
  return {
    id: 'incidents-lit',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    layers: [
      {
        id: 'incidents-lit-point',
        slot: 'top',
        type: 'circle',
        paint: {
          'circle-radius': 3,
          'circle-color': accent,
          'circle-stroke-color': land,
          'circle-stroke-width': 1,
        },
      },
    ],
  }
}
