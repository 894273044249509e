import type { Position } from 'geojson'
import type { AreaGeometry } from '../values.ts'
import { orientation } from './orientation.ts'
import { segmentRelation } from './segment-relation.ts'

/** Why a polygon is not valid by OGC Simple Features (06-103r4 §6.1.11), the rule PostGIS and GEOS apply. */
export type PolygonFlawReason =
  | 'empty'
  | 'coordinate_not_finite'
  | 'coordinate_out_of_range'
  | 'ring_not_closed'
  | 'ring_too_short'
  | 'ring_crosses_itself'
  | 'ring_touches_itself'
  | 'rings_cross'
  | 'hole_outside_shell'
  | 'hole_in_hole'
  | 'interior_disconnected'
  | 'parts_overlap'

export interface PolygonFlaw {
  readonly reason: PolygonFlawReason
  /** Counting from 1, like every place shown to people. */
  readonly part: number
  readonly ring: number
  readonly vertex: number
  readonly longitude: number
  readonly latitude: number
}

/** Enough to repair by hand; a scribble of a ring would list thousands. */
const MOST_FLAWS = 20
/** Up to this many edges, comparing all pairs is quicker than sorting. */
const ALL_PAIRS_UP_TO = 48

/**
 * Everything that makes a polygon invalid, up to twenty places. Empty when it is valid. Repeated vertices are no flaw; holes
 * may touch the shell and each other at single points as long as the interior stays in one piece. Third coordinates are ignored.
 */
export function polygonFlaws(geometry: AreaGeometry): PolygonFlaw[] {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const flaws: PolygonFlaw[] = []
  if (parts.length === 0 || parts.some((rings) => rings.length === 0))
    flaws.push({ reason: 'empty', part: 1, ring: 1, vertex: 1, longitude: Number.NaN, latitude: Number.NaN })
  const rings = readRings(parts, flaws)
  const touches = meetings(rings, flaws)
  // What lies in what can only be told of rings that do not cross.
  if (flaws.length === 0) {
    nesting(rings, flaws)
    connection(rings, touches, flaws)
  }
  return flaws.slice(0, MOST_FLAWS)
}

interface Ring {
  readonly part: number
  /** 0 is the shell. */
  readonly ring: number
  /** Distinct neighbours only, the closing vertex left out. */
  readonly points: readonly Position[]
  /** Where each of them stands in the input, from 0. */
  readonly at: readonly number[]
  readonly box: readonly [west: number, south: number, east: number, north: number]
}

function readRings(parts: readonly Position[][][], flaws: PolygonFlaw[]): Ring[] {
  const read: Ring[] = []
  for (const [part, rings] of parts.entries()) {
    for (const [ring, positions] of rings.entries()) {
      const flaw = (reason: PolygonFlawReason, vertex: number): void => {
        const [longitude = Number.NaN, latitude = Number.NaN] = positions[vertex] ?? []
        flaws.push({ reason, part: part + 1, ring: ring + 1, vertex: vertex + 1, longitude, latitude })
      }
      const bad = positions.findIndex((p) => !Number.isFinite(p[0]) || !Number.isFinite(p[1]))
      const far = positions.findIndex((p) => Math.abs(p[0]!) > 180 || Math.abs(p[1]!) > 90)
      if (bad !== -1) flaw('coordinate_not_finite', bad)
      if (far !== -1) flaw('coordinate_out_of_range', far)
      const first = positions[0]
      const last = positions.at(-1)
      if (first && last && (positions.length === 1 || first[0] !== last[0] || first[1] !== last[1]))
        flaw('ring_not_closed', positions.length - 1)
      const kept = distinctNeighbours(positions)
      if (positions.length < 4 || kept.points.length < 3) flaw('ring_too_short', 0)
      else if (bad === -1) read.push({ part, ring, ...kept, box: boxAround(kept.points) })
    }
  }
  return read
}

function distinctNeighbours(positions: readonly Position[]): { points: Position[]; at: number[] } {
  const points: Position[] = []
  const at: number[] = []
  for (const [i, p] of positions.entries()) {
    const before = points.at(-1)
    if (before && before[0] === p[0] && before[1] === p[1]) continue
    points.push(p)
    at.push(i)
  }
  while (points.length > 1 && points[0]![0] === points.at(-1)![0] && points[0]![1] === points.at(-1)![1]) {
    points.pop()
    at.pop()
  }
  return { points, at }
}

function boxAround(points: readonly Position[]): Ring['box'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const p of points) {
    if (p[0]! < west) west = p[0]!
    if (p[0]! > east) east = p[0]!
    if (p[1]! < south) south = p[1]!
    if (p[1]! > north) north = p[1]!
  }
  return [west, south, east, north]
}

/** Two rings of one part touching at a point. */
interface Touch {
  readonly first: number
  readonly second: number
  readonly place: string
}

