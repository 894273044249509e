import type { GridChange, GridMove } from './compare-plans-values.ts'

/** Grids whose changes hang together. */
export interface ApprovalGroup {
  /** Codes, sorted; of both divisions. */
  readonly grids: readonly string[]
  /** Households that change their grid within it, or come from or go to none. */
  readonly households: number
  readonly areaSquareMetres: number
}

/**
 * What ties two grids: a household, always; ground, if it would be a gap or an overlap with one of the two approved and the other
 * not, however little it is. A thread of ground would not: for the check of a division it is an edge drawn twice.
 */
const ties = ({ households, isThread = false }: GridMove): boolean => households.length > 0 || !isThread

/**
 * The smallest groups of grids that can be approved without one another: the connected components of the from → to graph. Where
 * ground or a household goes from one grid to another, approving one of the two alone would leave it in both or in none. Grids
 * that stay as they are, but for threads of ground that tie nothing, are in no group. Sorted by first code.
 */
export function approvalGroups(grids: readonly GridChange[], moves: readonly GridMove[]): ApprovalGroup[] {
  const leader = new Map<string, string>()
  const leaderOf = (code: string): string => {
    let root = code
    for (let next = leader.get(root); next !== undefined && next !== root; next = leader.get(root))
      root = next
    leader.set(code, root)
    return root
  }
  for (const { code, status, isRenamed } of grids) if (status !== 'kept' || isRenamed) leaderOf(code)
  const tying = moves.filter(ties)
  for (const { from, to } of tying) {
    const ends = [from, to].filter((code) => code !== null).map(leaderOf)
    const [first] = ends.toSorted()
    for (const end of ends) leader.set(end, first!)
  }
  const groups = new Map<string, { grids: string[]; households: number; areaSquareMetres: number }>()
  for (const code of [...leader.keys()].toSorted()) {
    const group = groups.get(leaderOf(code))
    if (group) group.grids.push(code)
    else groups.set(leaderOf(code), { grids: [code], households: 0, areaSquareMetres: 0 })
  }
  for (const { from, to, households, areaSquareMetres } of tying) {
    const group = groups.get(leaderOf((from ?? to)!))!
    group.households += households.length
    group.areaSquareMetres += areaSquareMetres
  }
  return [...groups.values()]
}
