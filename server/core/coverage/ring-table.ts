import type { Position } from 'geojson'
import { orientation } from '../geometry/orientation.ts'
import type { AreaGeometry } from '../values.ts'

/**
 * All rings of a division in flat arrays: owner → parts → rings → vertices, each level pointing at the first of the next.
 * Owner i is grid i; the area, when given, is the last owner.
 *
 * The table is canonical, so that neither the order of parts nor the start or the sense of a ring can show in a report:
 * grids' outer rings run counterclockwise and holes clockwise (what is covered lies on the left), the area's the other
 * way round; each ring starts at its westernmost, then southernmost vertex; parts stand in the order of their first vertex.
 * The closing vertex, repeated vertices, rings without extent and vertices that are no numbers are left out.
 */
export interface RingTable {
  readonly owners: number
  /** First part of each owner; owners + 1 entries. */
  readonly ownerPart: Int32Array
  /** First ring of each part, the outer one; parts + 1 entries. */
  readonly partRing: Int32Array
  /** First vertex of each ring; rings + 1 entries. */
  readonly ringVertex: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
}

interface RawRing {
  readonly positions: readonly Position[]
  readonly first: number
  readonly reversed: boolean
}

/** @param area stands last, its rings reversed. */
export function ringTable(grids: readonly AreaGeometry[], area?: AreaGeometry): RingTable {
  const owners = area ? [...grids, area] : grids
  const ownerPart: number[] = [0]
  const partRing: number[] = [0]
  const ringVertex: number[] = [0]
  const vertices = owners.reduce((sum, owner) => sum + countPositions(owner), 0)
  const x = new Float64Array(vertices)
  const y = new Float64Array(vertices)
  let next = 0
  for (const [o, owner] of owners.entries()) {
    const isArea = o === grids.length
    const parts = polygonsOf(owner)
      .map((rings) => canonicalPart(rings, isArea))
      .filter((rings) => rings.length > 0)
      .toSorted((p, q) => byFirstVertex(p[0]!, q[0]!))
    for (const rings of parts) {
      for (const ring of rings) {
        next = write(ring, x, y, next)
        ringVertex.push(next)
      }
      partRing.push(ringVertex.length - 1)
    }
    ownerPart.push(partRing.length - 1)
  }
  return {
    owners: owners.length,
    ownerPart: Int32Array.from(ownerPart),
    partRing: Int32Array.from(partRing),
    ringVertex: Int32Array.from(ringVertex),
    x: x.subarray(0, next),
    y: y.subarray(0, next),
  }
}

export const polygonsOf = (geometry: AreaGeometry): readonly (readonly (readonly Position[])[])[] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

const countPositions = (geometry: AreaGeometry): number =>
  polygonsOf(geometry).reduce((sum, rings) => sum + rings.reduce((n, ring) => n + ring.length, 0), 0)

/** The outer ring and its holes; nothing when the outer ring has no extent. */
function canonicalPart(rings: readonly (readonly Position[])[], isArea: boolean): RawRing[] {
  const [outer, ...holes] = rings.map((positions, i) => rawRing(positions, (i === 0) !== isArea))
  if (!outer) return []
  return [outer, ...holes.filter((hole) => hole !== null).toSorted(byFirstVertex)]
}

function rawRing(positions: readonly Position[], counterclockwise: boolean): RawRing | null {
  let first = -1
  let doubleArea = 0
  const [x0, y0] = positions[0] ?? [0, 0]
  let [px, py] = positions.at(-1) ?? [0, 0]
  for (let i = 0; i < positions.length; i++) {
    const [x, y] = positions[i] as [number, number]
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    doubleArea += (px! - x0!) * (y - y0!) - (x - x0!) * (py! - y0!)
    px = x
    py = y
    if (first === -1 || precedes(positions[i]!, positions[first]!)) first = i
  }
  if (first === -1 || Number.isNaN(doubleArea)) return null
  if (doubleArea !== 0) return { positions, first, reversed: doubleArea > 0 !== counterclockwise }
  // As much ground left as right: nothing at all, or a ring that crosses itself, like an hourglass.
  return hasExtent(positions) ? { positions, first, reversed: goesUpFirst(positions, first) } : null
}

/** Whether the vertices of a ring do not all lie on one line. */
function hasExtent(positions: readonly Position[]): boolean {
  const finite = positions.filter((p) => Number.isFinite(p[0]) && Number.isFinite(p[1]))
  const [a] = finite
  const b = finite.find((p) => p[0] !== a![0] || p[1] !== a![1])
  return b !== undefined && finite.some((p) => orientation(a![0]!, a![1]!, b[0]!, b[1]!, p[0]!, p[1]!) !== 0)
}

/** Whether the vertex after the first is not the smaller of the two beside it, so that the sense of input never shows. */
function goesUpFirst(positions: readonly Position[], first: number): boolean {
  const open = positions.filter(
    (p, i) => i === 0 || p[0] !== positions[i - 1]![0] || p[1] !== positions[i - 1]![1],
  )
  if (open.length > 1 && open[0]![0] === open.at(-1)![0] && open[0]![1] === open.at(-1)![1]) open.pop()
  const at = open.findIndex((p) => p[0] === positions[first]![0] && p[1] === positions[first]![1])
  return precedes(open.at(at - 1)!, open[(at + 1) % open.length]!)
}

const precedes = (p: Position, q: Position): boolean => p[0]! < q[0]! || (p[0] === q[0] && p[1]! < q[1]!)

function byFirstVertex(p: RawRing, q: RawRing): number {
  const [a, b] = [p.positions[p.first]!, q.positions[q.first]!]
  return a[0]! - b[0]! || a[1]! - b[1]!
}

function write(ring: RawRing, x: Float64Array, y: Float64Array, start: number): number {
  const { positions, first, reversed } = ring
  const n = positions.length
  let next = start
  for (let k = 0; k < n; k++) {
    const [px, py] = positions[(first + (reversed ? n - k : k)) % n] as [number, number]
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue
    if (next > start && x[next - 1] === px && y[next - 1] === py) continue
    // + 0 turns -0 into 0, which has another bit pattern but is the same place.
    x[next] = px + 0
    y[next++] = py + 0
  }
  while (next > start + 1 && x[next - 1] === x[start] && y[next - 1] === y[start]) next--
  return next
}
