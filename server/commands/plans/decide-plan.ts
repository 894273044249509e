/** Submitting a plan, and what is decided on it: approved or returned, as a whole or group by group, or withdrawn. */
import { dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import type { Flaw, Message } from '../../core/values.ts'
import {
  changeStatus,
  type DecisionKind,
  insertDecision,
  listDecisions,
  type PlanRow,
  type PlanStatus,
  type StatusChange,
} from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer } from '../../db/viewer.ts'
import { AppError } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { type CheckDivision, checkPlan, judge } from './check-plan.ts'
import { groupStates, listFlaws } from './decided-grids.ts'
import { requirePlan, requireRight, requireStranger } from './plan-authority.ts'
import { divisionChange, loadChanges, type PlanChanges } from './plan-changes.ts'
import { codeFlaws } from './plan-codes.ts'
import { decidedMeanwhile, savedMeanwhile, wrongStatus } from './plan-conflict.ts'

/** A step on a plan as somebody has it before them. */
export interface StepRequest {
  readonly plan: string
  readonly revision: number
  readonly now: number
}

/**
 * Gives a plan in for approval, to hold from a day on. It must be whole: no problem of topology without an exception, no ground
 * without a grid, no code that ever meant another grid.
 * @throws AppError `forbidden`, `not_found`, `conflict`, `bad_input` with every reason
 */
export async function submitPlan(
  db: Scoped,
  request: StepRequest & { readonly from: string; readonly reason: string | null },
  check: CheckDivision,
): Promise<PlanRow> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'draw')
  const plan = await planAt(db, request)
  const open: readonly PlanStatus[] = ['draft', 'returned']
  if (!open.includes(plan.status)) throw wrongStatus(plan, { zh: '提交', en: 'submitted' })
  const { judged, planned } = await checkPlan(
    db,
    { ...plan, effective_from: request.from },
    check,
    request.now,
  )
  const from = dayBounds(request.from).from
  const changes = await loadChanges(db, plan, from)
  const flaws = [
    ...dayFlaws(request.from, request.now),
    ...judged.filter((one) => one.blocks).map(({ problem }) => problemFlaw(problem)),
    ...(await codeFlaws(db, plan, changes, { day: request.from, from })),
    ...(changes.groups.length === 0 ? [nothingChanges] : []),
  ]
  if (flaws.length > 0)
    throw new AppError(
      'bad_input',
      {
        zh: `方案还不能提交：${flaws.length} 处须先解决，或对问题登记例外`,
        en: `the plan cannot be submitted yet: ${flaws.length} to be settled first, or excepted`,
      },
      flaws,
    )
  const change = { to: 'submitted', effectiveFrom: request.from, comparedWith: changes.fingerprint } as const
  if (planned.revision !== plan.revision) throw await savedMeanwhile(db, plan, planned.revision)
  return decide(db, plan, viewer, request, { from: open, ...change }, [
    { kind: 'submitted', grids: null, reason: request.reason },
  ])
}

export interface DecideRequest extends StepRequest {
  readonly verdict: 'approved' | 'returned'
  /** Codes of the grids decided on: whole groups. Null: all that is not decided yet; to return, the whole plan. */
  readonly grids: readonly string[] | null
  readonly reason: string | null
}

/**
 * Approves or returns a submitted plan. Once every group has its verdict, the plan is approved with the groups that were, or
 * returned when none was; returned as a whole, it is so at once.
 * @throws AppError `forbidden` (role, or one of its authors), `not_found`, `conflict` (not submitted; the division in force
 *   changed since), `bad_input` (groups torn apart; what is left would not be whole)
 */
export async function decidePlan(db: Scoped, request: DecideRequest, check: CheckDivision): Promise<PlanRow> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'decide')
  const { verdict, grids, reason, now } = request
  if (verdict === 'returned' && !reason)
    throw new AppError('bad_request', { zh: '退回须写明理由', en: 'a plan is returned with a reason' })
  const plan = await planAt(db, request)
  if (plan.status !== 'submitted')
    throw wrongStatus(
      plan,
      verdict === 'approved' ? { zh: '批准', en: 'approved' } : { zh: '退回', en: 'returned' },
    )
  await requireStranger(db, plan, viewer)
  const decision = { kind: verdict, grids, reason }
  if (verdict === 'returned' && grids === null)
    return decide(db, plan, viewer, request, { from: ['submitted'], to: 'returned' }, [decision])

  const changes = await loadSubmitted(db, plan)
  const flaws = grids ? listFlaws(changes.groups, grids) : []
  if (flaws.length > 0) throw new AppError('bad_input', inseparable, flaws)
  const before = await listDecisions(db, plan)
  const undecided = changes.groups.filter((_, i) => groupStates(changes.groups, before)[i] === 'pending')
  const decided = { ...decision, grids: grids ?? undecided.flatMap((group) => group.grids) }
  const states = groupStates(changes.groups, [...before, decided])
  const to = states.includes('pending') ? 'submitted' : states.includes('approved') ? 'approved' : 'returned'
  if (to === 'approved') await requireWhole(db, plan, changes, states, check, now)
  return decide(db, plan, viewer, request, { from: ['submitted'], to }, [decided], before.length)
}

