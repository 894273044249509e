/** Natural villages that must be divided where no plan keeps them whole: as few as possible, with as few households. */
import type { SizeBand } from '../../policy/division-policy.ts'
import type { FeasibilityUnit } from '../feasibility-values.ts'
import type { AtomGraph } from '../values.ts'
import type { Component } from './components.ts'
import { objectiveFor } from './objective.ts'
import { outOfBand } from './partition.ts'
import { piecesOf } from './pieces.ts'
import { solveComponent } from './solve-component.ts'

/** Cutting three villages to save a band is no way out. */
const MOST_CUT = 2
/** Choices of villages that are tried: each is a small search, and somebody waits. */
const MOST_TRIED = 24
/** A short search: it is said what would do, not yet drawn. */
const LIMITS = { trees: 6, stepsPerGrid: 15, shouldStop: () => false }

/** The graph with some groups free to be divided. */
export const withoutGroups = (graph: AtomGraph, groups: ReadonlySet<string>): AtomGraph => ({
  ...graph,
  atoms: graph.atoms.map((atom) =>
    atom.group !== null && groups.has(atom.group) ? { ...atom, group: null } : atom,
  ),
})

/**
 * The groups to divide so that a plan with every grid in the band exists, which was found: of one group, else of two, those
 * with the fewest households, then the first by id. To be asked where no plan keeps all groups whole.
 * @returns null where none was found
 */
export function groupsToCut(
  graph: AtomGraph,
  component: Component,
  band: SizeBand,
): readonly FeasibilityUnit[] | null {
  for (const choice of choicesOf(divisible(graph, component))) {
    const ids = new Set(choice.map(({ id }) => id))
    const pieces = piecesOf(withoutGroups(graph, ids), component, band.to)
    if (pieces.graph.households.some((households) => households > band.to)) continue
    const [best] = solveComponent({
      graph: pieces.graph,
      band,
      stability: null,
      plans: 1,
      words: ['cut', ...ids],
      fewestOutOfBand: 0,
      limits: LIMITS,
      onRun: () => {},
    })
    if (best && outOfBand(objectiveFor(pieces.graph, band, 0), best).length === 0) return choice
  }
  return null
}

/** Groups with more than one atom here, by households. */
function divisible(graph: AtomGraph, component: Component): FeasibilityUnit[] {
  const groups = new Map<string, { atoms: number; households: number }>()
  for (const atom of component.atoms) {
    const { group, households } = graph.atoms[atom]!
    if (group === null) continue
    const known = groups.get(group) ?? { atoms: 0, households: 0 }
    groups.set(group, { atoms: known.atoms + 1, households: known.households + households })
  }
  return [...groups]
    .filter(([, { atoms }]) => atoms > 1)
    .map(([id, { households }]) => ({ id, households, kind: 'group' as const }))
    .toSorted((p, q) => p.households - q.households || (p.id < q.id ? -1 : 1))
}

/** Every choice of up to `MOST_CUT`: fewer first, then with fewer households; the first `MOST_TRIED` of them. */
function choicesOf(units: readonly FeasibilityUnit[]): FeasibilityUnit[][] {
  const sum = (choice: readonly FeasibilityUnit[]): number =>
    choice.reduce((total, { households }) => total + households, 0)
  const choices: FeasibilityUnit[][] = []
  let longer: FeasibilityUnit[][] = [[]]
  for (let size = 1; size <= MOST_CUT && choices.length < MOST_TRIED; size++) {
    longer = longer.flatMap((choice) =>
      units
        .slice(choice.length === 0 ? 0 : units.indexOf(choice.at(-1)!) + 1)
        .map((unit) => [...choice, unit]),
    )
    choices.push(...longer.toSorted((p, q) => sum(p) - sum(q)))
  }
  return choices.slice(0, MOST_TRIED)
}
