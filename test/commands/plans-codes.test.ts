/** Codes of a plan: old ones go on with their people, new grids are numbered, no code ever means two grids. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPlan } from '../../server/commands/plans/create-plan.ts'
import { suggestCodes } from '../../server/commands/plans/plan-codes.ts'
import { dayBounds } from '../../server/core/trajectories/local-day.ts'
import { findPlan, type PlanRow } from '../../server/db/plans.ts'
import { upsertPolicies } from '../../server/db/policies.ts'
import { useDatabase } from '../support/database.ts'
import {
  draftOfThree,
  draw,
  drawingOfPlan,
  planner,
  refusal,
  resetSmallTown,
  save,
  submit,
} from '../support/plan-steps.ts'
import { day, now, westVillage } from '../support/small-town.ts'

const test = useDatabase()
beforeEach(async () => {
  await resetSmallTown(test.db)
  // The last three digits of the village, one for the kind, two for the sequence.
  await upsertPolicies(test.db.system(), [
    {
      area_code: westVillage,
      kind: 'division',
      valid_from: '2026-01-01',
      valid_to: null,
      name: '六位编码',
      rules: { households: { from: 1, to: 12 }, codes: 'village3-kind-sequence2' },
    },
  ])
})

const mine = () => test.db.as(planner)
const suggested = async ({ plan_id }: PlanRow) => {
  const plan = await findPlan(mine(), plan_id)
  if (!plan) throw new Error('the plan is gone')
  return suggestCodes(mine(), plan, { day, from: dayBounds(day).from })
}
/** South of the street, between street and river, beyond the river, under provisional names. */
const provisional = (latitude: number): string =>
  latitude < 29.9025 ? 'new-1' : latitude < 29.9054 ? 'new-2' : 'new-3'

describe('codes of a plan', () => {
  it('go on with most of their households; what is new gets a number never used', async () => {
    const plan = await draftOfThree(test.db, ['new-1', 'new-2', 'new-3'], provisional)
    const { codes, edits, flaws } = await suggested(plan)
    expect(flaws).toEqual([])
    // Of the five households of 101 three live south of the street or on it, and all of 102 beyond the river.
    expect(codes).toEqual([
      { from: 'new-1', to: '101', isNew: false, households: 3, sharedHouseholds: 3 },
      { from: 'new-2', to: '001101', isNew: true, households: 2, sharedHouseholds: 0 },
      { from: 'new-3', to: '102', isNew: false, households: 5, sharedHouseholds: 5 },
    ])
    await save(mine(), plan, 2, edits)
    expect([...(await drawingOfPlan(mine(), plan)).grids.keys()]).toEqual(['001101', '101', '102'])
    expect((await suggested(plan)).codes).toEqual([])
  })

  it('are swapped back by edits that make way for one another', async () => {
    const origin = { source: 'division', day } as const
    const request = { area: westVillage, name: '对调', note: null, origin, now }
    const { plan } = await createPlan(mine(), request, draw)
    const before = (await drawingOfPlan(mine(), plan)).members
    const swap = [
      { type: 'set-code', grid: '101', code: 'x' },
      { type: 'set-code', grid: '102', code: '101' },
      { type: 'set-code', grid: 'x', code: '102' },
    ] as const
    await save(mine(), plan, 1, swap)
    const { codes, edits } = await suggested(plan)
    expect(codes.map(({ from, to }) => [from, to])).toEqual([
      ['101', '102'],
      ['102', '101'],
    ])
    await save(mine(), plan, 2, edits)
    expect((await drawingOfPlan(mine(), plan)).members).toEqual(before)
  })

  it('are refused on submission where the policy wants others', async () => {
    const plan = await draftOfThree(test.db, ['101', '102', 'new-2'], (latitude) =>
      latitude < 29.9025 ? '101' : latitude < 29.9054 ? 'new-2' : '102',
    )
    expect((await refusal(submit(test.db, plan, 2, '2026-11-01'))).flaws).toMatchObject([
      { code: 'code_not_digits', place: { id: 'new-2' } },
    ])
  })
})
