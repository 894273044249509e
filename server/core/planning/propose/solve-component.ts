/** Several different plans for one component, the best first. */
import type { SizeBand } from '../../policy/division-policy.ts'
import { planDistance } from './distance.ts'
import { nearMisses, objectiveFor } from './objective.ts'
import { householdsOutside, outOfBand, type Partition, partitionCost, type Stability } from './partition.ts'
import type { PieceGraph } from './piece-graph.ts'
import type { Ground } from './recombine.ts'
import { solveFromCurrent } from './solve-current.ts'
import { type SearchLimits, solveFresh } from './solve-fresh.ts'

export interface ComponentQuestion {
  readonly graph: PieceGraph
  readonly band: SizeBand
  readonly stability: Stability | null
  /** Different plans wanted, and what keeps its random numbers apart from those of other components. */
  readonly plans: number
  readonly words: readonly (string | number)[]
  /** Grids out of band that no plan can avoid, as far as that is proved. */
  readonly fewestOutOfBand: number
  readonly limits: SearchLimits
  /** Called after each run with the runs done and all. */
  readonly onRun: (done: number, total: number) => void
}

/** How much evenness counts in the runs, in turn: clear boundaries with some evenness first, then even sizes, then neither. */
const EVENNESS = [0.25, 1, 0.05]
/** Runs beside one for each plan wanted, since some end the same; with a plan in force always, to find fewer moves. */
const SPARE_RUNS = 2
/** Where the band is impossible, this run looks for near misses instead of the fewest grids out of band. */
const NEAR_MISS_RUN = 1
/** Share of the households that must change grid for two plans to be called different. */
const LEAST_DISTANCE = 0.05

/** At least one plan, even when asked to stop at once; fewer than wanted where no more different ones were found. */
export function solveComponent(question: ComponentQuestion): Partition[] {
  const { graph, band, stability, limits, words, fewestOutOfBand: fewest } = question
  const scratch = new Int32Array(graph.count).fill(-1)
  const groundOf = (evenness: number): Ground => ({
    graph,
    stability,
    scratch,
    objective: objectiveFor(graph, band, evenness),
  })
  const ground = groundOf(EVENNESS[0]!)
  const found: Partition[] = []
  const runs = question.plans > 1 || stability ? question.plans + SPARE_RUNS : 1
  for (let run = 0; run < runs; run++) {
    const wanted = groundOf(EVENNESS[run % EVENNESS.length]!)
    const runGround =
      fewest > 0 && run === NEAR_MISS_RUN ? { ...wanted, objective: nearMisses(wanted.objective) } : wanted
    if (stability) {
      const one = solveFromCurrent({ ...runGround, stability }, words, run, fewest, limits)
      found.push(one)
      if (outOfBand(ground.objective, one).length > fewest && !limits.shouldStop())
        found.push(solveFresh(runGround, words, run, fewest, limits))
    } else found.push(solveFresh(runGround, words, run, fewest, limits))
    question.onRun(run + 1, runs)
    if (limits.shouldStop()) break
  }
  return differentOnes(ground, found, question.plans)
}

/** The best, and then in order of cost those that differ from all before and miss the band no worse in both ways. */
function differentOnes(
  { graph, objective }: Ground,
  found: readonly Partition[],
  plans: number,
): Partition[] {
  const ranked = found
    .map((partition, run) => ({ partition, run, cost: partitionCost(objective, partition) }))
    .sort((p, q) => p.cost - q.cost || p.run - q.run)
    .map(({ partition }) => partition)
  const weight = Float64Array.from(graph.households, (households) => households + 0.01)
  const isWorse = (one: Partition, than: Partition): boolean =>
    outOfBand(objective, one).length > outOfBand(objective, than).length &&
    householdsOutside(objective, one) >= householdsOutside(objective, than)
  const chosen: Partition[] = []
  for (const one of ranked) {
    if (chosen.length === plans) break
    const worse = chosen[0] !== undefined && isWorse(one, chosen[0])
    if (worse || chosen.some((other) => planDistance(one.grid, other.grid, weight) < LEAST_DISTANCE)) continue
    chosen.push(one)
  }
  return chosen
}
