import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import type { AtomGraph, PlanGrid } from './values.ts'

/** A piece of a grid's ground that has no line in common with the rest of it. */
export interface GroundPart {
  readonly code: string
  /** Atoms by id. */
  readonly atoms: readonly string[]
  readonly households: number
}

/** How many pieces each grid is in, and all pieces but each grid's main one. */
export interface GroundParts {
  readonly counts: readonly number[]
  /** Pieces when lines that nobody can cross do not join. */
  readonly crossableCounts: readonly number[]
  readonly exclaves: readonly GroundPart[]
}

/**
 * Finds the pieces of each grid. Its main piece has the most households, then the most ground, then the smallest atom by id.
 * @param gridOf index of each atom's grid, -1 for none
 */
export function groundParts(
  graph: AtomGraph,
  gridOf: readonly number[],
  grids: readonly PlanGrid[],
): GroundParts {
  const pieces = piecesOf(graph, gridOf, () => true)
  const ofGrid: number[][][] = grids.map(() => [])
  for (const piece of pieces) ofGrid[gridOf[piece[0]!]!]!.push(piece)
  const crossableCounts = new Array<number>(grids.length).fill(0)
  for (const piece of piecesOf(graph, gridOf, (crossable) => crossable))
    crossableCounts[gridOf[piece[0]!]!]!++
  return {
    counts: ofGrid.map((own) => own.length),
    crossableCounts,
    exclaves: ofGrid.flatMap((own, g) =>
      own.length < 2 ? [] : byWeight(graph, grids[g]!.code, own).slice(1),
    ),
  }
}

function byWeight(graph: AtomGraph, code: string, pieces: readonly (readonly number[])[]): GroundPart[] {
  return pieces
    .map((piece) => {
      const atoms = piece.map((i) => graph.atoms[i]!)
      const part: GroundPart = {
        code,
        atoms: atoms.map((atom) => atom.id).toSorted(),
        households: atoms.reduce((sum, atom) => sum + atom.households, 0),
      }
      return { part, area: atoms.reduce((sum, atom) => sum + areaSquareMetres(atom.geometry), 0) }
    })
    .toSorted(
      (p, q) =>
        q.part.households - p.part.households ||
        q.area - p.area ||
        (p.part.atoms[0]! < q.part.atoms[0]! ? -1 : 1),
    )
    .map(({ part }) => part)
}

/** Atoms of one grid that lines of it join, piece by piece. */
function piecesOf(
  { atoms, borders }: AtomGraph,
  gridOf: readonly number[],
  joins: (crossable: boolean) => boolean,
): number[][] {
  const next: number[][] = atoms.map(() => [])
  for (const { a, b, crossable } of borders) {
    if (gridOf[a] !== gridOf[b] || gridOf[a] === -1 || !joins(crossable)) continue
    next[a]!.push(b)
    next[b]!.push(a)
  }
  const seen = new Uint8Array(atoms.length)
  const pieces: number[][] = []
  for (let start = 0; start < atoms.length; start++) {
    if (seen[start] === 1 || gridOf[start] === -1) continue
    seen[start] = 1
    const piece = [start]
    for (const atom of piece)
      for (const other of next[atom]!)
        if (seen[other] === 0) {
          seen[other] = 1
          piece.push(other)
        }
    pieces.push(piece)
  }
  return pieces
}
