/** Clusters of the scan on the map: a circle around the cells it found, its rank in the middle. Pure. */
import { bbox, bboxClip, featureCollection, intersect, multiPolygon, polygon } from '@turf/turf'
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { Analysis } from '../../../../server/contract/analysis.ts'
import {
  latitudeAt,
  localMetricFrame,
  longitudeAt,
} from '../../../../server/core/geometry/local-metric-frame.ts'
import { hexagonAreaSquareKm, hexagonEdgeMetres } from '../../../../server/core/hexagons/hexagon.ts'
import { formatArea, formatLength } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import { significanceColors, type Theme } from '../../../map/palette.ts'
import { mapFont } from '../../../map/style.ts'
import type { Bbox } from '../../../state.ts'
import { cellsInWords } from './count-words.ts'
import { text } from './text.ts'

export type Cluster = NonNullable<Analysis['clusters']>[number]

/** Sure enough to be drawn full; the others are outlined only. */
export const isSure = (cluster: Pick<Cluster, 'p'>): boolean => cluster.p < 0.05

/** Of grids the circle has a little room around their centres, so that one of a single grid is seen, too. */
const leastReachMetres = 150

/** A radius ends at the centre of the outermost cell; its hexagon reaches an edge's length further. */
export function reachMetres(
  { radius_m: radius, cells }: Pick<Cluster, 'radius_m' | 'cells'>,
  unit: Analysis['unit'],
): number {
  const [first] = cells
  const room = unit === 'hexagon' && first !== undefined ? hexagonEdgeMetres(first) : 0
  return Math.max(leastReachMetres, radius + room)
}

/** How large a cluster is; a single cell has no radius. */
export function sizeWords(
  { radius_m: radius, cells }: Pick<Cluster, 'radius_m' | 'cells'>,
  unit: Analysis['unit'],
  say: Say,
): string {
  const count = cellsInWords(unit, cells.length, say)
  const [first] = cells
  if (cells.length > 1) return say(text.manyCells, { cells: count, radius: formatLength(radius) })
  if (unit === 'grid' || first === undefined) return count
  return say(text.oneHexagon, {
    edge: formatLength(hexagonEdgeMetres(first)),
    area: formatArea(hexagonAreaSquareKm(first) * 1e6),
  })
}

export function circleOf(centre: readonly [number, number], reach: number): [number, number][] {
  const frame = localMetricFrame(centre[0], centre[1])
  return Array.from({ length: 73 }, (_, index) => {
    const angle = (2 * Math.PI * (index % 72)) / 72
    return [longitudeAt(frame, reach * Math.cos(angle)), latitudeAt(frame, reach * Math.sin(angle))]
  })
}

export function circleBox(centre: readonly [number, number], reach: number): Bbox {
  const ring = circleOf(centre, reach)
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/**
 * What of an area lies in a circle: ground outside the area is no part of what was looked at. Cut to the circle's box first: the exact
 * intersection takes 1.2 s of an outline of 20,000 corners.
 * @returns null where the area does not reach into the circle
 */
export function groundIn(
  area: Polygon | MultiPolygon,
  ring: [number, number][],
): Polygon | MultiPolygon | null {
  const circle = polygon([ring])
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  const near = polygons.flatMap((rings) => {
    const { coordinates } = bboxClip(polygon(rings), bbox(circle)).geometry as Polygon
    return coordinates.length > 0 ? [coordinates] : []
  })
  if (near.length === 0) return null
  return intersect(featureCollection<Polygon | MultiPolygon>([multiPolygon(near), circle]))?.geometry ?? null
}

/** A circle as an outline, and the ground in it that is the area's, to be filled; all of it where no boundary is known. */
export function circleParts(
  ring: [number, number][],
  boundary: Polygon | MultiPolygon | null,
  properties: Readonly<Record<string, string | number>>,
): Feature[] {
  const circle: Polygon = { type: 'Polygon', coordinates: [ring] }
  const ground = boundary ? groundIn(boundary, ring) : circle
  const feature = (part: string, geometry: Feature['geometry']): Feature => ({
    type: 'Feature',
    properties: { ...properties, part },
    geometry,
  })
  return [...(ground ? [feature('ground', ground)] : []), feature('circle', circle)]
}

export const clusterBox = (cluster: Cluster, unit: Analysis['unit']): Bbox =>
  circleBox(cluster.centre, reachMetres(cluster, unit))

export function clusterLayer(
  clusters: readonly Cluster[],
  unit: Analysis['unit'],
  boundary: Polygon | MultiPolygon | null,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const { text: ink, halo, accent } = grounds[theme]
  const colors = significanceColors[theme]
  const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false]
  const features = clusters.flatMap((cluster): Feature[] =>
    circleParts(circleOf(cluster.centre, reachMetres(cluster, unit)), boundary, {
      rank: String(cluster.rank),
      color: isSure(cluster) ? colors.hot_01 : colors.hot_05,
      opacity: isSure(cluster) ? 0.28 : 0,
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
        filter: ['==', ['get', 'part'], 'ground'],
        paint: { 'fill-color': ['get', 'color'], 'fill-opacity': ['get', 'opacity'] },
      },
      {
        id: 'incidents-cluster-line',
        slot: 'line',
        type: 'line',
        filter: ['==', ['get', 'part'], 'circle'],
        paint: {
          'line-color': ['case', state('selected'), accent, ['get', 'color']],
          'line-width': ['case', state('selected'), 3.5, state('hover'), 3, 2],
        },
      },
      {
        id: 'incidents-cluster-rank',
        slot: 'top',
        type: 'symbol',
        filter: ['==', ['get', 'part'], 'circle'],
        layout: { 'text-field': ['get', 'rank'], 'text-font': mapFont, 'text-size': 14 },
        paint: { 'text-color': ink, 'text-halo-color': halo, 'text-halo-width': 1.6 },
      },
    ],
  }
}
