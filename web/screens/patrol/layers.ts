/** The patrol screen's layers and legends. Pure: data, theme → what is drawn. */
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { HouseholdVisits, PatrolDayDetail, TraceLabel } from '../../../server/contract/patrols.ts'
import { hexagonBoundary } from '../../../server/core/hexagons/hexagon.ts'
import type { LngLat } from '../../../server/core/values.ts'
import { grounds } from '../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../map/layer.ts'
import { traceLayers } from '../../map/layers/trace.ts'
import { type Theme, traceColors, visitAgeColors } from '../../map/palette.ts'
import { midnightOf, piecesWithin, type Span, spanOf, stretchTarget } from './trace-time.ts'

const state = (name: 'hover' | 'selected'): ExpressionSpecification => [
  'boolean',
  ['feature-state', name],
  false,
]
const lit = (selected: number, hovered: number, otherwise: number): ExpressionSpecification => [
  'case',
  state('selected'),
  selected,
  state('hover'),
  hovered,
  otherwise,
]

const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })
const point = ([x, y]: LngLat, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [x, y] },
})

/** Everybody's traces of the day, from tiles; a worker's lights up under the pointer. Quiet while one worker is looked at. */
export function allTraces(day: string, theme: Theme, quiet: boolean, toggle: Toggle): MapLibreDescription {
  const color: ExpressionSpecification = [
    'match',
    ['get', 'label'],
    'outside',
    traceColors.outside,
    'unobserved',
    traceColors.unobserved,
    'unreliable',
    traceColors.unreliable,
    traceColors.inside,
  ]
  return {
    id: 'patrol-all',
    kind: 'maplibre',
    source: { type: 'tiles', layer: 'traces', query: `day=${day}` },
    pick: { kind: 'worker', property: 'worker' },
    toggle,
    layers: [
      {
        id: 'patrol-all-lines',
        slot: 'line',
        type: 'line',
        'source-layer': 'traces',
        filter: ['!=', ['get', 'label'], 'unobserved'],
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: {
          'line-color': quiet ? grounds[theme].textQuiet : color,
          'line-opacity': quiet ? ['case', state('hover'), 0.9, 0.25] : ['case', state('hover'), 1, 0.6],
          'line-width': lit(3, 3, 1.2),
        },
      },
    ],
  }
}

/** The worker's trace by label; a stretch lights up from the list and the timeline. */
export function workerTrace(detail: PatrolDayDetail, theme: Theme, toggle: Toggle): MapLibreDescription {
  const base = traceLayers({ id: 'patrol', theme, pieces: detail.trace, toggle })
  const midnight = midnightOf(detail.day)
  const data = collection(
    detail.trace
      .filter((piece) => piece.coordinates.length > 1 && piece.label !== 'stay')
      .map((piece) => ({
        type: 'Feature',
        properties: {
          id: stretchTarget(detail.worker, spanOf(piece, midnight)).id,
          label: piece.label,
        },
        geometry: { type: 'LineString', coordinates: piece.coordinates.map((position) => [...position]) },
      })),
  )
  return {
    ...base,
    source: { type: 'geojson', data },
    pick: { kind: 'stretch', property: 'id' },
    layers: [
      ...base.layers,
      {
        id: 'patrol-trace-lit',
        slot: 'line',
        type: 'line',
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': grounds[theme].accent, 'line-width': lit(5, 5, 0) },
      },
    ],
  }
}

/** Radius in pixels of a stay: its area goes with its minutes, 5 minutes are 5 pixels. */
export const stayRadius = (minutes: number): number => Math.min(26, 5 * Math.sqrt(Math.max(0, minutes) / 5))

export function stayRings(detail: PatrolDayDetail, theme: Theme, toggle: Toggle): MapLibreDescription {
  const midnight = midnightOf(detail.day)
  const data = collection(
    detail.stays.map((stay) => {
      const span = spanOf(stay, midnight)
      return point([stay.lon, stay.lat], {
        id: stretchTarget(detail.worker, span).id,
        inside: stay.inside,
        radius: stayRadius((span.to - span.from) / 60),
      })
    }),
  )
  return {
    id: 'patrol-stays',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    pick: { kind: 'stretch', property: 'id' },
    toggle,
    layers: [
      {
        id: 'patrol-stay-rings',
        slot: 'line',
        type: 'circle',
        paint: {
          'circle-radius': ['get', 'radius'],
          'circle-color': ['case', state('hover'), grounds[theme].accent, grounds[theme].land],
          'circle-opacity': ['case', state('selected'), 0.7, state('hover'), 0.5, 0.35],
          'circle-stroke-color': ['case', ['get', 'inside'], traceColors.stay, traceColors.outside],
          'circle-stroke-width': lit(4, 4, 2.5),
        },
      },
    ],
  }
}

export function visitedHexagons(
  hexagons: readonly string[],
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const data = collection(
    hexagons.map((h3) => ({ type: 'Feature', properties: { h3 }, geometry: hexagonBoundary(h3) })),
  )
  const dark = theme === 'dark'
  return {
    id: 'patrol-hexagons',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    toggle,
    layers: [
      {
        id: 'patrol-hexagon-fill',
        slot: 'fill',
        type: 'fill',
        paint: {
          'fill-color': hexagonColor,
          'fill-opacity': dark ? 0.28 : 0.18,
          'fill-outline-color': hexagonColor,
        },
      },
    ],
  }
}

