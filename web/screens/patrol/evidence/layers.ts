/** Two traces side by side on the map, the stretch in question marked on both. Pure. */
import type { Feature } from 'geojson'
import type { LineLayerSpecification } from 'maplibre-gl'
import type { EvidencePiece } from '../../../../server/contract/evidence.ts'
import type { PatrolDayDetail, TracePiece } from '../../../../server/contract/patrols.ts'
import { formatDay } from '../../../i18n/format.ts'
import type { Language, Say } from '../../../i18n/language.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, StyleLayer, Toggle } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import type { Theme } from '../../../map/palette.ts'
import { midnightOf, piecesWithin, type Span, spanOf } from '../trace-time.ts'
import { text } from './text.ts'

/** Against the trace's green and orange, on both grounds. */
export const otherColors: Readonly<Record<Theme, string>> = { light: '#6A3D9A', dark: '#C2A5F0' }

/** The stretches of a piece in its own day, or in the other one: there they lie so much earlier. */
export function spansOf(piece: EvidencePiece, of: 'own' | 'other'): Span[] {
  const day = of === 'own' ? piece.day : piece.other?.day
  if (day === undefined) return []
  const earlier = of === 'own' ? 0 : (piece.other?.shift_seconds ?? 0) * 1000
  const instant = (at: string): string => new Date(Date.parse(at) - earlier).toISOString()
  return piece.stretches.map(({ from, to }) =>
    spanOf({ from: instant(from), to: instant(to) }, midnightOf(day)),
  )
}

/** @param other the other trace, once it is known */
export function comparedTraces(
  piece: EvidencePiece,
  own: Pick<PatrolDayDetail, 'trace' | 'day'>,
  other: Pick<PatrolDayDetail, 'trace' | 'day'> | undefined,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const marked = (detail: Pick<PatrolDayDetail, 'trace' | 'day'>, of: 'own' | 'other'): Feature[] =>
    spansOf(piece, of).flatMap((span) =>
      piecesWithin(detail.trace, midnightOf(detail.day), span).map(({ coordinates }) =>
        line(coordinates, { part: `${of}-stretch` }),
      ),
    )
  const features = [
    ...marked(own, 'own'),
    ...(other ? marked(other, 'other') : []),
    ...(other?.trace ?? []).filter(isDrawn).map(({ coordinates }) => line(coordinates, { part: 'other' })),
  ]
  const color = otherColors[theme]
  const part = (name: string, paint: LineLayerSpecification['paint']): StyleLayer => ({
    id: `patrol-evidence-${name}`,
    slot: 'line',
    type: 'line',
    filter: ['==', ['get', 'part'], name],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    ...(paint && { paint }),
  })
  return {
    id: 'patrol-evidence',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    toggle,
    layers: [
      part('own-stretch', { 'line-color': grounds[theme].accent, 'line-width': 10, 'line-opacity': 0.35 }),
      // Beside the own trace, not over it: traces of one way would hide each other.
      part('other-stretch', { 'line-color': color, 'line-width': 10, 'line-opacity': 0.3, 'line-offset': 6 }),
      part('other', { 'line-color': color, 'line-width': 2.5, 'line-offset': 6 }),
    ],
  }
}

const isDrawn = ({ label, coordinates }: TracePiece): boolean =>
  label !== 'unobserved' && label !== 'stay' && coordinates.length > 1

const line = (
  coordinates: readonly (readonly [number, number])[],
  properties: Feature['properties'],
): Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates: coordinates.map((position) => [...position]) },
})

export function comparedLegend(
  piece: EvidencePiece,
  theme: Theme,
  language: Language,
  say: Say,
): LegendDescription {
  const own = {
    swatch: { kind: 'line' as const, color: grounds[theme].accent, width: 8 },
    label: say(text.legendOwn),
  }
  const others = piece.other
    ? [
        {
          swatch: { kind: 'line' as const, color: otherColors[theme], width: 3 },
          label: say(text.legendOther, {
            name: piece.other.name || piece.other.worker,
            day: formatDay(language, piece.other.day),
          }),
        },
      ]
    : []
  return { toggle: 'evidence', title: say(text.layer), entries: [own, ...others] }
}
