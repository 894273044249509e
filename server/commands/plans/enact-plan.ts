/**
 * Putting an approved plan in force from a day on: new versions of the grids that change, an end for those before them, teams and
 * rosters by rule, tasks for what no rule settles, days to be matched again. One transaction: all of it or nothing.
 */
import { dayBounds } from '../../core/trajectories/local-day.ts'
import type { Flaw } from '../../core/values.ts'
import { toHexEwkb } from '../../db/ewkb.ts'
import { endGridVersions, listWorkersOfGrids, upsertRows } from '../../db/imports.ts'
import { markDaysOfWorkersStale } from '../../db/matching.ts'
import {
  insertTasks,
  listContacts,
  listDuties,
  listLaterGrids,
  listPlansInForce,
  lockDivision,
  removeDuties,
  removeVersions,
} from '../../db/plan-enactment.ts'
import { listStanding } from '../../db/plan-ground.ts'
import { changeStatus, insertDecision, listDecisions, type PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import type { Viewer } from '../../db/viewer.ts'
import { AppError } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { dayFlaws, loadSubmitted, planAt, refusedCodes, type StepRequest } from './decide-plan.ts'
import { groupStates } from './decided-grids.ts'
import { followDuties } from './follow-duties.ts'
import { insertVertices, matchOutline } from './match-outline.ts'
import { requirePlan, requireRight } from './plan-authority.ts'
import {
  type DivisionChange,
  divisionChange,
  fingerprintOf,
  groundOfPlan,
  type PlanChanges,
} from './plan-changes.ts'
import { codeFlaws } from './plan-codes.ts'
import { wrongStatus } from './plan-conflict.ts'
import { asMultiPolygon, type PlannedGrid } from './plan-grids.ts'

export interface EnactRequest extends StepRequest {
  /** First day; null: the day it was submitted for. */
  readonly from: string | null
}

export interface Enacted {
  readonly plan: PlanRow
  readonly written: number
  readonly retired: readonly string[]
  /** Tasks that a person must settle. */
  readonly tasks: number
  /** Worker days marked to be matched again. */
  readonly staleDays: number
}

/**
 * @throws AppError `forbidden`, `not_found`, `conflict` (not approved; the division in force changed since; another plan begins
 *   later), `bad_input` (a day that is past; a code that has meant another grid)
 */
export async function enactPlan(db: Scoped, request: EnactRequest): Promise<Enacted> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'decide')
  const plan = await planAt(db, request)
  if (plan.status !== 'approved') throw wrongStatus(plan, { zh: '生效', en: 'put in force' })
  const day = request.from ?? plan.effective_from ?? ''
  const changes = await loadSubmitted(db, plan, day)
  const codes = await codeFlaws(db, plan, changes, { day, from: dayBounds(day).from })
  const flaws: Flaw[] = [...dayFlaws(day, request.now), ...codes]
  if (flaws.length > 0)
    throw new AppError(
      'bad_input',
      { zh: '方案不能这样生效', en: 'the plan cannot be put in force like this' },
      flaws,
    )
  const states = groupStates(changes.groups, await listDecisions(db, plan))
  const refused = refusedCodes(changes, states)
  const change = divisionChange(changes, refused)
  const counts = await db.transaction((open) =>
    enactWithin(open, { plan, day, viewer, now: request.now, changes, change, isWhole: refused.size === 0 }),
  )
  return {
    plan: await requirePlan(db, plan.plan_id),
    written: change.written.length,
    retired: change.retired,
    ...counts,
  }
}

interface Enactment {
  readonly plan: PlanRow
  readonly day: string
  readonly viewer: Viewer
  readonly now: number
  readonly changes: PlanChanges
  readonly change: DivisionChange
  /** No group was returned. */
  readonly isWhole: boolean
}

async function enactWithin(open: Scoped, one: Enactment): Promise<Pick<Enacted, 'tasks' | 'staleDays'>> {
  const { plan, day, viewer, now, changes, change } = one
  const from = dayBounds(day).from
  await lockDivision(open, plan.town_id)
  const to = { from: ['approved'], to: 'in_force', effectiveFrom: day } as const
  if (!(await changeStatus(open, plan, to, viewer.name, now)))
    throw wrongStatus(await requirePlan(open, plan.plan_id), { zh: '生效', en: 'put in force' })
  await requireUnchanged(open, one, from)
  await insertDecision(open, plan, {
    kind: 'enacted',
    grids: one.isWhole ? null : change.written.map((grid) => grid.code),
    reason: null,
    decided_by: viewer.name,
    decided_role: viewer.role,
    decided_at: now,
  })
  if (one.isWhole) await supersedeOthers(open, one)
  const { written, lacking } = await matchOutline(open, plan, changes.planned, change.written, from)
  await writeGrids(open, one, written, from)
  await insertVertices(open, plan, changes.planned, lacking, now)
  const tasks = await writeDuties(open, plan, changes, change, from)
  const workers = await listWorkersOfGrids(open, plan.town_id, [
    ...new Set([...change.ended, ...change.written.map((grid) => grid.code)]),
  ])
  const staleDays =
    workers.length === 0
      ? 0
      : await markDaysOfWorkersStale(open, plan.town_id, workers, from, Number.POSITIVE_INFINITY)
  return { tasks, staleDays }
}

