import { type MembershipCell, membershipCells, variationOfInformation } from './compare-plans-distance.ts'
import type { GroundShare } from './compare-plans-ground.ts'
import { type ApprovalGroup, approvalGroups } from './compare-plans-groups.ts'
import type { ComparedDivision, ComparedGrid, GridChange, GridMove } from './compare-plans-values.ts'
import { type Duties, type WorkerChange, workerChanges } from './compare-plans-workers.ts'

export interface ComparisonInput {
  readonly before: ComparedDivision
  readonly after: ComparedDivision
  /** What became of all ground, what stays included: `groundOfAtoms` or `groundBetween`. */
  readonly ground: readonly GroundShare[]
  /** Who answers for what under the first division. */
  readonly duties?: Duties
}

export interface PlanComparison {
  readonly households: {
    /** All that either division names. */
    readonly total: number
    /** In the same grid as before. */
    readonly kept: number
    /** From one grid to another. */
    readonly moved: number
    /** In no grid before, in one now; and the reverse. */
    readonly entered: number
    readonly left: number
    /** In no grid of either. */
    readonly inNone: number
  }
  /** Sorted by from, then to; none first. */
  readonly moves: readonly GridMove[]
  /** Every grid of either division, by code. */
  readonly grids: readonly GridChange[]
  readonly codes: {
    readonly kept: readonly string[]
    readonly created: readonly string[]
    readonly retired: readonly string[]
  }
  /** Ground that belongs to another grid than before, or to none, or did to none. */
  readonly areaMovedSquareMetres: number
  /** In nats; see `variationOfInformation`. */
  readonly variationOfInformation: number
  /** Grids that change, in the smallest groups that can be approved without the others. */
  readonly approvalGroups: readonly ApprovalGroup[]
  /** Workers whom the change touches, by id. */
  readonly workers: readonly WorkerChange[]
}

/**
 * What changes between two divisions, for people, ground, codes and workers. Codes are compared as they stand: match them first
 * (`matchCodes`) where the second division's are provisional. The order of the input does not show.
 */
export function comparePlans({ before, after, ground, duties }: ComparisonInput): PlanComparison {
  const cells = membershipCells(before.gridOf, after.gridOf)
  const moves = movesOf(cells, ground)
  const grids = gridChanges(before.grids, after.grids, cells, ground)
  const codes = (status: GridChange['status']): string[] =>
    grids.filter((grid) => grid.status === status).map((grid) => grid.code)
  const count = (belongs: (cell: MembershipCell) => boolean): number =>
    cells.filter(belongs).reduce((sum, cell) => sum + cell.households.length, 0)
  return {
    households: {
      total: count(() => true),
      kept: count(({ from, to }) => from !== null && from === to),
      moved: count(({ from, to }) => from !== null && to !== null && from !== to),
      entered: count(({ from, to }) => from === null && to !== null),
      left: count(({ from, to }) => from !== null && to === null),
      inNone: count(({ from, to }) => from === null && to === null),
    },
    moves,
    grids,
    codes: { kept: codes('kept'), created: codes('created'), retired: codes('retired') },
    areaMovedSquareMetres: moves.reduce((sum, move) => sum + move.areaSquareMetres, 0),
    variationOfInformation: variationOfInformation(cells),
    approvalGroups: approvalGroups(grids, moves),
    workers: duties ? workerChanges(duties, before.gridOf, after.gridOf, new Set(codes('retired'))) : [],
  }
}

function movesOf(cells: readonly MembershipCell[], ground: readonly GroundShare[]): GridMove[] {
  const moves = new Map<string, GridMove>()
  const add = (from: string | null, to: string | null, more: Partial<GridMove>): void => {
    const key = JSON.stringify([from, to])
    moves.set(key, { from, to, households: [], areaSquareMetres: 0, ...moves.get(key), ...more })
  }
  for (const { from, to, households } of cells) if (from !== to) add(from, to, { households })
  for (const { from, to, ...land } of ground) if (from !== to) add(from, to, land)
  return [...moves.values()].toSorted(
    (p, q) => byText(p.from ?? '', q.from ?? '') || byText(p.to ?? '', q.to ?? ''),
  )
}

function gridChanges(
  before: readonly ComparedGrid[],
  after: readonly ComparedGrid[],
  cells: readonly MembershipCell[],
  ground: readonly GroundShare[],
): GridChange[] {
  const gridsBefore = new Map(before.map((grid) => [grid.code, grid]))
  const gridsAfter = new Map(after.map((grid) => [grid.code, grid]))
  const households = flows(cells.map(({ from, to, households: ids }) => ({ from, to, amount: ids.length })))
  const area = flows(ground.map(({ from, to, areaSquareMetres }) => ({ from, to, amount: areaSquareMetres })))
  return [...new Set([...gridsBefore.keys(), ...gridsAfter.keys()])].toSorted().map((code) => {
    const was = gridsBefore.get(code) ?? null
    const is = gridsAfter.get(code) ?? null
    const people = households(code)
    const land = area(code)
    return {
      code,
      status: was === null ? 'created' : is === null ? 'retired' : 'kept',
      before: was,
      after: is,
      isRenamed: was !== null && is !== null && !isSameGrid(was, is),
      householdsBefore: people.kept + people.lost,
      householdsAfter: people.kept + people.gained,
      householdsKept: people.kept,
      householdsGained: people.gained,
      householdsLost: people.lost,
      areaBeforeSquareMetres: land.kept + land.lost,
      areaAfterSquareMetres: land.kept + land.gained,
      areaGainedSquareMetres: land.gained,
      areaLostSquareMetres: land.lost,
    }
  })
}

interface Flow {
  kept: number
  gained: number
  lost: number
}

/** What each code keeps, gains and loses. */
function flows(
  amounts: readonly { readonly from: string | null; readonly to: string | null; readonly amount: number }[],
): (code: string) => Readonly<Flow> {
  const byGrid = new Map<string, Flow>()
  const flowOf = (code: string): Flow => {
    const flow = byGrid.get(code) ?? { kept: 0, gained: 0, lost: 0 }
    byGrid.set(code, flow)
    return flow
  }
  for (const { from, to, amount } of amounts) {
    if (from !== null && from === to) flowOf(from).kept += amount
    else {
      if (from !== null) flowOf(from).lost += amount
      if (to !== null) flowOf(to).gained += amount
    }
  }
  return (code) => byGrid.get(code) ?? { kept: 0, gained: 0, lost: 0 }
}

const isSameGrid = (p: ComparedGrid, q: ComparedGrid): boolean =>
  p.name === q.name && p.kind === q.kind && p.village === q.village && p.parent === q.parent

const byText = (p: string, q: string): number => (p < q ? -1 : p > q ? 1 : 0)
