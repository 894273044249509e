/**
 * Four squares in village v, one tall neighbour in village w, a thousandth of a degree (111 m) a side, at the equator:
 *
 *     c d e      v1 has a and b, v2 c and d, w1 e
 *     a b e
 */
import type { Polygon } from 'geojson'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import { drawingOf } from '../../../server/core/planning/drawing/build-drawing.ts'
import type { Drawing } from '../../../server/core/planning/drawing/drawing.ts'
import type { VertexPlace } from '../../../server/core/planning/drawing/edit.ts'
import { nearestVertex } from '../../../server/core/planning/drawing/find-places.ts'
import { atomPolygon } from '../../../server/core/planning/drawing/ring-paths.ts'
import type { Atom, AtomGraph, PlanGrid, PlanHousehold } from '../../../server/core/planning/values.ts'
import type { LngLat } from '../../../server/core/values.ts'

/** A place counted in sides of a square. */
export const at = (x: number, y: number): LngLat => [x / 1000, y / 1000]

export const metresOf = (a: LngLat, b: LngLat): number => distanceMetres(...a, ...b)

export function box(west: number, south: number, east: number, north: number): Polygon {
  const ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
  return { type: 'Polygon', coordinates: [ring.map((place) => [...place])] }
}

export const squareAtom = (id: string, village: string, geometry: Polygon): Atom => ({
  id,
  village,
  geometry,
  site: null,
  group: null,
  households: 0,
  persons: 0,
  mustVisit: 0,
})

const tall: Polygon = {
  type: 'Polygon',
  coordinates: [[at(2, 0), at(3, 0), at(3, 2), at(2, 2), at(2, 1), at(2, 0)].map((place) => [...place])],
}

/** a|c lies on 中路, b|d over half of its length on a path without a name. */
export const squares: AtomGraph = {
  atoms: [
    squareAtom('a', 'v', box(0, 0, 1, 1)),
    squareAtom('b', 'v', box(1, 0, 2, 1)),
    squareAtom('c', 'v', box(0, 1, 1, 2)),
    squareAtom('d', 'v', box(1, 1, 2, 2)),
    squareAtom('e', 'w', tall),
  ],
  borders: [
    { a: 0, b: 2, lengthMetres: 100, barrierMetres: 100, name: '中路', rank: 3, crossable: true },
    { a: 1, b: 3, lengthMetres: 100, barrierMetres: 50, name: null, rank: 5, crossable: true },
  ],
}

const gridOf = (code: string, village: string): PlanGrid => ({
  code,
  name: null,
  kind: 'ordinary',
  village,
  parent: null,
  locked: false,
})

export const squareGrids: readonly PlanGrid[] = [gridOf('v1', 'v'), gridOf('v2', 'v'), gridOf('w1', 'w')]

const home = (id: string, x: number, y: number, persons: number, mustVisit: boolean): PlanHousehold => ({
  id,
  longitude: at(x, y)[0],
  latitude: at(x, y)[1],
  persons,
  mustVisit,
})

export const squareHouseholds: readonly PlanHousehold[] = [
  home('h1', 0.5, 0.5, 3, true),
  home('h2', 1.5, 0.5, 4, false),
  home('h3', 0.5, 1.5, 5, false),
]

const pondRings = [
  [at(0.8, 0.48), at(0.85, 0.48), at(0.83, 0.52), at(0.8, 0.48)],
  [at(0.895, 0.497), at(0.905, 0.497), at(0.9, 0.504), at(0.895, 0.497)],
]

/** With ponds, one or two, atoms of their own in a's east, not far from b. */
export function squareTown({
  ponds = 0,
  households = squareHouseholds,
}: {
  readonly ponds?: 0 | 1 | 2
  readonly households?: readonly PlanHousehold[]
} = {}): Drawing {
  const rings = pondRings.slice(0, ponds).map((ring) => ring.map((place) => [...place]))
  const a = squareAtom('a', 'v', { type: 'Polygon', coordinates: [...box(0, 0, 1, 1).coordinates, ...rings] })
  const atoms = squares.atoms.map((atom) => (atom.id === 'a' ? a : atom))
  for (const [i, ring] of rings.entries())
    atoms.push(squareAtom(i === 0 ? 'pond' : 'pool', 'v', { type: 'Polygon', coordinates: [ring] }))
  const assignment = ['v1', 'v1', 'v2', 'v2', 'w1', 'v1', 'v1']
  return drawingOf({ atoms, borders: squares.borders }, squareGrids, assignment, households)
}

/** The vertex in this place. */
export function vertexAt(drawing: Drawing, place: LngLat): VertexPlace {
  const { arc, vertex } = nearestVertex(drawing, place, 0.001)!
  return { arc, vertex }
}

/** The ground of an atom. */
export const ground = (drawing: Drawing, id: string): Polygon =>
  atomPolygon(drawing, drawing.atoms[drawing.atomNumber.get(id)!]!)

export const hasVertex = (polygon: Polygon, [x, y]: LngLat): boolean =>
  polygon.coordinates.flat().some((p) => p[0] === x && p[1] === y)

/** The edit that takes the vertex in one place to another. */
export const moveTo = (drawing: Drawing, from: LngLat, to: LngLat) =>
  ({ type: 'move-vertex', vertex: vertexAt(drawing, from), to }) as const
