import type { AtomBorder, AtomGraph } from '../values.ts'

/**
 * The same graph with its atoms in order of their ids and its borders in order of those, so that sums and random draws come
 * out the same whatever the order of the input.
 * @returns the graph, and where each of its atoms stood in the input
 */
export function canonicalGraph({ atoms, borders }: AtomGraph): { graph: AtomGraph; position: number[] } {
  const position = [...atoms.keys()].sort((p, q) => (atoms[p]!.id < atoms[q]!.id ? -1 : 1))
  const place = new Int32Array(atoms.length)
  for (const [i, at] of position.entries()) place[at] = i
  const moved: AtomBorder[] = borders.map((border) => {
    const a = place[border.a]!
    const b = place[border.b]!
    return { ...border, a: Math.min(a, b), b: Math.max(a, b) }
  })
  moved.sort((p, q) => p.a - q.a || p.b - q.b || p.lengthMetres - q.lengthMetres)
  return { graph: { atoms: position.map((at) => atoms[at]!), borders: moved }, position }
}
