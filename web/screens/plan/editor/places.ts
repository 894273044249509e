/** What of a drawing lies where: pure. Positions in degrees; `reach` is a distance in degrees of latitude. */
import { nearestOnPath } from '../../../../server/core/planning/drawing/along-path.ts'
import { arcsNear } from '../../../../server/core/planning/drawing/arc-index.ts'
import {
  type Arc,
  type Drawing,
  type DrawnAtom,
  isVillageLine,
} from '../../../../server/core/planning/drawing/drawing.ts'
import type { VertexPlace } from '../../../../server/core/planning/drawing/edit.ts'
import { atomAt as atomNumberAt } from '../../../../server/core/planning/drawing/find-places.ts'
import { flatRing, pathsOf } from '../../../../server/core/planning/drawing/ring-paths.ts'
import type { LngLat } from '../../../../server/core/values.ts'
import type { Bbox } from '../../../state.ts'

/** What a line of a drawing stands for, the strongest first. */
export type LineRole = 'village' | 'grid' | 'microgrid' | 'atom'

export function lineRole(drawing: Pick<Drawing, 'atoms'>, arc: Pick<Arc, 'left' | 'right'>): LineRole {
  if (isVillageLine(drawing, arc)) return 'village'
  const [left, right] = [drawing.atoms[arc.left]!, drawing.atoms[arc.right]!]
  if (left.grid !== right.grid) return 'grid'
  return left.microgrid === right.microgrid ? 'atom' : 'microgrid'
}

/** An atom's outlines as longitude, latitude, …, not closed; the first is the outer one. */
export interface AtomShape {
  readonly rings: readonly (readonly number[])[]
  readonly bbox: Bbox
}

/** An atom is another value whenever its ground changes, so what follows from its ground is kept with it. */
const shapes = new WeakMap<DrawnAtom, AtomShape>()

export function shapeOf(drawing: Drawing, atom: DrawnAtom): AtomShape {
  const known = shapes.get(atom)
  if (known) return known
  const rings = atom.rings.map((ring) => flatRing(pathsOf(drawing), ring))
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  const outer = rings[0]!
  for (let i = 0; i < outer.length; i += 2) {
    west = Math.min(west, outer[i]!)
    east = Math.max(east, outer[i]!)
    south = Math.min(south, outer[i + 1]!)
    north = Math.max(north, outer[i + 1]!)
  }
  const shape: AtomShape = { rings, bbox: [west, south, east, north] }
  shapes.set(atom, shape)
  return shape
}

/** The atom on whose ground a place lies; on a common line, one of them. */
export function atomAt(drawing: Drawing, place: LngLat): DrawnAtom | null {
  const number = atomNumberAt(drawing, place)
  return number === null ? null : drawing.atoms[number]!
}

/** Atoms that lie wholly within the box of two corners. */
export function atomsWithin(drawing: Drawing, [ax, ay]: LngLat, [bx, by]: LngLat): DrawnAtom[] {
  const [west, east] = [Math.min(ax, bx), Math.max(ax, bx)]
  const [south, north] = [Math.min(ay, by), Math.max(ay, by)]
  return drawing.atoms.filter((atom): atom is DrawnAtom => {
    if (!atom) return false
    const { bbox } = shapeOf(drawing, atom)
    return bbox[0] >= west && bbox[2] <= east && bbox[1] >= south && bbox[3] <= north
  })
}

export interface NearVertex extends VertexPlace {
  readonly at: LngLat
}

/** The vertex nearest to a place, within reach, on a line between grids; a junction of one with a village's outline is one. */
export const vertexNear = (drawing: Drawing, place: LngLat, reach: number): NearVertex | null =>
  verticesNear(drawing, place, reach)[0] ?? null

/** The same, once for each line that has it: a junction is a vertex of several. */
export function verticesNear(drawing: Drawing, place: LngLat, reach: number): readonly NearVertex[] {
  let found: NearVertex[] = []
  let least = reach ** 2
  for (const [number, { path }] of gridLinesNear(drawing, place, reach))
    for (let i = 0; i < path.length; i += 2) {
      const squared = squaredDegrees(place, path[i]!, path[i + 1]!)
      const isTie = found.length > 0 && squared === least
      if (squared >= least && !isTie) continue
      if (!isTie) found = []
      least = squared
      found.push({ arc: number, vertex: i / 2, at: [path[i]!, path[i + 1]!] })
    }
  return found
}

export interface NearLine {
  readonly arc: number
  /** The vertex before the place. */
  readonly after: number
  readonly at: LngLat
}

/** The place on a line between grids that is nearest, within reach. */
export function lineNear(drawing: Drawing, place: LngLat, reach: number): NearLine | null {
  let found: NearLine | null = null
  let least = reach ** 2
  for (const [number, { path }] of gridLinesNear(drawing, place, reach)) {
    const { after, longitude, latitude } = nearestOnPath(path, place[0], place[1])
    const squared = squaredDegrees(place, longitude, latitude)
    if (squared >= least) continue
    least = squared
    found = { arc: number, after, at: [longitude, latitude] }
  }
  return found
}

function* gridLinesNear(drawing: Drawing, [x, y]: LngLat, reach: number): Generator<[number, Arc]> {
  const wide = reach / Math.cos((y * Math.PI) / 180)
  for (const number of arcsNear(drawing.index, x - wide, y - reach, x + wide, y + reach)) {
    const arc = drawing.arcs[number]!
    const role = lineRole(drawing, arc)
    if (role === 'grid' || role === 'microgrid') yield [number, arc]
  }
}

/** With longitude shrunk to the length of latitude. */
const squaredDegrees = ([x, y]: LngLat, longitude: number, latitude: number): number =>
  ((longitude - x) * Math.cos((y * Math.PI) / 180)) ** 2 + (latitude - y) ** 2

/** Degrees of latitude that so many pixels take at a zoom of the web Mercator map (tiles of 512 px). */
export const degreesOfPixels = (pixels: number, zoom: number, latitude: number): number =>
  (pixels * 360 * Math.cos((latitude * Math.PI) / 180)) / (512 * 2 ** zoom)

/** The box around a grid's ground; undefined when it has none. */
export function gridBox(drawing: Drawing, code: string): Bbox | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const number of drawing.members.get(code) ?? []) {
    const { bbox } = shapeOf(drawing, drawing.atoms[number]!)
    west = Math.min(west, bbox[0])
    south = Math.min(south, bbox[1])
    east = Math.max(east, bbox[2])
    north = Math.max(north, bbox[3])
  }
  return west <= east ? [west, south, east, north] : undefined
}
