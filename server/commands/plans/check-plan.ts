/** The check of a plan: its problems with what somebody said of them, and which of them stand in the way of submitting it. */
import {
  geometryFingerprint,
  type ProblemException,
  type ProblemStatus,
  problemLives,
} from '../../core/coverage/problem-life.ts'
import type { CheckReport, DivisionInput, Problem, ProblemCode } from '../../core/coverage/report.ts'
import { sizeBandOf } from '../../core/policy/division-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { AreaGeometry } from '../../core/values.ts'
import { findArea } from '../../db/areas.ts'
import { type ExceptionRow, listExceptions } from '../../db/exceptions.ts'
import { listNaturalVillages, listPlanBuildings, listPlanHouseholds } from '../../db/plan-ground.ts'
import type { PlanRow } from '../../db/plans.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import { groundOfPlan } from './plan-changes.ts'
import { checkInput, loadPlanned, type PlannedDivision } from './plan-grids.ts'

/** Runs `checkDivision`, wherever there is time for it. */
export type CheckDivision = (input: DivisionInput) => Promise<CheckReport>

export interface JudgedProblem {
  readonly problem: Problem
  readonly status: ProblemStatus
  /** The exception that counts, or counted. */
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
  return { planned, ...(await judge(db, plan, check, planned.grids, planned.within, now)) }
}

/** The same for any grids that are to cover a plan's ground. */
export async function judge(
  db: Scoped,
  plan: PlanRow,
  check: CheckDivision,
  grids: Parameters<typeof checkInput>[0],
  within: AreaGeometry,
  now: number,
): Promise<Omit<PlanCheck, 'planned'>> {
  const today = localDayOf(now)
  const area = await findArea(db, plan.area_code)
  const policy = area && (await findPolicy(db, area, 'division', plan.effective_from ?? today))
  const ground = groundOfPlan(plan)
  const report = await check({
    ...checkInput(grids, within, await listPlanHouseholds(db, ground), sizeBandOf(policy?.rules)),
    villages: await listNaturalVillages(db, ground),
    buildings: await listPlanBuildings(db, ground),
  })
  const exceptions = await listExceptions(db, [plan.town_id], null)
  return { report, judged: judgeProblems(report.problems, exceptions, today) }
}

/** What somebody said of each problem, in their order. */
export function judgeProblems(
  problems: readonly Problem[],
  exceptions: readonly ExceptionRow[],
  today: string,
): JudgedProblem[] {
  const rows = new Map(exceptions.map((row) => [exceptionOf(row), row]))
  return problemLives(problems, [...rows.keys()], today).flatMap(({ problem, status, exception }) =>
    problem === null
      ? []
      : [
          {
            problem,
            status,
            exception: (exception && rows.get(exception)) ?? null,
            fingerprint: geometryFingerprint(problem.geometry),
            blocks: blocking.has(problem.code) && status !== 'excepted',
          },
        ],
  )
}

const exceptionOf = (row: ExceptionRow): ProblemException => ({
  problem: row.problem_id,
  code: row.code,
  grids: row.grids,
  fingerprint: row.fingerprint,
  author: row.author,
  reason: row.reason,
  expires: row.expires_on,
})
