/** Rings of a shapefile polygon → polygons: outer rings run clockwise there, holes counter-clockwise. */
import type { MultiPolygon, Polygon, Position } from 'geojson'

type Ring = Position[]

interface Outer {
  readonly box: readonly [west: number, south: number, east: number, north: number]
  readonly rings: Ring[]
}

/**
 * Gives each hole to the smallest outer ring that holds it; a hole inside none becomes a polygon of its own, as
 * writers that ignore the direction of rings mean it. Rings are turned as RFC 7946 §3.1.6 has them.
 */
export function assemblePolygons(rings: readonly Ring[]): Polygon | MultiPolygon {
  const clockwise = rings.filter((ring) => doubleArea(ring) <= 0)
  const others = rings.filter((ring) => doubleArea(ring) > 0)
  const outers = clockwise.map(outerOf).toSorted((a, b) => boxArea(a) - boxArea(b))
  for (const ring of others) {
    const holder = outers.find((outer) => boxHolds(outer, ring) && ringHolds(outer.rings[0]!, ring))
    if (holder) holder.rings.push(ring.toReversed())
    else outers.push(outerOf(ring.toReversed()))
  }
  // Sorting by size was for the search; features keep the order of the file.
  const order = new Map(rings.map((ring, i) => [ring[0], i]))
  const place = (outer: Outer): number =>
    order.get(outer.rings[0]!.at(-1)) ?? order.get(outer.rings[0]![0]) ?? 0
  const coordinates = outers.toSorted((a, b) => place(a) - place(b)).map((outer) => outer.rings)
  return coordinates.length === 1
    ? { type: 'Polygon', coordinates: coordinates[0]! }
    : { type: 'MultiPolygon', coordinates }
}

/** `ring` as the shapefile has it (clockwise); turned here. */
function outerOf(ring: Ring): Outer {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    west = Math.min(west, x!)
    east = Math.max(east, x!)
    south = Math.min(south, y!)
    north = Math.max(north, y!)
  }
  return { box: [west, south, east, north], rings: [ring.toReversed()] }
}

/** Twice the signed area, positive counter-clockwise; about the first vertex, to keep digits in large coordinates. */
function doubleArea(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0]
  let sum = 0
  for (let i = 1; i + 1 < ring.length; i += 1) {
    const [x1, y1] = ring[i]!
    const [x2, y2] = ring[i + 1]!
    sum += (x1! - x0!) * (y2! - y0!) - (x2! - x0!) * (y1! - y0!)
  }
  return sum
}

const boxArea = ({ box }: Outer): number => (box[2] - box[0]) * (box[3] - box[1])

const boxHolds = ({ box }: Outer, ring: Ring): boolean =>
  ring.every(([x, y]) => x! >= box[0] && x! <= box[2] && y! >= box[1] && y! <= box[3])

/** Judged by the first vertex that is not on the outer ring itself: holes may touch it. */
function ringHolds(outer: Ring, hole: Ring): boolean {
  for (const [x, y] of hole) {
    const side = sideOf(outer, x!, y!)
    if (side !== 0) return side > 0
  }
  return true
}

/** 1 inside, 0 on the ring, -1 outside (even–odd). */
function sideOf(ring: Ring, x: number, y: number): number {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i] as [number, number]
    const [xj, yj] = ring[j] as [number, number]
    const cross = (xj - xi) * (y - yi) - (x - xi) * (yj - yi)
    const between =
      Math.min(xi, xj) <= x && x <= Math.max(xi, xj) && Math.min(yi, yj) <= y && y <= Math.max(yi, yj)
    if (cross === 0 && between) return 0
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside ? 1 : -1
}
