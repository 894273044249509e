/** Steps on plans of the small town, as its people take them: a planner who draws, a supervisor who decides. */
import { createPlan } from '../../server/commands/plans/create-plan.ts'
import { decidePlan, submitPlan } from '../../server/commands/plans/decide-plan.ts'
import { drawPlan } from '../../server/commands/plans/draw-plan.ts'
import { type Enacted, enactPlan } from '../../server/commands/plans/enact-plan.ts'
import { type Operation, type Saved, saveEdits } from '../../server/commands/plans/save-edits.ts'
import { checkDivision } from '../../server/core/coverage/check-division.ts'
import type { DivisionInput } from '../../server/core/coverage/report.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import type { Database } from '../../server/db/database.ts'
import { findDrawing, type PlanRow } from '../../server/db/plans.ts'
import type { Scoped } from '../../server/db/scoped.ts'
import { statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import { AppError } from '../../server/errors.ts'
import { seedSmallTown, now as smallTownNow, town, westVillage } from './small-town.ts'

export const planner: Viewer = { name: '陈规划', role: 'planner', areas: [town] }
export const otherPlanner: Viewer = { name: '周规划', role: 'planner', areas: [town] }
export const supervisor: Viewer = { name: '林主任', role: 'supervisor', areas: [town] }

export const check = async (input: DivisionInput) => checkDivision(input)
export const draw = async (input: Parameters<typeof drawPlan>[0]) => drawPlan(input)

/** A draft for the west village on its atoms, nothing assigned. */
export async function draftOnAtoms(db: Database, area = westVillage, now = smallTownNow): Promise<PlanRow> {
  const request = { area, name: '西村调整方案', note: null, origin: { source: 'atoms' }, now } as const
  return (await createPlan(db.as(planner), request, draw)).plan
}

export const drawingOfPlan = async (db: Scoped, plan: PlanRow): Promise<Drawing> =>
  fromJson((await findDrawing(db, plan)).document)

let saves = 0

/** Saves edits on the revision given. */
export const save = (
  db: Scoped,
  plan: Pick<PlanRow, 'plan_id'>,
  revision: number,
  operations: readonly (Edit | 'undo' | 'redo')[],
  more: { readonly batch?: string; readonly now?: number } = {},
): Promise<Saved> =>
  saveEdits(db, {
    plan: plan.plan_id,
    revision,
    batch: more.batch ?? `save-${++saves}`,
    operations: operations.map(
      (one): Operation => (typeof one === 'string' ? { op: one } : { op: 'edit', edit: one }),
    ),
    now: more.now ?? smallTownNow,
  })

/** Latitude of the middle of an atom's box. */
export function middleLatitude(drawing: Drawing, number: number): number {
  const latitudes = (drawing.atoms[number]?.rings[0] ?? []).flatMap((half) =>
    (drawing.arcs[half >> 1]?.path ?? []).filter((_, i) => i % 2 === 1),
  )
  return (Math.min(...latitudes) + Math.max(...latitudes)) / 2
}

/** Adds grids and gives each atom to one: `choose` names the grid by the latitude of the atom's middle. */
export function division(
  drawing: Drawing,
  codes: readonly string[],
  choose: (latitude: number) => string,
  village = westVillage,
): Edit[] {
  const atoms = drawing.atoms.flatMap((atom, number) =>
    atom ? [{ id: atom.id, grid: choose(middleLatitude(drawing, number)) }] : [],
  )
  return codes.flatMap((code): Edit[] => [
    {
      type: 'add-grid',
      grid: { code, name: null, kind: 'ordinary', village, parent: null, locked: false },
    },
    { type: 'assign', atoms: atoms.filter((one) => one.grid === code).map((one) => one.id), grid: code },
  ])
}

/** Submits, approves and puts in force, each by whom it behoves. */
export async function putInForce(
  db: Database,
  plan: Pick<PlanRow, 'plan_id'>,
  revision: number,
  from: string,
  now = smallTownNow,
): Promise<Enacted> {
  const step = { plan: plan.plan_id, revision, now, reason: null }
  await submitPlan(db.as(planner), { ...step, from }, check)
  await decidePlan(db.as(supervisor), { ...step, verdict: 'approved', grids: null }, check)
  return enactPlan(db.as(supervisor), { ...step, from: null })
}

/** South of the street 101, between street and river 103, beyond the river 102. */
export const threeGrids = (latitude: number): string =>
  latitude < 29.9025 ? '101' : latitude < 29.9054 ? '103' : '102'

/** A draft at revision 2 in which the west village has three grids, or others. */
export async function draftOfThree(
  db: Database,
  codes = ['101', '102', '103'],
  choose = threeGrids,
): Promise<PlanRow> {
  const plan = await draftOnAtoms(db)
  const drawing = await drawingOfPlan(db.as(planner), plan)
  await save(db.as(planner), plan, 1, division(drawing, codes, choose))
  return plan
}

/** The small town as at its beginning, and a roster: who lives in 101 has w1 as contact, who lives in 102 w2. */
export async function resetSmallTown(db: Database): Promise<void> {
  const tables = await db.system().many(
    statement<{ name: string }>(
      `select format('wangge.%I', relname) as name from pg_class
         where relnamespace = 'wangge'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'`,
    ),
  )
  await db.system().none(statement(`truncate ${tables.map((one) => one.name).join(', ')}`))
  await seedSmallTown(db)
  await db.system().none(
    statement(
      `insert into wangge.roster (town_id, household_id, worker_id, valid_from)
         select '${town}', household_id, case when household_id like 'h1%' then 'w1' else 'w2' end, '2026-01-01 00:00+08'
         from wangge.households where town_id = '${town}' and village_code = '${westVillage}'`,
    ),
  )
}

/** The refusal a step is answered with; anything else fails the test. */
export async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.catch((reason: unknown) => reason)
  if (error instanceof AppError) return error
  throw error
}

export const submit = (
  db: Database,
  plan: PlanRow,
  revision: number,
  from: string,
  viewer = planner,
): Promise<PlanRow> =>
  submitPlan(db.as(viewer), { plan: plan.plan_id, revision, from, reason: null, now: smallTownNow }, check)
