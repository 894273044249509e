/** Submitting a plan and deciding on it: what stands in the way, who may, in which groups, two at once. */
import { beforeEach, describe, expect, it } from 'vitest'
import { checkPlan } from '../../server/commands/plans/check-plan.ts'
import { createPlan } from '../../server/commands/plans/create-plan.ts'
import { decidePlan, withdrawPlan } from '../../server/commands/plans/decide-plan.ts'
import { enactPlan } from '../../server/commands/plans/enact-plan.ts'
import { dayBounds } from '../../server/core/trajectories/local-day.ts'
import { insertException } from '../../server/db/exceptions.ts'
import { findPlan, listDecisions, type PlanRow } from '../../server/db/plans.ts'
import { statement } from '../../server/db/sql.ts'
import type { Viewer } from '../../server/db/viewer.ts'
import type { AppError } from '../../server/errors.ts'
import { useDatabase } from '../support/database.ts'
import {
  check,
  division,
  draftOfThree,
  draftOnAtoms,
  draw,
  drawingOfPlan,
  middleLatitude,
  planner,
  refusal,
  resetSmallTown,
  save,
  submit,
  supervisor,
  threeGrids,
} from '../support/plan-steps.ts'
import { eastVillage, now, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
beforeEach(() => resetSmallTown(test.db))

const mine = () => test.db.as(planner)
const theirs = () => test.db.as(supervisor)
const later = '2026-11-01'
const rows = <Row extends object>(text: string): Promise<Row[]> => test.db.system().many(statement<Row>(text))
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

describe('submitting', () => {
  it('is refused with every reason: ground without a grid, a past day, a code of another grid', async () => {
    const plan = await draftOnAtoms(test.db)
    const drawing = await drawingOfPlan(mine(), plan)
    const two = (latitude: number): string => (latitude < 29.9054 ? '101' : 'none')
    await save(mine(), plan, 1, [...division(drawing, ['101'], two)])
    const error = await refusal(submit(test.db, plan, 2, '2026-10-08'))
    expect(error.code).toBe('bad_input')
    expect(error.flaws.map((flaw) => flaw.code).toSorted()).toEqual(['day_past', 'inlet'])

    const taken = await draftOfThree(test.db, ['101', '102', '201'], (latitude) => {
      const code = threeGrids(latitude)
      return code === '103' ? '201' : code
    })
    expect((await refusal(submit(test.db, taken, 2, later))).flaws).toMatchObject([
      { code: 'code_used_before', place: { id: '201' } },
    ])
  })

  it('is for planners, of the newest revision', async () => {
    const plan = await draftOfThree(test.db)
    expect((await refusal(submit(test.db, plan, 2, later, supervisor))).code).toBe('forbidden')
    expect((await refusal(submit(test.db, plan, 1, later))).code).toBe('conflict')
    expect(await submit(test.db, plan, 2, later)).toMatchObject({
      status: 'submitted',
      effective_from: later,
    })
    const again = await refusal(submit(test.db, plan, 2, later))
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
    expect(await submit(test.db, plan, 2, later)).toMatchObject({ status: 'submitted' })
  })
})

describe('deciding', () => {
  it('is for supervisors who had no hand in the plan, with a reason where it is returned', async () => {
    const plan = await draftOfThree(test.db)
    await submit(test.db, plan, 2, later)
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
    expect((await submit(test.db, plan, 3, later)).status).toBe('submitted')
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
    const plan = await draftOfThree(test.db)
    await submit(test.db, plan, 2, later)
    const torn = await refusal(decide(plan, 2, 'approved', ['101', '999']))
    expect(torn.flaws.map((flaw) => [flaw.code, flaw.place.id])).toEqual([
      ['grid_unchanged', '999'],
      ['grids_inseparable', '101'],
    ])
    expect((await decide(plan, 2, 'approved', ['101', '102', '103'])).status).toBe('approved')
  })

  it('of a plan whose ground changed since it was submitted waits for a new comparison', async () => {
    const plan = await draftOfThree(test.db)
    await submit(test.db, plan, 2, later)
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
    await submit(test.db, plan, 2, later)
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
    await submit(test.db, plan, 2, later)
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
