/**
 * Betters a plan by recombination and flips in short bursts (Cannon, Goldblatt-Clark and others 2022, "Voting rights, Markov
 * chains, and optimization by short bursts"): a few steps that may also be a little worse, then on from the best seen.
 */
import { drawBelow, type Random } from '../random.ts'
import { flipPieces } from './flip.ts'
import { copyOf, gridsBeside, outOfBand, type Partition, partitionCost, piecesIn } from './partition.ts'
import { type Ground, recombination, recombine } from './recombine.ts'

export interface ImproveOptions {
  /** Recombinations at most. */
  readonly steps: number
  /** Ends after so many recombinations without a better plan. */
  readonly patience: number
  /** Which grids may change, by number; grids that come new may. */
  readonly free: (grid: number) => boolean
  readonly random: Random
  readonly shouldStop: () => boolean
}

const BURST = 10
/** What a step of a burst may cost: a part of the mixture of boundary and evenness, never a household moved. */
const SLACK = 0.01
const MOST_GRIDS_AT_ONCE = 5

/** The better plan; the one given is not changed. */
export function improve(ground: Ground, start: Partition, options: ImproveOptions): Partition {
  const { random, free, shouldStop } = options
  let best = copyOf(start)
  flipPieces(ground, best, Int32Array.from(best.grid.keys()), free, random)
  let bestCost = partitionCost(ground.objective, best)
  let idle = 0
  for (let step = 0; step < options.steps && idle < options.patience && !shouldStop(); ) {
    const trial = copyOf(best)
    const changed = new Set<number>()
    let cost = bestCost
    for (let k = 0; k < BURST && step < options.steps; k++, step++) {
      const grids = chooseGrids(ground, trial, free, random)
      if (grids.length === 0) return best
      const found = recombination(ground, trial, grids, 2 * random(), random)
      if (found.change >= SLACK) continue
      for (const grid of found.from) changed.delete(grid)
      for (const grid of recombine(trial, found)) changed.add(grid)
      cost += found.change
      if (cost < bestCost) break
    }
    if (changed.size > 0) {
      const grids = [...changed, ...gridsBeside(ground.graph, trial, [...changed])]
      cost += flipPieces(ground, trial, piecesIn(trial, grids), free, random)
    }
    if (cost < bestCost - 1e-9) {
      best = trial
      bestCost = partitionCost(ground.objective, best)
      idle = 0
    } else idle += BURST
  }
  return best
}

/**
 * A grid, out of band where there is one, and neighbours drawn one by one; a grid too large is now and then taken alone, to
 * be cut in two.
 */
function chooseGrids(
  { graph, objective }: Ground,
  partition: Partition,
  free: (grid: number) => boolean,
  random: Random,
): number[] {
  const all = [...partition.pieces.keys()].filter((g) => partition.pieces[g]! > 0 && free(g))
  const outside = outOfBand(objective, partition).filter(free)
  const pool = outside.length > 0 && random() < 0.8 ? outside : all
  if (pool.length === 0) return []
  const chosen = [pool[drawBelow(random, pool.length)]!]
  let wanted = 2
  while (wanted < MOST_GRIDS_AT_ONCE && random() < 0.35) wanted++
  if (partition.households[chosen[0]!]! > objective.band.to && random() < 0.3) wanted = 1
  while (chosen.length < wanted) {
    const beside = gridsBeside(graph, partition, chosen).filter(free)
    if (beside.length === 0) break
    chosen.push(beside[drawBelow(random, beside.length)]!)
  }
  return chosen
}
