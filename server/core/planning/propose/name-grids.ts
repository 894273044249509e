/** From pieces in numbered grids to grids with codes. */
import type { SizeBand } from '../../policy/division-policy.ts'
import type { AtomGraph, PlanGrid } from '../values.ts'
import type { Partition } from './partition.ts'
import type { ProposedGrid } from './values.ts'
import type { CurrentPlan, VillageGround } from './village-ground.ts'

interface UnnamedGrid {
  readonly village: string
  readonly kind: 'ordinary' | 'dedicated'
  readonly site: string | null
  readonly atoms: readonly number[]
  /** Number of the grid in force it continues; -1 for a new one. */
  readonly continues: number
}

/**
 * The grids of one plan, village by village, and the code of each atom's grid.
 * @param chosen the partition of each component, by village and component
 */
export function namedGrids(
  graph: AtomGraph,
  villages: readonly VillageGround[],
  chosen: readonly (readonly Partition[])[],
  plan: CurrentPlan | null,
  band: SizeBand,
): { grids: ProposedGrid[]; codes: (string | null)[] } {
  const codes: (string | null)[] = graph.atoms.map(() => null)
  const grids: ProposedGrid[] = []
  const add = (grid: PlanGrid, site: string | null, atoms: readonly number[]): void => {
    for (const atom of atoms) codes[atom] = grid.code
    grids.push({ ...grid, site, ...sumsOf(graph, atoms), inBand: null })
  }
  const unnamed: UnnamedGrid[] = []
  for (const [v, { village, kept, sites, components }] of villages.entries()) {
    for (const number of kept)
      add(
        plan!.grids[number]!,
        null,
        [...graph.atoms.keys()].filter(
          (atom) => plan!.current[atom] === number && graph.atoms[atom]!.village === village,
        ),
      )
    for (const { site, atoms } of sites)
      unnamed.push({ village, kind: 'dedicated', site, atoms, continues: -1 })
    for (const [c, { pieces }] of components.entries()) {
      const partition = chosen[v]![c]!
      const atomsOf = new Map<number, number[]>()
      for (const [piece, atoms] of pieces.atoms.entries()) {
        const grid = partition.grid[piece]!
        atomsOf.set(grid, [...(atomsOf.get(grid) ?? []), ...atoms])
      }
      for (const [grid, atoms] of atomsOf)
        unnamed.push({
          village,
          kind: 'ordinary',
          site: null,
          atoms: atoms.sort((p, q) => p - q),
          continues: partition.continues[grid]!,
        })
    }
  }
  const continued = continuedOnce(graph, unnamed, plan)
  const used = new Set(plan?.grids.map(({ code }) => code))
  let number = 0
  const nextCode = (): string => {
    do number++
    while (used.has(`new-${number}`))
    return `new-${number}`
  }
  for (const [i, { village, kind, site, atoms }] of unnamed.entries()) {
    const old = continued[i]
    add(old ?? { code: nextCode(), name: null, kind, village, parent: null, locked: false }, site, atoms)
  }
  const inBand = (grid: ProposedGrid): boolean | null =>
    grid.kind === 'ordinary' ? grid.households >= band.from && grid.households <= band.to : null
  return { grids: grids.map((grid) => ({ ...grid, inBand: inBand(grid) })), codes }
}

/** A grid in force in two components may be continued in both: its code goes to the part with more households. */
function continuedOnce(
  graph: AtomGraph,
  unnamed: readonly UnnamedGrid[],
  plan: CurrentPlan | null,
): (PlanGrid | undefined)[] {
  const owner = new Map<number, { index: number; kept: number }>()
  for (const [index, { atoms, continues }] of unnamed.entries()) {
    if (continues < 0) continue
    const same = atoms.filter((atom) => plan!.current[atom] === continues)
    const kept = sumsOf(graph, same).households
    if (kept > (owner.get(continues)?.kept ?? -1)) owner.set(continues, { index, kept })
  }
  const continued: (PlanGrid | undefined)[] = unnamed.map(() => undefined)
  for (const [number, { index }] of owner) continued[index] = plan!.grids[number]!
  return continued
}

function sumsOf(
  graph: AtomGraph,
  atoms: readonly number[],
): { households: number; persons: number; mustVisit: number } {
  const sums = { households: 0, persons: 0, mustVisit: 0 }
  for (const atom of atoms) {
    sums.households += graph.atoms[atom]!.households
    sums.persons += graph.atoms[atom]!.persons
    sums.mustVisit += graph.atoms[atom]!.mustVisit
  }
  return sums
}
