import type { Position } from 'geojson'
import type { AreaGeometry } from '../values.ts'
import { orientation } from './orientation.ts'
import type { PolygonFlaw, PolygonFlawReason, Ring, Touch } from './polygon-flaw.ts'
import { connection, nesting } from './ring-nesting.ts'
import { type SegmentRelation, segmentRelation } from './segment-relation.ts'

/** Enough to repair by hand; a scribble of a ring would list thousands. */
const MOST_FLAWS = 20

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

function readRings(parts: readonly Position[][][], flaws: PolygonFlaw[]): Ring[] {
  const read: Ring[] = []
  for (const [part, rings] of parts.entries()) {
    for (const [ring, positions] of rings.entries()) {
      const kept = distinctNeighbours(positions)
      const reasons = vertexFlaws(positions, kept.points.length)
      for (const [reason, vertex] of reasons) {
        const [longitude = Number.NaN, latitude = Number.NaN] = positions[vertex] ?? []
        flaws.push({ reason, part: part + 1, ring: ring + 1, vertex: vertex + 1, longitude, latitude })
      }
      if (!reasons.some(([reason]) => reason === 'ring_too_short' || reason === 'coordinate_not_finite'))
        read.push({ part, ring, points: kept.points, at: kept.at, box: boxAround(kept.points) })
    }
  }
  return read
}

/** What a ring alone can have wrong with it, and at which vertex. */
function vertexFlaws(positions: readonly Position[], distinct: number): [PolygonFlawReason, number][] {
  const found: [PolygonFlawReason, number][] = []
  const bad = positions.findIndex((p) => !Number.isFinite(p[0]) || !Number.isFinite(p[1]))
  const far = positions.findIndex((p) => Math.abs(p[0]!) > 180 || Math.abs(p[1]!) > 90)
  if (bad !== -1) found.push(['coordinate_not_finite', bad])
  if (far !== -1) found.push(['coordinate_out_of_range', far])
  const first = positions[0]
  const last = positions.at(-1)
  if (first && last && (positions.length === 1 || first[0] !== last[0] || first[1] !== last[1]))
    found.push(['ring_not_closed', positions.length - 1])
  if (positions.length < 4 || distinct < 3) found.push(['ring_too_short', 0])
  return found
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

/** Compares every pair of edges whose boxes meet; flaws for what must not, the touches of different rings of a part returned. */
function meetings(rings: readonly Ring[], flaws: PolygonFlaw[]): Touch[] {
  const edges = flatEdges(rings)
  const { low, high, order, ringOf, indexOf } = edges
  const touches: Touch[] = []
  // Along the sweep the extents overlap; `across` they may still be apart.
  for (let k = 0; k < order.length; k++) {
    const e = order[k]!
    const reach = high[e]!
    for (let l = k + 1; l < order.length; l++) {
      const f = order[l]!
      if (low[f]! > reach) break
      if (edges.acrossLow[f]! > edges.acrossHigh[e]! || edges.acrossHigh[f]! < edges.acrossLow[e]!) continue
      const one = Math.min(e, f)
      const two = Math.max(e, f)
      compare(rings, ringOf[one]!, indexOf[one]!, ringOf[two]!, indexOf[two]!, flaws, touches)
      if (flaws.length >= MOST_FLAWS) return touches
    }
  }
  return touches
}

interface FlatEdges {
  readonly ringOf: Int32Array
  readonly indexOf: Int32Array
  /** Extent along the longer side of the polygon, and across it. */
  readonly low: Float64Array
  readonly high: Float64Array
  readonly acrossLow: Float64Array
  readonly acrossHigh: Float64Array
  /** Edges by `low`. */
  readonly order: Uint32Array
}

function flatEdges(rings: readonly Ring[]): FlatEdges {
  const n = rings.reduce((sum, ring) => sum + ring.points.length, 0)
  const width = Math.max(...rings.map((r) => r.box[2])) - Math.min(...rings.map((r) => r.box[0]))
  const height = Math.max(...rings.map((r) => r.box[3])) - Math.min(...rings.map((r) => r.box[1]))
  const axis = width >= height ? 0 : 1
  const edges = {
    ringOf: new Int32Array(n),
    indexOf: new Int32Array(n),
    low: new Float64Array(n),
    high: new Float64Array(n),
    acrossLow: new Float64Array(n),
    acrossHigh: new Float64Array(n),
    order: new Uint32Array(n),
  }
  let e = 0
  for (let r = 0; r < rings.length; r++) {
    const { points } = rings[r]!
    let p = points[0]!
    for (let i = 0; i < points.length; i++, e++) {
      const q = points[i + 1 < points.length ? i + 1 : 0]!
      edges.ringOf[e] = r
      edges.indexOf[e] = i
      edges.low[e] = Math.min(p[axis]!, q[axis]!)
      edges.high[e] = Math.max(p[axis]!, q[axis]!)
      edges.acrossLow[e] = Math.min(p[1 - axis]!, q[1 - axis]!)
      edges.acrossHigh[e] = Math.max(p[1 - axis]!, q[1 - axis]!)
      edges.order[e] = e
      p = q
    }
  }
  edges.order.sort((f, g) => edges.low[f]! - edges.low[g]!)
  return edges
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
  const reason = flawOfMeeting(one, i, two, j, relation)
  if (reason !== null) {
    const [longitude, latitude] = c as [number, number]
    flaws.push({
      reason,
      part: two.part + 1,
      ring: two.ring + 1,
      vertex: two.at[j]! + 1,
      longitude,
      latitude,
    })
  } else if (one !== two && one.part === two.part) {
    touches.push({ first: r, second: s, place: touchPlace(a, b, c, d) })
  }
}

function flawOfMeeting(
  one: Ring,
  i: number,
  two: Ring,
  j: number,
  relation: SegmentRelation,
): PolygonFlawReason | null {
  if (one === two) {
    const adjacent = j === i + 1 || (i === 0 && j === one.points.length - 1)
    if (relation !== 'touch') return 'ring_crosses_itself'
    return adjacent ? null : 'ring_touches_itself'
  }
  if (relation === 'touch' && !crossesAtVertex(one, i, two, j)) return null
  return one.part === two.part ? 'rings_cross' : 'parts_overlap'
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