/** Compares every pair of edges that may meet; flaws for what must not, the touches of different rings of a part returned. */
function meetings(rings: readonly Ring[], flaws: PolygonFlaw[]): Touch[] {
  const ringOf: number[] = []
  const indexOf: number[] = []
  for (const [r, { points }] of rings.entries())
    for (let i = 0; i < points.length; i++) {
      ringOf.push(r)
      indexOf.push(i)
    }
  const touches: Touch[] = []
  const meet = (e: number, f: number): void => {
    if (flaws.length < MOST_FLAWS)
      compare(rings, ringOf[e]!, indexOf[e]!, ringOf[f]!, indexOf[f]!, flaws, touches)
  }
  const n = ringOf.length
  if (n <= ALL_PAIRS_UP_TO) {
    for (let e = 0; e < n; e++) for (let f = e + 1; f < n; f++) meet(e, f)
    return touches
  }
  sweep(rings, ringOf, indexOf, meet)
  return touches
}

/** Visits the pairs whose extents overlap along the longer side of the polygon. */
function sweep(
  rings: readonly Ring[],
  ringOf: readonly number[],
  indexOf: readonly number[],
  meet: (e: number, f: number) => void,
): void {
  const n = ringOf.length
  const width = Math.max(...rings.map((r) => r.box[2])) - Math.min(...rings.map((r) => r.box[0]))
  const height = Math.max(...rings.map((r) => r.box[3])) - Math.min(...rings.map((r) => r.box[1]))
  const axis = width >= height ? 0 : 1
  const low = new Float64Array(n)
  const high = new Float64Array(n)
  for (let e = 0; e < n; e++) {
    const { points } = rings[ringOf[e]!]!
    const p = points[indexOf[e]!]![axis]!
    const q = points[(indexOf[e]! + 1) % points.length]![axis]!
    low[e] = Math.min(p, q)
    high[e] = Math.max(p, q)
  }
  const order = new Uint32Array(n).map((_, i) => i).sort((e, f) => low[e]! - low[f]!)
  for (let k = 0; k < n; k++) {
    const e = order[k]!
    for (let l = k + 1; l < n && low[order[l]!]! <= high[e]!; l++) {
      const f = order[l]!
      if (e < f) meet(e, f)
      else meet(f, e)
    }
  }
}

function compare(
  rings: readonly Ring[],
  r: number,
  i: number,
  s: number,
  j: number,
  flaws: PolygonFlaw[],
  touches: Touch[],
): void {
  const one = rings[r]!
  const two = rings[s]!
  const a = one.points[i]!
  const b = one.points[i + 1 < one.points.length ? i + 1 : 0]!
  const c = two.points[j]!
  const d = two.points[j + 1 < two.points.length ? j + 1 : 0]!
  const relation = segmentRelation(a[0]!, a[1]!, b[0]!, b[1]!, c[0]!, c[1]!, d[0]!, d[1]!)
  if (relation === 'apart') return
  const n = one.points.length
  const flaw = (reason: PolygonFlawReason): void => {
    flaws.push({
      reason,
      part: two.part + 1,
      ring: two.ring + 1,
      vertex: two.at[j]! + 1,
      longitude: c[0]!,
      latitude: c[1]!,
    })
  }
  if (r === s) {
    const adjacent = j === i + 1 || (i === 0 && j === n - 1)
    if (relation !== 'touch') flaw('ring_crosses_itself')
    else if (!adjacent) flaw('ring_touches_itself')
  } else if (relation !== 'touch' || crossesAtVertex(one, i, two, j)) {
    flaw(one.part === two.part ? 'rings_cross' : 'parts_overlap')
  } else if (one.part === two.part) {
    touches.push({ first: r, second: s, place: touchPlace(a, b, c, d) })
  }
}

/** The end of one edge that lies on the other. */
function touchPlace(a: Position, b: Position, c: Position, d: Position): string {
  const on = (p: Position, q: Position, v: Position): boolean =>
    orientation(p[0]!, p[1]!, q[0]!, q[1]!, v[0]!, v[1]!) === 0 &&
    Math.min(p[0]!, q[0]!) <= v[0]! &&
    v[0]! <= Math.max(p[0]!, q[0]!) &&
    Math.min(p[1]!, q[1]!) <= v[1]! &&
    v[1]! <= Math.max(p[1]!, q[1]!)
  const place = on(c, d, a) ? a : on(c, d, b) ? b : on(a, b, c) ? c : d
  return `${place[0]} ${place[1]}`
}

/** Whether two rings that touch where edge i of one meets edge j of the other pass through each other there. */
function crossesAtVertex(one: Ring, i: number, two: Ring, j: number): boolean {
  const [a, b] = [one.points[i]!, one.points[(i + 1) % one.points.length]!]
  const [c, d] = [two.points[j]!, two.points[(j + 1) % two.points.length]!]
  const place = touchPlace(a, b, c, d)
  const [before1, p, after1] = around(one, i, place, a, b)
  const [before2, q, after2] = around(two, j, place, c, d)
  const at = p ?? q
  if (!at) return false
  const side = (v: Position): boolean => inWedge(before1, at, after1, v)
  return side(before2) !== side(after2)
}

