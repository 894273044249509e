/** A plan in the making: which grid each piece is in, with the sums per grid that its cost is made of. */
import { type Objective, sizeCost } from './objective.ts'
import type { PieceGraph } from './piece-graph.ts'

/** What a proposal is compared with: the plan in force, by grids numbered from 0. */
export interface Stability {
  /** Grid each piece is in now; -1 for none. */
  readonly current: Int32Array
  /** What moving each piece counts: its households, a little more than none for ground without any. */
  readonly weight: Float64Array
}

/** Columns by grid number; a number no piece has is empty and costs nothing. */
export interface Partition {
  /** Grid of each piece. */
  readonly grid: Int32Array
  readonly households: number[]
  /** Effective metres of boundary with other grids. */
  readonly metres: number[]
  readonly pieces: number[]
  /** Which grid of the plan in force it continues; -1 for a new one. */
  readonly continues: number[]
  /** Weight of the pieces in it that come from another grid of the plan in force. */
  readonly moved: number[]
}

/** Sums of an assignment of pieces to grids. */
export function partitionOf(
  graph: PieceGraph,
  grid: Int32Array,
  continues: readonly number[],
  stability: Stability | null,
): Partition {
  const grids = grid.reduce((most, one) => Math.max(most, one + 1), continues.length)
  const zeros = (): number[] => Array.from({ length: grids }, () => 0)
  const partition: Partition = {
    grid,
    households: zeros(),
    metres: zeros(),
    pieces: zeros(),
    continues: zeros().map((_, g) => continues[g] ?? -1),
    moved: zeros(),
  }
  for (let piece = 0; piece < graph.count; piece++) {
    const g = grid[piece]!
    partition.households[g]! += graph.households[piece]!
    partition.pieces[g]! += 1
    partition.moved[g]! += movedWeight(stability, piece, partition.continues[g]!)
    for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++)
      if (grid[graph.neighbour[k]!] !== g) partition.metres[g]! += graph.cost[k]!
  }
  return partition
}

/** What a piece counts as moved when it is in a grid that continues another; ground that was in no grid never moves. */
export function movedWeight(stability: Stability | null, piece: number, continues: number): number {
  if (!stability || stability.current[piece]! < 0 || stability.current[piece] === continues) return 0
  return stability.weight[piece]!
}

export function gridCost(
  objective: Objective,
  households: number,
  metres: number,
  pieces: number,
  moved: number,
): number {
  if (pieces === 0) return 0
  return (
    sizeCost(objective, households) +
    (objective.perBoundaryMetre * metres) / 2 +
    objective.perHouseholdMoved * moved
  )
}

export const costOfGrid = (objective: Objective, partition: Partition, grid: number): number =>
  gridCost(
    objective,
    partition.households[grid]!,
    partition.metres[grid]!,
    partition.pieces[grid]!,
    partition.moved[grid]!,
  )

export const partitionCost = (objective: Objective, partition: Partition): number =>
  partition.households.reduce((sum, _, grid) => sum + costOfGrid(objective, partition, grid), 0)

/** Numbers of the grids whose households are not in the band. */
export const outOfBand = ({ band }: Objective, { households, pieces }: Partition): number[] =>
  households.flatMap((one, grid) => (pieces[grid]! > 0 && (one < band.from || one > band.to) ? [grid] : []))

/** Households by which all grids together miss the band. */
export const householdsOutside = ({ band }: Objective, { households, pieces }: Partition): number =>
  households.reduce(
    (sum, one, grid) => (pieces[grid]! > 0 ? sum + Math.max(band.from - one, one - band.to, 0) : sum),
    0,
  )

/** The pieces of some grids, ascending. */
export function piecesIn({ grid, pieces }: Partition, grids: readonly number[]): Int32Array {
  const found = new Int32Array(grids.reduce((sum, g) => sum + pieces[g]!, 0))
  const mine = new Uint8Array(pieces.length)
  for (const g of grids) mine[g] = 1
  for (let piece = 0, at = 0; at < found.length; piece++) if (mine[grid[piece]!]) found[at++] = piece
  return found
}

/** Numbers of the grids that share a line with one of the grids given, ascending, those not included. */
export function gridsBeside(graph: PieceGraph, partition: Partition, grids: readonly number[]): number[] {
  const beside = new Uint8Array(partition.pieces.length)
  for (const piece of piecesIn(partition, grids))
    for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++)
      beside[partition.grid[graph.neighbour[k]!]!] = 1
  for (const g of grids) beside[g] = 0
  return [...beside.keys()].filter((g) => beside[g])
}

export const copyOf = (partition: Partition): Partition => ({
  grid: partition.grid.slice(),
  households: [...partition.households],
  metres: [...partition.metres],
  pieces: [...partition.pieces],
  continues: [...partition.continues],
  moved: [...partition.moved],
})
