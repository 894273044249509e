/** Early warnings in words and on the map: the circle of each, the hexagons of the one selected. Pure. */
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { Incident } from '../../../../server/contract/incidents.ts'
import type { Warning } from '../../../../server/contract/warnings.ts'
import { longestRecurrenceDays } from '../../../../server/core/analysis/read-result.ts'
import { hexagonBoundary, pointToHexagon, resolutionOf } from '../../../../server/core/hexagons/hexagon.ts'
import { daysBetween } from '../../../../server/core/trajectories/local-day.ts'
import { addDays, formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { bboxOf, joinBboxes } from '../../../map/bbox.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { significanceColors, type Theme } from '../../../map/palette.ts'
import type { Bbox } from '../../../state.ts'
import { circleBox, circleOf, circleParts, reachMetres } from '../analysis/clusters.ts'
import { text } from './text.ts'

const yearDays = 365

/** How rare it is by chance, in words: in days, from two years on in years, and no more than can be said of half a year's records. */
export function recurrenceWords(days: number, say: Say): string {
  if (days < 2 * yearDays) return say(text.once, { n: formatNumber(days) })
  if (days > longestRecurrenceDays)
    return say(text.onceAge, { n: formatNumber(longestRecurrenceDays / yearDays) })
  return say(text.onceYears, { n: formatNumber(days / yearDays, 1) })
}

/** The same as a figure, in days. */
export const recurrenceFigure = (days: number): string =>
  days > longestRecurrenceDays ? `> ${formatNumber(longestRecurrenceDays)}` : formatNumber(days)

/** When, how many, and how many were to be expected; the last day is one that counts. */
export const warningLine = (
  { from, to, observed, expected }: Pick<Warning, 'from' | 'to' | 'observed' | 'expected'>,
  say: Say,
): string =>
  say(text.line, {
    from,
    to: addDays(to, -1),
    n: formatNumber(observed),
    expected: formatNumber(expected, 1),
  })

/** The days that count, both ends said. */
export const windowWords = ({ from, to }: Pick<Warning, 'from' | 'to'>, say: Say): string =>
  say(text.windowOf, { from, to: addDays(to, -1), n: formatNumber(daysBetween(from, to)) })

/** Incidents of the warning's category in its hexagons, in the order given. `incidents` are those of its days. */
export function incidentsOf<One extends Pick<Incident, 'category' | 'lon' | 'lat'>>(
  { hexagons, category }: Pick<Warning, 'hexagons' | 'category'>,
  incidents: readonly One[],
): One[] {
  const [first] = hexagons
  if (first === undefined) return []
  const resolution = resolutionOf(first)
  const ground = new Set(hexagons)
  return incidents.filter(
    (one) =>
      one.category === category &&
      one.lon !== null &&
      one.lat !== null &&
      ground.has(pointToHexagon(one.lon, one.lat, resolution)),
  )
}

/** Its circle and its hexagons. */
export function warningBox(warning: Ground): Bbox {
  const circle = circleBox(warning.centre, reachOf(warning))
  return joinBboxes([circle, ...warning.hexagons.map((one) => bboxOf(hexagonBoundary(one)))]) ?? circle
}

type Ground = Pick<Warning, 'centre' | 'radius_m' | 'hexagons'>

const reachOf = ({ radius_m, hexagons }: Ground): number =>
  reachMetres({ radius_m, cells: hexagons }, 'hexagon')

const colorOf = ({ state }: Pick<Warning, 'state'>, theme: Theme): string =>
  significanceColors[theme][state === 'draft' ? 'hot_01' : 'hot_05']

interface LayerOptions {
  /** Its hexagons are drawn, too. */
  readonly selected: string | null
  /** Of the area: only its ground is coloured. */
  readonly boundary: Polygon | MultiPolygon | null
  readonly theme: Theme
  readonly toggle: Toggle
}

export function warningLayer(
  warnings: readonly Warning[],
  { selected, boundary, theme, toggle }: LayerOptions,
): MapLibreDescription {
  const { text: ink, accent } = grounds[theme]
  const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false]
  const isCircle: ExpressionSpecification = ['==', ['get', 'part'], 'circle']
  const features = warnings.flatMap((warning): Feature[] => {
    const properties = { id: warning.id, color: colorOf(warning, theme) }
    const hexagons = warning.id === selected ? warning.hexagons : []
    return [
      ...hexagons.map(
        (one): Feature => ({
          type: 'Feature',
          properties: { ...properties, part: 'hexagon' },
          geometry: hexagonBoundary(one),
        }),
      ),
      ...circleParts(circleOf(warning.centre, reachOf(warning)), boundary, properties),
    ]
  })
  return {
    id: 'incidents-warnings',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    pick: { kind: 'warning', property: 'id' },
    toggle,
    layers: [
      {
        id: 'incidents-warning-fill',
        slot: 'fill',
        type: 'fill',
        filter: ['!=', ['get', 'part'], 'circle'],
        paint: {
          'fill-color': ['get', 'color'],
          'fill-opacity': ['case', ['==', ['get', 'part'], 'hexagon'], 0.34, 0.14],
        },
      },
      {
        id: 'incidents-warning-line',
        slot: 'line',
        type: 'line',
        filter: ['!=', ['get', 'part'], 'ground'],
        paint: {
          'line-color': [
            'case',
            ['all', isCircle, state('selected')],
            accent,
            ['all', isCircle, state('hover')],
            ink,
            ['get', 'color'],
          ],
          'line-width': ['case', isCircle, ['case', state('selected'), 3.5, state('hover'), 3, 2], 1],
        },
      },
    ],
  }
}

export function warningLegend(
  warnings: readonly Warning[],
  theme: Theme,
  toggle: string,
  say: Say,
): LegendDescription {
  const drafts = warnings.filter((one) => one.state === 'draft').length
  const entry = (label: string, color: string, count: number) => ({
    swatch: { kind: 'fill' as const, color, opacity: 0.14, outline: color },
    label,
    count: formatNumber(count),
  })
  return {
    toggle,
    title: say(text.layer),
    entries: [
      entry(say(text.layerDraft), significanceColors[theme].hot_01, drafts),
      entry(say(text.layerDecided), significanceColors[theme].hot_05, warnings.length - drafts),
    ],
  }
}