/** The ring's neighbours of the place: of its vertex there, or the ends of the edge it lies within (then without a vertex). */
function around(
  ring: Ring,
  i: number,
  place: string,
  a: Position,
  b: Position,
): [before: Position, at: Position | null, after: Position] {
  const n = ring.points.length
  if (`${a[0]} ${a[1]}` === place) return [ring.points[(i + n - 1) % n]!, a, b]
  if (`${b[0]} ${b[1]}` === place) return [a, b, ring.points[(i + 2) % n]!]
  return [a, null, b]
}

/** Whether v lies in the angle left of before → at → after. */
function inWedge(before: Position, at: Position, after: Position, v: Position): boolean {
  const turn = orientation(before[0]!, before[1]!, at[0]!, at[1]!, after[0]!, after[1]!)
  const leftIn = orientation(before[0]!, before[1]!, at[0]!, at[1]!, v[0]!, v[1]!) > 0
  const leftOut = orientation(at[0]!, at[1]!, after[0]!, after[1]!, v[0]!, v[1]!) > 0
  return turn >= 0 ? leftIn && leftOut : leftIn || leftOut
}

/** Holes inside their shell and outside each other; parts outside each other. No two rings cross here. */
function nesting(rings: readonly Ring[], flaws: PolygonFlaw[]): void {
  const flaw = (ring: Ring, reason: PolygonFlawReason): void => {
    const [longitude, latitude] = ring.points[0] as [number, number]
    flaws.push({
      reason,
      part: ring.part + 1,
      ring: ring.ring + 1,
      vertex: ring.at[0]! + 1,
      longitude,
      latitude,
    })
  }
  for (const ring of rings) {
    const siblings = rings.filter((other) => other !== ring && other.part === ring.part)
    if (ring.ring > 0) {
      const shell = siblings.find((other) => other.ring === 0)
      if (shell && !ringInside(ring, shell)) flaw(ring, 'hole_outside_shell')
      if (siblings.some((other) => other.ring > 0 && ringInside(ring, other))) flaw(ring, 'hole_in_hole')
      continue
    }
    for (const other of rings) {
      if (other.part === ring.part || other.ring > 0 || !ringInside(ring, other)) continue
      const inHole = rings.some((hole) => hole.part === other.part && hole.ring > 0 && ringInside(ring, hole))
      if (!inHole) flaw(ring, 'parts_overlap')
    }
  }
}

/** Whether a ring lies inside another that it does not cross, told by its first point that is not on the other. */
function ringInside(ring: Ring, outer: Ring): boolean {
  const [west, south, east, north] = outer.box
  if (ring.box[0] < west || ring.box[1] < south || ring.box[2] > east || ring.box[3] > north) return false
  for (const [i, p] of ring.points.entries()) {
    const q = ring.points[(i + 1) % ring.points.length]!
    // Where all vertices lie on the other ring, the middle of an edge decides.
    for (const [x, y] of [p, [(p[0]! + q[0]!) / 2, (p[1]! + q[1]!) / 2]] as [number, number][]) {
      const where = pointInRing(outer.points, x, y)
      if (where !== 'on') return where === 'inside'
    }
  }
  return true
}

function pointInRing(points: readonly Position[], x: number, y: number): 'inside' | 'outside' | 'on' {
  let inside = false
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[j] as [number, number]
    const [bx, by] = points[i] as [number, number]
    if (Math.min(ay, by) > y || Math.max(ay, by) < y || Math.max(ax, bx) < x) continue
    const turn = orientation(ax, ay, bx, by, x, y)
    if (turn === 0 && Math.min(ax, bx) <= x) return 'on'
    if (ay > y !== by > y && turn > 0 === by > ay) inside = !inside
  }
  return inside ? 'inside' : 'outside'
}

/**
 * The interior of a part falls into pieces exactly when its rings, linked by the points where they touch, form a closed chain.
 */
function connection(rings: readonly Ring[], touches: readonly Touch[], flaws: PolygonFlaw[]): void {
  const parent = new Map<string, string>()
  const find = (node: string): string => {
    let root = node
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up
    return root
  }
  const linked = new Set<string>()
  for (const { first, second, place } of touches) {
    for (const r of [first, second]) {
      const ring = rings[r]!
      const point = `${ring.part} ${place}`
      if (linked.has(`${r} ${point}`)) continue
      linked.add(`${r} ${point}`)
      const [a, b] = [find(`ring ${r}`), find(`point ${point}`)]
      if (a !== b) {
        parent.set(a, b)
        continue
      }
      const [longitude, latitude] = place.split(' ').map(Number) as [number, number]
      const vertex = ring.points.findIndex((p) => p[0] === longitude && p[1] === latitude)
      flaws.push({
        reason: 'interior_disconnected',
        part: ring.part + 1,
        ring: ring.ring + 1,
        vertex: (ring.at[vertex] ?? 0) + 1,
        longitude,
        latitude,
      })
    }
  }
}
