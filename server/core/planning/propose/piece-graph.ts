/**
 * Pieces and who is next to whom. A piece is what a proposal moves as one: an atom, or the atoms of a natural village or
 * compound that is kept whole.
 */

/** An undirected graph as rows of neighbours: those of piece `i` stand at `start[i]` to before `start[i + 1]`. */
export interface PieceGraph {
  readonly count: number
  /** Households of each piece, whole numbers. */
  readonly households: Int32Array
  readonly start: Int32Array
  readonly neighbour: Int32Array
  /** What it costs to have a boundary between the two, in effective metres (`border-cost.ts`). */
  readonly cost: Float64Array
}

export interface PieceBorder {
  readonly a: number
  readonly b: number
  readonly cost: number
}

/** A graph of its pieces' households and the borders between them; borders of one pair add up. */
export function pieceGraph(households: ArrayLike<number>, borders: readonly PieceBorder[]): PieceGraph {
  const count = households.length
  const rows: Map<number, number>[] = Array.from({ length: count }, () => new Map())
  for (const { a, b, cost } of borders) {
    if (a === b) continue
    rows[a]!.set(b, (rows[a]!.get(b) ?? 0) + cost)
    rows[b]!.set(a, (rows[b]!.get(a) ?? 0) + cost)
  }
  const start = new Int32Array(count + 1)
  for (const [i, row] of rows.entries()) start[i + 1] = start[i]! + row.size
  const neighbour = new Int32Array(start[count]!)
  const costs = new Float64Array(start[count]!)
  for (const [i, row] of rows.entries()) {
    const sorted = [...row].sort(([p], [q]) => p - q)
    for (const [k, [j, cost]] of sorted.entries()) {
      neighbour[start[i]! + k] = j
      costs[start[i]! + k] = cost
    }
  }
  return { count, households: Int32Array.from(households), start, neighbour, cost: costs }
}

/**
 * The graph of some pieces only, numbered in the order given.
 * @param scratch one entry a piece of the whole graph, all -1; left so
 */
export function inducedGraph(graph: PieceGraph, pieces: ArrayLike<number>, scratch: Int32Array): PieceGraph {
  const count = pieces.length
  for (let i = 0; i < count; i++) scratch[pieces[i]!] = i
  const start = new Int32Array(count + 1)
  const neighbour: number[] = []
  const cost: number[] = []
  const households = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const piece = pieces[i]!
    households[i] = graph.households[piece]!
    for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++) {
      const other = scratch[graph.neighbour[k]!]!
      if (other < 0) continue
      neighbour.push(other)
      cost.push(graph.cost[k]!)
    }
    start[i + 1] = neighbour.length
  }
  for (let i = 0; i < count; i++) scratch[pieces[i]!] = -1
  return { count, households, start, neighbour: Int32Array.from(neighbour), cost: Float64Array.from(cost) }
}

/** The connected components of a graph, each ascending, in order of their first piece. */
export function componentsOf({ count, start, neighbour }: PieceGraph): number[][] {
  const seen = new Uint8Array(count)
  const components: number[][] = []
  for (let first = 0; first < count; first++) {
    if (seen[first]) continue
    seen[first] = 1
    const component = [first]
    for (const piece of component) {
      for (let k = start[piece]!; k < start[piece + 1]!; k++) {
        const other = neighbour[k]!
        if (seen[other]) continue
        seen[other] = 1
        component.push(other)
      }
    }
    components.push(component.sort((p, q) => p - q))
  }
  return components
}

export const householdsIn = ({ households }: PieceGraph): number =>
  households.reduce((sum, one) => sum + one, 0)
