import type { AtomBorder } from '../values.ts'

/** Ground that nobody can walk to from the rest of its village. */
export interface CutOff {
  /** The atom of it that comes first. */
  readonly atom: number
  readonly households: number
  /** The atom beyond the line that was opened, or -1: people live there, and it stays cut off. */
  readonly openedTo: number
}

/**
 * Ground without households that is cut off by lines nobody can cross (the water between two banks, a field behind a railway)
 * must still go with somebody: its longest such line is declared crossable, so that the other bank is the boundary.
 * Where people live, nothing is opened, but told, unless it is the larger part of its village.
 * @param villageOf of each atom
 * @param households of each atom
 */
export function openCutOff(
  borders: readonly AtomBorder[],
  villageOf: ArrayLike<number>,
  households: ArrayLike<number>,
): { borders: AtomBorder[]; cutOff: CutOff[] } {
  const parent = Int32Array.from(villageOf, (_, atom) => atom)
  const residents = Float64Array.from(households)
  const find = (atom: number): number => {
    let root = atom
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!
      root = parent[root]!
    }
    return root
  }
  const unite = (a: number, b: number): void => {
    const [p, q] = [find(a), find(b)].sort((one, other) => one - other) as [number, number]
    if (p === q) return
    parent[q] = p
    residents[p]! += residents[q]!
  }
  const inner = borders.filter(({ a, b }) => villageOf[a] === villageOf[b])
  for (const { a, b, crossable } of inner) if (crossable) unite(a, b)
  const closed = inner
    .filter(({ crossable }) => !crossable)
    .sort((p, q) => q.lengthMetres - p.lengthMetres || p.a - q.a || p.b - q.b)
  const opened = new Set<AtomBorder>()
  const cutOff: CutOff[] = []
  for (let atom = 0; atom < parent.length; atom++) {
    // Once joined to other empty ground it may still be cut off, together with that.
    for (;;) {
      const here = find(atom)
      if (here !== atom || residents[here]! > 0) break
      const way = closed.find(({ a, b }) => (find(a) === here) !== (find(b) === here))
      if (!way) break
      opened.add(way)
      cutOff.push({ atom, households: 0, openedTo: find(way.a) === here ? way.b : way.a })
      unite(way.a, way.b)
    }
  }
  const largest = new Map<number, number>()
  for (let atom = 0; atom < parent.length; atom++) {
    const village = villageOf[atom]!
    const best = largest.get(village)
    if (find(atom) === atom && (best === undefined || residents[atom]! > residents[best]!))
      largest.set(village, atom)
  }
  const enclosed = new Set(closed.flatMap(({ a, b }) => (find(a) === find(b) ? [] : [find(a), find(b)])))
  for (const atom of [...enclosed].sort((p, q) => p - q))
    if (largest.get(villageOf[atom]!) !== atom)
      cutOff.push({ atom, households: residents[atom]!, openedTo: -1 })
  return {
    borders: borders.map((border) => (opened.has(border) ? { ...border, crossable: true } : border)),
    cutOff,
  }
}
