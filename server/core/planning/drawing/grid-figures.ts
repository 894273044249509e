import type { Arc, DrawnAtom, GridFigures } from './drawing.ts'

/** Which assignment of an atom counts: a microgrid's neighbours are microgrids. */
export type Layer = 'grid' | 'microgrid'

/**
 * The figures of one grid, from its atoms and their arcs. Sums run in the order of the atoms' numbers, so the same ground gives the
 * same figures to the last bit whatever was done before.
 * @param members numbers of the grid's atoms, ascending
 */
export function gridFigures(
  arcs: readonly (Arc | null)[],
  atoms: readonly (DrawnAtom | null)[],
  code: string,
  members: readonly number[],
  layer: Layer,
): GridFigures {
  let [households, persons, mustVisit, area] = [0, 0, 0, 0]
  let [perimeter, onBarrier, onNamed] = [0, 0, 0]
  const shared = new Map<string, number>()
  const parent = new Map<number, number>(members.map((atom) => [atom, atom]))
  let parts = members.length
  for (const number of members) {
    const atom = atoms[number]!
    households += atom.households.length
    persons += atom.persons
    mustVisit += atom.mustVisit
    area += atom.areaSquareMetres
    for (const ring of atom.rings) {
      for (const half of ring) {
        const arc = arcs[half >> 1]!
        const across = (half & 1) === 0 ? arc.right : arc.left
        const other = across < 0 ? null : atoms[across]![layer]
        if (other === code) {
          if (across < number && unite(parent, number, across)) parts--
          continue
        }
        perimeter += arc.lengthMetres
        onBarrier += arc.barrierMetres
        if (arc.name !== null) onNamed += arc.barrierMetres
        if (other !== null) shared.set(other, (shared.get(other) ?? 0) + arc.lengthMetres)
      }
    }
  }
  return {
    atoms: members.length,
    households,
    persons,
    mustVisit,
    areaSquareMetres: area,
    perimeterMetres: perimeter,
    compactness: perimeter > 0 ? (4 * Math.PI * area) / perimeter ** 2 : null,
    barrierShare: perimeter > 0 ? onBarrier / perimeter : null,
    namedShare: perimeter > 0 ? onNamed / perimeter : null,
    parts,
    neighbours: [...shared]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([grid, lengthMetres]) => ({ grid, lengthMetres })),
  }
}

function unite(parent: Map<number, number>, a: number, b: number): boolean {
  const find = (atom: number): number => {
    let root = atom
    for (let up = parent.get(root)!; up !== root; up = parent.get(root)!) root = up
    parent.set(atom, root)
    return root
  }
  const [p, q] = [find(a), find(b)]
  if (p === q) return false
  parent.set(Math.max(p, q), Math.min(p, q))
  return true
}
