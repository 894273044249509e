/** A drawing as the atoms and borders that proposals and evaluations are made of. */
import type { Assignment, AtomBorder, AtomGraph } from '../values.ts'
import { type Arc, type Drawing, OUTSIDE } from './drawing.ts'
import { atomPolygon } from './ring-paths.ts'

/**
 * The atoms of a drawing by their ids, the lines between two of them as one border, and the grid each atom belongs to (never a
 * microgrid). A border may be crossed where any of its lines may; its name and rank are those of the barrier with most of it.
 */
export function atomGraphOf(drawing: Drawing): { graph: AtomGraph; assignment: Assignment } {
  const numbers = [...drawing.atomNumber].toSorted(([p], [q]) => (p < q ? -1 : 1)).map(([, number]) => number)
  const place = new Map(numbers.map((number, i) => [number, i]))
  const lines = new Map<string, { a: number; b: number; arcs: Arc[] }>()
  for (const arc of drawing.arcs) {
    if (!arc || arc.left === OUTSIDE || arc.right === OUTSIDE || arc.left === arc.right) continue
    const [p, q] = [place.get(arc.left)!, place.get(arc.right)!]
    const [a, b] = [Math.min(p, q), Math.max(p, q)]
    const key = `${a} ${b}`
    const line = lines.get(key)
    if (line) line.arcs.push(arc)
    else lines.set(key, { a, b, arcs: [arc] })
  }
  const atoms = numbers.map((number) => drawing.atoms[number]!)
  return {
    graph: {
      atoms: atoms.map((atom) => ({
        id: atom.id,
        village: atom.village,
        geometry: atomPolygon(drawing, atom),
        site: atom.site,
        group: atom.group,
        households: atom.households.length,
        persons: atom.persons,
        mustVisit: atom.mustVisit,
      })),
      borders: [...lines.values()].map(borderOf).sort((p, q) => p.a - q.a || p.b - q.b),
    },
    assignment: atoms.map((atom) => atom.grid),
  }
}

function borderOf({ a, b, arcs }: { a: number; b: number; arcs: readonly Arc[] }): AtomBorder {
  const byBarrier = new Map<string, { name: string | null; rank: number | null; metres: number }>()
  let lengthMetres = 0
  let barrierMetres = 0
  for (const arc of arcs) {
    lengthMetres += arc.lengthMetres
    barrierMetres += arc.barrierMetres
    // A line that left its barrier keeps the name, but does not lend it.
    if (arc.barrierMetres === 0) continue
    const key = JSON.stringify([arc.rank, arc.name])
    const known = byBarrier.get(key)
    if (known) known.metres += arc.barrierMetres
    else byBarrier.set(key, { name: arc.name, rank: arc.rank, metres: arc.barrierMetres })
  }
  const [most] = [...byBarrier].toSorted(
    ([p, one], [q, other]) => other.metres - one.metres || (p < q ? -1 : 1),
  )
  return {
    a,
    b,
    lengthMetres,
    barrierMetres: Math.min(barrierMetres, lengthMetres),
    name: most?.[1].name ?? null,
    rank: most?.[1].rank ?? null,
    crossable: arcs.some((arc) => arc.crossable),
  }
}
