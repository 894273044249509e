/** Draws a plan for a component from nothing. */
import { type Random, randomFor } from '../random.ts'
import { continuations } from './continuations.ts'
import { cutAlongTree } from './cut-along-tree.ts'
import { bestOfAll, ENUMERATE_UP_TO } from './enumerate.ts'
import { improve } from './improve.ts'
import { outOfBand, type Partition, partitionCost, partitionOf } from './partition.ts'
import { type Ground, surcharges } from './recombine.ts'

export interface SearchLimits {
  /** Spanning trees cut for a start; more are tried, up to five times as many, while a grid is out of band. */
  readonly trees: number
  /** Recombinations a plan gets, for each grid in it. */
  readonly stepsPerGrid: number
  readonly shouldStop: () => boolean
}

/** Starts anew so often when the search ends with more grids out of band than need be. */
const RESTARTS = 3

/**
 * One plan: the best of several random trees, bettered by recombination and flips. A small component's first plan is the
 * best there is, and so is its plan of near misses.
 * @param run number of the plan, which also gives it its own random sequence
 * @param fewest grids out of band that no plan can avoid
 */
export function solveFresh(
  ground: Ground,
  words: readonly (string | number)[],
  run: number,
  fewest: number,
  limits: SearchLimits,
): Partition {
  const isFirst = run === 0 || ground.objective.perGridOutOfBand === 0
  if (isFirst && ground.graph.count <= ENUMERATE_UP_TO && !ground.stability)
    return partitionOf(ground.graph, bestOfAll(ground.graph, ground.objective), [], null)
  let best: Partition | null = null
  let bestCost = Infinity
  for (let start = 0; start <= RESTARTS; start++) {
    const random = randomFor(0, ...words, run, start)
    const first = bestTreeCut(ground, limits, random)
    const grids = first.pieces.filter((pieces) => pieces > 0).length
    const found = improve(ground, first, {
      steps: limits.stepsPerGrid * grids,
      patience: Math.ceil((limits.stepsPerGrid * grids) / 3),
      free: () => true,
      random,
      shouldStop: limits.shouldStop,
    })
    const cost = partitionCost(ground.objective, found)
    if (cost < bestCost) {
      best = found
      bestCost = cost
    }
    if (outOfBand(ground.objective, best!).length <= fewest || limits.shouldStop()) break
  }
  return best!
}

function bestTreeCut(ground: Ground, limits: SearchLimits, random: Random): Partition {
  const { graph, objective, stability } = ground
  const all = Int32Array.from({ length: graph.count }, (_, i) => i)
  let best: Partition | null = null
  let bestCost = Infinity
  for (let tree = 0; tree < 5 * limits.trees; tree++) {
    const surcharge = surcharges(graph, all, stability, 2 * random())
    const cut = cutAlongTree(graph, objective, surcharge, random)
    const grids = cut.reduce((most, grid) => Math.max(most, grid + 1), 0)
    const found = partitionOf(graph, cut, continuations(all, cut, grids, stability, new Set()), stability)
    const cost = partitionCost(objective, found)
    if (cost < bestCost) {
      best = found
      bestCost = cost
    }
    const enough = tree + 1 >= limits.trees && outOfBand(objective, best!).length === 0
    if (enough || limits.shouldStop()) break
  }
  return best!
}
