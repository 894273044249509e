/** Points and areas in metres of a plane, as the statistics of distance want them: x east, y north. */
import { eastMetres, type LocalMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { AreaGeometry, LngLat } from '../values.ts'

/** Points in metres; `weights` say how much each counts, 1 where absent. All arrays are equally long. */
export interface PlanarPoints {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly weights?: Float64Array
}

/** Rings in metres, flat [x0, y0, x1, y1, …], not closed; shells run counterclockwise, holes clockwise. */
export type PlanarArea = readonly Float64Array[]

/** Longitudes and latitudes in metres of the local frame; its docstring says how exact that is. */
export function planarPoints(points: readonly LngLat[], frame: LocalMetricFrame): PlanarPoints {
  return {
    x: Float64Array.from(points, ([longitude]) => eastMetres(frame, longitude)),
    y: Float64Array.from(points, ([, latitude]) => northMetres(frame, latitude)),
  }
}

/** A valid polygon or multipolygon in metres of the local frame. */
export function planarArea(area: AreaGeometry, frame: LocalMetricFrame): PlanarArea {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  return polygons.flatMap((rings) =>
    rings.map((ring, i) =>
      turnedRing(
        ring.slice(0, -1).flatMap(([x, y]) => [eastMetres(frame, x!), northMetres(frame, y!)]),
        i === 0,
      ),
    ),
  )
}

/** A rectangle as an area. */
export const planarRectangle = (west: number, south: number, east: number, north: number): PlanarArea => [
  Float64Array.of(west, south, east, south, east, north, west, north),
]

function turnedRing(flat: readonly number[], counterclockwise: boolean): Float64Array {
  const ring = Float64Array.from(flat)
  if (signedArea(ring) > 0 === counterclockwise) return ring
  return Float64Array.from(flat, (_, k) => flat[flat.length - 2 - 2 * (k >> 1) + (k & 1)]!)
}

/** Twice-covered ground does not occur in a valid area, so the rings' signed areas add up. Square metres. */
export const planarAreaSquareMetres = (area: PlanarArea): number =>
  area.reduce((sum, ring) => sum + signedArea(ring), 0)

/** Length of all rings, metres. */
export function planarPerimeterMetres(area: PlanarArea): number {
  let sum = 0
  for (const ring of area)
    for (let k = 0, j = ring.length - 2; k < ring.length; j = k, k += 2)
      sum += Math.hypot(ring[k]! - ring[j]!, ring[k + 1]! - ring[j + 1]!)
  return sum
}

function signedArea(ring: Float64Array): number {
  const [originX, originY] = [ring[0] ?? 0, ring[1] ?? 0]
  let twice = 0
  for (let k = 0, j = ring.length - 2; k < ring.length; j = k, k += 2)
    twice += (ring[j]! - originX) * (ring[k + 1]! - originY) - (ring[k]! - originX) * (ring[j + 1]! - originY)
  return twice / 2
}

/** Whether a point lies inside by the even-odd rule; on the line itself either answer may come. */
export function isInside(area: PlanarArea, x: number, y: number): boolean {
  let inside = false
  for (const ring of area)
    for (let k = 0, j = ring.length - 2; k < ring.length; j = k, k += 2) {
      const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[k]!, ring[k + 1]!]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    }
  return inside
}

/** Edges from which on it pays to sort them before many points are asked about. */
const worthSorting = 32

/** `isInside` for many points: each is compared with the edges at its height only. */
export function insideTest(area: PlanarArea): (x: number, y: number) => boolean {
  const edges = area.flatMap((ring) =>
    Array.from({ length: ring.length / 2 }, (_, k) => {
      const j = k === 0 ? ring.length - 2 : 2 * k - 2
      return [ring[j]!, ring[j + 1]!, ring[2 * k]!, ring[2 * k + 1]!] as const
    }),
  )
  if (edges.length < worthSorting) return (x, y) => isInside(area, x, y)
  let [south, north] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [, ay, , by] of edges) {
    south = Math.min(south, ay, by)
    north = Math.max(north, ay, by)
  }
  const perMetre = edges.length / Math.max(north - south, 1e-9)
  const strips: number[][] = Array.from({ length: edges.length + 1 }, () => [])
  for (const [ax, ay, bx, by] of edges) {
    const last = Math.floor((Math.max(ay, by) - south) * perMetre)
    for (let k = Math.floor((Math.min(ay, by) - south) * perMetre); k <= last; k++)
      strips[Math.min(k, edges.length)]!.push(ax, ay, bx, by)
  }
  return (x, y) => {
    if (!(y >= south && y <= north)) return false
    const strip = strips[Math.min(Math.floor((y - south) * perMetre), edges.length)]!
    let inside = false
    for (let k = 0; k < strip.length; k += 4) {
      const [ax, ay, bx, by] = [strip[k]!, strip[k + 1]!, strip[k + 2]!, strip[k + 3]!]
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    }
    return inside
  }
}
