/** The best plan of a small graph among all there are, so that "in band" can be proved both ways. */
import type { SizeBand } from '../../policy/division-policy.ts'
import { type Objective, sizeCost } from './objective.ts'
import type { PieceGraph } from './piece-graph.ts'

/** Pieces up to which every contiguous plan is looked at: 3¹⁶ ≈ 43 million sums at most, a fifth of a second. */
export const ENUMERATE_UP_TO = 16

/**
 * Which grid, numbered from 0, each piece belongs to in the cheapest of all plans whose grids are contiguous. Moved
 * households are not counted.
 * @throws RangeError for more than `ENUMERATE_UP_TO` pieces
 */
export function bestOfAll(graph: PieceGraph, objective: Objective): Int32Array {
  const { count } = graph
  // Each line between two grids is counted by both, so each pays half.
  const gridCost = costsOfGrids(
    graph,
    (size, metres) => sizeCost(objective, size) + (objective.perBoundaryMetre * metres) / 2,
  )
  const { choice } = cheapestPlans(gridCost, 'sum')
  const grids = new Int32Array(count)
  for (let set = 2 ** count - 1, number = 0; set !== 0; set ^= choice[set]!, number++)
    for (let piece = 0; piece < count; piece++) if ((choice[set]! >> piece) & 1) grids[piece] = number
  return grids
}

/**
 * The bands nearest to a band, one with a lower `from` and one with a higher `to`, in which some contiguous plan has every
 * grid; null where none has, however far that end is moved.
 * @throws RangeError for more than `ENUMERATE_UP_TO` pieces
 */
export function nearestBands(graph: PieceGraph, { from, to }: SizeBand): (SizeBand | null)[] {
  const worstMiss = (gridMiss: (size: number) => number): number =>
    cheapestPlans(costsOfGrids(graph, gridMiss), 'worst').cost
  const below = worstMiss((size) => (size > to ? Infinity : Math.max(0, from - size)))
  const above = worstMiss((size) => (size < from ? Infinity : Math.max(0, size - to)))
  return [
    below < Infinity ? { from: from - below, to } : null,
    above < Infinity ? { from, to: to + above } : null,
  ]
}

/**
 * The cheapest plan of a set of pieces is the cheapest choice of the grid that holds its first piece, together with the
 * cheapest plan of the rest; sets are bit masks and are settled from small to large.
 * @param gridCost of each set of pieces as a grid
 * @param total what a plan costs: the sum of its grids' costs, or the worst of them
 * @returns the cost of the plan for all pieces, and for each set the grid that holds its first piece
 */
function cheapestPlans(gridCost: Float64Array, total: 'sum' | 'worst'): { cost: number; choice: Int32Array } {
  const sets = gridCost.length
  const best = new Float64Array(sets).fill(Infinity)
  const choice = new Int32Array(sets)
  const isSum = total === 'sum'
  best[0] = 0
  for (let set = 1; set < sets; set++) {
    const first = set & -set
    const others = set ^ first
    // Every subset of the others, the full one first, the empty one last.
    for (let chosen = others; ; chosen = (chosen - 1) & others) {
      const grid = first | chosen
      const own = gridCost[grid]!
      const rest = best[set ^ grid]!
      const cost = isSum ? own + rest : own > rest ? own : rest
      if (cost < best[set]!) {
        best[set] = cost
        choice[set] = grid
      }
      if (chosen === 0) break
    }
  }
  return { cost: best[sets - 1]!, choice }
}

/** What each set of pieces costs as a grid, by its households and effective metres; infinite where it is not contiguous. */
function costsOfGrids(graph: PieceGraph, cost: (size: number, metres: number) => number): Float64Array {
  const { count, start, neighbour, households } = graph
  if (count > ENUMERATE_UP_TO) throw new RangeError(`too many pieces to enumerate: ${count}`)
  const sets = 2 ** count
  const near = new Int32Array(count)
  const around = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    for (let k = start[i]!; k < start[i + 1]!; k++) {
      near[i]! |= 1 << neighbour[k]!
      around[i]! += graph.cost[k]!
    }
  }
  const size = new Int32Array(sets)
  const metres = new Float64Array(sets)
  const costs = new Float64Array(sets).fill(Infinity)
  for (let set = 1; set < sets; set++) {
    const first = 31 - Math.clz32(set & -set)
    const others = set & (set - 1)
    size[set] = size[others]! + households[first]!
    metres[set] = metres[others]! + around[first]!
    for (let k = start[first]!; k < start[first + 1]!; k++)
      if ((others >> neighbour[k]!) & 1) metres[set]! -= 2 * graph.cost[k]!
    if (isContiguous(set, near)) costs[set] = cost(size[set]!, metres[set]!)
  }
  return costs
}

function isContiguous(set: number, near: Int32Array): boolean {
  let reached = set & -set
  let fresh = reached
  while (fresh !== 0) {
    const piece = 31 - Math.clz32(fresh & -fresh)
    fresh &= fresh - 1
    const found = near[piece]! & set & ~reached
    reached |= found
    fresh |= found
  }
  return reached === set
}
