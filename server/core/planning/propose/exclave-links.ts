/** Ground apart from the rest of its village that is too small for a grid of its own: which ground it may go with. */

import { eastMetres, localMetricFrame, northMetres } from '../../geometry/local-metric-frame.ts'
import type { SizeBand } from '../../policy/division-policy.ts'
import type { AtomBorder, AtomGraph } from '../values.ts'
import { householdsOf } from './pieces.ts'
import type { VillageGround } from './village-ground.ts'

/** Connected ground, with the vertices of its atoms' outer rings in metres. */
interface Part {
  readonly atoms: readonly number[]
  readonly households: number
  readonly vertexAtom: readonly number[]
  readonly east: readonly number[]
  readonly north: readonly number[]
}

/**
 * Borders of no length that join each such part, the one with the fewest households first, to the nearest ground of its
 * village, vertex to vertex, until every part can stand alone or the village is one. A grid across such a border has an
 * exclave, which has to be declared.
 */
export function exclaveLinks(
  graph: AtomGraph,
  villages: readonly VillageGround[],
  band: SizeBand,
): AtomBorder[] {
  return villages.flatMap(({ components }) => {
    let parts = components.map(({ component }) => partOf(graph, component.atoms))
    const links: AtomBorder[] = []
    while (parts.length > 1) {
      const small = parts.toSorted((p, q) => p.households - q.households || p.atoms[0]! - q.atoms[0]!)[0]!
      if (small.households >= band.from) break
      const others = parts.filter((part) => part !== small)
      const { a, b, other } = nearest(small, others)
      links.push(linkBetween(a, b))
      parts = [...others.filter((part) => part !== other), together(small, other)]
    }
    return links
  })
}

const linkBetween = (a: number, b: number): AtomBorder => ({
  a: Math.min(a, b),
  b: Math.max(a, b),
  lengthMetres: 0,
  barrierMetres: 0,
  name: null,
  rank: null,
  crossable: true,
})

function partOf(graph: AtomGraph, atoms: readonly number[]): Part {
  const [longitude = 0, latitude = 0] = graph.atoms[0]!.geometry.coordinates[0]![0]!
  // One frame for all: distances are compared, not told.
  const frame = localMetricFrame(longitude, latitude)
  const vertices = atoms.flatMap((atom) =>
    graph.atoms[atom]!.geometry.coordinates[0]!.map(([x, y]) => ({ atom, x: x!, y: y! })),
  )
  return {
    atoms,
    households: householdsOf(graph, atoms),
    vertexAtom: vertices.map(({ atom }) => atom),
    east: vertices.map(({ x }) => eastMetres(frame, x)),
    north: vertices.map(({ y }) => northMetres(frame, y)),
  }
}

const together = (p: Part, q: Part): Part => ({
  atoms: [...p.atoms, ...q.atoms].sort((a, b) => a - b),
  households: p.households + q.households,
  vertexAtom: [...p.vertexAtom, ...q.vertexAtom],
  east: [...p.east, ...q.east],
  north: [...p.north, ...q.north],
})

/** The closest pair of atoms; of several pairs as close, the one with the smallest numbers. */
function nearest(part: Part, others: readonly Part[]): { a: number; b: number; other: Part } {
  let best = { a: -1, b: -1, other: others[0]!, square: Infinity }
  for (const other of others) {
    for (let i = 0; i < part.east.length; i++) {
      for (let j = 0; j < other.east.length; j++) {
        const square = (part.east[i]! - other.east[j]!) ** 2 + (part.north[i]! - other.north[j]!) ** 2
        if (square > best.square) continue
        const [a, b] = [part.vertexAtom[i]!, other.vertexAtom[j]!]
        if (square === best.square && (a > best.a || (a === best.a && b >= best.b))) continue
        best = { a, b, other, square }
      }
    }
  }
  return best
}
