import Flatbush from 'flatbush'
import { orientation } from '../geometry/orientation.ts'

/**
 * What lies within this distance is one place: 1e-11 degrees, a micrometre. A vertex computed "on" a neighbour's edge is
 * off it by the rounding of doubles, some 1e-14 degrees; threads anyone could have drawn start at 1e-9.
 */
export const SNAP_DEGREES = 1e-11

/** Snapping moves edges by at most a micrometre, which settles in two or three rounds; a hostile input stops here. */
const MOST_ROUNDS = 8

/** Pieces of edges that meet at common vertices only. Directed as the edge they come from. */
export interface Pieces {
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Index of the edge each piece comes from. */
  readonly edge: readonly number[]
}

/**
 * Cuts edges where they meet: crossings, vertices on another's edge, stretches in common; vertices a snap apart become one.
 * Deterministic for a given order of edges and vertices.
 * @param x,y places of the vertices; new ones are appended for crossings
 * @param from,to vertex indices of each edge
 */
export function nodeEdges(x: number[], y: number[], from: readonly number[], to: readonly number[]): Pieces {
  let pieces: Pieces = { x, y, from, to, edge: from.map((_, i) => i) }
  let fresh: Uint8Array = new Uint8Array(from.length).fill(1)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = nodeOnce(pieces, fresh)
    if (!next) break
    pieces = next.pieces
    fresh = next.fresh
  }
  return pieces
}

/** One round over the pairs with a fresh piece; null when nothing met. */
function nodeOnce(pieces: Pieces, fresh: Uint8Array): { pieces: Pieces; fresh: Uint8Array } | null {
  const { from, to } = pieces
  const x = pieces.x as number[]
  const y = pieces.y as number[]
  if (from.length === 0) return null
  const index = new Flatbush(from.length)
  for (let i = 0; i < from.length; i++) {
    const [a, b] = [from[i]!, to[i]!]
    index.add(Math.min(x[a]!, x[b]!), Math.min(y[a]!, y[b]!), Math.max(x[a]!, x[b]!), Math.max(y[a]!, y[b]!))
  }
  index.finish()
  const merged = new Map<number, number>()
  const cuts = new Map<number, number[]>()
  const cut = (piece: number, vertex: number): void => {
    const list = cuts.get(piece)
    if (list) list.push(vertex)
    else cuts.set(piece, [vertex])
  }

  /** Where vertex v stands against piece i: merged with an end, cutting it, or neither. */
  function snap(v: number, i: number): boolean {
    const a = from[i]!
    const b = to[i]!
    if (v === a || v === b) return true
    const ux = x[b]! - x[a]!
    const uy = y[b]! - y[a]!
    const vx = x[v]! - x[a]!
    const vy = y[v]! - y[a]!
    if (vx * vx + vy * vy <= SNAP_DEGREES ** 2) return merge(merged, v, a)
    if ((vx - ux) ** 2 + (vy - uy) ** 2 <= SNAP_DEGREES ** 2) return merge(merged, v, b)
    const length2 = ux * ux + uy * uy
    const along = vx * ux + vy * uy
    const across = vx * uy - vy * ux
    if (along <= 0 || along >= length2 || across * across > SNAP_DEGREES ** 2 * length2) return false
    cut(i, v)
    return true
  }

  for (let i = 0; i < from.length; i++) {
    if (fresh[i] === 0) continue
    const a = from[i]!
    const b = to[i]!
    const near = index.search(
      Math.min(x[a]!, x[b]!) - SNAP_DEGREES,
      Math.min(y[a]!, y[b]!) - SNAP_DEGREES,
      Math.max(x[a]!, x[b]!) + SNAP_DEGREES,
      Math.max(y[a]!, y[b]!) + SNAP_DEGREES,
    )
    for (const j of near.sort((p, q) => p - q)) {
      // A pair of two fresh pieces is met twice: take it once.
      if (j === i || (j < i && fresh[j] === 1)) continue
      const c = from[j]!
      const d = to[j]!
      // All four, not up to the first: a long and a short edge in common have two vertices on the long one.
      const snapped = [snap(c, i), snap(d, i), snap(a, j), snap(b, j)].includes(true)
      if (snapped || !cross(x, y, a, b, c, d)) continue
      const vertex = x.length
      const along = crossingAlong(x, y, a, b, c, d)
      x.push(x[a]! + along * (x[b]! - x[a]!))
      y.push(y[a]! + along * (y[b]! - y[a]!))
      cut(i, vertex)
      cut(j, vertex)
    }
  }
  if (merged.size === 0 && cuts.size === 0) return null
  return cutPieces(pieces, merged, cuts)
}

/** Joins the places of two vertices; the lower number stands for both. */
function merge(merged: Map<number, number>, v: number, w: number): true {
  const p = find(merged, v)
  const q = find(merged, w)
  if (p !== q) merged.set(Math.max(p, q), Math.min(p, q))
  return true
}

function find(merged: Map<number, number>, v: number): number {
  let root = v
  for (let next = merged.get(root); next !== undefined; next = merged.get(root)) root = next
  return root
}

function cross(
  x: readonly number[],
  y: readonly number[],
  a: number,
  b: number,
  c: number,
  d: number,
): boolean {
  const side = (p: number, q: number, r: number): number =>
    orientation(x[p]!, y[p]!, x[q]!, y[q]!, x[r]!, y[r]!)
  return side(a, b, c) > 0 !== side(a, b, d) > 0 && side(c, d, a) > 0 !== side(c, d, b) > 0
}

/** Part of the way from a to b at which it meets the line c–d. */
function crossingAlong(
  x: readonly number[],
  y: readonly number[],
  a: number,
  b: number,
  c: number,
  d: number,
): number {
  const ux = x[b]! - x[a]!
  const uy = y[b]! - y[a]!
  const wx = x[d]! - x[c]!
  const wy = y[d]! - y[c]!
  return ((x[c]! - x[a]!) * wy - (y[c]! - y[a]!) * wx) / (ux * wy - uy * wx)
}

function cutPieces(
  pieces: Pieces,
  merged: Map<number, number>,
  cuts: Map<number, number[]>,
): { pieces: Pieces; fresh: Uint8Array } {
  const { x, y } = pieces
  const from: number[] = []
  const to: number[] = []
  const edge: number[] = []
  const fresh: number[] = []
  for (let i = 0; i < pieces.from.length; i++) {
    const a = pieces.from[i]!
    const b = pieces.to[i]!
    const along = (v: number): number => (x[v]! - x[a]!) * (x[b]! - x[a]!) + (y[v]! - y[a]!) * (y[b]! - y[a]!)
    const inner = (cuts.get(i) ?? []).toSorted((p, q) => along(p) - along(q) || p - q)
    const route = [a, ...inner, b].map((v) => find(merged, v))
    const changed = inner.length > 0 || route[0] !== a || route[1] !== b
    for (let k = 1; k < route.length; k++) {
      if (route[k] === route[k - 1]) continue
      from.push(route[k - 1]!)
      to.push(route[k]!)
      edge.push(pieces.edge[i]!)
      fresh.push(changed ? 1 : 0)
    }
  }
  return { pieces: { x, y, from, to, edge }, fresh: Uint8Array.from(fresh) }
}
