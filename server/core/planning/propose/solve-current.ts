/** Betters the plan in force: what is in the band stays, and the search widens only as far as it must. */
import { randomFor } from '../random.ts'
import { improve } from './improve.ts'
import { gridsBeside, outOfBand, type Partition, partitionOf, type Stability } from './partition.ts'
import type { PieceGraph } from './piece-graph.ts'
import type { Ground } from './recombine.ts'
import type { SearchLimits } from './solve-fresh.ts'

/**
 * One plan that continues the one in force. First only the grids out of band and their neighbours may change; while that
 * leaves more grids out of band than need be, the neighbours of those as well, and so on.
 */
export function solveFromCurrent(
  ground: Ground & { readonly stability: Stability },
  words: readonly (string | number)[],
  run: number,
  fewest: number,
  limits: SearchLimits,
): Partition {
  const start = startFrom(ground.graph, ground.stability)
  const first = outOfBand(ground.objective, start)
  if (first.length === 0) return start
  let best = start
  let zone = first
  const random = randomFor(0, ...words, 'current', run)
  for (;;) {
    const wider = [...zone, ...gridsBeside(ground.graph, start, zone)]
    const whole = wider.length === zone.length
    zone = wider
    const free = new Set(zone)
    const steps = limits.stepsPerGrid * zone.length * 2
    const found = improve(ground, start, {
      steps,
      patience: Math.ceil(steps / 3),
      // Numbers that the start does not know are new grids, made of the zone's ground.
      free: (grid) => free.has(grid) || grid >= start.pieces.length,
      random,
      shouldStop: limits.shouldStop,
    })
    const better = outOfBand(ground.objective, found).length < outOfBand(ground.objective, best).length
    if (better || best === start) best = found
    if (whole || outOfBand(ground.objective, best).length <= fewest || limits.shouldStop()) return best
  }
}

/**
 * The plan in force as a partition whose grids hold together: of a grid in several parts the heaviest continues it, the
 * others and ground in no grid begin new ones.
 */
export function startFrom(graph: PieceGraph, stability: Stability): Partition {
  const grid = new Int32Array(graph.count).fill(-1)
  const parts: { current: number; weight: number; number: number }[] = []
  for (let first = 0; first < graph.count; first++) {
    if (grid[first]! >= 0) continue
    const number = parts.length
    const current = stability.current[first]!
    const reached = [first]
    grid[first] = number
    for (const piece of reached) {
      for (let k = graph.start[piece]!; k < graph.start[piece + 1]!; k++) {
        const other = graph.neighbour[k]!
        if (grid[other]! >= 0 || stability.current[other] !== current) continue
        grid[other] = number
        reached.push(other)
      }
    }
    parts.push({ current, number, weight: reached.reduce((sum, piece) => sum + stability.weight[piece]!, 0) })
  }
  const continues = parts.map(() => -1)
  const taken = new Set<number>([-1])
  for (const { current, number } of parts.toSorted((p, q) => q.weight - p.weight || p.number - q.number)) {
    if (taken.has(current)) continue
    taken.add(current)
    continues[number] = current
  }
  return partitionOf(graph, grid, continues, stability)
}
