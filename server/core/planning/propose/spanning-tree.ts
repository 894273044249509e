/** Random spanning trees of a connected graph, rooted, with what cutting each of their edges would cost. */
import { drawBelow, type Random } from '../random.ts'
import type { PieceGraph } from './piece-graph.ts'

/** A tree in breadth-first order: parents stand before children, and the children of one piece beside each other. */
export interface RootedTree {
  /** Piece at each place of the order. */
  readonly piece: Int32Array
  /** Place of the parent; -1 for the root, which stands first. */
  readonly parent: Int32Array
  /** Effective metres of boundary between what hangs below a place and all the rest; 0 for the root. */
  readonly cutMetres: Float64Array
}

/**
 * A random spanning tree by Kruskal's method over weights drawn from [0, 1), plus `surcharge` for each edge. An edge with a
 * surcharge is taken late, so the tree joins what lies on either side of it first and crosses it seldom: cutting such a
 * tree cuts along the surcharged edges (region surcharge, as in GerryChain).
 * @param surcharge one entry for each entry of `graph.neighbour`, the same for both directions
 */
export function randomTree(graph: PieceGraph, surcharge: Float64Array, random: Random): RootedTree {
  const { count, start, neighbour } = graph
  const from: number[] = []
  const to: number[] = []
  const weights: number[] = []
  for (let i = 0; i < count; i++) {
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      if (neighbour[k]! <= i) continue
      from.push(i)
      to.push(neighbour[k]!)
      weights.push(random() + surcharge[k]!)
    }
  }
  const order = Uint32Array.from(weights.keys()).sort((p, q) => weights[p]! - weights[q]! || p - q)
  const group = Int32Array.from({ length: count }, (_, i) => i)
  const groupOf = (piece: number): number => {
    let at = piece
    while (group[at] !== at) {
      group[at] = group[group[at]!]!
      at = group[at]!
    }
    return at
  }
  const branches: number[][] = Array.from({ length: count }, () => [])
  for (const edge of order) {
    const a = groupOf(from[edge]!)
    const b = groupOf(to[edge]!)
    if (a === b) continue
    group[a] = b
    branches[from[edge]!]!.push(to[edge]!)
    branches[to[edge]!]!.push(from[edge]!)
  }
  return rooted(graph, branches, drawBelow(random, count))
}

function rooted(graph: PieceGraph, branches: readonly (readonly number[])[], root: number): RootedTree {
  const { count } = graph
  const piece = new Int32Array(count)
  const parent = new Int32Array(count).fill(-1)
  const place = new Int32Array(count).fill(-1)
  piece[0] = root
  place[root] = 0
  let length = 1
  for (let at = 0; at < length; at++) {
    for (const next of branches[piece[at]!]!) {
      if (place[next]! >= 0) continue
      place[next] = length
      parent[length] = at
      piece[length++] = next
    }
  }
  return { piece, parent, cutMetres: cutMetresOf(graph, piece, parent, place) }
}

/**
 * Boundary between each subtree and the rest. A border between two pieces is crossed by the cuts of all tree edges on the
 * way from one to the other: so it is added at both and taken off twice where the ways up meet.
 */
function cutMetresOf(
  graph: PieceGraph,
  piece: Int32Array,
  parent: Int32Array,
  place: Int32Array,
): Float64Array {
  const { count, start, neighbour, cost } = graph
  const metres = new Float64Array(count)
  for (let at = 0; at < count; at++) {
    const one = piece[at]!
    for (let k = start[one]!; k < start[one + 1]!; k++) {
      metres[at]! += cost[k]!
      let p = at
      let q = place[neighbour[k]!]!
      if (q <= p) continue
      // Parents have smaller places, so the larger of the two is the one to climb.
      while (p !== q) {
        if (p > q) p = parent[p]!
        else q = parent[q]!
      }
      metres[p]! -= 2 * cost[k]!
    }
  }
  for (let at = count - 1; at > 0; at--) metres[parent[at]!]! += metres[at]!
  if (count > 0) metres[0] = 0
  return metres
}