/** Takes a plan off the table: its author a draft or a submitted one, who decides also an approved one. */
export async function withdrawPlan(
  db: Scoped,
  request: StepRequest & { readonly reason: string | null },
): Promise<PlanRow> {
  const viewer = requireViewer(db)
  const plan = await planAt(db, request)
  requireRight(viewer, plan.status === 'approved' ? 'decide' : 'draw')
  const from: readonly PlanStatus[] = ['draft', 'returned', 'submitted', 'approved']
  if (!from.includes(plan.status)) throw wrongStatus(plan, { zh: '撤回', en: 'withdrawn' })
  return decide(db, plan, viewer, request, { from, to: 'withdrawn' }, [
    { kind: 'withdrawn', grids: null, reason: request.reason },
  ])
}

/** The plan, at the revision its reader has. @throws AppError `not_found`, `conflict` */
export async function planAt(db: Scoped, { plan: id, revision }: StepRequest): Promise<PlanRow> {
  const plan = await requirePlan(db, id)
  if (plan.revision !== revision) throw await savedMeanwhile(db, plan, revision)
  return plan
}

/**
 * What a submitted plan changes, provided that the division in force is still the one it was compared with.
 * @throws AppError `conflict`
 */
export async function loadSubmitted(
  db: Scoped,
  plan: PlanRow,
  from: string | null = plan.effective_from,
): Promise<PlanChanges> {
  const changes = await loadChanges(db, plan, dayBounds(from ?? '').from)
  if (changes.fingerprint === plan.compared_with) return changes
  throw new AppError('conflict', {
    zh: `方案提交之后，${from} 的现行网格已有变动：请退回，由编制人对照新的现行网格再次提交`,
    en: `the grids in force on ${from} have changed since the plan was submitted: return it, to be compared with them and submitted again`,
  })
}

/** Codes of the groups that a plan leaves as they are. */
export const refusedCodes = (
  { groups }: Pick<PlanChanges, 'groups'>,
  states: readonly string[],
): ReadonlySet<string> =>
  new Set(groups.filter((_, i) => states[i] !== 'approved').flatMap((group) => group.grids))

/** With some groups refused, old and new grids stand side by side: they must still cover everything once. */
async function requireWhole(
  db: Scoped,
  plan: PlanRow,
  changes: PlanChanges,
  states: readonly string[],
  check: CheckDivision,
  now: number,
): Promise<void> {
  if (states.every((state) => state === 'approved')) return
  const { after } = divisionChange(changes, refusedCodes(changes, states))
  const { within } = changes.planned
  const { judged } = await judge(db, plan, check, after, within, now)
  // A vertex that only the new side of a line has, moves no ground.
  const broken = judged.filter(({ blocks, problem }) => blocks && problem.code !== 'unmatched_edge')
  if (broken.length === 0) return
  throw new AppError(
    'bad_input',
    {
      zh: '只批准这些网格，划分就不完整：请一并批准或一并退回',
      en: 'with only these grids approved the division would not be whole: approve or return them together',
    },
    broken.map(({ problem }) => problemFlaw(problem)),
  )
}

const problemFlaw = ({ id, code, message }: { id: string; code: string; message: Message }): Flaw => ({
  code,
  place: { id },
  message,
})

const nothingChanges: Flaw = {
  code: 'nothing_changes',
  place: {},
  message: { zh: '方案与现行网格没有差别', en: 'the plan is no different from the grids in force' },
}

const inseparable: Message = {
  zh: '这些网格不能这样分开决定',
  en: 'these grids cannot be decided on apart like this',
}

/** A plan does not reach back: patrol days that were counted stay as they were counted. */
export function dayFlaws(from: string, now: number): Flaw[] {
  const today = localDayOf(now)
  if (from >= today) return []
  return [
    {
      code: 'day_past',
      place: { field: 'from' },
      value: from,
      message: {
        zh: `生效日期 ${from} 早于今天 ${today}：已计的巡查不能改按新网格计`,
        en: `the first day, ${from}, is before today, ${today}: patrols already counted keep their grids`,
      },
    },
  ]
}

/**
 * Changes the plan's state and adds the decisions, together or not at all.
 * @param seen how many decisions the new state was worked out from: with another one meanwhile it would be wrong
 */
async function decide(
  db: Scoped,
  plan: PlanRow,
  viewer: Viewer,
  { now }: StepRequest,
  change: StatusChange,
  decisions: readonly { kind: DecisionKind; grids: readonly string[] | null; reason: string | null }[],
  seen?: number,
): Promise<PlanRow> {
  const done = await db.transaction(async (open) => {
    if (!(await changeStatus(open, plan, change, viewer.name, now))) return false
    const last = seen === undefined ? undefined : (await listDecisions(open, plan))[seen]
    if (last) throw decidedMeanwhile(last)
    for (const one of decisions)
      await insertDecision(open, plan, {
        ...one,
        decided_by: viewer.name,
        decided_role: viewer.role,
        decided_at: now,
      })
    return true
  })
  const current = await requirePlan(db, plan.plan_id)
  if (done) return current
  if (current.revision !== plan.revision) throw await savedMeanwhile(db, current, plan.revision)
  throw wrongStatus(current, { zh: '再作此决定', en: 'decided on like this' })
}
