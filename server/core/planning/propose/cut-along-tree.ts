import type { Random } from '../random.ts'
import { cutTree } from './cut-tree.ts'
import type { Objective } from './objective.ts'
import type { PieceGraph } from './piece-graph.ts'
import { randomTree } from './spanning-tree.ts'

/**
 * Which grid, numbered from 0, each piece is in when a connected graph is cut in the best way along one random spanning
 * tree. A graph that is a tree has only one, so then there is no better plan at all.
 * @param surcharge see `randomTree`
 */
export function cutAlongTree(
  graph: PieceGraph,
  objective: Objective,
  surcharge: Float64Array,
  random: Random,
): Int32Array {
  const tree = randomTree(graph, surcharge, random)
  const byPlace = cutTree(tree, graph.households, objective)
  const grid = new Int32Array(graph.count)
  for (const [place, piece] of tree.piece.entries()) grid[piece] = byPlace[place]!
  return grid
}
