/** Clusters of the scan on the map: a circle around the cells it found, its rank in the middle. Pure. */
import type { Feature } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { Analysis } from '../../../../server/contract/analysis.ts'
import {
  latitudeAt,
  localMetricFrame,
  longitudeAt,
} from '../../../../server/core/geometry/local-metric-frame.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import { significanceColors, type Theme } from '../../../map/palette.ts'
import { mapFont } from '../../../map/style.ts'
import type { Bbox } from '../../../state.ts'

export type Cluster = NonNullable<Analysis['clusters']>[number]

/** Sure enough to be drawn full; the others are outlined only. */
export const isSure = (cluster: Pick<Cluster, 'p'>): boolean => cluster.p < 0.05

/** A circle with a little room around the centres of its cells, so that one of a single cell is seen, too. */
const leastRadiusMetres = 150

export function circleOf({
  centre,
  radius_m: radius,
}: Pick<Cluster, 'centre' | 'radius_m'>): [number, number][] {
  const frame = localMetricFrame(centre[0], centre[1])
  const reach = Math.max(leastRadiusMetres, radius)
  return Array.from({ length: 73 }, (_, index) => {
    const angle = (2 * Math.PI * (index % 72)) / 72
    return [longitudeAt(frame, reach * Math.cos(angle)), latitudeAt(frame, reach * Math.sin(angle))]
  })
}

export function clusterBox(cluster: Pick<Cluster, 'centre' | 'radius_m'>): Bbox {
  const ring = circleOf(cluster)
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

export function clusterLayer(
  clusters: readonly Cluster[],
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const { text: ink, halo, accent } = grounds[theme]
  const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false]
  const features = clusters.map(
    (cluster): Feature => ({
      type: 'Feature',
      properties: {
        rank: String(cluster.rank),
        color: isSure(cluster) ? significanceColors.hot_01 : significanceColors.hot_05,
        opacity: isSure(cluster) ? 0.28 : 0,
      },
      geometry: { type: 'Polygon', coordinates: [circleOf(cluster)] },
    }),
  )
  return {
    id: 'incidents-clusters',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    pick: { kind: 'cluster', property: 'rank' },
    toggle,
    layers: [
      {
        id: 'incidents-cluster-fill',
        slot: 'fill',
        type: 'fill',
        paint: { 'fill-color': ['get', 'color'], 'fill-opacity': ['get', 'opacity'] },
      },
      {
        id: 'incidents-cluster-line',
        slot: 'line',
        type: 'line',
        paint: {
          'line-color': ['case', state('selected'), accent, ['get', 'color']],
          'line-width': ['case', state('selected'), 3.5, state('hover'), 3, 2],
        },
      },
      {
        id: 'incidents-cluster-rank',
        slot: 'top',
        type: 'symbol',
        layout: { 'text-field': ['get', 'rank'], 'text-font': mapFont, 'text-size': 14 },
        paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.6 },
      },
    ],
  }
}
