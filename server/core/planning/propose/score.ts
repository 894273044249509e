import type { SizeBand } from '../../policy/division-policy.ts'
import type { Assignment, AtomGraph } from '../values.ts'
import type { ProposalScore, ProposedGrid } from './values.ts'

/**
 * What plans are compared by. Dedicated grids have boundaries, but no band and no part in evenness.
 * @param before the assignment in force, where there is one
 */
export function scoreOf(
  graph: AtomGraph,
  grids: readonly ProposedGrid[],
  assignment: Assignment,
  band: SizeBand,
  before: Assignment | null,
): ProposalScore {
  const ordinary = grids.filter((grid) => grid.kind === 'ordinary')
  const sizes = ordinary.map((grid) => grid.households)
  const total = sizes.reduce((sum, one) => sum + one, 0)
  const boundary = graph.borders.filter(
    ({ a, b }) =>
      assignment[a] !== null &&
      assignment[b] !== null &&
      assignment[a] !== assignment[b] &&
      graph.atoms[a]!.village === graph.atoms[b]!.village,
  )
  return {
    gridsOutOfBand: ordinary.filter((grid) => grid.inBand === false).length,
    householdsOutside: sizes.reduce((sum, one) => sum + Math.max(band.from - one, one - band.to, 0), 0),
    groupsSplit: groupsSplit(graph, assignment),
    movedHouseholds: before && movedHouseholds(graph, assignment, before),
    boundaryMetres: boundary.reduce((sum, { lengthMetres }) => sum + lengthMetres, 0),
    offBarrierMetres: boundary.reduce(
      (sum, { lengthMetres, barrierMetres }) => sum + Math.max(0, lengthMetres - barrierMetres),
      0,
    ),
    cutBorders: boundary.length,
    topToBottom: total > 0 ? (Math.max(...sizes) - Math.min(...sizes)) / (total / sizes.length) : null,
  }
}

/** Groups of a village whose atoms, dedicated sites apart, are in several grids. */
function groupsSplit(graph: AtomGraph, assignment: Assignment): number {
  const gridsOf = new Map<string, Set<string>>()
  for (const [atom, { group, village, site }] of graph.atoms.entries()) {
    const grid = assignment[atom] ?? null
    if (group === null || site !== null || grid === null) continue
    const key = JSON.stringify([village, group])
    gridsOf.set(key, (gridsOf.get(key) ?? new Set<string>()).add(grid))
  }
  return [...gridsOf.values()].filter((found) => found.size > 1).length
}

function movedHouseholds(graph: AtomGraph, assignment: Assignment, before: Assignment): number {
  let moved = 0
  for (const [atom, { households }] of graph.atoms.entries()) {
    const old = before[atom] ?? null
    const now = assignment[atom] ?? null
    if (old !== null && now !== null && old !== now) moved += households
  }
  return moved
}
