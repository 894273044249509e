/**
 * Cuts villages into atoms, the ground a plan assigns: enclosures of roads, rivers, railways and walls. Made once, checked
 * once; every plan on them covers its village once without any further care.
 *
 * 0. `lay-on-lines`: barriers that follow a line in force are laid on it. Or `meet-corners`: those that pass a vertex of an outline go through it.
 * 1. `segments`: outlines and barriers as straight pieces in an order of place alone, so the order of the input cannot show.
 * 2. `fabric`: all of them noded in one drawing, small gaps closed, dead ends dropped, faces traced. What covers a face
 *    follows from the outlines crossed on the way to it. Atoms are unions of faces: neighbours have every vertex in common,
 *    and the outline of a village is that of its atoms together, vertex for vertex.
 * 3. `cells`: faces by village; sites take theirs. A site belongs to the village that has most of it.
 * 4. `cut-blocks`: streets cut always, paths only where a block is crowded, natural villages' outlines only where two share one.
 * 5. `merge-slivers`: by area and compactness, into the neighbour with the longest common line.
 * 6. `outline-atoms`, `borders`, `open-cut-off`: polygons with ids from their ground, neighbours; open water may go to one bank.
 * 7. `group-atoms`: natural villages kept together.
 *
 * Roads that run beside a village's boundary without touching it leave slivers between, which are merged: the boundary counts,
 * and the border on it is said to lie on the road.
 */
import type { Atom, Barrier, PlanHousehold } from '../values.ts'
import { besideBarriers } from './beside-barriers.ts'
import { bordersOf } from './borders.ts'
import { buildingsCut } from './buildings.ts'
import { claimCells } from './cells.ts'
import { cutBlocks } from './cut-blocks.ts'
import { weave } from './fabric.ts'
import { type Group, groupAtoms } from './group-atoms.ts'
import { type AtomInput, type Atoms, atomDefaults } from './input.ts'
import { layOnLines } from './lay-on-lines.ts'
import { meetCorners } from './meet-corners.ts'
import { mergeSlivers } from './merge-slivers.ts'
import { noteInput, noteOutcome, type Outcome, type SortedInput } from './note-facts.ts'
import { sortNotes } from './notes.ts'
import { openCutOff } from './open-cut-off.ts'
import { type Ground, outlineAtoms } from './outline-atoms.ts'
import { placeHouseholds } from './place-households.ts'
import { segmentsOf } from './segments.ts'

/**
 * The atoms of villages with who is next to whom, and what a planner should know about them. Never throws on bad input: it is
 * left out or taken as far as it makes sense, and noted. The same set of inputs gives the same bytes in any order.
 */
