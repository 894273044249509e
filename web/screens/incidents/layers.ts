/** The incidents screen's layers and legend. Pure: answers, measure, breaks → what is drawn and what it means. */
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { HotspotCell, Hotspots } from '../../../server/contract/hotspots.ts'
import type { Incidents } from '../../../server/contract/incidents.ts'
import { hexagonBoundary, hexagonCentre } from '../../../server/core/hexagons/hexagon.ts'
import { formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { grounds } from '../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../map/layer.ts'
import type { LegendDescription } from '../../map/legend-entry.ts'
import type { Theme } from '../../map/palette.ts'
import { mapFont } from '../../map/style.ts'
import {
  type Amount,
  cellLabel,
  classColors,
  classLabels,
  classNames,
  classOf,
  type Measure,
  significanceColor,
  valueOf,
} from './measures.ts'
import { text } from './text.ts'

const state = (name: 'hover' | 'selected'): ExpressionSpecification => [
  'boolean',
  ['feature-state', name],
  false,
]

/** Polygons of the hexagons with all their measures: what does not change when another measure is looked at. */
export function hexagonFeatures(cells: readonly HotspotCell[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: cells.map(({ h3, count, per_km2, rate, class: name }) => ({
      type: 'Feature',
      // A value that is not known is left out: MapLibre then reads null, and the layer draws nothing.
      properties: {
        h3,
        count,
        density: per_km2,
        ...(rate !== null && { rate }),
        ...(name && { class: name }),
      },
      geometry: hexagonBoundary(h3),
    })),
  }
}

/** Fill colour by measure; hexagons without an incident, or without a value, stay clear. */
export function fillColor(
  measure: Measure,
  breaks: readonly number[],
  theme: Theme,
): ExpressionSpecification {
  const clear = 'rgba(0,0,0,0)'
  if (measure === 'significance')
    return [
      'match',
      ['get', 'class'],
      ...classNames.flatMap((name) => [name, significanceColor(name, theme)]),
      clear,
    ] as unknown as ExpressionSpecification
  const colors = classColors(breaks)
  const value: ExpressionSpecification = ['to-number', ['get', measure], 0]
  const steps =
    breaks.length === 0
      ? colors[0]
      : ['step', value, colors[0], ...breaks.flatMap((edge, index) => [edge, colors[index + 1]])]
  return ['case', ['<=', value, 0], clear, steps] as unknown as ExpressionSpecification
}

export interface HexagonOptions {
  readonly features: FeatureCollection
  readonly measure: Measure
  readonly breaks: readonly number[]
  readonly theme: Theme
  readonly toggle: Toggle
  /** Answers the pointer; not where the grids are asked. */
  readonly pickable: boolean
  /** Hexagons of the hot spot that is selected. */
  readonly outlined: readonly string[]
}

export function hexagonLayer(options: HexagonOptions): MapLibreDescription {
  const { features, measure, breaks, theme, toggle, pickable, outlined } = options
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
          'fill-color': fillColor(measure, breaks, theme),
          'fill-opacity': measure === 'significance' ? 0.72 : 0.78,
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

/** The value of each hexagon in figures, from zoom 13: what colour alone would not tell everybody. */
export function hexagonLabels(
  cells: readonly HotspotCell[],
  measure: Measure,
  resolution: number,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const { text: ink, halo } = grounds[theme]
  const features = cells.flatMap((cell): Feature[] => {
    const label = cellLabel(cell, measure)
    if (label === '') return []
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
        minzoom: 12.6 + (resolution - 9) * 1.4,
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

/** From this zoom on incidents are drawn one by one, and asked for. */
export const pointZoom = 14

export function incidentPoints(incidents: Incidents, theme: Theme, toggle: Toggle): MapLibreDescription {
  const { text: ink, land, accent } = grounds[theme]
  const features = incidents.incidents.flatMap(({ id, lon, lat }): Feature[] =>
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

/** What is in the figures and what is not. */
export function leftOutText({ excluded, totals }: Pick<Hotspots, 'excluded' | 'totals'>, say: Say): string {
  const { no_position: noPosition, outside } = excluded
  return noPosition + outside === 0
    ? say(text.nothingLeftOut, { counted: formatNumber(totals.counted) })
    : say(text.leftOut, { noPosition: formatNumber(noPosition), outside: formatNumber(outside) })
}

export function hexagonLegend(
  hotspots: Hotspots,
  measure: Measure,
  breaks: readonly number[],
  theme: Theme,
  say: Say,
): LegendDescription {
  const common = {
    toggle: 'hexagons',
    title: say(text.measureTitles[measure]),
    unit: say(text.units[measure]),
    count: say(text.cellsN, { n: formatNumber(hotspots.n) }),
  }
  const rest = leftOutText(hotspots, say)
  if (measure === 'significance') {
    const counts = new Map<string | null, number>()
    for (const cell of hotspots.cells) counts.set(cell.class, (counts.get(cell.class) ?? 0) + 1)
    const undefinedCells = counts.get(null) ?? 0
    return {
      ...common,
      entries: [
        ...classNames.map((name) => ({
          swatch: { kind: 'fill', color: significanceColor(name, theme) } as const,
          label: say(text.classes[name]),
          count: formatNumber(counts.get(name) ?? 0),
        })),
        ...(undefinedCells > 0
          ? [
              {
                swatch: { kind: 'fill', color: 'transparent' } as const,
                label: say(text.undefinedClass),
                count: formatNumber(undefinedCells),
              },
            ]
          : []),
      ],
      leftOut: rest,
    }
  }
  return { ...common, ...amountEntries(hotspots, measure, breaks, rest, say) }
}

function amountEntries(
  hotspots: Hotspots,
  measure: Amount,
  breaks: readonly number[],
  rest: string,
  say: Say,
): Pick<LegendDescription, 'entries' | 'leftOut'> {
  const values = hotspots.cells.map((cell) => valueOf(cell, measure))
  const inClass = (wanted: number): string =>
    formatNumber(values.filter((value) => value !== null && classOf(value, breaks) === wanted).length)
  const colors = classColors(breaks)
  const withoutValue = values.filter((value) => value === null).length
  return {
    entries: [
      ...classLabels(breaks, measure, say)
        .map((label, index) => ({
          swatch: { kind: 'fill', color: colors[index] ?? '' } as const,
          label,
          count: inClass(index),
        }))
        .toReversed(),
      { swatch: { kind: 'fill', color: 'transparent' }, label: say(text.none), count: inClass(-1) },
    ],
    leftOut: withoutValue > 0 ? say(text.rateLeftOut, { n: formatNumber(withoutValue), rest }) : rest,
  }
}
