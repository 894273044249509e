/** Putting a plan in force: what becomes of grids, teams, rosters and days, and of the plans before it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { decidePlan, withdrawPlan } from '../../server/commands/plans/decide-plan.ts'
import { enactPlan } from '../../server/commands/plans/enact-plan.ts'
import { dayBounds } from '../../server/core/trajectories/local-day.ts'
import { findArea } from '../../server/db/areas.ts'
import { listKnownGrids, listTasks } from '../../server/db/plan-enactment.ts'
import { findPlan } from '../../server/db/plans.ts'
import { statement } from '../../server/db/sql.ts'
import { useDatabase } from '../support/database.ts'
import {
  check,
  draftOfThree,
  planner,
  putInForce,
  refusal,
  resetSmallTown,
  submit,
  supervisor,
} from '../support/plan-steps.ts'
import { day, now, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
beforeEach(() => resetSmallTown(test.db))

const mine = () => test.db.as(planner)
const theirs = () => test.db.as(supervisor)
const hour = 3_600_000
const later = '2026-11-01'
const rows = <Row extends object>(text: string): Promise<Row[]> => test.db.system().many(statement<Row>(text))

describe('putting in force', () => {
  const gridsAt = (moment: string) =>
    rows<{ grid_code: string; area: number }>(
      `select grid_code, round(st_area(boundary::geography))::int as area from wangge.grids
       where village_code = '${westVillage}' and valid_from <= '${moment}' and (valid_to is null or '${moment}' < valid_to) order by 1`,
    )

  it('gives new versions from the day on, and leaves the days before it', async () => {
    const before = await gridsAt('2026-10-31 23:59:59+08')
    const plan = await draftOfThree(test.db)
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
    await putInForce(test.db, await draftOfThree(test.db), 2, later)
    // An hour before it was decided, the old division was thought to go on.
    expect(await known(later, now - hour)).toEqual(['101 ended open', '102 ended open'])
    expect(await known(later, now)).toEqual(['101 now open', '102 now open', '103 now open'])
    expect(await known(day, now - hour)).toEqual(['101 ended open', '102 ended open'])
    expect(await known(day, now)).toEqual(['101 now ended', '102 now ended'])
  })

  it('moves rosters to the team of the new grid, and lists what no rule settles', async () => {
    const plan = await draftOfThree(test.db)
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
    const plan = await draftOfThree(test.db, ['105'], () => '105')
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
    const { staleDays } = await putInForce(test.db, await draftOfThree(test.db), 2, later)
    expect(staleDays).toBe(2)
    expect(await rows(`select worker_id, day from wangge.stale_days order by day`)).toEqual([
      { worker_id: 'w1', day: '2026-11-01' },
      { worker_id: 'w1', day: '2026-11-02' },
    ])
  })

  it('takes the place of the plan before it, and a retired code is never given again', async () => {
    const first = await draftOfThree(test.db)
    await putInForce(test.db, first, 2, later)
    const second = await draftOfThree(test.db, ['101', '102'], (latitude) =>
      latitude < 29.9025 ? '101' : '102',
    )
    const early = await refusal(putInForce(test.db, second, 2, '2026-10-20'))
    expect(early.code).toBe('conflict')
    expect(early.detail.zh).toContain('2026-10-20 之后已有另一划分')
    const approved = await findPlan(mine(), second.plan_id)
    expect(approved?.status).toBe('approved')
    await withdrawPlan(theirs(), { plan: second.plan_id, revision: 2, reason: null, now })

    const third = await draftOfThree(test.db, ['101', '102'], (latitude) =>
      latitude < 29.9025 ? '101' : '102',
    )
    expect((await putInForce(test.db, third, 2, '2026-12-01')).retired).toEqual(['103'])
    expect(await findPlan(mine(), first.plan_id)).toMatchObject({
      status: 'superseded',
      effective_to: '2026-12-01',
    })
    const fourth = await draftOfThree(test.db)
    expect((await refusal(submit(test.db, fourth, 2, '2027-01-01'))).flaws).toMatchObject([
      { code: 'code_used_before', place: { id: '103' } },
    ])
  })

  it('on the same day as another plan takes it out before it ever held', async () => {
    await putInForce(test.db, await draftOfThree(test.db), 2, later)
    const second = await draftOfThree(test.db, ['101', '102'], (latitude) =>
      latitude < 29.9025 ? '101' : '102',
    )
    await putInForce(test.db, second, 2, later, now + hour)
    expect((await gridsAt('2026-11-01 00:00+08')).map((one) => one.grid_code)).toEqual(['101', '102'])
    expect(
      await rows(`select grid_code, became from wangge.grids_history where became <> 'ended' order by 1`),
    ).toEqual([
      { grid_code: '102', became: 'corrected' },
      { grid_code: '103', became: 'removed' },
      // The neighbours got a vertex where the new lines end.
      { grid_code: '201', became: 'corrected' },
      { grid_code: '202', became: 'corrected' },
    ])
  })

  it('that fails at its last step leaves nothing', async () => {
    const plan = await draftOfThree(test.db)
    const step = { plan: plan.plan_id, revision: 2, now, reason: null }
    await submit(test.db, plan, 2, later)
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
