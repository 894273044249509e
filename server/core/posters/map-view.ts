/** The land at a round scale on a piece of paper. */
import type { Position } from 'geojson'
import { polygonsOf } from '../coverage/ring-table.ts'
import {
  eastMetres,
  type LocalMetricFrame,
  latitudeAt,
  localMetricFrame,
  longitudeAt,
  northMetres,
} from '../geometry/local-metric-frame.ts'
import type { AreaGeometry } from '../values.ts'
import type { Rect } from './sheet.ts'
import type { Project } from './svg.ts'

/** west, south, east, north in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

export interface MapView {
  /** Where on the sheet the map lies, millimetres. */
  readonly frame: Rect
  /** 1 : this. */
  readonly denominator: number
  readonly project: Project
  /** What the frame shows. */
  readonly bounds: Bounds
}

const roundSteps = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The smallest round number that is not below `value`: 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. */
export function roundScale(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * (roundSteps.find((step) => step * power >= value * (1 - 1e-12)) ?? 10)
}

export function boundsOf(geometries: readonly AreaGeometry[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const geometry of geometries)
    for (const [outer = []] of polygonsOf(geometry))
      for (const [x, y] of outer as [number, number][]) {
        west = Math.min(west, x)
        south = Math.min(south, y)
        east = Math.max(east, x)
        north = Math.max(north, y)
      }
  return [west, south, east, north]
}

/** The scale at which `bounds` just fit into the frame with a margin, not rounded. */
export function neededDenominator(bounds: Bounds, frame: Rect, marginMm: number): number {
  const [west, south, east, north] = bounds
  const local = frameAt(bounds)
  const widthMetres = Math.max(1, eastMetres(local, east) - eastMetres(local, west))
  const heightMetres = Math.max(1, northMetres(local, north) - northMetres(local, south))
  return (
    1000 * Math.max(widthMetres / (frame.width - 2 * marginMm), heightMetres / (frame.height - 2 * marginMm))
  )
}

const frameAt = ([west, south, east, north]: Bounds): LocalMetricFrame =>
  localMetricFrame((west + east) / 2, (south + north) / 2)

/**
 * The view that shows all of `bounds` in the frame with a margin, its middle in the frame's middle, north up, at a round scale. Metres
 * are those of a local frame at the middle, which over a village are true to 0.01 %.
 */
export function fitMap(bounds: Bounds, frame: Rect, marginMm: number): MapView {
  const local = frameAt(bounds)
  const denominator = roundScale(neededDenominator(bounds, frame, marginMm))
  const [middleX, middleY] = [frame.x + frame.width / 2, frame.y + frame.height / 2]
  const perMetre = 1000 / denominator
  const [halfWidth, halfHeight] = [frame.width / 2 / perMetre, frame.height / 2 / perMetre]
  return {
    frame,
    denominator,
    project: (longitude, latitude) => [
      middleX + eastMetres(local, longitude) * perMetre,
      middleY - northMetres(local, latitude) * perMetre,
    ],
    bounds: [
      longitudeAt(local, -halfWidth),
      latitudeAt(local, -halfHeight),
      longitudeAt(local, halfWidth),
      latitudeAt(local, halfHeight),
    ],
  }
}

/** Metres of a scale bar: 1, 2 or 5 times a power of ten, the longest that is no longer than `mostMm` on paper. */
export function scaleBarMetres(denominator: number, mostMm: number): number {
  const most = (mostMm * denominator) / 1000
  const power = 10 ** Math.floor(Math.log10(most))
  return power * ([5, 2].find((step) => step * power <= most) ?? 1)
}

/** Rings on the sheet. */
export const ringsOnSheet = (geometry: AreaGeometry, project: Project): [number, number][][][] =>
  polygonsOf(geometry).map((rings) =>
    rings.map((ring) => ring.map((position: Position) => [...project(position[0]!, position[1]!)])),
  )
