/** The coverage view's layers. Pure. */
import type { Feature } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { CoverageOfGrid, OverdueRow } from '../../../../server/contract/coverage.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import type { GridClass } from '../../../map/layers/grids.ts'
import { type Theme, visitAgeColors } from '../../../map/palette.ts'
import { ageClassOf } from '../layers.ts'
import { type Measure, measureOf, targetOf } from './data.ts'

/** Grids by class of days, in the order of the palette. */
export const gridClasses = (grids: readonly CoverageOfGrid[], measure: Measure): GridClass[] =>
  visitAgeColors.map(({ color }, index) => ({
    color,
    codes: grids.filter((grid) => ageClassOf(measureOf(grid, measure)) === index).map(({ grid }) => grid),
  }))

const lit = (selected: number, hovered: number, otherwise: number): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', 'selected'], false],
  selected,
  ['boolean', ['feature-state', 'hover'], false],
  hovered,
  otherwise,
]

/** Households or places not visited in time: rings with a core for the ones that must be visited; places larger and outlined. */
export function overduePoints(
  rows: readonly OverdueRow[],
  kind: 'household' | 'place',
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const { land, text } = grounds[theme]
  const features = rows.map(
    (row): Feature => ({
      type: 'Feature',
      properties: { id: targetOf(row).id, key: row.is_key },
      geometry: { type: 'Point', coordinates: [row.lon, row.lat] },
    }),
  )
  const wide = kind === 'place' ? 1.6 : 1
  return {
    id: `patrol-late-${kind}s`,
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    pick: { kind, property: 'id' },
    toggle,
    layers: [
      {
        id: `patrol-late-${kind}-dots`,
        slot: kind === 'place' ? 'top' : 'line',
        type: 'circle',
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 1.4 * wide, 15, 3 * wide, 18, 6 * wide],
          'circle-color': ['case', ['get', 'key'], overdueColor, land],
          'circle-stroke-color': lit4(kind === 'place' ? text : overdueColor, text),
          'circle-stroke-width': lit(3, 2.5, 1.2),
        },
      },
    ],
  }
}

const lit4 = (usual: string, chosen: string): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', 'selected'], false],
  chosen,
  usual,
]

/** Lanes no trace has walked. */
export function neverLanes(rows: readonly OverdueRow[], theme: Theme, toggle: Toggle): MapLibreDescription {
  const features = rows.map(
    (row): Feature => ({
      type: 'Feature',
      properties: { id: targetOf(row).id },
      geometry: {
        type: 'MultiLineString',
        coordinates: (row.path ?? []).map((line) => line.map(([x, y]) => [x, y])),
      },
    }),
  )
  return {
    id: 'patrol-never-lanes',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    pick: { kind: 'lane', property: 'id' },
    toggle,
    layers: [
      {
        id: 'patrol-never-lane-lines',
        slot: 'line',
        type: 'line',
        layout: { 'line-join': 'round', 'line-cap': 'butt' },
        paint: {
          'line-color': lit4(overdueColor, grounds[theme].text),
          'line-width': lit(6, 5, 2.5),
          'line-dasharray': [2, 1],
        },
      },
    ],
  }
}

/** The palette's colour for what was never visited. */
export const overdueColor = '#D7301F'
