/**
 * Whether arcs may take new paths, exactly and locally.
 *
 * A drawing stays a coverage as long as every atom is a valid polygon: each line is used by its two atoms in opposite directions, so
 * that the winding numbers of all rings add up to that of the outer line wherever a point lies; if every atom winds around a
 * point once or not at all, each point is covered once. So it is enough that (1) the changed segments meet nothing but where they
 * share a vertex, which keeps rings simple, (2) the rings beside them keep their sense, (3) holes stay inside their shell and
 * outside each other. Only arcs near the changed segments are looked at.
 */
import { orientation } from '../../geometry/orientation.ts'
import { segmentRelation } from '../../geometry/segment-relation.ts'
import type { LngLat } from '../../values.ts'
import { squaredDegreesToSegment } from './along-path.ts'
import { arcsNear } from './arc-index.ts'
import { type Drawing, OUTSIDE } from './drawing.ts'
import type { Refusal } from './edit.ts'
import { refusal } from './refuse.ts'
import { flatRing, type PathOf } from './ring-paths.ts'

/** Lines this near count as meeting: 10 µm, ten times what `node-edges` makes one place. */
const CLEARANCE_DEGREES = 1e-10

/** Segments from vertex `first` to vertex `last` of the arc's new path are new. */
export interface ChangedArc {
  readonly path: readonly number[]
  readonly first: number
  readonly last: number
}

/** The first thing wrong with the new paths, or null. */
export function judgePaths(drawing: Drawing, changed: ReadonlyMap<number, ChangedArc>): Refusal | null {
  const pathOf: PathOf = (arc) => changed.get(arc)?.path ?? drawing.arcs[arc]!.path
  for (const [arc, { path, first, last }] of changed) {
    for (let i = first; i < last; i++) {
      const place = meeting(drawing, pathOf, changed, arc, path, i)
      if (place) return refusal('lines_meet', place)
    }
  }
  const atoms = new Set<number>()
  for (const arc of changed.keys()) atoms.add(drawing.arcs[arc]!.left).add(drawing.arcs[arc]!.right)
  atoms.delete(OUTSIDE)
  for (const atom of atoms) {
    const place = turnedRing(drawing, pathOf, atom)
    if (place) return refusal('ring_flips', place)
  }
  return null
}

/** Number of a vertex: the node's at the ends of an arc, the arc's own between. */
function vertexKey(drawing: Drawing, arc: number, path: readonly number[], vertex: number): number {
  if (vertex === 0) return -1 - drawing.arcs[arc]!.from
  if (vertex === path.length / 2 - 1) return -1 - drawing.arcs[arc]!.to
  return arc * 2 ** 24 + vertex
}

/** Where segment i of an arc's new path comes too near to another segment. */
function meeting(
  drawing: Drawing,
  pathOf: PathOf,
  changed: ReadonlyMap<number, ChangedArc>,
  arc: number,
  path: readonly number[],
  i: number,
): LngLat | null {
  const [ax, ay, bx, by] = [path[2 * i]!, path[2 * i + 1]!, path[2 * i + 2]!, path[2 * i + 3]!]
  if ((bx - ax) ** 2 + (by - ay) ** 2 <= CLEARANCE_DEGREES ** 2) return [ax, ay]
  const west = Math.min(ax, bx) - CLEARANCE_DEGREES
  const south = Math.min(ay, by) - CLEARANCE_DEGREES
  const east = Math.max(ax, bx) + CLEARANCE_DEGREES
  const north = Math.max(ay, by) + CLEARANCE_DEGREES
  const a = vertexKey(drawing, arc, path, i)
  const b = vertexKey(drawing, arc, path, i + 1)
  // Arcs that come near by their new paths are among `changed`, not in the index.
  const near = new Set([...arcsNear(drawing.index, west, south, east, north), ...changed.keys()])
  for (const other of near) {
    const there = pathOf(other)
    for (let j = 0; j + 1 < there.length / 2; j++) {
      if (other === arc && j === i) continue
      const [cx, cy, dx, dy] = [there[2 * j]!, there[2 * j + 1]!, there[2 * j + 2]!, there[2 * j + 3]!]
      if (
        Math.max(cx, dx) < west ||
        Math.min(cx, dx) > east ||
        Math.max(cy, dy) < south ||
        Math.min(cy, dy) > north
      )
        continue
      const c = vertexKey(drawing, other, there, j)
      const d = vertexKey(drawing, other, there, j + 1)
      if (tooNear(ax, ay, bx, by, cx, cy, dx, dy, a === c || a === d, b === c || b === d, c === a || c === b))
        return [cx, cy]
    }
  }
  return null
}

