/** From a draft to grids in force: what is submitted, who approves, what becomes of grids, teams, rosters and days. */
import { beforeEach, describe, expect, it } from 'vitest'
import { checkPlan } from '../../server/commands/plans/check-plan.ts'
import { createPlan } from '../../server/commands/plans/create-plan.ts'
import { decidePlan, submitPlan, withdrawPlan } from '../../server/commands/plans/decide-plan.ts'
import { enactPlan } from '../../server/commands/plans/enact-plan.ts'
import { dayBounds } from '../../server/core/trajectories/local-day.ts'
import { findArea } from '../../server/db/areas.ts'
import { insertException } from '../../server/db/exceptions.ts'
import { listKnownGrids, listTasks } from '../../server/db/plan-enactment.ts'
import { findPlan, listDecisions, type PlanRow } from '../../server/db/plans.ts'
import { statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import { AppError } from '../../server/errors.ts'
import { useDatabase } from '../support/database.ts'
import {
  check,
  division,
  draftOnAtoms,
  draw,
  drawingOfPlan,
  middleLatitude,
  planner,
  putInForce,
  save,
  supervisor,
} from '../support/plan-steps.ts'
import { day, eastVillage, now, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
const mine = () => test.db.as(planner)
const theirs = () => test.db.as(supervisor)
const hour = 3_600_000
const later = '2026-11-01'

const rows = <Row extends object>(text: string): Promise<Row[]> => test.db.system().many(statement<Row>(text))
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await work.catch((reason: unknown) => reason)
  if (error instanceof AppError) return error
  throw error
}
const submit = (plan: PlanRow, revision: number, from = later, viewer = planner): Promise<PlanRow> =>
  submitPlan(test.db.as(viewer), { plan: plan.plan_id, revision, from, reason: null, now }, check)
const decide = (
  plan: PlanRow,
  revision: number,
  verdict: 'approved' | 'returned',
  grids: string[] | null = null,
  viewer: Viewer = supervisor,
): Promise<PlanRow> => {
  const reason = verdict === 'returned' ? '边界不清' : null
  const request = { plan: plan.plan_id, revision, verdict, grids, reason, now }
  return decidePlan(test.db.as(viewer), request, check)
}

/** South of the street 101, between street and river 103, beyond the river 102. */
const threeGrids = (latitude: number): string =>
  latitude < 29.9025 ? '101' : latitude < 29.9054 ? '103' : '102'

/** A draft at revision 2 in which the west village has three grids. */
async function draftOfThree(codes = ['101', '102', '103'], choose = threeGrids): Promise<PlanRow> {
  const plan = await draftOnAtoms(test.db)
  const drawing = await drawingOfPlan(mine(), plan)
  await save(mine(), plan, 1, division(drawing, codes, choose))
  return plan
}

beforeEach(async () => {
  const tables = await rows<{ name: string }>(
    `select format('wangge.%I', relname) as name from pg_class
     where relnamespace = 'wangge'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'`,
  )
  await test.db.system().none(statement(`truncate ${tables.map((one) => one.name).join(', ')}`))
  await seedSmallTown(test.db)
  await test.db.system().none(
    statement(
      `insert into wangge.roster (town_id, household_id, worker_id, valid_from)
         select '${town}', household_id, case when household_id like 'h1%' then 'w1' else 'w2' end, '2026-01-01 00:00+08'
         from wangge.households where town_id = '${town}' and village_code = '${westVillage}'`,
    ),
  )
})

describe('submitting', () => {
  it('is refused with every reason: ground without a grid, a past day, a code of another grid', async () => {
    const plan = await draftOnAtoms(test.db)
    const drawing = await drawingOfPlan(mine(), plan)
    const two = (latitude: number): string => (latitude < 29.9054 ? '101' : 'none')
    await save(mine(), plan, 1, [...division(drawing, ['101'], two)])
    const error = await refusal(submit(plan, 2, '2026-10-08'))
    expect(error.code).toBe('bad_input')
    expect(error.flaws.map((flaw) => flaw.code).toSorted()).toEqual(['day_past', 'inlet'])

    const taken = await draftOfThree(['101', '102', '201'], (latitude) => {
      const code = threeGrids(latitude)
      return code === '103' ? '201' : code
    })
    expect((await refusal(submit(taken, 2))).flaws).toMatchObject([
      { code: 'code_used_before', place: { id: '201' } },
    ])
  })

  it('is for planners, of the newest revision', async () => {
    const plan = await draftOfThree()
    expect((await refusal(submit(plan, 2, later, supervisor))).code).toBe('forbidden')
    expect((await refusal(submit(plan, 1))).code).toBe('conflict')
    expect(await submit(plan, 2)).toMatchObject({ status: 'submitted', effective_from: later })
    const again = await refusal(submit(plan, 2))
    expect(again.code).toBe('conflict')
    expect(again.detail.zh).toContain('已提交')
    expect((await refusal(save(mine(), plan, 2, ['undo']))).code).toBe('conflict')
  })

  it('passes a problem with an exception, until its geometry changes or its time is up', async () => {
    const plan = await draftOnAtoms(test.db)
    const drawing = await drawingOfPlan(mine(), plan)
    const two = division(drawing, ['101'], (latitude) => (latitude < 29.9054 ? '101' : 'none'))
    await save(mine(), plan, 1, two)
    const judged = async (at = now) => {
      const row = await findPlan(mine(), plan.plan_id)
      if (!row) throw new Error('the plan is gone')
      return (await checkPlan(mine(), row, check, at)).judged.filter((one) => one.problem.code === 'inlet')
    }
    const [open] = await judged()
    if (!open) throw new Error('no inlet was found')
    expect(open).toMatchObject({ status: 'open', blocks: true })
    await insertException(mine(), town, {
      area_code: westVillage,
      problem_id: open.problem.id,
      code: open.problem.code,
      grids: open.problem.grids,
      fingerprint: open.fingerprint,
      reason: '水库，无住户',
      expires_on: '2026-11-15',
      author: planner.name,
      made_at: now,
    })
    expect(await judged()).toMatchObject([{ status: 'excepted', blocks: false }])
    // Its ground as it was accepted is told by a fingerprint: with another one it is another problem.
    await rows(`update wangge.problem_exceptions set fingerprint = 'of other ground'`)
    expect(await judged()).toMatchObject([{ status: 'reopened', blocks: true }])
    await rows(`update wangge.problem_exceptions set fingerprint = '${open.fingerprint}'`)
    expect(await judged(Date.parse('2026-11-14T15:59:59Z'))).toMatchObject([{ status: 'excepted' }])
    expect(await judged(Date.parse('2026-11-14T16:00:00Z'))).toMatchObject([
      { status: 'expired', blocks: true },
    ])
    expect(await submit(plan, 2)).toMatchObject({ status: 'submitted' })
  })
})

describe('deciding', () => {
  it('is for supervisors who had no hand in the plan, with a reason where it is returned', async () => {
    const plan = await draftOfThree()
    await submit(plan, 2)
    expect((await refusal(decide(plan, 2, 'approved', null, planner))).code).toBe('forbidden')
    const author: Viewer = { ...planner, role: 'administrator' }
    const own = await refusal(decide(plan, 2, 'approved', null, author))
    expect(own).toMatchObject({ code: 'forbidden' })
    expect(own.detail.zh).toContain('须由他人审批')
    const request = { plan: plan.plan_id, revision: 2, verdict: 'returned', grids: null, reason: null, now }
    expect((await refusal(decidePlan(theirs(), { ...request, verdict: 'returned' }, check))).code).toBe(
      'bad_request',
    )
    expect((await decide(plan, 2, 'returned')).status).toBe('returned')
    await save(mine(), plan, 2, ['undo', 'redo'])
    expect((await submit(plan, 3)).status).toBe('submitted')
    expect((await decide(plan, 3, 'approved')).status).toBe('approved')
    expect((await listDecisions(mine(), plan)).map((one) => [one.kind, one.decided_by, one.reason])).toEqual([
      ['submitted', '陈规划', null],
      ['returned', '林主任', '边界不清'],
      ['submitted', '陈规划', null],
      ['approved', '林主任', null],
    ])
    const withdrawal = { plan: plan.plan_id, revision: 3, reason: null, now }
    expect((await refusal(withdrawPlan(mine(), withdrawal))).code).toBe('forbidden')
    expect((await withdrawPlan(theirs(), withdrawal)).status).toBe('withdrawn')
  })

  it('does not tear apart grids that exchange ground', async () => {
    const plan = await draftOfThree()
    await submit(plan, 2)
    const torn = await refusal(decide(plan, 2, 'approved', ['101', '999']))
    expect(torn.flaws.map((flaw) => [flaw.code, flaw.place.id])).toEqual([
      ['grid_unchanged', '999'],
      ['grids_inseparable', '101'],
    ])
    expect((await decide(plan, 2, 'approved', ['101', '102', '103'])).status).toBe('approved')
  })

  it('of a plan whose ground changed since it was submitted waits for a new comparison', async () => {
    const plan = await draftOfThree()
    await submit(plan, 2)
    await test.db
      .system()
      .none(
        statement(`update wangge.grids set name = '二网格' where town_id = '${town}' and grid_code = '102'`),
      )
    expect((await refusal(decide(plan, 2, 'approved'))).code).toBe('conflict')
    expect((await decide(plan, 2, 'returned')).status).toBe('returned')
  })

  /** Both villages redrawn in one plan: three grids in the west, one in the east. */
  async function townPlan(): Promise<PlanRow> {
    const request = { area: town, name: '全镇方案', note: null, origin: { source: 'atoms' }, now } as const
    const { plan } = await createPlan(mine(), request, draw)
    const drawing = await drawingOfPlan(mine(), plan)
    const atomsOf = (village: string, code: string): string[] =>
      drawing.atoms.flatMap((atom, number) =>
        atom?.village === village &&
        (village === eastVillage || threeGrids(middleLatitude(drawing, number)) === code)
          ? [atom.id]
          : [],
      )
    const edits = ['101', '102', '103', '201'].flatMap((code) => {
      const village = code === '201' ? eastVillage : westVillage
      const grid = { code, name: null, kind: 'ordinary', village, parent: null, locked: false } as const
      return [
        { type: 'add-grid', grid } as const,
        { type: 'assign', atoms: atomsOf(village, code), grid: code } as const,
      ]
    })
    await save(mine(), plan, 1, edits)
    return plan
  }

  it('goes group by group: what is returned stays as it was, what is approved comes into force', async () => {
    const plan = await townPlan()
    await submit(plan, 2)
    expect((await decide(plan, 2, 'returned', ['201', '202'])).status).toBe('submitted')
    expect((await decide(plan, 2, 'approved')).status).toBe('approved')
    const enacted = await enactPlan(theirs(), { plan: plan.plan_id, revision: 2, from: null, now })
    expect(enacted).toMatchObject({ written: 3, retired: [] })
    const from = new Date(dayBounds(later).from).toISOString()
    const known = await rows<{ grid_code: string; open: boolean }>(
      `select grid_code, valid_to is null as open from wangge.grids
       where town_id = '${town}' and valid_from >= '${from}' or town_id = '${town}' and village_code = '${eastVillage}' order by 1`,
    )
    expect(known).toEqual(['101', '102', '103', '201', '202'].map((grid_code) => ({ grid_code, open: true })))
    expect((await listDecisions(mine(), plan)).at(-1)).toMatchObject({
      kind: 'enacted',
      grids: ['101', '102', '103'],
    })
  })

  it('of two at once on the last groups ends with both counted, or the second told of the first', async () => {
    const plan = await townPlan()
    await submit(plan, 2)
    const outcomes = await Promise.allSettled([
      decide(plan, 2, 'returned', ['201', '202']),
      decide(plan, 2, 'approved', ['101', '102', '103'], { ...supervisor, name: '吴主任' }),
    ])
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as AppError).code] : []))
    const status = (await findPlan(mine(), plan.plan_id))?.status
    const decisions = (await listDecisions(mine(), plan)).length
    expect([
      { status: 'approved', decisions: 3, lost: [] },
      { status: 'submitted', decisions: 2, lost: ['conflict'] },
    ]).toContainEqual({ status, decisions, lost })
  })
})

