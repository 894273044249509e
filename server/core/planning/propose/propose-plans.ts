/** Balanced, contiguous grids along visible lines, village by village: the proposals a planner starts from. */
import type { SizeBand } from '../../policy/division-policy.ts'
import { judgeFeasibility } from '../feasibility.ts'
import type { Feasibility } from '../feasibility-values.ts'
import type { AtomGraph } from '../values.ts'
import { canonicalGraph } from './canonical-graph.ts'
import { withoutGroups } from './cut-groups.ts'
import { exclaveLinks } from './exclave-links.ts'
import { namedGrids } from './name-grids.ts'
import { outcomeOf } from './outcome.ts'
import type { Partition } from './partition.ts'
import { scoreOf } from './score.ts'
import { solveComponent } from './solve-component.ts'
import type { Proposal, Proposals, ProposeOptions } from './values.ts'
import {
  type CurrentPlan,
  feasibilityComponents,
  type VillageGround,
  villageGround,
} from './village-ground.ts'

const TREES = 12
const STEPS_PER_GRID = 40

/**
 * Divides villages into ordinary grids of a size, each village by itself. Every grid is contiguous over borders that may be
 * crossed; groups stay whole wherever their ground allows it; dedicated sites become grids of their own; locked grids keep
 * their ground. Disconnected ground is solved part by part. Grids are in the band wherever that was found; where it is proved
 * impossible or was not found, the plan is still whole, with as few grids out of band as were found, and says so.
 *
 * The order of atoms and borders does not matter.
 * @throws RangeError for a band that is none
 */
export function proposePlans(input: AtomGraph, options: ProposeOptions): Proposals {
  const { graph: plain, position } = canonicalGraph(input)
  const { band, seed = 0, plans = 1, shouldStop = () => false } = options
  const before = options.current ? position.map((at) => options.current!.assignment[at] ?? null) : null
  const plan = before && currentPlan(options.current!.grids, before)
  const wanted = options.villages && new Set(options.villages)
  const codes = [...new Set(plain.atoms.map((atom) => atom.village))].filter(
    (code) => !wanted || wanted.has(code),
  )
  const groundOf = (graph: AtomGraph): VillageGround[] =>
    codes.toSorted().map((code) => villageGround(graph, code, plan, band))
  const links = options.joinExclaves ? exclaveLinks(plain, groundOf(plain), band) : []
  const graph = { atoms: plain.atoms, borders: [...plain.borders, ...links] }
  const { villages, judged } = judgedGround(graph, groundOf, band, new Set(options.mayCut))
  const solved = solveAll(villages, judged, { ...options, seed, plans, shouldStop })
  // A village of locked grids only has nothing to search for, and yet its plan.
  const most = solved
    .flat()
    .reduce((count, found) => Math.max(count, found.length), Math.min(1, villages.length))
  const proposals: Proposal[] = []
  for (let number = 1; number <= most; number++) {
    // A component with fewer different plans gives its best again.
    const chosen = solved.map((components) => components.map((found) => found[number - 1] ?? found[0]!))
    const named = namedGrids(graph, villages, chosen, plan, band)
    const score = scoreOf(plain, named.grids, named.codes, band, before)
    const assignment: (string | null)[] = input.atoms.map(() => null)
    for (const [i, at] of position.entries()) assignment[at] = named.codes[i]!
    proposals.push({ number, grids: named.grids, assignment, score })
  }
  const best = solved.map((components) => components.map((found) => found[0]!))
  return { proposals, ...outcomeOf(graph, { villages, links, judged, best, band, stopped: shouldStop() }) }
}

interface JudgedGround {
  readonly villages: readonly VillageGround[]
  /** Of every component, one village's after another's. */
  readonly judged: readonly Feasibility[]
}

/** Ground with its groups whole; some of them divided in a component that is impossible otherwise, and is not with them divided. */
function judgedGround(
  graph: AtomGraph,
  groundOf: (graph: AtomGraph) => VillageGround[],
  band: SizeBand,
  mayCut: ReadonlySet<string>,
): JudgedGround {
  const judge = (one: AtomGraph): JudgedGround => {
    const villages = groundOf(one)
    return {
      villages,
      judged: judgeFeasibility({ components: feasibilityComponents(one, villages, band), band }),
    }
  }
  const whole = judge(graph)
  const isImpossible = ({ verdict }: Feasibility): boolean => verdict === 'impossible'
  if (mayCut.size === 0 || !whole.judged.some(isImpossible)) return whole
  const cut = judge(withoutGroups(graph, mayCut))
  const helps = whole.judged.map((one, i) => isImpossible(one) && !isImpossible(cut.judged[i]!))
  // Groups have no part in what hangs together: the components are the same.
  let number = 0
  return {
    villages: whole.villages.map((village, v) => ({
      ...village,
      components: village.components.map((one, c) =>
        helps[number++] ? cut.villages[v]!.components[c]! : one,
      ),
    })),
    judged: whole.judged.map((one, i) => (helps[i] ? cut.judged[i]! : one)),
  }
}

/** A plan by number, its grids in the order of their codes. @param before the grid of each atom of the canonical graph */
export function currentPlan(
  grids: readonly CurrentPlan['grids'][number][],
  before: readonly (string | null)[],
): CurrentPlan {
  const sorted = grids.toSorted((p, q) => (p.code < q.code ? -1 : 1))
  const numberOf = new Map(sorted.map(({ code }, number) => [code, number]))
  return {
    grids: sorted,
    current: Int32Array.from(before, (code) => (code === null ? -1 : (numberOf.get(code) ?? -1))),
  }
}

/** The plans found for each component, by village. */
function solveAll(
  villages: readonly VillageGround[],
  judged: readonly Feasibility[],
  options: ProposeOptions & {
    readonly seed: number
    readonly plans: number
    readonly shouldStop: () => boolean
  },
): Partition[][][] {
  const total = villages
    .flatMap(({ components }) => components)
    .reduce((sum, { pieces }) => sum + pieces.graph.count, 0)
  let done = 0
  let number = 0
  return villages.map(({ village, components }) =>
    components.map(({ pieces, stability }) => {
      const { component, fewestOutOfBand } = judged[number++]!
      const count = pieces.graph.count
      const found = solveComponent({
        graph: pieces.graph,
        band: options.band,
        stability,
        plans: options.plans,
        words: [options.seed, village, component],
        fewestOutOfBand,
        limits: {
          trees: options.trees ?? TREES,
          stepsPerGrid: options.stepsPerGrid ?? STEPS_PER_GRID,
          shouldStop: options.shouldStop,
        },
        onRun: (run, runs) => options.onProgress?.(done + Math.floor((count * run) / runs), total),
      })
      done += count
      return found
    }),
  )
}
