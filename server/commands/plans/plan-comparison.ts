/** A plan beside the division in force, or beside another plan of the same ground: what a superior is asked to sign. */
import type { PlanComparison } from '../../core/planning/compare-plans.ts'
import { type DivisionFigures, divisionFigures } from '../../core/planning/division-figures.ts'
import type { PlanHousehold } from '../../core/planning/values.ts'
import { type SizeBand, sizeBandOf } from '../../core/policy/division-policy.ts'
import type { AreaGeometry } from '../../core/values.ts'
import { type AreaScope, findArea } from '../../db/areas.ts'
import { listStanding, type StandingGrid } from '../../db/plan-ground.ts'
import { listAuthors, type PlanRow } from '../../db/plans.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scope.ts'
import { badRequest, notFound } from '../../errors.ts'
import { requirePlan } from './plan-authority.ts'
import { compareDivisions, groundOfPlan, isWhole } from './plan-changes.ts'
import { loadPlanned, type PlannedGrid } from './plan-grids.ts'

/** One of the two divisions, without its microgrids. */
export interface ComparedSide {
  /** Null: the division in force. */
  readonly plan: { readonly id: string; readonly name: string; readonly revision: number } | null
  readonly grids: readonly (StandingGrid | PlannedGrid)[]
  readonly figures: DivisionFigures
}

export interface ComparedPlan {
  readonly plan: PlanRow
  readonly area: AreaScope
  /** Outline of the ground that both divide. */
  readonly outline: AreaGeometry
  /** Everybody who drew on the plan. */
  readonly authors: readonly string[]
  readonly band: SizeBand | null
  readonly before: ComparedSide
  readonly after: ComparedSide
  readonly comparison: PlanComparison
  /** Households that change their grid, or come from or go to none. */
  readonly moved: readonly (PlanHousehold & { readonly from: string | null; readonly to: string | null })[]
}

/**
 * @param other the plan it is compared with; null: the division in force at the beginning of the day
 * @throws AppError `not_found` for a plan the viewer may not see, `bad_request` for one of another ground
 */
export async function comparePlan(
  db: Scoped,
  plan: PlanRow,
  other: string | null,
  day: { readonly day: string; readonly from: number },
): Promise<ComparedPlan> {
  const area = await findArea(db, plan.area_code)
  if (!area) throw notFound({ zh: `区域 ${plan.area_code}`, en: `Area ${plan.area_code}` })
  const policy = await findPolicy(db, area, 'division', day.day)
  const band = policy ? sizeBandOf(policy.rules) : null
  const planned = await loadPlanned(db, plan)
  const first = other === null ? null : await loadOther(db, plan, other)
  const gridsBefore = first?.grids ?? (await listStanding(db, groundOfPlan(plan), day.from))
  const { before, after, households, comparison } = await compareDivisions(
    db,
    plan,
    { before: gridsBefore, after: planned.grids },
    day.from,
  )
  const side = (
    grids: readonly (StandingGrid | PlannedGrid)[],
    { gridOf }: typeof before,
  ): Pick<ComparedSide, 'grids' | 'figures'> => {
    const whole = grids.filter(isWhole)
    return { grids: whole, figures: divisionFigures(whole, gridOf, band) }
  }
  const moveOf = new Map(comparison.moves.flatMap((move) => move.households.map((id) => [id, move])))
  return {
    plan,
    area,
    outline: planned.within,
    authors: await listAuthors(db, plan),
    band,
    before: { plan: first?.plan ?? null, ...side(gridsBefore, before) },
    after: {
      plan: { id: plan.plan_id, name: plan.name, revision: planned.revision },
      ...side(planned.grids, after),
    },
    comparison,
    moved: households.flatMap((household) => {
      const move = moveOf.get(household.id)
      return move ? [{ ...household, from: move.from, to: move.to }] : []
    }),
  }
}

async function loadOther(
  db: Scoped,
  plan: PlanRow,
  other: string,
): Promise<Pick<ComparedSide, 'plan' | 'grids'>> {
  const found = await requirePlan(db, other)
  if (found.area_code !== plan.area_code || found.town_id !== plan.town_id)
    throw badRequest({
      zh: `方案“${found.name}”的区域不同，不能比较`,
      en: `the plan “${found.name}” is about another area and cannot be compared`,
    })
  const { revision, grids } = await loadPlanned(db, found)
  return { plan: { id: found.plan_id, name: found.name, revision }, grids }
}
