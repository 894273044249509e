/** Plans as they cross the wire. */

import type { PlanCheck } from '../../commands/plans/check-plan.ts'
import type { Created } from '../../commands/plans/create-plan.ts'
import type { GroupState } from '../../commands/plans/decided-grids.ts'
import type { PlanChanges } from '../../commands/plans/plan-changes.ts'
import type { CheckReport as PresentedReport } from '../../contract/check.ts'
import { presentCheck } from '../../contract/check.ts'
import type { ProblemException } from '../../contract/exceptions.ts'
import type { PlanComment, PlanTask } from '../../contract/plan-remarks.ts'
import type {
  CreatedPlan,
  Plan,
  PlanChangesReport,
  PlanCheckReport,
  PlanDetail,
} from '../../contract/plans.ts'
import type { PlanComparison } from '../../core/planning/compare-plans.ts'
import type { ExceptionRow } from '../../db/exceptions.ts'
import type { TaskRow } from '../../db/plan-enactment.ts'
import type { CommentRow, DecisionRow, PlanRow } from '../../db/plans.ts'
import { isoInstant } from '../parse.ts'

export const presentPlan = (row: PlanRow): Plan => ({
  id: row.plan_id,
  area_code: row.area_code,
  area_name: row.area_name,
  name: row.name,
  status: row.status,
  source: row.source,
  based_on_plan: row.based_on_plan,
  based_on_day: row.based_on_day,
  revision: row.revision,
  effective_from: row.effective_from,
  effective_to: row.effective_to,
  note: row.note,
  created_by: row.created_by,
  created_at: isoInstant(row.created_at),
  updated_by: row.updated_by,
  updated_at: isoInstant(row.updated_at),
})

export const presentPlanDetail = (row: PlanRow, decisions: readonly DecisionRow[]): PlanDetail => ({
  ...presentPlan(row),
  decisions: decisions.map((one) => ({
    kind: one.kind,
    grids: one.grids && [...one.grids],
    reason: one.reason,
    revision: one.revision,
    decided_by: one.decided_by,
    decided_role: one.decided_role,
    decided_at: isoInstant(one.decided_at),
  })),
})

export const presentCreated = ({ plan, notes, residue }: Created): CreatedPlan => ({
  ...presentPlan(plan),
  notes: notes.map(({ code, ids, place, message }) => ({
    code,
    ids: [...ids],
    place: place && [...place],
    message: { ...message },
  })),
  residue: residue.map(({ kind, grids, given, areaSquareMetres, households, geometry }) => ({
    kind,
    grids: [...grids],
    given,
    area_m2: round(areaSquareMetres),
    households,
    geometry: { ...geometry },
  })),
})

export const presentException = (row: ExceptionRow): ProblemException => ({
  area_code: row.area_code,
  problem: row.problem_id,
  code: row.code,
  grids: [...row.grids],
  fingerprint: row.fingerprint,
  reason: row.reason,
  expires_on: row.expires_on,
  author: row.author,
  made_at: isoInstant(row.made_at),
})

export function presentPlanCheck({ planned, report, judged }: PlanCheck): PlanCheckReport {
  const { problems, ...rest }: PresentedReport = presentCheck(report)
  return {
    revision: planned.revision,
    report: rest,
    unassigned: [...planned.unassigned],
    submittable: judged.every((one) => !one.blocks),
    problems: judged.flatMap(({ status, blocks, exception }, i) => {
      const problem = problems[i]
      return problem === undefined || status === 'gone'
        ? []
        : [{ ...problem, status, blocks, exception: exception && presentException(exception) }]
    }),
  }
}

export const presentChanges = (
  { planned, comparison, groups }: PlanChanges,
  states: readonly GroupState[],
  day: string,
): PlanChangesReport => ({
  revision: planned.revision,
  day,
  ...presentDifference(comparison),
  groups: groups.map((group, i) => ({
    grids: [...group.grids],
    households: group.households,
    area_m2: round(group.areaSquareMetres),
    state: states[i] ?? 'pending',
  })),
})

/** What all comparisons of divisions tell. */
export const presentDifference = (
  comparison: PlanComparison,
): Omit<PlanChangesReport, 'revision' | 'day' | 'groups'> => ({
  households: {
    total: comparison.households.total,
    kept: comparison.households.kept,
    moved: comparison.households.moved,
    entered: comparison.households.entered,
    left: comparison.households.left,
    in_none: comparison.households.inNone,
  },
  area_moved_m2: round(comparison.areaMovedSquareMetres),
  moves: comparison.moves.map(({ from, to, households, areaSquareMetres }) => ({
    from,
    to,
    households: [...households],
    area_m2: round(areaSquareMetres),
  })),
  grids: comparison.grids.map((grid) => ({
    code: grid.code,
    status: grid.status,
    renamed: grid.isRenamed,
    households_before: grid.householdsBefore,
    households_after: grid.householdsAfter,
    households_gained: grid.householdsGained,
    households_lost: grid.householdsLost,
    area_gained_m2: round(grid.areaGainedSquareMetres),
    area_lost_m2: round(grid.areaLostSquareMetres),
  })),
  workers: comparison.workers.map((one) => ({
    worker: one.worker,
    grids: [...one.grids],
    retired_grids: [...one.retiredGrids],
    households_before: one.householdsBefore,
    households_after: one.householdsAfter,
    roster_leaving: one.rosterLeaving.length,
    roster_staying: one.rosterStaying,
  })),
})

export const presentComment = (row: CommentRow): PlanComment => ({
  id: row.comment_id,
  grid: row.grid_code,
  position: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
  body: row.body,
  revision: row.revision,
  author: row.author,
  author_role: row.author_role,
  made_at: isoInstant(row.made_at),
  resolved_by: row.resolved_by,
  resolved_at: row.resolved_at === null ? null : isoInstant(row.resolved_at),
})

export const presentTask = (row: TaskRow): PlanTask => ({
  id: row.task_id,
  kind: row.kind,
  grid: row.grid_code,
  worker: row.worker_id,
  households: [...row.households],
  settled_by: row.settled_by,
  settled_at: row.settled_at === null ? null : isoInstant(row.settled_at),
  note: row.note,
})

/** Square metres to the square millimetre. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6
