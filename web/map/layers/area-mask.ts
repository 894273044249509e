/** Everything outside the area under a veil, its edge drawn: the eye stays where the work is. Pure. */
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson'
import { grounds } from '../ground.ts'
import type { MapLibreDescription } from '../layer.ts'
import type { Theme } from '../palette.ts'

const world: Position[] = [
  [-180, -85],
  [180, -85],
  [180, 85],
  [-180, 85],
  [-180, -85],
]

export function areaMask(id: string, boundary: Polygon | MultiPolygon, theme: Theme): MapLibreDescription {
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates
  const shells = polygons.map((rings) => rings[0] ?? [])
  const holes = polygons.flatMap((rings) => rings.slice(1))
  const feature = (kind: string, geometry: Feature['geometry']): Feature => ({
    type: 'Feature',
    properties: { kind },
    geometry,
  })
  return {
    id: `${id}-mask`,
    kind: 'maplibre',
    source: {
      type: 'geojson',
      data: {
        type: 'FeatureCollection',
        features: [
          // The world with the area cut out of it; the area's own holes are outside again.
          feature('outside', { type: 'Polygon', coordinates: [world, ...shells] }),
          ...holes.map((ring) => feature('outside', { type: 'Polygon', coordinates: [ring] })),
          feature('edge', boundary),
        ],
      },
    },
    layers: [
      {
        id: `${id}-mask-outside`,
        slot: 'line',
        type: 'fill',
        filter: ['==', ['get', 'kind'], 'outside'],
        paint: { 'fill-color': grounds[theme].outside, 'fill-opacity': 0.62 },
      },
      {
        id: `${id}-mask-edge`,
        slot: 'line',
        type: 'line',
        filter: ['==', ['get', 'kind'], 'edge'],
        layout: { 'line-join': 'round' },
        paint: { 'line-color': grounds[theme].border, 'line-width': 2, 'line-dasharray': [6, 2, 1, 2] },
      },
    ],
  }
}
