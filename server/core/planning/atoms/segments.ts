import type { Position } from 'geojson'
import { polygonsOf } from '../../coverage/ring-table.ts'
import type { AreaGeometry, LngLat } from '../../values.ts'
import type { Barrier } from '../values.ts'

/**
 * Everything that may become a line between atoms, cut into straight segments, each once however many things run along it.
 * Outlines come first, by owner, then by place, so that neither the order of the input nor the direction of a line can show, and
 * a vertex of a village stays where it is when one of a site or street comes to lie a micrometre beside it.
 */
export interface Segments {
  /** Places of the distinct vertices. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Owners whose outline runs along each segment an odd number of times, ascending. */
  readonly owners: readonly (readonly number[])[]
  /** Barriers along each segment, ascending. */
  readonly barriers: readonly (readonly number[])[]
}

interface Segment {
  readonly ax: number
  readonly ay: number
  readonly bx: number
  readonly by: number
  owners: number[]
  barriers: number[]
}

/** Two numbers below this make one that a double holds exactly; there are fewer owners than vertices. */
const MOST_VERTICES = 2 ** 26

/** A function that numbers places as they come, the same place by the same number. */
function vertexNumbers(): (x: number, y: number) => number {
  const columns = new Map<number, Map<number, number>>()
  let count = 0
  return (x, y) => {
    let column = columns.get(x)
    if (!column) {
      column = new Map()
      columns.set(x, column)
    }
    const known = column.get(y)
    if (known !== undefined) return known
    column.set(y, count)
    return count++
  }
}

/** @param outlines areas with the number of their owner; one owner may have several */
export function segmentsOf(
  outlines: readonly { readonly owner: number; readonly geometry: AreaGeometry }[],
  barriers: readonly Barrier[],
): Segments {
  const segments = new Map<number, Segment>()
  const vertexAt = vertexNumbers()
  const segmentAt = (p: Position | LngLat, q: Position | LngLat): Segment | null => {
    // + 0 turns -0 into 0: the same place, but another number.
    const [px, py, qx, qy] = [p[0] + 0, p[1] + 0, q[0] + 0, q[1] + 0]
    if (px === qx && py === qy) return null
    const [ax, ay, bx, by] = px < qx || (px === qx && py < qy) ? [px, py, qx, qy] : [qx, qy, px, py]
    const key = vertexAt(ax, ay) * MOST_VERTICES + vertexAt(bx, by)
    let segment = segments.get(key)
    if (!segment) {
      segment = { ax, ay, bx, by, owners: [], barriers: [] }
      segments.set(key, segment)
    }
    return segment
  }
  for (const { owner, geometry } of outlines)
    for (const rings of polygonsOf(geometry))
      for (const ring of rings) eachStep(ring, true, (p, q) => toggle(segmentAt(p, q)?.owners, owner))
  const ground = boxAround(outlines.map(({ geometry }) => geometry))
  for (const [b, barrier] of barriers.entries())
    eachStep(barrier.path, false, (p, q) => {
      if (isOff(ground, p, q)) return
      const segment = segmentAt(p, q)
      if (segment && segment.barriers.at(-1) !== b) segment.barriers.push(b)
    })
  return flatten([...segments.values()])
}

/** Every pair of neighbours that are places; closed: from the last to the first as well. */
function eachStep(
  path: readonly (Position | LngLat)[],
  closed: boolean,
  visit: (p: Position | LngLat, q: Position | LngLat) => void,
): void {
  const places = path.filter(isPlace)
  for (let i = 1; i < places.length; i++) visit(places[i - 1]!, places[i]!)
  if (closed && places.length > 1) visit(places.at(-1)!, places[0]!)
}

export const isPlace = (p: Position | LngLat): boolean => Math.abs(p[0]) <= 180 && Math.abs(p[1]) <= 90

function toggle(owners: number[] | undefined, owner: number): void {
  if (!owners) return
  const at = owners.indexOf(owner)
  if (at === -1) owners.push(owner)
  else owners.splice(at, 1)
}

type Box = [west: number, south: number, east: number, north: number]

function boxAround(geometries: readonly AreaGeometry[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const geometry of geometries)
    for (const rings of polygonsOf(geometry))
      for (const p of rings.flat().filter(isPlace)) {
        box[0] = Math.min(box[0], p[0]!)
        box[1] = Math.min(box[1], p[1]!)
        box[2] = Math.max(box[2], p[0]!)
        box[3] = Math.max(box[3], p[1]!)
      }
  return box
}

/** True for a step that passes by the box: the roads of a whole county may be given for one village. */
const isOff = (box: Box, p: Position | LngLat, q: Position | LngLat): boolean =>
  Math.max(p[0], q[0]) < box[0] ||
  Math.max(p[1], q[1]) < box[1] ||
  Math.min(p[0], q[0]) > box[2] ||
  Math.min(p[1], q[1]) > box[3]

const lowestOwner = ({ owners }: Segment): number => owners.reduce((p, q) => Math.min(p, q), MOST_VERTICES)

function flatten(segments: Segment[]): Segments {
  segments.sort(
    (s, t) => lowestOwner(s) - lowestOwner(t) || s.ax - t.ax || s.ay - t.ay || s.bx - t.bx || s.by - t.by,
  )
  const x: number[] = []
  const y: number[] = []
  const numberOf = vertexNumbers()
  const vertexAt = (px: number, py: number): number => {
    const vertex = numberOf(px, py)
    x[vertex] = px
    y[vertex] = py
    return vertex
  }
  // Segment by segment, for vertices of an area must have lower numbers than all others.
  const ends = segments.map(({ ax, ay, bx, by }) => [vertexAt(ax, ay), vertexAt(bx, by)] as const)
  return {
    x,
    y,
    from: ends.map(([a]) => a),
    to: ends.map(([, b]) => b),
    owners: segments.map(({ owners }) => owners.toSorted((p, q) => p - q)),
    barriers: segments.map(({ barriers: own }) => own),
  }
}
