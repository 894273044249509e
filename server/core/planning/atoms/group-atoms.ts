import type { AtomBorder } from '../values.ts'
import type { Cells } from './cells.ts'
import type { Fabric } from './fabric.ts'
import type { Ground } from './outline-atoms.ts'

/** A group of atoms that stays together; connected, of one village. */
export interface Group {
  /** Of the natural village, with `@village` outside its main village and `#n` for its n-th piece. */
  readonly id: string
  readonly natural: number
  readonly village: number
  readonly households: number
  readonly atoms: readonly number[]
}

interface Grouping {
  readonly fabric: Fabric
  readonly cells: Cells
  /** Sorted by id. */
  readonly grounds: readonly Ground[]
  readonly borders: readonly AtomBorder[]
  /** Of each cell. */
  readonly households: Int32Array
  readonly naturalIds: readonly string[]
  readonly villageCodes: readonly string[]
}

/**
 * Keeps natural villages whole. An atom goes with the natural village that has most of the atom's households, an empty one
 * with the one that covers more than half of it; sites go with none. Pieces of a group that do not touch are joined through empty
 * ground that touches several; where there is none, each piece is a group, the largest under the name itself.
 */
export function groupAtoms(grouping: Grouping): Group[] {
  const { grounds, naturalIds, villageCodes } = grouping
  const naturalOf = grounds.map((ground) => naturalOfAtom(grouping, ground))
  const counts = grounds.map(({ cells }) => cells.reduce((sum, cell) => sum + grouping.households[cell]!, 0))
  const neighbours = neighboursOf(grounds, grouping.borders)
  const isFree = grounds.map(
    ({ cells }, atom) =>
      naturalOf[atom] === -1 && counts[atom] === 0 && grouping.cells.site[cells[0]!] === -1,
  )
  const sumOf = (atoms: readonly number[]): number => atoms.reduce((sum, atom) => sum + counts[atom]!, 0)
  const groups: Group[] = []
  for (const [natural, id] of naturalIds.entries()) {
    const byVillage = new Map<number, number[]>()
    for (const [atom, own] of naturalOf.entries()) {
      if (own !== natural) continue
      const { village } = grounds[atom]!
      byVillage.set(village, [...(byVillage.get(village) ?? []), atom])
    }
    const villages = [...byVillage].sort(([v, p], [w, q]) => sumOf(q) - sumOf(p) || v - w)
    for (const [i, [village, atoms]] of villages.entries()) {
      const name = i === 0 ? id : `${id}@${villageCodes[village]}`
      const pieces = connectedPieces(atoms, neighbours, isFree).sort(
        (p, q) => sumOf(q) - sumOf(p) || p[0]! - q[0]!,
      )
      for (const [k, piece] of pieces.entries())
        groups.push({
          id: k === 0 ? name : `${name}#${k + 1}`,
          natural,
          village,
          households: sumOf(piece),
          atoms: piece,
        })
    }
  }
  return groups
}

function naturalOfAtom({ fabric, cells, households }: Grouping, ground: Ground): number {
  if (cells.site[ground.cells[0]!] !== -1) return -1
  const counts = new Map<number, number>()
  const areas = new Map<number, number>()
  let [total, totalArea] = [0, 0]
  for (const cell of ground.cells) {
    const natural = cells.natural[cell]!
    const area = fabric.areaSquareMetres[cells.face[cell]!]!
    total += households[cell]!
    totalArea += area
    if (natural === -1) continue
    counts.set(natural, (counts.get(natural) ?? 0) + households[cell]!)
    areas.set(natural, (areas.get(natural) ?? 0) + area)
  }
  const [natural, most] = largest(total > 0 ? counts : areas)
  return most > (total > 0 ? 0 : totalArea / 2) ? natural : -1
}

function largest(of: ReadonlyMap<number, number>): [key: number, value: number] {
  let best: [number, number] = [-1, 0]
  for (const [key, value] of of)
    if (value > best[1] || (value === best[1] && key < best[0])) best = [key, value]
  return best
}

/** Neighbours in the same village across a line that can be crossed. */
function neighboursOf(grounds: readonly Ground[], borders: readonly AtomBorder[]): number[][] {
  const neighbours: number[][] = grounds.map(() => [])
  for (const { a, b, crossable } of borders) {
    if (!crossable || grounds[a]!.village !== grounds[b]!.village) continue
    neighbours[a]!.push(b)
    neighbours[b]!.push(a)
  }
  return neighbours
}

/** Connected pieces of the atoms; free atoms that join several are taken, and marked as free no more. */
function connectedPieces(
  atoms: readonly number[],
  neighbours: readonly (readonly number[])[],
  isFree: boolean[],
): number[][] {
  const members = new Set(atoms)
  const pieceOf = new Map<number, number>()
  const pieces: number[][] = []
  for (const start of atoms) {
    if (pieceOf.has(start)) continue
    const piece = [start]
    pieceOf.set(start, pieces.length)
    for (const atom of piece)
      for (const next of neighbours[atom]!) {
        if (pieceOf.has(next) || !members.has(next)) continue
        pieceOf.set(next, pieces.length)
        piece.push(next)
      }
    pieces.push(piece.sort((p, q) => p - q))
  }
  if (pieces.length === 1) return pieces
  let joint = -1
  let most = 1
  for (const free of new Set(atoms.flatMap((atom) => neighbours[atom]!.filter((next) => isFree[next])))) {
    const touched = new Set(neighbours[free]!.flatMap((next) => pieceOf.get(next) ?? [])).size
    if (touched > most || (touched === most && joint !== -1 && free < joint)) [joint, most] = [free, touched]
  }
  if (joint === -1) return pieces
  isFree[joint] = false
  return connectedPieces([...atoms, joint], neighbours, isFree)
}