export const hexagonColor = '#2B8CBE'

/** The grids the worker answers for: accent outline, soft inside. */
export function ownGrids(codes: readonly string[], day: string, theme: Theme): MapLibreDescription {
  const filter: ExpressionSpecification = ['in', ['get', 'code'], ['literal', [...codes]]]
  const { accent } = grounds[theme]
  return {
    id: 'patrol-own',
    kind: 'maplibre',
    source: { type: 'tiles', layer: 'grids', query: `day=${day}` },
    layers: [
      {
        id: 'patrol-own-inside',
        slot: 'fill',
        type: 'fill',
        'source-layer': 'grids',
        filter,
        paint: { 'fill-color': accent, 'fill-opacity': 0.06 },
      },
      {
        id: 'patrol-own-line',
        slot: 'line',
        type: 'line',
        'source-layer': 'grids',
        filter,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': accent, 'line-width': 2.5 },
      },
    ],
  }
}

/** Households reached: full dots; not reached: open rings, the must-visit among them with a core. */
export function reachedHouseholds(
  detail: PatrolDayDetail,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const data = collection([
    ...detail.households_passed.map(({ lon, lat }) => point([lon, lat], { reach: 'passed' })),
    ...detail.households_missed.map(({ lon, lat, must_visit }) =>
      point([lon, lat], { reach: must_visit ? 'must' : 'missed' }),
    ),
  ])
  const by = <T>(passed: T, must: T, missed: T): ExpressionSpecification =>
    ['match', ['get', 'reach'], 'passed', passed, 'must', must, missed] as unknown as ExpressionSpecification
  const { land, textQuiet } = grounds[theme]
  return {
    id: 'patrol-households',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    toggle,
    layers: [
      {
        id: 'patrol-household-dots',
        slot: 'line',
        type: 'circle',
        minzoom: 14,
        layout: { 'circle-sort-key': by(0, 2, 1) },
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 14, by(1.6, 3, 1.6), 18, by(5, 7, 4)],
          'circle-color': by(reachColors.passed, reachColors.must, land),
          'circle-stroke-color': by(land, grounds[theme].text, textQuiet),
          'circle-stroke-width': by(0.5, 1.5, 1),
        },
      },
    ],
  }
}

export const reachColors = { passed: traceColors.inside, must: '#D7301F' } as const

/** Households by days since the last visit; must-visit ones have a ring. */
export function visitAges(visits: HouseholdVisits, theme: Theme, toggle: Toggle): MapLibreDescription {
  const data = collection(
    visits.households.map(({ lon, lat, must_visit, days_since }) =>
      point([lon, lat], { age: ageClassOf(days_since), must: must_visit }),
    ),
  )
  const color = [
    'match',
    ['get', 'age'],
    ...visitAgeColors.flatMap((one, index) => [index, one.color]),
    visitAgeColors[0]?.color ?? '',
  ] as unknown as ExpressionSpecification
  const { text, halo } = grounds[theme]
  return {
    id: 'patrol-ages',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    toggle,
    layers: [
      {
        id: 'patrol-age-dots',
        slot: 'line',
        type: 'circle',
        layout: { 'circle-sort-key': ['get', 'age'] },
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 1.4, 15, 3, 18, 6],
          'circle-color': color,
          'circle-stroke-color': ['case', ['get', 'must'], text, halo],
          'circle-stroke-width': [
            'interpolate',
            ['linear'],
            ['zoom'],
            12,
            0.2,
            15,
            ['case', ['get', 'must'], 1.4, 0.5],
          ],
        },
      },
    ],
  }
}

/** Which of the palette's classes a number of days falls into; never visited is the last one. */
export const ageClassOf = (days: number | null): number =>
  visitAgeColors.findIndex((one) =>
    days === null ? one.days === null : one.days !== null && days <= one.days,
  )

/** The part of the trace marked on the timeline, and where its cursor stands. */
export function markedPart(
  detail: PatrolDayDetail,
  span: Span | null,
  cursor: LngLat | null,
  theme: Theme,
): MapLibreDescription {
  const lines = span === null ? [] : piecesWithin(detail.trace, midnightOf(detail.day), span)
  const data = collection([
    ...lines.map(
      ({ coordinates }): Feature => ({
        type: 'Feature',
        properties: { part: 'span' },
        geometry: { type: 'LineString', coordinates: coordinates.map((position) => [...position]) },
      }),
    ),
    ...(cursor === null ? [] : [point(cursor, { part: 'cursor' })]),
  ])
  const { accent, land } = grounds[theme]
  return {
    id: 'patrol-marked',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    layers: [
      {
        id: 'patrol-marked-line',
        slot: 'line',
        type: 'line',
        filter: ['==', ['get', 'part'], 'span'],
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': accent, 'line-width': 9, 'line-opacity': 0.35 },
      },
      {
        id: 'patrol-cursor',
        slot: 'top',
        type: 'circle',
        filter: ['==', ['get', 'part'], 'cursor'],
        paint: {
          'circle-radius': 7,
          'circle-color': accent,
          'circle-stroke-color': land,
          'circle-stroke-width': 2.5,
        },
      },
    ],
  }
}

/** The labels of a trace in the order everything lists them. */
export const labelOrder: readonly TraceLabel[] = ['inside', 'stay', 'outside', 'unobserved', 'unreliable']
