import { edgeTable } from '../coverage/edge-table.ts'
import { nodeEdges } from '../coverage/node-edges.ts'
import { ringTable } from '../coverage/ring-table.ts'
import type { AreaGeometry } from '../values.ts'
import { type SpatialWeights, weightsFromNeighbours } from './weights.ts'

/** `edge`: neighbours share a piece of their outline ("rook"); `queen`: one point in common is enough. */
export type ContiguityRule = 'edge' | 'queen'

/**
 * Binary weights between polygons that touch. Outlines may meet anywhere, not only at common vertices; what lies within the
 * snap of `nodeEdges` is one place, a gap however narrow parts its two sides. Coordinates are degrees or planar: only their
 * order and equality count. As spdep's `poly2nb`, whose `queen = FALSE` also takes two points in common for an edge.
 */
export function contiguityWeights(
  polygons: readonly AreaGeometry[],
  rule: ContiguityRule = 'edge',
): SpatialWeights {
  const table = edgeTable(ringTable(polygons), new Set())
  const { edges, firstUse, nextUse, ownerOf, low, high, vertexOf } = table
  const lists: number[][] = polygons.map(() => [])

  const onEdge = meetings(lists)
  const alone: number[] = []
  for (let edge = 0; edge < edges; edge++) {
    const owner = ownerOf[firstUse[edge]!]!
    let shared = false
    for (let use = firstUse[edge]!; use !== -1; use = nextUse[use]!) {
      shared ||= ownerOf[use] !== owner
      onEdge(edge, ownerOf[use]!)
    }
    if (!shared) alone.push(edge)
  }

  // In a whole division only the outer line is left; elsewhere a vertex may lie on a neighbour's edge.
  const pieces = nodeEdges(
    [...table.vertexX],
    [...table.vertexY],
    alone.map((edge) => low[edge]!),
    alone.map((edge) => high[edge]!),
  )
  const { from, to } = pieces
  const ownerOfPiece = pieces.edge.map((k) => ownerOf[firstUse[alone[k]!]!]!)
  const onPiece = meetings(lists)
  const vertices = pieces.x.length
  from.forEach((a, k) => {
    const b = to[k]!
    onPiece(Math.min(a, b) * vertices + Math.max(a, b), ownerOfPiece[k]!)
  })

  if (rule === 'queen') {
    const atVertex = meetings(lists)
    vertexOf.forEach((vertex, use) => {
      atVertex(vertex, ownerOf[use]!)
    })
    from.forEach((a, k) => {
      atVertex(a, ownerOfPiece[k]!)
      atVertex(to[k]!, ownerOfPiece[k]!)
    })
  }
  return weightsFromNeighbours(lists)
}

/** Notes who is somewhere; whoever was there before becomes a neighbour. */
function meetings(lists: readonly number[][]): (where: number, owner: number) => void {
  const present = new Map<number, number[]>()
  return (where, owner) => {
    const there = present.get(where)
    if (there === undefined) present.set(where, [owner])
    else if (!there.includes(owner)) {
      for (const other of there) {
        lists[other]!.push(owner)
        lists[owner]!.push(other)
      }
      there.push(owner)
    }
  }
}