describe('putting in force', () => {
  const gridsAt = (moment: string) =>
    rows<{ grid_code: string; area: number }>(
      `select grid_code, round(st_area(boundary::geography))::int as area from wangge.grids
       where village_code = '${westVillage}' and valid_from <= '${moment}' and (valid_to is null or '${moment}' < valid_to) order by 1`,
    )

  it('gives new versions from the day on, and leaves the days before it', async () => {
    const before = await gridsAt('2026-10-31 23:59:59+08')
    const plan = await draftOfThree()
    const enacted = await putInForce(test.db, plan, 2, later)
    expect(enacted).toMatchObject({
      written: 3,
      retired: [],
      plan: { status: 'in_force', effective_from: later },
    })
    expect(await gridsAt('2026-10-31 23:59:59+08')).toEqual(before)
    const after = await gridsAt('2026-11-01 00:00+08')
    expect(after.map((one) => one.grid_code)).toEqual(['101', '102', '103'])
    // The same ground: 482.7 m × 1108.6 m; and 101 now ends at the street, a quarter of the village.
    const sum = (of: typeof after): number => of.reduce((total, one) => total + one.area, 0)
    expect(Math.abs(sum(after) / sum(before) - 1)).toBeLessThan(1e-5)
    expect((after[0]?.area ?? 0) / sum(after)).toBeCloseTo(0.25, 2)
    const none = await refusal(enactPlan(theirs(), { plan: plan.plan_id, revision: 2, from: null, now }))
    expect(none.code).toBe('conflict')
  })

  it('keeps what was known before: day and knowledge are two questions', async () => {
    const area = await findArea(mine(), westVillage)
    if (!area) throw new Error('no area')
    const known = async (dayInForce: string, knownAt: number): Promise<string[]> =>
      (await listKnownGrids(mine(), area, dayBounds(dayInForce).from, knownAt)).map(
        (grid) => `${grid.grid_code} ${grid.became ?? 'now'} ${grid.valid_to === null ? 'open' : 'ended'}`,
      )
    await putInForce(test.db, await draftOfThree(), 2, later)
    // An hour before it was decided, the old division was thought to go on.
    expect(await known(later, now - hour)).toEqual(['101 ended open', '102 ended open'])
    expect(await known(later, now)).toEqual(['101 now open', '102 now open', '103 now open'])
    expect(await known(day, now - hour)).toEqual(['101 ended open', '102 ended open'])
    expect(await known(day, now)).toEqual(['101 now ended', '102 now ended'])
  })

  it('moves rosters to the team of the new grid, and lists what no rule settles', async () => {
    const plan = await draftOfThree()
    const { tasks } = await putInForce(test.db, plan, 2, later)
    const list = await listTasks(mine(), plan)
    expect(tasks).toBe(list.length)
    // 103 is new and nobody's: it needs people. h14 and h15 lie between street and river, and their contact w1 keeps 101 only.
    const undecided = list.find((task) => task.kind === 'roster_undecided' && task.worker_id === 'w1')
    expect(undecided).toMatchObject({ grid_code: '103', settled_by: null })
    expect(undecided?.households).toEqual(expect.arrayContaining(['h14', 'h15']))
    expect(list.map((task) => [task.kind, task.grid_code])).toEqual(
      expect.arrayContaining([
        ['grid_without_leader', '103'],
        ['grid_without_worker', '103'],
      ]),
    )
    const contact = await rows(
      `select worker_id from wangge.roster where household_id in ('h11', 'h14') order by household_id`,
    )
    expect(contact).toEqual([{ worker_id: 'w1' }, { worker_id: 'w1' }])
  })

  it('lets a team go with its grid to the code that takes its place; the roster stays with the people', async () => {
    // All of the village becomes one new grid: 101 and 102 end, and w1 had the only team.
    const plan = await draftOfThree(['105'], () => '105')
    const enacted = await putInForce(test.db, plan, 2, later)
    expect(enacted.retired).toEqual(['101', '102'])
    const duties = await rows(
      `select worker_id, grid_code, valid_from = '2026-11-01 00:00+08' as begun, valid_to is null as open
       from wangge.assignments where town_id = '${town}' and worker_id = 'w1' order by valid_from`,
    )
    expect(duties).toEqual([
      { worker_id: 'w1', grid_code: '101', begun: false, open: false },
      { worker_id: 'w1', grid_code: '105', begun: true, open: true },
    ])
    // w2 keeps 202 in the other village, so the households it had here go to w1, the new grid's full-time worker.
    const contacts = await rows(
      `select household_id, worker_id, valid_to is null as open from wangge.roster
       where household_id in ('h11', 'h21') order by household_id, valid_from`,
    )
    expect(contacts).toEqual([
      { household_id: 'h11', worker_id: 'w1', open: true },
      { household_id: 'h21', worker_id: 'w2', open: false },
      { household_id: 'h21', worker_id: 'w1', open: true },
    ])
    expect(
      (await listTasks(mine(), plan)).map((task) => [task.kind, task.grid_code, task.households.length]),
    ).toEqual([
      ['grid_without_leader', '105', 0],
      ['roster_moved', '105', 5],
    ])
  })

  it('marks the days from then on to be matched again, and none before', async () => {
    await rows(`select wangge.ensure_fix_partitions(array['2026-10-09', '2026-11-01', '2026-11-02']::date[])`)
    await test.db.system().none(
      statement(
        `insert into wangge.fixes (town_id, worker_id, fixed_at, longitude, latitude)
           select '${town}', worker, moment::timestamptz, 119.602, 29.902
           from unnest(array['w1', 'w2']) worker, unnest(array['2026-10-09 09:00+08', '2026-11-01 00:00+08', '2026-11-02 09:00+08']) moment`,
      ),
    )
    const { staleDays } = await putInForce(test.db, await draftOfThree(), 2, later)
    expect(staleDays).toBe(2)
    expect(await rows(`select worker_id, day from wangge.stale_days order by day`)).toEqual([
      { worker_id: 'w1', day: '2026-11-01' },
      { worker_id: 'w1', day: '2026-11-02' },
    ])
  })

  it('takes the place of the plan before it, and a retired code is never given again', async () => {
    const first = await draftOfThree()
    await putInForce(test.db, first, 2, later)
    const second = await draftOfThree(['101', '102'], (latitude) => (latitude < 29.9025 ? '101' : '102'))
    const early = await refusal(putInForce(test.db, second, 2, '2026-10-20'))
    expect(early.code).toBe('conflict')
    expect(early.detail.zh).toContain('2026-10-20 之后已有另一划分')
    const approved = await findPlan(mine(), second.plan_id)
    expect(approved?.status).toBe('approved')
    await withdrawPlan(theirs(), { plan: second.plan_id, revision: 2, reason: null, now })

    const third = await draftOfThree(['101', '102'], (latitude) => (latitude < 29.9025 ? '101' : '102'))
    expect((await putInForce(test.db, third, 2, '2026-12-01')).retired).toEqual(['103'])
    expect(await findPlan(mine(), first.plan_id)).toMatchObject({
      status: 'superseded',
      effective_to: '2026-12-01',
    })
    const fourth = await draftOfThree()
    expect((await refusal(submit(fourth, 2, '2027-01-01'))).flaws).toMatchObject([
      { code: 'code_used_before', place: { id: '103' } },
    ])
  })

  it('on the same day as another plan takes it out before it ever held', async () => {
    await putInForce(test.db, await draftOfThree(), 2, later)
    const second = await draftOfThree(['101', '102'], (latitude) => (latitude < 29.9025 ? '101' : '102'))
    await putInForce(test.db, second, 2, later, now + hour)
    expect((await gridsAt('2026-11-01 00:00+08')).map((one) => one.grid_code)).toEqual(['101', '102'])
    expect(
      await rows(`select grid_code, became from wangge.grids_history where became <> 'ended' order by 1`),
    ).toEqual([
      { grid_code: '102', became: 'corrected' },
      { grid_code: '103', became: 'removed' },
    ])
  })

  it('that fails at its last step leaves nothing', async () => {
    const plan = await draftOfThree()
    const step = { plan: plan.plan_id, revision: 2, now, reason: null }
    await submit(plan, 2)
    await decidePlan(theirs(), { ...step, verdict: 'approved', grids: null }, check)
    const everything = () =>
      rows(
        `select (select jsonb_agg(g order by grid_code, valid_from) from wangge.grids g) as grids,
           (select jsonb_agg(h) from wangge.grids_history h) as history, (select jsonb_agg(r order by household_id) from wangge.roster r) as roster,
           (select jsonb_agg(d order by seq) from wangge.plan_decisions d) as decisions, (select jsonb_agg(p) from wangge.plans p) as plans`,
      )
    const before = await everything()
    await test.db.system().none(statement('alter table wangge.plan_tasks add constraint never check (false)'))
    await expect(enactPlan(theirs(), { ...step, from: null })).rejects.toMatchObject({ kind: 'check' })
    await test.db.system().none(statement('alter table wangge.plan_tasks drop constraint never'))
    expect(await everything()).toEqual(before)
    expect((await enactPlan(theirs(), { ...step, from: null })).written).toBe(3)
  })
})
