/** Measuring on the map: clicked positions → lengths, areas and what to draw. Pure. */
import type { Feature, FeatureCollection } from 'geojson'
import { signedRingAreaSquareMetres } from '../../server/core/geometry/area-square-metres.ts'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import type { LngLat } from '../../server/core/values.ts'
import { grounds } from './ground.ts'
import type { MapLibreDescription } from './layer.ts'
import type { Theme } from './palette.ts'

export interface Measured {
  readonly lengthMetres: number
  /** The length with the last position joined to the first; the area inside. From three positions on. */
  readonly perimeterMetres: number | null
  readonly areaSquareMetres: number | null
}

export function measured(positions: readonly LngLat[]): Measured {
  const lengthMetres = positions.reduce(
    (sum, position, index) => sum + step(positions[index - 1], position),
    0,
  )
  if (positions.length < 3) return { lengthMetres, perimeterMetres: null, areaSquareMetres: null }
  const ring = [...positions, positions[0] as LngLat].map(([longitude, latitude]) => [longitude, latitude])
  return {
    lengthMetres,
    perimeterMetres: lengthMetres + step(positions.at(-1), positions[0] as LngLat),
    areaSquareMetres: Math.abs(signedRingAreaSquareMetres(ring)),
  }
}

const step = (from: LngLat | undefined, to: LngLat): number =>
  from === undefined ? 0 : distanceMetres(from[0], from[1], to[0], to[1])

/** The measured line, its area and its corners, above everything. */
export function measureLayer(positions: readonly LngLat[], theme: Theme): MapLibreDescription {
  const { accent, land } = grounds[theme]
  const coordinates = positions.map(([longitude, latitude]) => [longitude, latitude])
  const features: Feature[] = coordinates.map((position) => feature({ type: 'Point', coordinates: position }))
  if (coordinates.length > 1) features.push(feature({ type: 'LineString', coordinates }))
  if (coordinates.length > 2)
    features.push(feature({ type: 'Polygon', coordinates: [[...coordinates, coordinates[0] ?? []]] }))
  const data: FeatureCollection = { type: 'FeatureCollection', features }
  return {
    id: 'measure',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    layers: [
      {
        id: 'measure-area',
        slot: 'top',
        type: 'fill',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': accent, 'fill-opacity': 0.1 },
      },
      {
        id: 'measure-line',
        slot: 'top',
        type: 'line',
        filter: ['==', ['geometry-type'], 'LineString'],
        paint: { 'line-color': accent, 'line-width': 2 },
      },
      {
        id: 'measure-corner',
        slot: 'top',
        type: 'circle',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-radius': 4,
          'circle-color': land,
          'circle-stroke-color': accent,
          'circle-stroke-width': 2,
        },
      },
    ],
  }
}

const feature = (geometry: Feature['geometry']): Feature => ({ type: 'Feature', properties: {}, geometry })
