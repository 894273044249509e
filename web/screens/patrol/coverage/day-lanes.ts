/** A day's lanes on the map: walked ones solid, the others dashed. Pure. */
import type { DayLanes } from '../../../../server/contract/coverage.ts'
import { formatLength } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { traceColors, visitAgeColors } from '../../../map/palette.ts'
import { text } from '../text.ts'

const walkedColor = traceColors.inside
/** As what was never visited. */
const missedColor = visitAgeColors.at(-1)?.color ?? ''

export const dayLanes = ({ lanes }: DayLanes, toggle: Toggle): MapLibreDescription => ({
  id: 'patrol-lanes',
  kind: 'maplibre',
  source: {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: lanes.map(({ id, walked, path }) => ({
        type: 'Feature',
        properties: { id, walked },
        geometry: { type: 'MultiLineString', coordinates: path },
      })),
    },
  },
  toggle,
  layers: [
    {
      id: 'patrol-lanes-walked',
      slot: 'line',
      type: 'line',
      filter: ['get', 'walked'],
      paint: { 'line-color': walkedColor, 'line-width': 5, 'line-opacity': 0.35 },
    },
    {
      id: 'patrol-lanes-missed',
      slot: 'line',
      type: 'line',
      filter: ['!', ['get', 'walked']],
      paint: { 'line-color': missedColor, 'line-width': 2, 'line-opacity': 0.7, 'line-dasharray': [2, 1] },
    },
  ],
})

export function dayLanesLegend({ lanes }: DayLanes, say: Say): LegendDescription {
  const metres = (walked: boolean): string =>
    formatLength(lanes.filter((one) => one.walked === walked).reduce((sum, one) => sum + one.metres, 0))
  return {
    toggle: 'lanes',
    title: say(text.layerLanes),
    entries: [
      {
        swatch: { kind: 'line', color: walkedColor, width: 5 },
        label: say(text.laneWalked),
        count: metres(true),
      },
      {
        swatch: { kind: 'line', color: missedColor, width: 2, dash: [2, 1] },
        label: say(text.laneMissed),
        count: metres(false),
      },
    ],
  }
}
