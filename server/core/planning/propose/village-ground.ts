/** One village made ready for the search: what stays, what is dedicated, what is divided. */
import type { SizeBand } from '../../policy/division-policy.ts'
import type { FeasibilityComponent } from '../feasibility-values.ts'
import type { AtomGraph, PlanGrid } from '../values.ts'
import { type Component, componentsOfVillage } from './components.ts'
import { groupsToCut } from './cut-groups.ts'
import type { Stability } from './partition.ts'
import { householdsOf, type Pieces, piecesOf } from './pieces.ts'
import { setsOf } from './union-find.ts'

/** The plan in force by number: `grids[current[atom]]` is the atom's grid. */
export interface CurrentPlan {
  readonly grids: readonly PlanGrid[]
  /** By atom; -1 for none. */
  readonly current: Int32Array
}

export interface VillageGround {
  readonly village: string
  /** Grids in force that stay as they are, by number: locked and dedicated ones. */
  readonly kept: readonly number[]
  /** Dedicated sites in connected parts, each a grid. */
  readonly sites: readonly { readonly site: string; readonly atoms: readonly number[] }[]
  readonly components: readonly ComponentGround[]
}

export interface ComponentGround {
  readonly component: Component
  readonly pieces: Pieces
  readonly stability: Stability | null
}

/** What a piece without households counts when it moves: enough to stay where nothing is gained by moving it. */
const EMPTY_PIECE_WEIGHT = 0.01

export function villageGround(
  graph: AtomGraph,
  village: string,
  plan: CurrentPlan | null,
  band: SizeBand,
): VillageGround {
  const stays = (number: number): boolean => {
    const grid = plan?.grids[number]
    return grid !== undefined && (grid.locked || grid.kind !== 'ordinary')
  }
  const kept = new Set<number>()
  const free = new Uint8Array(graph.atoms.length)
  const siteAtoms: number[] = []
  for (const [atom, one] of graph.atoms.entries()) {
    if (one.village !== village) continue
    const number = plan?.current[atom] ?? -1
    if (stays(number)) kept.add(number)
    else if (one.site !== null) siteAtoms.push(atom)
    else free[atom] = 1
  }
  return {
    village,
    kept: [...kept].sort((p, q) => p - q),
    sites: siteParts(graph, siteAtoms),
    components: componentsOfVillage(graph, free).map((component) => {
      const pieces = piecesOf(graph, component, band.to)
      return { component, pieces, stability: plan && stabilityOf(graph, pieces, plan.current) }
    }),
  }
}

/** Each connected part of a site by itself, since a grid is one piece of ground. */
function siteParts(graph: AtomGraph, atoms: readonly number[]): { site: string; atoms: number[] }[] {
  const mine = new Set(atoms)
  const sets = setsOf(graph.atoms.length)
  for (const { a, b } of graph.borders)
    if (mine.has(a) && mine.has(b) && graph.atoms[a]!.site === graph.atoms[b]!.site) sets.join(a, b)
  const parts = new Map<number, { site: string; atoms: number[] }>()
  for (const atom of atoms) {
    const part = parts.get(sets.nameOf(atom))
    if (part) part.atoms.push(atom)
    else parts.set(sets.nameOf(atom), { site: graph.atoms[atom]!.site!, atoms: [atom] })
  }
  return [...parts.values()]
}

/** A piece whose atoms are in several grids now belongs to the one with most of its households, then most of its atoms. */
function stabilityOf(graph: AtomGraph, pieces: Pieces, current: Int32Array): Stability | null {
  const numbers = Int32Array.from(pieces.atoms, (atoms) => {
    const weights = new Map<number, number>()
    for (const atom of atoms) {
      const weight = graph.atoms[atom]!.households + EMPTY_PIECE_WEIGHT
      weights.set(current[atom]!, (weights.get(current[atom]!) ?? 0) + weight)
    }
    return [...weights].sort(([p, pWeight], [q, qWeight]) => qWeight - pWeight || p - q)[0]![0]
  })
  if (numbers.every((number) => number < 0)) return null
  const weight = Float64Array.from(pieces.atoms, (atoms) => householdsOf(graph, atoms) + EMPTY_PIECE_WEIGHT)
  return { current: numbers, weight }
}

/** The components as the judgement of feasibility wants them, all villages together, so that neighbours are known. */
export function feasibilityComponents(
  graph: AtomGraph,
  villages: readonly VillageGround[],
  band: SizeBand,
): FeasibilityComponent[] {
  const all = villages.flatMap(({ village, components }) => components.map((one) => ({ village, ...one })))
  const owner = new Int32Array(graph.atoms.length).fill(-1)
  for (const [number, { component }] of all.entries())
    for (const atom of component.atoms) owner[atom] = number
  const beside = all.map(
    ({ village }, own) =>
      new Set([...all.keys()].filter((other) => other !== own && all[other]!.village === village)),
  )
  for (const { a, b } of graph.borders) {
    const p = owner[a]!
    const q = owner[b]!
    if (p < 0 || q < 0 || p === q) continue
    beside[p]!.add(q)
    beside[q]!.add(p)
  }
  const nameOf = (number: number): string => graph.atoms[all[number]!.component.atoms[0]!]!.id
  return all.map(({ village, component, pieces }, number) => ({
    id: nameOf(number),
    village,
    units: pieces.atoms.map((atoms, piece) => ({
      id: pieces.group[piece] ?? graph.atoms[atoms[0]!]!.id,
      households: pieces.graph.households[piece]!,
      kind: pieces.group[piece] === null ? 'atom' : 'group',
    })),
    // Where a group's parts had to be joined over other ground, another plan might join them otherwise: nothing is proved.
    ...(pieces.joined ? {} : { links: linksOf(pieces) }),
    groupsToCut: () => groupsToCut(graph, component, band),
    neighbours: [...beside[number]!]
      .sort((p, q) => p - q)
      .map((other) => ({
        id: nameOf(other),
        village: all[other]!.village,
        households: householdsOf(graph, all[other]!.component.atoms),
      })),
  }))
}

function linksOf({ graph }: Pieces): [number, number][] {
  const links: [number, number][] = []
  for (let a = 0; a < graph.count; a++)
    for (let k = graph.start[a]!; k < graph.start[a + 1]!; k++)
      if (graph.neighbour[k]! > a) links.push([a, graph.neighbour[k]!])
  return links
}
