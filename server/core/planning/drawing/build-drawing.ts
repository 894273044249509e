import { edgeTable, runsUp } from '../../coverage/edge-table.ts'
import { ringTable } from '../../coverage/ring-table.ts'
import type { Assignment, AtomBorder, AtomGraph, PlanGrid, PlanHousehold } from '../values.ts'
import { pathLengthMetres } from './along-path.ts'
import { applyPatch } from './apply-patch.ts'
import { emptyArcIndex } from './arc-index.ts'
import {
  type ArcRecord,
  type AtomRecord,
  type Drawing,
  type HouseholdTable,
  OUTSIDE,
  type Patch,
} from './drawing.ts'

/** What the lines between two atoms lie on. */
type Ways = Pick<AtomBorder, 'name' | 'rank' | 'crossable'> & { readonly barrierShare: number }

const NO_WAY: Ways = { name: null, rank: null, crossable: true, barrierShare: 0 }

/**
 * The drawing of a plan. Atoms are a checked coverage of their villages (each line between two atoms has the same vertices from
 * both sides), as `makeAtoms` gives them; whose figures of households are not used: they are counted from the points.
 * The order of atoms, grids and households does not show.
 * @param assignment the grid of each atom, by index; codes without a grid count as none
 * @throws RangeError when atoms overlap or two have one id, which a checked coverage cannot
 */
export function drawingOf(
  graph: AtomGraph,
  grids: readonly PlanGrid[],
  assignment: Assignment,
  households: readonly PlanHousehold[] = [],
): Drawing {
  const order = graph.atoms
    .map((_, i) => i)
    .toSorted((a, b) => (graph.atoms[a]!.id < graph.atoms[b]!.id ? -1 : 1))
  const atoms = order.map((i) => graph.atoms[i]!)
  for (const [i, atom] of atoms.entries())
    if (atom.id === atoms[i + 1]?.id) throw new RangeError(`two atoms have the id ${atom.id}`)
  const numberOf = new Map(order.map((i, number) => [i, number]))
  const ways = new Map<string, Ways>()
  for (const border of graph.borders) {
    const { a, b, name, rank, crossable, barrierMetres, lengthMetres } = border
    const barrierShare = lengthMetres > 0 ? Math.min(1, barrierMetres / lengthMetres) : 0
    ways.set(pairKey(numberOf.get(a)!, numberOf.get(b)!), { name, rank, crossable, barrierShare })
  }
  const { arcs, rings } = cutIntoArcs(
    atoms.map((atom) => atom.geometry),
    (left, right) => ways.get(pairKey(left, right)) ?? NO_WAY,
  )
  const known = new Map(grids.map((grid) => [grid.code, grid]))
  const records = atoms.map((atom, number): AtomRecord => {
    const code = assignment[order[number]!] ?? null
    const grid = code === null ? undefined : known.get(code)
    return {
      id: atom.id,
      village: atom.village,
      site: atom.site,
      group: atom.group,
      rings: rings[number]!,
      grid: grid ? (grid.kind === 'microgrid' ? grid.parent : grid.code) : null,
      microgrid: grid?.kind === 'microgrid' ? grid.code : null,
    }
  })
  return assemble(
    {
      type: 'patch',
      arcs: [...arcs.entries()],
      atoms: [...records.entries()],
      grids: grids.map((grid) => [grid.code, grid]),
    },
    householdTable(households),
  )
}

/** A drawing from all its records. */
export function assemble(records: Patch, households: HouseholdTable): Drawing {
  const paths = records.arcs.flatMap(([, record]) => (record ? [record.path] : []))
  const empty: Drawing = {
    arcs: [],
    atoms: [],
    grids: new Map(),
    households,
    nodes: [],
    atomNumber: new Map(),
    members: new Map(),
    figures: new Map(),
    unplaced: households.ids.map((_, i) => i),
    index: emptyArcIndex(paths),
  }
  return applyPatch(empty, records).drawing
}

