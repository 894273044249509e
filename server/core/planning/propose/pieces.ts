/** Contracts the atoms of a component to pieces: what is kept whole becomes one. */
import type { AtomGraph } from '../values.ts'
import { effectiveMetres } from './border-cost.ts'
import type { Component } from './components.ts'
import { type PieceGraph, pieceGraph } from './piece-graph.ts'
import { type Sets, setsOf } from './union-find.ts'

export interface Pieces {
  /** Atoms of each piece, ascending. */
  readonly atoms: readonly (readonly number[])[]
  /** The group each piece keeps whole; null for an atom by itself. */
  readonly group: readonly (string | null)[]
  readonly graph: PieceGraph
  /** True where ground that belongs to no group was taken to join the parts of one: other plans might do without. */
  readonly joined: boolean
}

/**
 * The pieces of a component in order of their first atoms. Parts of a group that do not touch are joined by the ungrouped
 * ground between them with the fewest households, unless that would exceed the band where the group alone does not.
 * @param most upper bound of the band
 */
export function piecesOf(graph: AtomGraph, component: Component, most: number): Pieces {
  const { atoms, borders } = graph
  const sets = setsOf(atoms.length)
  const rows = new Map<number, number[]>(component.atoms.map((atom) => [atom, []]))
  for (const k of component.borders) {
    const { a, b } = borders[k]!
    rows.get(a)!.push(b)
    rows.get(b)!.push(a)
    if (atoms[a]!.group !== null && atoms[a]!.group === atoms[b]!.group) sets.join(a, b)
  }
  const members = new Map<string, number[]>()
  for (const atom of component.atoms) {
    const { group } = atoms[atom]!
    if (group !== null) members.set(group, [...(members.get(group) ?? []), atom])
  }
  const taken = new Set<number>()
  for (const group of [...members.keys()].sort())
    joinParts(graph, rows, sets, members.get(group)!, most, taken)
  const lists = new Map<number, number[]>()
  for (const atom of component.atoms) {
    const name = sets.nameOf(atom)
    const list = lists.get(name)
    if (list) list.push(atom)
    else lists.set(name, [atom])
  }
  const pieces = [...lists.values()]
  const pieceOf = new Map(pieces.flatMap((list, piece) => list.map((atom) => [atom, piece] as const)))
  return {
    atoms: pieces,
    group: pieces.map((list) => list.map((atom) => atoms[atom]!.group).find((one) => one !== null) ?? null),
    graph: pieceGraph(
      pieces.map((list) => householdsOf(graph, list)),
      component.borders.map((k) => ({
        a: pieceOf.get(borders[k]!.a)!,
        b: pieceOf.get(borders[k]!.b)!,
        cost: effectiveMetres(borders[k]!),
      })),
    ),
    joined: taken.size > 0,
  }
}

export const householdsOf = (graph: AtomGraph, atoms: readonly number[]): number =>
  atoms.reduce((sum, atom) => sum + graph.atoms[atom]!.households, 0)

/**
 * Joins the parts of one group, nearest first.
 * @param taken ungrouped ground that groups have been joined by; more is added
 */
function joinParts(
  graph: AtomGraph,
  rows: ReadonlyMap<number, readonly number[]>,
  sets: Sets,
  members: readonly number[],
  most: number,
  taken: Set<number>,
): void {
  const alone = householdsOf(graph, members)
  let between = 0
  for (;;) {
    const home = sets.nameOf(members[0]!)
    if (members.every((atom) => sets.nameOf(atom) === home)) return
    const path = cheapestPath(graph, rows, sets, members, taken)
    if (!path) return
    between += householdsOf(graph, path.between)
    if (alone <= most && alone + between > most) return
    for (const atom of path.between) {
      sets.join(home, atom)
      taken.add(atom)
    }
    sets.join(home, path.end)
  }
}

/**
 * The way from the part of a group that holds its first atom to any other part, over free ungrouped atoms with the fewest
 * households, then the fewest atoms, then the smallest numbers (Dijkstra; groups are small, so a plain scan finds the next).
 */
function cheapestPath(
  graph: AtomGraph,
  rows: ReadonlyMap<number, readonly number[]>,
  sets: Sets,
  members: readonly number[],
  taken: ReadonlySet<number>,
): { between: number[]; end: number } | null {
  const home = sets.nameOf(members[0]!)
  const others = new Set(members.filter((atom) => sets.nameOf(atom) !== home))
  const cost = new Map<number, number>()
  const before = new Map<number, number>()
  const settled = new Set<number>()
  for (const atom of rows.keys()) if (sets.nameOf(atom) === home) cost.set(atom, 0)
  for (;;) {
    let next = -1
    for (const [atom, one] of cost) {
      if (settled.has(atom)) continue
      if (next < 0 || one < cost.get(next)! || (one === cost.get(next)! && atom < next)) next = atom
    }
    if (next < 0) return null
    settled.add(next)
    if (others.has(next)) {
      const between: number[] = []
      for (let at = before.get(next)!; sets.nameOf(at) !== home; at = before.get(at)!) between.push(at)
      return { between, end: next }
    }
    for (const atom of rows.get(next)!) {
      const { group, households } = graph.atoms[atom]!
      if (settled.has(atom) || (group !== null && !others.has(atom))) continue
      // A way over ground that joins another group would tie the two groups together.
      if (taken.has(atom)) continue
      const total = cost.get(next)! + (others.has(atom) ? 0 : households + 1e-6)
      if (total >= (cost.get(atom) ?? Infinity)) continue
      cost.set(atom, total)
      before.set(atom, next)
    }
  }
}
