/** A density surface on the map: bands between the legend's breaks, the hexagons' own values, and a smooth picture of them. Pure. */
import type { Feature, Geometry } from 'geojson'
import type { Analysis, AnalysisCell } from '../../../../server/contract/analysis.ts'
import { hexagonAreaSquareKm, hexagonCentre } from '../../../../server/core/hexagons/hexagon.ts'
import { formatNumber } from '../../../i18n/format.ts'
import { grounds } from '../../../map/ground.ts'
import type { DeckDescription, MapLibreDescription, Toggle } from '../../../map/layer.ts'
import { densityColors, type Theme } from '../../../map/palette.ts'
import { rgba } from '../../../map/rgba.ts'
import { mapFont } from '../../../map/style.ts'
import { classColors } from '../measures.ts'

type Contours = NonNullable<Analysis['contours']>

/** Bands of equal density, each in the legend's colour, with its lower bound written along its edge. */
export function contourLayer(
  contours: Contours,
  breaks: readonly number[],
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const colors = classColors(breaks, theme)
  const { text: ink, halo } = grounds[theme]
  const features = contours.map(
    ({ from, geometry }): Feature => ({
      type: 'Feature',
      properties: {
        color: colors[breaks.filter((edge) => from >= edge).length] ?? '',
        label: from > 0 ? formatNumber(from, from < 1 ? 2 : 0) : '',
      },
      geometry: geometry as unknown as Geometry,
    }),
  )
  return {
    id: 'incidents-contours',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    toggle,
    layers: [
      {
        id: 'incidents-contour-fill',
        slot: 'fill',
        type: 'fill',
        paint: { 'fill-color': ['get', 'color'], 'fill-opacity': 0.78, 'fill-antialias': false },
      },
      {
        id: 'incidents-contour-line',
        slot: 'line',
        type: 'line',
        paint: { 'line-color': ink, 'line-opacity': 0.35, 'line-width': 0.7 },
      },
      {
        id: 'incidents-contour-value',
        slot: 'top',
        type: 'symbol',
        minzoom: 12,
        filter: ['!=', ['get', 'label'], ''],
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 320,
          'text-field': ['get', 'label'],
          'text-font': mapFont,
          'text-size': 11,
        },
        paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.2 },
      },
    ],
  }
}

export const heatOpacity = 0.85

/** Earth's circumference at the equator over the 512 pixels of a world at zoom 0. */
const metresPerPixelAtZero = 78_271.517

/**
 * The service's densities as a smooth picture. Every pixel is the mean of the values around it and is coloured on a fixed domain,
 * so that a colour means the same incidents per km² at every zoom: the values are averaged, never added up.
 */
export function heatLayer(
  cells: readonly AnalysisCell[],
  breaks: readonly number[],
  zoom: number,
  theme: Theme,
  toggle: Toggle,
): DeckDescription {
  const known = cells.filter((cell) => cell.h3 !== null && cell.value !== null && cell.value > 0)
  const first = known[0]
  return {
    id: 'incidents-heat',
    kind: 'deck',
    type: 'HeatmapLayer',
    slot: 'fill',
    toggle,
    props: {
      data: known,
      getPosition: (cell: unknown) => {
        const [x, y] = hexagonCentre((cell as AnalysisCell).h3 ?? '')
        return [x, y] as [number, number]
      },
      getWeight: (cell: unknown) => (cell as AnalysisCell).value ?? 0,
      aggregation: 'MEAN',
      colorDomain: [0, heatEnd(breaks)],
      colorRange: densityColors[theme].map((color) => rgba(color, heatOpacity)),
      radiusPixels: first?.h3 ? heatRadius(first.h3, zoom) : 30,
      threshold: 0.02,
      updateTriggers: { getWeight: known },
    },
  }
}

/** Where the scale of a smooth picture ends: one class beyond the last break. */
export const heatEnd = (breaks: readonly number[]): number => (breaks.at(-1) ?? 1) * 1.5

/**
 * Pixels that the bell about a hexagon's centre reaches. Its deviation is a sixth of that: two and a half spacings give one of 0.42
 * spacings, so that between three centres the bells add up to more than one and no lattice shows.
 */
export function heatRadius(h3: string, zoom: number): number {
  const [, latitude] = hexagonCentre(h3)
  const spacing = Math.sqrt((2 / Math.sqrt(3)) * hexagonAreaSquareKm(h3) * 1e6)
  const metresPerPixel = (metresPerPixelAtZero * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom
  return Math.max(8, Math.min(500, Math.round((2.5 * spacing) / metresPerPixel)))
}
