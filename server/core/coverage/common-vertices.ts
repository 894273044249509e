import Flatbush from 'flatbush'
import type { Position } from 'geojson'
import type { AreaGeometry } from '../values.ts'
import { SNAP_DEGREES } from './node-edges.ts'
import { polygonsOf } from './ring-table.ts'

/** A geometry with the places put in that lie on its lines, and which those are. */
export interface WithVertices<Geometry extends AreaGeometry> {
  /** The very object given where it lacks none. */
  readonly geometry: Geometry
  readonly added: readonly Position[]
}

/**
 * A function that gives a geometry every one of the places that lies on one of its edges (within a micrometre, as the check sees it)
 * as a vertex there. No ground moves: lines that are drawn along each other have the same edges afterwards.
 * @param places longitude and latitude
 */
export function vertexInserter(
  places: readonly Position[],
): <Geometry extends AreaGeometry>(geometry: Geometry) => WithVertices<Geometry> {
  if (places.length === 0) return (geometry) => ({ geometry, added: [] })
  const index = new Flatbush(places.length)
  for (const [x, y] of places) index.add(x!, y!, x, y)
  index.finish()

  const between = (a: Position, b: Position): Position[] => {
    const [west, east] = a[0]! < b[0]! ? [a[0]!, b[0]!] : [b[0]!, a[0]!]
    const [south, north] = a[1]! < b[1]! ? [a[1]!, b[1]!] : [b[1]!, a[1]!]
    const near = index.search(
      west - SNAP_DEGREES,
      south - SNAP_DEGREES,
      east + SNAP_DEGREES,
      north + SNAP_DEGREES,
    )
    if (near.length === 0) return []
    const found = near
      .map((i) => ({ place: places[i]!, part: partAlong(a, b, places[i]!) }))
      .filter((one): one is { place: Position; part: number } => one.part !== null)
      .toSorted((p, q) => p.part - q.part)
    return found.map(({ place }) => place).filter((place, i, list) => i === 0 || !isSame(place, list[i - 1]!))
  }

  return (geometry) => {
    const added: Position[] = []
    const polygons = polygonsOf(geometry).map((rings) =>
      rings.map((ring) =>
        ring.flatMap((position, i) => {
          const inserted = i === 0 ? [] : between(ring[i - 1]!, position)
          added.push(...inserted)
          return [...inserted, position]
        }),
      ),
    )
    if (added.length === 0) return { geometry, added }
    const coordinates = geometry.type === 'Polygon' ? polygons[0]! : polygons
    return { geometry: { ...geometry, coordinates }, added }
  }
}

const isSame = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1]

/** Where on the way from a to b the place lies, 0 to 1; null when off the line, or one with an end of it. */
function partAlong(a: Position, b: Position, place: Position): number | null {
  const [ux, uy] = [b[0]! - a[0]!, b[1]! - a[1]!]
  const [vx, vy] = [place[0]! - a[0]!, place[1]! - a[1]!]
  const isEnd = vx * vx + vy * vy <= SNAP_DEGREES ** 2 || (vx - ux) ** 2 + (vy - uy) ** 2 <= SNAP_DEGREES ** 2
  if (isEnd) return null
  const length2 = ux * ux + uy * uy
  const part = (vx * ux + vy * uy) / length2
  const across = vx * uy - vy * ux
  return part > 0 && part < 1 && across * across <= SNAP_DEGREES ** 2 * length2 ? part : null
}
