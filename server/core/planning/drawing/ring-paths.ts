/** Rings of half-arcs as coordinates. */
import type { Polygon, Position } from 'geojson'
import type { LngLat } from '../../values.ts'
import type { AtomRecord, Drawing } from './drawing.ts'

type Path = readonly number[]
/** Path of an arc by number. */
export type PathOf = (arc: number) => Path

export const pathsOf =
  (drawing: Pick<Drawing, 'arcs'>): PathOf =>
  (arc) =>
    drawing.arcs[arc]!.path

/** The ring as longitude, latitude, …, each vertex once (not closed). */
export function flatRing(pathOf: PathOf, ring: readonly number[]): number[] {
  const flat: number[] = []
  for (const half of ring) {
    const path = pathOf(half >> 1)
    if ((half & 1) === 0) for (let i = 0; i < path.length - 2; i++) flat.push(path[i]!)
    else for (let i = path.length - 2; i > 0; i -= 2) flat.push(path[i]!, path[i + 1]!)
  }
  return flat
}

/** The ring as GeoJSON has it: positions, closed. */
export function closedRing(pathOf: PathOf, ring: readonly number[]): Position[] {
  const flat = flatRing(pathOf, ring)
  const positions: Position[] = []
  for (let i = 0; i < flat.length; i += 2) positions.push([flat[i]!, flat[i + 1]!])
  positions.push([flat[0]!, flat[1]!])
  return positions
}

/** An atom's ground. */
export const atomPolygon = (drawing: Pick<Drawing, 'arcs'>, atom: Pick<AtomRecord, 'rings'>): Polygon => ({
  type: 'Polygon',
  coordinates: atom.rings.map((ring) => closedRing(pathsOf(drawing), ring)),
})

/** A vertex of an atom, to point at it on the map. */
export function placeInAtom(drawing: Pick<Drawing, 'arcs'>, atom: Pick<AtomRecord, 'rings'>): LngLat {
  const flat = flatRing(pathsOf(drawing), atom.rings[0]!)
  return [flat[0]!, flat[1]!]
}
