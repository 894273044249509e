/** The connected ground of one village that a proposal divides: without dedicated sites and grids that stay as they are. */
import type { AtomGraph } from '../values.ts'
import { type Sets, setsOf } from './union-find.ts'

export interface Component {
  /** Indices of its atoms, ascending; the first one's id names the component. */
  readonly atoms: readonly number[]
  /** Borders by index that a grid may reach across, ascending. */
  readonly borders: readonly number[]
}

/**
 * The components of the atoms that are free, by borders that may be crossed. Ground without households, as the bank beyond
 * a railway, needs nobody to cross: cut off by itself, it goes with the one neighbour it shares the longest line with.
 * @param free by atom: in the village, no dedicated site, no locked grid
 */
export function componentsOfVillage(graph: AtomGraph, free: Uint8Array): Component[] {
  const inside: number[] = []
  for (const [k, { a, b }] of graph.borders.entries()) if (free[a] && free[b]) inside.push(k)
  const sets = setsOf(graph.atoms.length)
  const usable = new Set<number>()
  for (const k of inside) {
    const { a, b, crossable } = graph.borders[k]!
    if (!crossable) continue
    usable.add(k)
    sets.join(a, b)
  }
  const barred = inside.filter((k) => !usable.has(k))
  while (attachEmptyGround(graph, free, barred, sets, usable));
  const components = new Map<number, { atoms: number[]; borders: number[] }>()
  for (const atom of graph.atoms.keys()) {
    if (!free[atom]) continue
    const name = sets.nameOf(atom)
    const one = components.get(name) ?? { atoms: [], borders: [] }
    one.atoms.push(atom)
    components.set(name, one)
  }
  for (const k of inside) if (usable.has(k)) components.get(sets.nameOf(graph.borders[k]!.a))!.borders.push(k)
  return [...components.values()]
}

/** Attaches the first component without households that has a neighbour beyond a barrier; false when none has. */
function attachEmptyGround(
  graph: AtomGraph,
  free: Uint8Array,
  barred: readonly number[],
  sets: Sets,
  usable: Set<number>,
): boolean {
  const households = new Map<number, number>()
  for (const [atom, one] of graph.atoms.entries()) {
    if (!free[atom]) continue
    const name = sets.nameOf(atom)
    households.set(name, (households.get(name) ?? 0) + one.households)
  }
  const beside = new Map<number, Map<number, number>>()
  const note = (from: number, to: number, metres: number): void => {
    if (households.get(from) !== 0) return
    const row = beside.get(from) ?? new Map<number, number>()
    row.set(to, (row.get(to) ?? 0) + metres)
    beside.set(from, row)
  }
  for (const k of barred) {
    const { a, b, lengthMetres } = graph.borders[k]!
    const p = sets.nameOf(a)
    const q = sets.nameOf(b)
    if (p === q) continue
    note(p, q, lengthMetres)
    note(q, p, lengthMetres)
  }
  const [empty] = [...beside.keys()].sort((p, q) => p - q)
  if (empty === undefined) return false
  const lived = (name: number): number => (households.get(name)! > 0 ? 0 : 1)
  const [[target]] = [...beside.get(empty)!].sort(
    ([p, pMetres], [q, qMetres]) => lived(p) - lived(q) || qMetres - pMetres || p - q,
  ) as [[number, number]]
  for (const k of barred) {
    const { a, b } = graph.borders[k]!
    const p = sets.nameOf(a)
    const q = sets.nameOf(b)
    if ((p === empty && q === target) || (p === target && q === empty)) usable.add(k)
  }
  sets.join(empty, target)
  return true
}