/** Whether two segments meet otherwise than they should: the first has its start or end, the second its start, in common with the other. */
export function tooNear(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
  aShared: boolean,
  bShared: boolean,
  cShared: boolean,
): boolean {
  if (aShared && bShared) return true
  const onFirst = (x: number, y: number): boolean =>
    squaredDegreesToSegment(x, y, ax, ay, bx, by) <= CLEARANCE_DEGREES ** 2
  const onSecond = (x: number, y: number): boolean =>
    squaredDegreesToSegment(x, y, cx, cy, dx, dy) <= CLEARANCE_DEGREES ** 2
  if (aShared || bShared)
    return (cShared ? onFirst(dx, dy) : onFirst(cx, cy)) || (aShared ? onSecond(bx, by) : onSecond(ax, ay))
  return (
    segmentRelation(ax, ay, bx, by, cx, cy, dx, dy) !== 'apart' ||
    onFirst(cx, cy) ||
    onFirst(dx, dy) ||
    onSecond(ax, ay) ||
    onSecond(bx, by)
  )
}

/** A place of an atom's ring that turned its sense, left its shell or took in another hole. No rings cross here. */
function turnedRing(drawing: Drawing, pathOf: PathOf, atom: number): LngLat | null {
  const rings = drawing.atoms[atom]!.rings.map((ring) => flatRing(pathOf, ring))
  for (const [i, ring] of rings.entries()) {
    const place: LngLat = [ring[0]!, ring[1]!]
    if (isCounterclockwise(ring) !== (i === 0)) return place
    if (i > 0 && !ringInside(ring, rings[0]!)) return place
    for (let k = 1; k < rings.length; k++) if (i > 0 && k !== i && ringInside(ring, rings[k]!)) return place
  }
  return null
}

/** Exact sense of a simple ring, from the turn at its westernmost, then southernmost vertex. */
export function isCounterclockwise(ring: readonly number[]): boolean {
  let k = 0
  for (let i = 2; i < ring.length; i += 2)
    if (ring[i]! < ring[k]! || (ring[i] === ring[k] && ring[i + 1]! < ring[k + 1]!)) k = i
  const n = ring.length
  const [before, after] = [(k + n - 2) % n, (k + 2) % n]
  return (
    orientation(ring[before]!, ring[before + 1]!, ring[k]!, ring[k + 1]!, ring[after]!, ring[after + 1]!) > 0
  )
}

/** Whether a ring lies inside another that it does not cross, told by its first vertex that is not on the other. */
function ringInside(ring: readonly number[], outer: readonly number[]): boolean {
  for (let i = 0; i < ring.length; i += 2) {
    const where = whereInRing(outer, ring[i]!, ring[i + 1]!)
    if (where !== 'on') return where === 'inside'
  }
  return true
}

/** Exact, by the even–odd rule. */
export function whereInRing(ring: readonly number[], x: number, y: number): 'inside' | 'outside' | 'on' {
  let inside = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]
    if (Math.min(ay, by) > y || Math.max(ay, by) < y || Math.max(ax, bx) < x) continue
    const turn = orientation(ax, ay, bx, by, x, y)
    if (turn === 0 && Math.min(ax, bx) <= x) return 'on'
    if (ay > y !== by > y && turn > 0 === by > ay) inside = !inside
  }
  return inside ? 'inside' : 'outside'
}
