/** A plan beside the division in force, or beside another plan of the same ground: what a superior is asked to sign. */
import { type SizeBand, sizeBandOf } from '../../core/policy/division-policy.ts'
import { type AreaScope, findArea } from '../../db/areas.ts'
import { listContacts, listDuties } from '../../db/plan-enactment.ts'
import { listPlanHouseholds, listStanding } from '../../db/plan-ground.ts'
import { findDrawing, listAuthors, type PlanRow } from '../../db/plans.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import { badRequest, notFound } from '../../errors.ts'
import type { Compared, ComparedGround, CompareInput } from './compare-on-plan.ts'
import { requirePlan } from './plan-authority.ts'
import { groundOfPlan } from './plan-changes.ts'

/** One of the two divisions. */
export interface ComparedSide extends ComparedGround {
  /** Null: the division in force. */
  readonly plan: { readonly id: string; readonly name: string; readonly revision: number } | null
}

export interface ComparedPlan extends Omit<Compared, 'before' | 'after'> {
  readonly plan: PlanRow
  readonly area: AreaScope
  /** Everybody who drew on the plan. */
  readonly authors: readonly string[]
  readonly band: SizeBand | null
  readonly before: ComparedSide
  readonly after: ComparedSide
}

/** Runs `compareOnPlan`, wherever there is time for it. */
export type Compare = (input: CompareInput) => Promise<Compared>

/**
 * @param other the plan it is compared with; null: the division in force at the beginning of the day
 * @throws AppError `not_found` for a plan the viewer may not see, `bad_request` for one of another ground
 */
export async function comparePlan(
  db: Scoped,
  plan: PlanRow,
  other: string | null,
  day: { readonly day: string; readonly from: number },
  compare: Compare,
): Promise<ComparedPlan> {
  const area = await findArea(db, plan.area_code)
  if (!area) throw notFound({ zh: `区域 ${plan.area_code}`, en: `Area ${plan.area_code}` })
  const policy = await findPolicy(db, area, 'division', day.day)
  const band = policy ? sizeBandOf(policy.rules) : null
  const drawn = await findDrawing(db, plan)
  const first = other === null ? null : await findOther(db, plan, other)
  const ground = groundOfPlan(plan)
  const households = await listPlanHouseholds(db, ground)
  const ids = households.map((one) => one.id)
  const roster = await listContacts(db, plan.town_id, ids, day.from)
  const assignments = await listDuties(db, plan.town_id, day.from)
  const { before, after, ...compared } = await compare({
    before: first ? { document: first.document } : { standing: await listStanding(db, ground, day.from) },
    after: { document: drawn.document },
    households,
    duties: {
      assignments: assignments.map((one) => ({ worker: one.worker_id, grid: one.grid_code })),
      roster: roster.map((one) => ({ household: one.household_id, worker: one.worker_id })),
    },
    band,
  })
  return {
    plan,
    area,
    authors: await listAuthors(db, plan),
    band,
    before: { ...before, plan: first && first.plan },
    after: { ...after, plan: { id: plan.plan_id, name: plan.name, revision: drawn.revision } },
    ...compared,
  }
}

async function findOther(
  db: Scoped,
  plan: PlanRow,
  other: string,
): Promise<Pick<ComparedSide, 'plan'> & { readonly document: string }> {
  const found = await requirePlan(db, other)
  if (found.area_code !== plan.area_code || found.town_id !== plan.town_id)
    throw badRequest({
      zh: `方案“${found.name}”的区域不同，不能比较`,
      en: `the plan “${found.name}” is about another area and cannot be compared`,
    })
  const { revision, document } = await findDrawing(db, found)
  return { plan: { id: found.plan_id, name: found.name, revision }, document }
}