export function householdTable(households: readonly PlanHousehold[]): HouseholdTable {
  // One id twice is an error of the input, said elsewhere; here the order must not show.
  const sorted = households.toSorted((a, b) =>
    a.id === b.id ? a.longitude - b.longitude || a.latitude - b.latitude : a.id < b.id ? -1 : 1,
  )
  return {
    ids: sorted.map((one) => one.id),
    longitudes: Float64Array.from(sorted, (one) => one.longitude),
    latitudes: Float64Array.from(sorted, (one) => one.latitude),
    persons: Float64Array.from(sorted, (one) => one.persons),
    mustVisit: Uint8Array.from(sorted, (one) => (one.mustVisit ? 1 : 0)),
  }
}

const pairKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Cuts the rings of a coverage where three or more lines meet. A ring without such a place is one closed arc. */
export function cutIntoArcs(
  polygons: readonly AtomGraph['atoms'][number]['geometry'][],
  waysOf: (left: number, right: number) => Ways,
): { arcs: ArcRecord[]; rings: number[][][] } {
  const table = ringTable(polygons)
  const edges = edgeTable(table, new Set())
  const { vertexOf, vertexX, vertexY, edgeOf, ownerOf } = edges
  const sides = sidesOf(edges)
  const degree = new Int32Array(vertexX.length)
  for (let e = 0; e < edges.edges; e++) {
    degree[edges.low[e]!]!++
    degree[edges.high[e]!]!++
  }
  const nodeAt = new Map<number, number>()
  const nodeNumber = (vertex: number): number => {
    const node = nodeAt.get(vertex) ?? nodeAt.size
    nodeAt.set(vertex, node)
    return node
  }
  const arcs: ArcRecord[] = []
  const arcOfEdge = new Int32Array(edges.edges).fill(-1)

  /** The half-arc along the uses first…last, and the arc itself where its other side has not made it. */
  function halfArc(uses: readonly number[], end: number): number {
    const made = arcOfEdge[edgeOf[uses[0]!]!]!
    if (made >= 0) return 2 * made + 1
    const arc = arcs.length
    for (const use of uses) arcOfEdge[edgeOf[use]!] = arc
    const vertices = [...uses.map((use) => vertexOf[use]!), vertexOf[end]!]
    const path = vertices.flatMap((v) => [vertexX[v]!, vertexY[v]!])
    const left = ownerOf[uses[0]!]!
    const right = sides[2 * edgeOf[uses[0]!]! + (runsUp(edges, uses[0]!) ? 1 : 0)]!
    const { barrierShare, ...way } = right === OUTSIDE ? NO_WAY : waysOf(left, right)
    const [from, to] = [nodeNumber(vertices[0]!), nodeNumber(vertices.at(-1)!)]
    arcs.push({ from, to, path, left, right, ...way, barrierMetres: barrierShare * pathLengthMetres(path) })
    return 2 * arc
  }

  const rings = polygons.map((): number[][] => [])
  for (let owner = 0; owner < table.owners; owner++) {
    for (let part = table.ownerPart[owner]!; part < table.ownerPart[owner + 1]!; part++) {
      for (let ring = table.partRing[part]!; ring < table.partRing[part + 1]!; ring++) {
        const [start, end] = [table.ringVertex[ring]!, table.ringVertex[ring + 1]!]
        const all = Array.from({ length: end - start }, (_, i) => start + i)
        const isNode = (use: number): boolean => degree[vertexOf[use]!]! > 2
        const first = Math.max(0, all.findIndex(isNode))
        const round = [...all.slice(first), ...all.slice(0, first)]
        const halves: number[] = []
        for (let k = 0; k < round.length; ) {
          let last = k + 1
          while (last < round.length && !isNode(round[last]!)) last++
          halves.push(halfArc(round.slice(k, last), round[last % round.length]!))
          k = last
        }
        rings[owner]!.push(halves)
      }
    }
  }
  return { arcs, rings }
}

/** Owner left of each edge from its low to its high vertex, and right of it; `OUTSIDE` where nobody is. */
function sidesOf(edges: ReturnType<typeof edgeTable>): Int32Array {
  const sides = new Int32Array(2 * edges.edges).fill(OUTSIDE)
  for (let e = 0; e < edges.edges; e++) {
    for (let use = edges.firstUse[e]!; use !== -1; use = edges.nextUse[use]!) {
      const side = 2 * e + (runsUp(edges, use) ? 0 : 1)
      if (sides[side] !== OUTSIDE) throw new RangeError('atoms overlap')
      sides[side] = edges.ownerOf[use]!
    }
  }
  return sides
}
