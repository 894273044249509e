/**
 * Recombination (ReCom; DeFord, Duchin and Solomon 2021): the ground of a few neighbouring grids is put together and cut
 * anew along a random spanning tree. How many grids come out is left to the cut.
 */
import type { Random } from '../random.ts'
import { continuations } from './continuations.ts'
import { cutAlongTree } from './cut-along-tree.ts'
import type { Objective } from './objective.ts'
import { costOfGrid, gridCost, movedWeight, type Partition, piecesIn, type Stability } from './partition.ts'
import { inducedGraph, type PieceGraph } from './piece-graph.ts'

/** What the search works on; the scratch column is all -1 between calls. */
export interface Ground {
  readonly graph: PieceGraph
  readonly objective: Objective
  readonly stability: Stability | null
  readonly scratch: Int32Array
}

export interface Recombination {
  /** Cost after less cost before. */
  readonly change: number
  /** Number of the grids that the pieces came from, given up by it. */
  readonly from: readonly number[]
  readonly pieces: Int32Array
  /** New grid of each of the pieces, numbered from 0. */
  readonly cut: Int32Array
  readonly grids: readonly NewGrid[]
}

interface NewGrid {
  households: number
  metres: number
  pieces: number
  continues: number
  moved: number
}

/**
 * One way to cut the ground of some grids anew; nothing is changed yet. The grids must be connected with one another.
 * @param strength how much stronger boundaries are preferred, 0 none
 */
export function recombination(
  { graph, objective, stability, scratch }: Ground,
  partition: Partition,
  from: readonly number[],
  strength: number,
  random: Random,
): Recombination {
  const chosen = new Set(from)
  const pieces = piecesIn(partition, from)
  const part = inducedGraph(graph, pieces, scratch)
  const cut = cutAlongTree(part, objective, surcharges(part, pieces, stability, strength), random)
  const grids = newGrids(graph, pieces, cut, scratch)
  const elsewhere = partition.continues.filter((_, g) => !chosen.has(g) && partition.pieces[g]! > 0)
  const continues = continuations(pieces, cut, grids.length, stability, new Set(elsewhere))
  for (const [grid, one] of grids.entries()) one.continues = continues[grid]!
  for (const [i, piece] of pieces.entries())
    grids[cut[i]!]!.moved += movedWeight(stability, piece, grids[cut[i]!]!.continues)
  let change = 0
  for (const one of grids) change += gridCost(objective, one.households, one.metres, one.pieces, one.moved)
  for (const one of from) change -= costOfGrid(objective, partition, one)
  return { change, from, pieces, cut, grids }
}

/** Cheap lines (strong barriers, short ones) get more than costly ones, and the lines of the plan in force most. */
export function surcharges(
  graph: PieceGraph,
  pieces: Int32Array,
  stability: Stability | null,
  strength: number,
): Float64Array {
  const surcharge = new Float64Array(graph.neighbour.length)
  if (graph.neighbour.length === 0) return surcharge
  const mean = graph.cost.reduce((sum, cost) => sum + cost, 0) / graph.cost.length
  for (let i = 0; i < graph.count; i++) {
    for (let k = graph.start[i]!; k < graph.start[i + 1]!; k++) {
      surcharge[k] = (strength * mean) / (mean + graph.cost[k]! || 1)
      if (stability && stability.current[pieces[i]!] !== stability.current[pieces[graph.neighbour[k]!]!])
        surcharge[k]! += 1
    }
  }
  return surcharge
}

function newGrids(graph: PieceGraph, pieces: Int32Array, cut: Int32Array, scratch: Int32Array): NewGrid[] {
  const count = cut.reduce((most, one) => Math.max(most, one + 1), 0)
  const grids = Array.from({ length: count }, () => ({
    households: 0,
    metres: 0,
    pieces: 0,
    continues: -1,
    moved: 0,
  }))
  for (const [i, piece] of pieces.entries()) scratch[piece] = cut[i]!
  for (const [i, piece] of pieces.entries()) {
    const one = grids[cut[i]!]!
    one.households += graph.households[piece]!
    one.pieces += 1
    for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++)
      if (scratch[graph.neighbour[k]!] !== cut[i]) one.metres += graph.cost[k]!
  }
  for (const piece of pieces) scratch[piece] = -1
  return grids
}

/**
 * Makes a recombination true: the numbers given up are used again, new ones are added where more grids came out.
 * @returns the numbers of its grids
 */
export function recombine(partition: Partition, { from, pieces, cut, grids }: Recombination): number[] {
  const numbers = grids.map((_, i) => from[i] ?? partition.pieces.length + i - from.length)
  for (const [i, number] of numbers.entries()) setGrid(partition, number, grids[i]!)
  for (const number of from.slice(grids.length))
    setGrid(partition, number, { households: 0, metres: 0, pieces: 0, continues: -1, moved: 0 })
  for (const [i, piece] of pieces.entries()) partition.grid[piece] = numbers[cut[i]!]!
  return numbers
}

function setGrid(partition: Partition, number: number, grid: NewGrid): void {
  partition.households[number] = grid.households
  partition.metres[number] = grid.metres
  partition.pieces[number] = grid.pieces
  partition.continues[number] = grid.continues
  partition.moved[number] = grid.moved
}
