/** The check of a plan: its problems with what somebody said of them, and which of them stand in the way of submitting it. */
import { createHash } from 'node:crypto'
import type { CheckReport, DivisionInput, Problem, ProblemCode } from '../../core/coverage/report.ts'
import { sizeBandOf } from '../../core/policy/division-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { AreaGeometry, HouseholdPoint } from '../../core/values.ts'
import { findArea } from '../../db/areas.ts'
import { type ExceptionRow, listExceptions } from '../../db/exceptions.ts'
import { listPlanHouseholds } from '../../db/plan-ground.ts'
import type { PlanRow } from '../../db/plans.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scope.ts'
import { groundOfPlan } from './plan-changes.ts'
import { checkInput, loadPlanned, type PlannedDivision, type PlannedGrid } from './plan-grids.ts'

/** Runs `checkDivision`, wherever there is time for it. */
export type CheckDivision = (input: DivisionInput) => Promise<CheckReport>

/** `excepted`: accepted; `expired` and `reopened` (its geometry changed): it was, and is open again. */
export type ProblemState = 'open' | 'excepted' | 'expired' | 'reopened'

export interface JudgedProblem {
  readonly problem: Problem
  readonly state: ProblemState
  readonly exception: ExceptionRow | null
  readonly fingerprint: string
  /** It stands in the way of submitting the plan. */
  readonly blocks: boolean
}

export interface PlanCheck {
  readonly planned: PlannedDivision
  readonly report: CheckReport
  /** One for each problem of the report, in its order. */
  readonly judged: readonly JudgedProblem[]
}

/** Problems of topology: ground in none or several grids, or lines that are not the same for both neighbours. */
const blocking: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'invalid_geometry',
  'duplicate',
  'overlap',
  'gap',
  'hole',
  'inlet',
  'outside_area',
  'unmatched_edge',
  'disconnected_part',
  'sliver',
  'code_repeated',
])

export async function checkPlan(
  db: Scoped,
  plan: PlanRow,
  check: CheckDivision,
  now: number,
): Promise<PlanCheck> {
  const planned = await loadPlanned(db, plan)
  const households = await listPlanHouseholds(db, groundOfPlan(plan))
  return { planned, ...(await judge(db, plan, check, planned.grids, planned.within, households, now)) }
}

/** The same for any grids that are to cover a plan's ground. */
export async function judge(
  db: Scoped,
  plan: PlanRow,
  check: CheckDivision,
  grids: readonly (PlannedGrid | Parameters<typeof checkInput>[0][number])[],
  within: AreaGeometry,
  households: readonly HouseholdPoint[],
  now: number,
): Promise<Omit<PlanCheck, 'planned'>> {
  const today = localDayOf(now)
  const area = await findArea(db, plan.area_code)
  const policy = area && (await findPolicy(db, area, 'division', plan.effective_from ?? today))
  const report = await check(checkInput(grids, within, households, sizeBandOf(policy?.rules)))
  const exceptions = new Map(
    (await listExceptions(db, [plan.town_id], null)).map((one) => [one.problem_id, one]),
  )
  const judged = report.problems.map((problem): JudgedProblem => {
    const exception = exceptions.get(problem.id) ?? null
    const fingerprint = fingerprintOf(problem)
    const state = stateOf(exception, fingerprint, today)
    return {
      problem,
      state,
      exception,
      fingerprint,
      blocks: blocking.has(problem.code) && state !== 'excepted',
    }
  })
  return { report, judged }
}

function stateOf(exception: ExceptionRow | null, fingerprint: string, today: string): ProblemState {
  if (!exception) return 'open'
  if (exception.fingerprint !== fingerprint) return 'reopened'
  return exception.expires_on !== null && exception.expires_on <= today ? 'expired' : 'excepted'
}

/** Of a problem's geometry to a centimetre (7 decimals of a degree): rounding elsewhere does not change it, moving a line does. */
export function fingerprintOf({ code, geometry }: Pick<Problem, 'code' | 'geometry'>): string {
  const text = JSON.stringify([code, geometry], (_, value: unknown) =>
    typeof value === 'number' ? value.toFixed(7) : value,
  )
  return createHash('sha256').update(text).digest('base64url')
}
