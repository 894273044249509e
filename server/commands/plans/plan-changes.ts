/** What a plan changes of the division in force, and in which groups of grids it can be approved. */
import { createHash } from 'node:crypto'
import { comparePlans, type PlanComparison } from '../../core/planning/compare-plans.ts'
import { gridOfHouseholds, groundBetween } from '../../core/planning/compare-plans-ground.ts'
import type { ComparedDivision } from '../../core/planning/compare-plans-values.ts'
import type { PlanHousehold } from '../../core/planning/values.ts'
import type { GridKind, HouseholdPoint } from '../../core/values.ts'
import { listContacts, listDuties } from '../../db/plan-enactment.ts'
import { listPlanHouseholds, listStanding, type PlanGround, type StandingGrid } from '../../db/plan-ground.ts'
import type { PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { loadPlanned, type PlannedDivision, type PlannedGrid, vertexText } from './plan-grids.ts'

export interface ChangeGroup {
  /** Codes of grids of both divisions, sorted: approved together or not at all. Microgrids go with their grid. */
  readonly grids: readonly string[]
  /** Households that change their grid. */
  readonly households: number
  readonly areaSquareMetres: number
}

export interface PlanChanges {
  readonly planned: PlannedDivision
  readonly standing: readonly StandingGrid[]
  /** Changes as soon as anything of the division in force does. */
  readonly fingerprint: string
  readonly comparison: PlanComparison
  readonly groups: readonly ChangeGroup[]
}

export const groundOfPlan = (plan: Pick<PlanRow, 'town_id' | 'area_code'>): PlanGround => ({
  town: plan.town_id,
  area: plan.area_code,
  village: plan.area_code === plan.town_id ? null : plan.area_code,
})

/** @param at the moment whose division the plan is compared with */
export async function loadChanges(db: Scoped, plan: PlanRow, at: number): Promise<PlanChanges> {
  const planned = await loadPlanned(db, plan)
  const standing = await listStanding(db, groundOfPlan(plan), at)
  const { comparison } = await compareDivisions(db, plan, { before: standing, after: planned.grids }, at)
  return {
    planned,
    standing,
    fingerprint: fingerprintOf(standing),
    comparison,
    groups: withMicrogrids(comparison.approvalGroups, standing, planned.grids),
  }
}

export interface ComparedDivisions {
  readonly before: ComparedDivision
  readonly after: ComparedDivision
  readonly households: readonly PlanHousehold[]
  readonly comparison: PlanComparison
}

/**
 * What changes between two divisions of a plan's ground. Microgrids are left out: they go with their grid.
 * @param at the moment whose assignments and rosters are touched
 */
export async function compareDivisions(
  db: Scoped,
  plan: Pick<PlanRow, 'town_id' | 'area_code'>,
  divisions: Record<'before' | 'after', readonly (StandingGrid | PlannedGrid)[]>,
  at: number,
): Promise<ComparedDivisions> {
  const households = await listPlanHouseholds(db, groundOfPlan(plan))
  const ids = households.map((one) => one.id)
  const roster = await listContacts(db, plan.town_id, ids, at)
  const assignments = await listDuties(db, plan.town_id, at)
  const [gridsBefore, gridsAfter] = [divisions.before.filter(isWhole), divisions.after.filter(isWhole)]
  const before = comparedDivision(gridsBefore, households)
  const after = comparedDivision(gridsAfter, households)
  const comparison = comparePlans({
    before,
    after,
    ground: groundBetween(gridsBefore, gridsAfter),
    duties: {
      assignments: assignments.map((one) => ({ worker: one.worker_id, grid: one.grid_code })),
      roster: roster.map((one) => ({ household: one.household_id, worker: one.worker_id })),
    },
  })
  return { before, after, households, comparison }
}

/** Changes as soon as anything of a division does. */
export const fingerprintOf = (standing: readonly Pick<StandingGrid, 'mark'>[]): string =>
  createHash('sha256')
    .update(standing.map((grid) => grid.mark).join('\n'))
    .digest('base64url')

/** No microgrid. */
export const isWhole = (grid: { readonly kind: GridKind }): boolean => grid.kind !== 'microgrid'

/** A division as comparisons take it. */
export const comparedDivision = (
  grids: readonly (StandingGrid | PlannedGrid)[],
  households: readonly HouseholdPoint[],
): ComparedDivision => ({
  grids: grids.map(({ code, name, kind, village, parent }) => ({
    code,
    name,
    kind,
    village: village ?? '',
    parent,
  })),
  gridOf: gridOfHouseholds(households, grids),
})

/** A grid of which only the microgrids change is a group by itself. */
function withMicrogrids(
  groups: PlanComparison['approvalGroups'],
  standing: readonly StandingGrid[],
  planned: readonly PlannedGrid[],
): ChangeGroup[] {
  const known = new Set(groups.flatMap((group) => group.grids))
  const insideOf = (grids: readonly (StandingGrid | PlannedGrid)[]): Map<string, string[]> => {
    const texts = new Map<string, string[]>()
    for (const { code, name, parent, geometry } of grids) {
      if (parent === null) continue
      texts.set(parent, [...(texts.get(parent) ?? []), JSON.stringify([code, name, vertexText(geometry)])])
    }
    return texts
  }
  const [before, after] = [insideOf(standing), insideOf(planned)]
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter((parent) => {
    const [was, is] = [before.get(parent) ?? [], after.get(parent) ?? []]
    return !known.has(parent) && was.toSorted().join('\n') !== is.toSorted().join('\n')
  })
  const alone = differing.map((parent) => ({ grids: [parent], households: 0, areaSquareMetres: 0 }))
  return [...groups, ...alone].toSorted((a, b) => ((a.grids[0] ?? '') < (b.grids[0] ?? '') ? -1 : 1))
}

/** The code under which a grid is decided on: a microgrid's is that of its grid. */
export const decidedAs = (grid: Pick<StandingGrid, 'code' | 'parent'>): string => grid.parent ?? grid.code

export interface DivisionChange {
  /** Versions that end: of grids that change or are retired, by code. */
  readonly ended: readonly string[]
  /** Codes among them that no grid has afterwards. */
  readonly retired: readonly string[]
  /** Codes that no grid had before. */
  readonly created: readonly string[]
  readonly written: readonly PlannedGrid[]
  /** The whole division afterwards. */
  readonly after: readonly (StandingGrid | PlannedGrid)[]
}

/**
 * What is written when some groups of a plan come into force. A grid in no group keeps its ground but is written, too, where a
 * vertex was set on its line: its neighbour has the vertex, and both must have it.
 * @param refused codes of the groups that stay as they were
 */
export function divisionChange(
  { standing, planned }: Pick<PlanChanges, 'standing' | 'planned'>,
  refused: ReadonlySet<string>,
): DivisionChange {
  const stays = (grid: StandingGrid | PlannedGrid): boolean => refused.has(decidedAs(grid))
  const before = new Map(standing.map((grid) => [grid.code, grid]))
  const wanted = planned.grids.filter((grid) => !stays(grid))
  const codes = new Set(wanted.map((grid) => grid.code))
  const written = wanted.filter((grid) => !isSame(before.get(grid.code), grid))
  const writtenCodes = new Set(written.map((grid) => grid.code))
  const retired = standing.filter((grid) => !stays(grid) && !codes.has(grid.code)).map((grid) => grid.code)
  const gone = new Set(retired)
  return {
    ended: standing.map((grid) => grid.code).filter((code) => writtenCodes.has(code) || gone.has(code)),
    retired,
    created: written.map((grid) => grid.code).filter((code) => !before.has(code)),
    written,
    after: [...standing.filter(({ code }) => !writtenCodes.has(code) && !gone.has(code)), ...written],
  }
}

const isSame = (was: StandingGrid | undefined, is: PlannedGrid): boolean =>
  was !== undefined &&
  was.name === is.name &&
  was.kind === is.kind &&
  was.village === is.village &&
  was.parent === is.parent &&
  vertexText(was.geometry) === vertexText(is.geometry)