/** What was compared outside the transaction must still stand within it, and nothing may begin later on this ground. */
async function requireUnchanged(
  open: Scoped,
  { plan, day, changes }: Enactment,
  from: number,
): Promise<void> {
  const ground = groundOfPlan(plan)
  const later = await listLaterGrids(open, ground, from)
  if (later.length > 0)
    throw new AppError('conflict', {
      zh: `${day} 之后已有另一划分待生效（网格 ${later.map((grid) => grid.grid_code).join('、')}）：请择其后的日期`,
      en: `another division is already set to begin after ${day} (grids ${later.map((grid) => grid.grid_code).join(', ')}): choose a later day`,
    })
  if (fingerprintOf(await listStanding(open, ground, from)) !== changes.fingerprint)
    throw new AppError('conflict', {
      zh: '现行网格刚刚有变动，请重新载入',
      en: 'the grids in force have just changed: load the plan again',
    })
}

/** Plans whose ground this one takes over altogether. */
async function supersedeOthers(open: Scoped, { plan, day, viewer, now }: Enactment): Promise<void> {
  for (const other of await listPlansInForce(open, plan)) {
    const key = { town_id: plan.town_id, plan_id: other.plan_id, revision: other.revision }
    const change = { from: ['in_force'], to: 'superseded', effectiveTo: day } as const
    await changeStatus(open, key, change, viewer.name, now)
    await insertDecision(open, key, {
      kind: 'superseded',
      grids: null,
      reason: null,
      decided_by: viewer.name,
      decided_role: viewer.role,
      decided_at: now,
    })
  }
}

async function writeGrids(
  open: Scoped,
  { plan, now, change }: Enactment,
  written: readonly PlannedGrid[],
  from: number,
): Promise<void> {
  const town = plan.town_id
  await endGridVersions(
    open,
    change.ended.map((grid) => ({ town, grid, from })),
    now,
  )
  // Set to begin on this very day by another plan: it never comes into force.
  await removeVersions(open, town, change.retired, from, now)
  await upsertRows(
    open,
    'grids',
    written.map((grid) => ({
      town_id: town,
      grid_code: grid.code,
      valid_from: iso(from),
      valid_to: null,
      village_code: grid.village,
      parent_code: grid.parent,
      kind: grid.kind,
      name: grid.name,
      boundary: toHexEwkb(asMultiPolygon(grid.geometry)),
      recorded_from: iso(now),
    })),
  )
}

/** Teams, rosters and tasks; how many tasks. */
async function writeDuties(
  open: Scoped,
  plan: PlanRow,
  { comparison, planned }: PlanChanges,
  change: DivisionChange,
  from: number,
): Promise<number> {
  const town = plan.town_id
  const codes = new Set([...change.ended, ...change.written.map((grid) => grid.code)])
  const moves = comparison.moves.filter((move) => codes.has(move.from ?? '') || codes.has(move.to ?? ''))
  const micro = new Set(planned.grids.filter((grid) => grid.kind === 'microgrid').map((grid) => grid.code))
  const followed = followDuties({
    from,
    duties: await listDuties(open, town, from),
    contacts: await listContacts(open, town, [...new Set(moves.flatMap((move) => move.households))], from),
    retired: change.retired,
    created: change.created.filter((code) => !micro.has(code)),
    moves,
  })
  await removeDuties(open, town, change.retired, from)
  // What ends first: at no moment may a household have two contacts.
  for (const { duties, contacts } of [followed.ended, followed.begun]) {
    await upsertRows(
      open,
      'assignments',
      duties.map((duty) => ({ town_id: town, ...duty, ...interval(duty) })),
    )
    await upsertRows(
      open,
      'roster',
      contacts.map((contact) => ({ town_id: town, ...contact, ...interval(contact) })),
    )
  }
  return insertTasks(open, plan, followed.tasks)
}

const iso = (time: number): string => new Date(time).toISOString()

const interval = (of: { readonly valid_from: number; readonly valid_to: number | null }) => ({
  valid_from: iso(of.valid_from),
  valid_to: of.valid_to === null ? null : iso(of.valid_to),
})
