/** Households from → to between the grids that change. */
import type { PlanComparison } from '../../core/planning/compare-plans.ts'

export interface MoveMatrix {
  /** Codes of grids before and after; null last, where households come from none or go to none. */
  readonly froms: readonly (string | null)[]
  readonly tos: readonly (string | null)[]
  /** What a grid keeps stands on the diagonal. */
  readonly at: (from: string | null, to: string | null) => number
}

/** @param codes the grids it is about, of either division; none but they exchange households */
export function moveMatrix({ grids, moves }: PlanComparison, codes: ReadonlySet<string>): MoveMatrix {
  const counts = new Map(moves.map(({ from, to, households }) => [cellKey(from, to), households.length]))
  for (const { code, householdsKept } of grids) counts.set(cellKey(code, code), householdsKept)
  const own = (code: string | null): boolean => code !== null && codes.has(code)
  const axis = (side: 'before' | 'after', hasNone: boolean): (string | null)[] => [
    ...grids.filter((grid) => own(grid.code) && grid[side] !== null).map((grid) => grid.code),
    ...(hasNone ? [null] : []),
  ]
  return {
    froms: axis(
      'before',
      moves.some(({ from, to }) => from === null && own(to)),
    ),
    tos: axis(
      'after',
      moves.some(({ from, to }) => to === null && own(from)),
    ),
    at: (from, to) => counts.get(cellKey(from, to)) ?? 0,
  }
}

const cellKey = (from: string | null, to: string | null): string => JSON.stringify([from, to])
