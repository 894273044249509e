import { type MembershipCell, membershipCells } from './compare-plans-distance.ts'
import type { GroundShare } from './compare-plans-ground.ts'
import type { ComparedDivision, ComparedGrid } from './compare-plans-values.ts'
import { bestPairs } from './match-codes-best-pairs.ts'

export interface CodeMatching {
  /** Code that each grid of the second division takes over, by what it was called there. */
  readonly codes: ReadonlyMap<string, string>
  /** Grids of the second division that none came before: they get new codes (`numberGrids`). Sorted. */
  readonly fresh: readonly string[]
  /** Codes of the first division that nobody takes over. Sorted. */
  readonly retired: readonly string[]
}

/** Sums of weights stay exact below this, with room for the sums the pairing makes on its way. */
const EXACT_BELOW = 2 ** 50

/**
 * Which grids of a redrawn division go on under which old code: the pairing under which the most households keep their code, of
 * those the one under which the most ground does, of those the one that renames the fewest. A code names village and kind (and
 * the parent of a microgrid), so only grids alike in these are paired, and only grids with a household or ground in common.
 * @param ground as in `comparePlans`; decides for grids without households, a school for one
 */
export function matchCodes(
  before: ComparedDivision,
  after: ComparedDivision,
  ground: readonly GroundShare[],
): CodeMatching {
  const cells = membershipCells(before.gridOf, after.gridOf)
  const codes = new Map<string, string>()
  const afterByScope = byScope(after.grids)
  for (const [scope, first] of byScope(before.grids)) {
    const second = afterByScope.get(scope) ?? []
    const columnOf = bestPairs(weightsOf(first, second, cells, ground), first.length, second.length)
    for (const [row, column] of columnOf.entries()) if (column !== -1) codes.set(second[column]!, first[row]!)
  }
  const takenOver = new Set(codes.values())
  return {
    codes,
    fresh: after.grids
      .map((grid) => grid.code)
      .filter((code) => !codes.has(code))
      .toSorted(),
    retired: before.grids
      .map((grid) => grid.code)
      .filter((code) => !takenOver.has(code))
      .toSorted(),
  }
}

/** A division under other codes; a grid that `codes` does not name keeps its own. */
export function withCodes(division: ComparedDivision, codes: ReadonlyMap<string, string>): ComparedDivision {
  const codeOf = <Code extends string | null>(code: Code): Code | string =>
    code === null ? code : (codes.get(code) ?? code)
  return {
    grids: division.grids.map((grid) => ({ ...grid, code: codeOf(grid.code), parent: codeOf(grid.parent) })),
    gridOf: new Map([...division.gridOf].map(([household, code]) => [household, codeOf(code)])),
  }
}

/** Codes of the grids that may hand over to one another, sorted. */
function byScope(grids: readonly ComparedGrid[]): Map<string, string[]> {
  const scopes = new Map<string, string[]>()
  for (const { code, village, kind, parent } of grids.toSorted((p, q) => (p.code < q.code ? -1 : 1))) {
    const scope = JSON.stringify([village, kind, parent])
    const codes = scopes.get(scope)
    if (codes) codes.push(code)
    else scopes.set(scope, [code])
  }
  return scopes
}

/** Households, then ground, then the same code, as one whole number: a household outweighs all ground, a unit of ground all codes. */
function weightsOf(
  first: readonly string[],
  second: readonly string[],
  cells: readonly MembershipCell[],
  ground: readonly GroundShare[],
): Float64Array {
  const rowOf = new Map(first.map((code, i) => [code, i]))
  const columnOf = new Map(second.map((code, i) => [code, i]))
  const size = first.length * second.length
  const households = new Float64Array(size)
  const metres = new Float64Array(size)
  const at = ({ from, to }: Pick<GroundShare, 'from' | 'to'>): number => {
    const row = rowOf.get(from ?? '')
    const column = columnOf.get(to ?? '')
    return row === undefined || column === undefined ? -1 : row * second.length + column
  }
  for (const cell of cells) if (at(cell) >= 0) households[at(cell)]! += cell.households.length
  for (const share of ground) if (at(share) >= 0) metres[at(share)]! += share.areaSquareMetres
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
  const perCode = Math.min(first.length, second.length) + 1
  // Square metres, or as many of them as make the numbers small enough to be exact.
  const unit = Math.max(1, ((total(households) + 1) * (total(metres) + 1) * perCode) / EXACT_BELOW)
  // Any ground at all counts.
  const units = metres.map((value) => Math.ceil(value / unit))
  const perHousehold = total(units) + 1
  return units.map((value, i) => {
    const shared = households[i]! * perHousehold + value
    const isSame = first[Math.floor(i / second.length)] === second[i % second.length]
    return shared === 0 ? 0 : shared * perCode + (isSame ? 1 : 0)
  })
}
