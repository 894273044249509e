/** Single pieces change sides, one at a time, as long as that makes the plan better and no grid falls apart. */
import { type Random, shuffle } from '../random.ts'
import { costOfGrid, gridCost, movedWeight, type Partition } from './partition.ts'
import type { PieceGraph } from './piece-graph.ts'
import type { Ground } from './recombine.ts'

/** Rounds over all pieces after which the flips end even if one more would help. */
const ROUNDS_AT_MOST = 12
/** A change counts as better from here on; below it is rounding. */
const LEAST_GAIN = 1e-9

/**
 * Improves a partition in place by flips between grids that may change.
 * @param pieces that may flip: those of the grids that have just changed and of their neighbours
 * @param free by grid number
 * @returns the change of cost, zero or less
 */
export function flipPieces(
  ground: Ground,
  partition: Partition,
  pieces: Int32Array,
  free: (grid: number) => boolean,
  random: Random,
): number {
  const order = pieces.slice()
  let gained = 0
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    shuffle(order, random)
    let roundGain = 0
    for (const piece of order)
      if (free(partition.grid[piece]!)) roundGain += bestFlip(ground, partition, piece, free)
    gained += roundGain
    if (roundGain > -LEAST_GAIN) break
  }
  return gained
}

/** Moves a piece to the neighbouring grid where it is cheapest, if that is better than where it is. */
function bestFlip(
  { graph, objective, stability, scratch }: Ground,
  partition: Partition,
  piece: number,
  free: (grid: number) => boolean,
): number {
  const { grid, households, metres, pieces, moved, continues } = partition
  const from = grid[piece]!
  let around = 0
  let toOwn = 0
  const toOthers = new Map<number, number>()
  for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++) {
    const other = grid[graph.neighbour[k]!]!
    around += graph.cost[k]!
    if (other === from) toOwn += graph.cost[k]!
    else if (free(other)) toOthers.set(other, (toOthers.get(other) ?? 0) + graph.cost[k]!)
  }
  if (toOthers.size === 0) return 0
  const size = graph.households[piece]!
  const leaving =
    gridCost(
      objective,
      households[from]! - size,
      metres[from]! - around + 2 * toOwn,
      pieces[from]! - 1,
      moved[from]! - movedWeight(stability, piece, continues[from]!),
    ) - costOfGrid(objective, partition, from)
  let best = -LEAST_GAIN
  let target = -1
  for (const [to, shared] of toOthers) {
    const joining =
      gridCost(
        objective,
        households[to]! + size,
        metres[to]! + around - 2 * shared,
        pieces[to]! + 1,
        moved[to]! + movedWeight(stability, piece, continues[to]!),
      ) - costOfGrid(objective, partition, to)
    if (leaving + joining >= best) continue
    best = leaving + joining
    target = to
  }
  if (target < 0 || !holdsWithout(graph, grid, piece, scratch)) return 0
  households[from]! -= size
  households[target]! += size
  metres[from]! += 2 * toOwn - around
  metres[target]! += around - 2 * toOthers.get(target)!
  pieces[from]! -= 1
  pieces[target]! += 1
  moved[from]! -= movedWeight(stability, piece, continues[from]!)
  moved[target]! += movedWeight(stability, piece, continues[target]!)
  grid[piece] = target
  return best
}

/** Whether the rest of a piece's grid stays connected when the piece leaves. */
function holdsWithout(graph: PieceGraph, grid: Int32Array, piece: number, scratch: Int32Array): boolean {
  const own: number[] = []
  for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++)
    if (grid[graph.neighbour[k]!] === grid[piece]) own.push(graph.neighbour[k]!)
  if (own.length <= 1) return true
  const reached = [own[0]!]
  scratch[piece] = 0
  scratch[own[0]!] = 0
  let missing = own.length - 1
  for (const one of reached) {
    for (let k = graph.start[one]!; k < graph.start[one + 1]!; k++) {
      const other = graph.neighbour[k]!
      if (scratch[other] === 0 || grid[other] !== grid[piece]) continue
      scratch[other] = 0
      reached.push(other)
      if (own.includes(other)) missing--
    }
    if (missing === 0) break
  }
  for (const one of reached) scratch[one] = -1
  scratch[piece] = -1
  return missing === 0
}
