import type { Assignment, Atom, AtomBorder, AtomGraph } from '../values.ts'
import { type Drawing, OUTSIDE } from './drawing.ts'
import type { Layer } from './grid-figures.ts'
import { atomPolygon } from './ring-paths.ts'

/**
 * The atoms of a drawing as it stands, with their counts, who is next to whom and the grid of each: what plans are evaluated and
 * proposed on. The inverse of `drawingOf`. Atoms by id.
 * @param layer whose assignment is given
 */
export function graphOf(
  drawing: Drawing,
  layer: Layer = 'grid',
): { readonly graph: AtomGraph; readonly assignment: Assignment } {
  const drawn = drawing.atoms.filter((atom) => atom !== null).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const atoms = drawn.map(
    (atom): Atom => ({
      id: atom.id,
      village: atom.village,
      geometry: atomPolygon(drawing, atom),
      site: atom.site,
      group: atom.group,
      households: atom.households.length,
      persons: atom.persons,
      mustVisit: atom.mustVisit,
    }),
  )
  const indexOf = new Map(drawn.map((atom, i) => [drawing.atomNumber.get(atom.id)!, i]))
  return {
    graph: { atoms, borders: bordersOf(drawing, indexOf) },
    assignment: drawn.map((atom) => atom[layer]),
  }
}

/** Arcs between the same two atoms are one border; its name and rank are those of most of its length on barriers. */
function bordersOf(drawing: Drawing, indexOf: ReadonlyMap<number, number>): AtomBorder[] {
  const borders = new Map<string, { a: number; b: number; arcs: number[] }>()
  for (const [number, arc] of drawing.arcs.entries()) {
    if (!arc || arc.left === OUTSIDE || arc.right === OUTSIDE) continue
    const [p, q] = [indexOf.get(arc.left)!, indexOf.get(arc.right)!]
    const [a, b] = p < q ? [p, q] : [q, p]
    const border = borders.get(`${a} ${b}`) ?? { a, b, arcs: [] }
    border.arcs.push(number)
    borders.set(`${a} ${b}`, border)
  }
  return [...borders.values()]
    .map(({ a, b, arcs }): AtomBorder => {
      const along = new Map<string, { name: string | null; rank: number | null; metres: number }>()
      let [lengthMetres, barrierMetres, crossable] = [0, 0, false]
      for (const number of arcs) {
        const arc = drawing.arcs[number]!
        lengthMetres += arc.lengthMetres
        barrierMetres += arc.barrierMetres
        crossable ||= arc.crossable
        if (arc.barrierMetres === 0) continue
        const key = `${arc.rank} ${arc.name ?? ''}`
        const street = along.get(key) ?? { name: arc.name, rank: arc.rank, metres: 0 }
        street.metres += arc.barrierMetres
        along.set(key, street)
      }
      const [most] = [...along].toSorted(([k, one], [l, two]) => two.metres - one.metres || (k < l ? -1 : 1))
      const { name, rank } = most?.[1] ?? { name: null, rank: null }
      return { a, b, lengthMetres, barrierMetres, name, rank, crossable }
    })
    .toSorted((one, two) => one.a - two.a || one.b - two.b)
}
