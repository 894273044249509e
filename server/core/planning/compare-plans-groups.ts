import type { GridChange, GridMove } from './compare-plans.ts'

/** Grids whose changes hang together. */
export interface ApprovalGroup {
  /** Codes, sorted; of both divisions. */
  readonly grids: readonly string[]
  /** Households that change their grid within it, or come from or go to none. */
  readonly households: number
  readonly areaSquareMetres: number
}

/**
 * The smallest groups of grids that can be approved without one another: the connected components of the from → to graph. Where
 * ground or a household goes from one grid to another, approving one of the two alone would leave it in both or in none. Grids
 * that stay as they are, are in no group. Sorted by first code.
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
  for (const { from, to } of moves) {
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
  for (const { from, to, households, areaSquareMetres } of moves) {
    const group = groups.get(leaderOf((from ?? to)!))!
    group.households += households.length
    group.areaSquareMetres += areaSquareMetres
  }
  return [...groups.values()]
}