export function makeAtoms(input: AtomInput): Atoms {
  const options = { ...atomDefaults, ...input.options }
  const sorted = sortInput(input)
  const { villageCodes, outlines, sites, naturals, households } = sorted
  const villages = sorted.villages.map(({ boundary }) => boundary)
  // Lines in force end at the outline's corners: streets laid on them do, and need not be led there.
  const held = input.held ?? []
  const barriers =
    held.length > 0
      ? layOnLines(sorted.barriers, held, villages, options.heldMetres)
      : meetCorners(villages, sorted.barriers, options.cornerMetres)
  const owners = { villages: villageCodes.length, sites: sites.length }
  const fabric = weave(segmentsOf(outlines, barriers), barriers, options.gapMetres)
  const claims = claimCells(fabric, owners)
  const { cells } = claims
  const placed = placeHouseholds(fabric, cells, households)
  const cutsBuilding = buildingsCut(fabric, sorted.buildings, options.grazeMetres)
  const counts = new Int32Array(cells.face.length)
  for (const [cell] of placed.cellsAt) if (cell !== undefined) counts[cell]!++
  const blocks = cutBlocks(fabric, cells, counts, barriers, owners, cutsBuilding, options)
  const merges = mergeSlivers(fabric, cells, blocks, counts, barriers, options)
  const grounds = outlineAtoms(fabric, cells, blocks, villageCodes)
  const atomOf = new Int32Array(cells.face.length)
  for (const [atom, { cells: own }] of grounds.entries()) for (const cell of own) atomOf[cell] = atom

  const atomOfHousehold = new Int32Array(households.length).fill(-1)
  counts.fill(0)
  for (const [household, at] of placed.cellsAt.entries()) {
    if (at.length === 0) continue
    // On a line: the atom whose id comes first.
    const cell = at.reduce((p, q) => (atomOf[q]! < atomOf[p]! ? q : p))
    atomOfHousehold[household] = atomOf[cell]!
    counts[cell]!++
  }
  const { borders, cutOff } = openCutOff(
    bordersOf(fabric, cells, atomOf, barriers, besideBarriers(fabric, options.alongMetres)),
    grounds.map(({ village }) => village),
    grounds.map(({ cells: own }) => own.reduce((sum, cell) => sum + counts[cell]!, 0)),
  )
  const naturalIds = naturals.map(({ id }) => id)
  const groups = groupAtoms({ fabric, cells, grounds, borders, households: counts, naturalIds, villageCodes })
  const atoms = describeAtoms(grounds, groups, sorted, cells.site, atomOfHousehold)
  const outcome: Outcome = {
    fabric,
    claims,
    placed,
    atomOf,
    merges,
    cutOff,
    groups,
    cutsBuilding,
    graph: { atoms, borders },
    options,
  }
  return {
    graph: { atoms, borders },
    notes: sortNotes([...noteInput(sorted), ...noteOutcome(sorted, outcome)]),
    atomOfHousehold,
  }
}

/** The input in an order of its own. */
function sortInput(input: AtomInput): SortedInput {
  const byId = (p: { readonly id: string }, q: { readonly id: string }): number =>
    p.id < q.id ? -1 : p.id > q.id ? 1 : 0
  const villageCodes = [...new Set(input.villages.map(({ code }) => code))].sort()
  const sites = input.sites.toSorted(byId)
  const naturals = input.naturalVillages.toSorted(byId)
  const numberOf = new Map(villageCodes.map((code, i) => [code, i]))
  const outlines = [
    ...input.villages.map(({ code, boundary }) => ({ owner: numberOf.get(code)!, geometry: boundary })),
    ...[...sites, ...naturals].map(({ geometry }, i) => ({ owner: villageCodes.length + i, geometry })),
  ]
  return {
    villages: input.villages.toSorted((p, q) => byId({ id: p.code }, { id: q.code })),
    villageCodes,
    outlines,
    sites,
    naturals,
    buildings: input.buildings.toSorted(byId),
    barriers: input.barriers.toSorted(byStrength),
    households: input.households,
  }
}

/** The strongest first; of equals one with a name, then by id. */
function byStrength(p: Barrier, q: Barrier): number {
  if (p.rank !== q.rank) return p.rank - q.rank
  if ((p.name === null) !== (q.name === null)) return p.name === null ? 1 : -1
  const [a, b] = [`${p.id}\u0000${p.name}`, `${q.id}\u0000${q.name}`]
  return a < b ? -1 : a > b ? 1 : 0
}

function describeAtoms(
  grounds: readonly Ground[],
  groups: readonly Group[],
  { villageCodes, sites, households }: SortedInput,
  siteOfCell: Int32Array,
  atomOfHousehold: Int32Array,
): Atom[] {
  const groupOf = new Map(groups.flatMap(({ id, atoms }) => atoms.map((atom) => [atom, id] as const)))
  const residents: PlanHousehold[][] = grounds.map(() => [])
  for (const [i, atom] of atomOfHousehold.entries()) if (atom !== -1) residents[atom]!.push(households[i]!)
  return grounds.map(({ id, village, geometry, cells }, atom) => ({
    id,
    village: villageCodes[village]!,
    geometry,
    site: sites[siteOfCell[cells[0]!]!]?.id ?? null,
    group: groupOf.get(atom) ?? null,
    households: residents[atom]!.length,
    persons: residents[atom]!.reduce((sum, { persons }) => sum + persons, 0),
    mustVisit: residents[atom]!.filter(({ mustVisit }) => mustVisit).length,
  }))
}
