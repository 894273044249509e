/** What was known of the grids when: a change and a correction leave different traces, and the present stays simple. */
import { beforeEach, describe, expect, it } from 'vitest'
import { endGridVersions, upsertRows } from '../../server/db/imports.ts'
import { listKnownGrids } from '../../server/db/plan-enactment.ts'
import { advanceRevision, changeStatus, findPlan, insertDecision, insertPlan } from '../../server/db/plans.ts'
import { statement } from '../../server/db/sql.ts'
import { failureOf, useDatabase } from '../support/database.ts'

const test = useDatabase()
const system = () => test.db.system()
const instant = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)
const ground = (east: number): string => `SRID=4326;MULTIPOLYGON(((0 0,${east} 0,${east} 1,0 1,0 0)))`
const area = {
  code: 'T',
  level: 'township',
  name: 'T',
  lineage: ['T'],
  towns: ['T'],
  village: null,
  boundary: null,
} as const

/** Writes grid `code` from a day on, as an import or a plan does, recorded on a day. */
async function record(code: string, from: string, east: number, recorded: string): Promise<void> {
  const now = instant(recorded)
  await endGridVersions(system(), [{ town: 'T', grid: code, from: instant(from) }], now)
  await upsertRows(system(), 'grids', [
    {
      town_id: 'T',
      grid_code: code,
      valid_from: new Date(instant(from)).toISOString(),
      valid_to: null,
      village_code: null,
      parent_code: null,
      kind: 'ordinary',
      name: null,
      boundary: ground(east),
      recorded_from: new Date(now).toISOString(),
    },
  ])
}

/** Grid → width in degrees, in force on a day as known on a day. */
async function known(day: string, on: string): Promise<Record<string, number>> {
  const grids = await listKnownGrids(system(), area, instant(day), instant(on))
  return Object.fromEntries(
    grids.map((grid) => {
      const { coordinates } = JSON.parse(grid.boundary) as { coordinates: number[][][][] }
      return [grid.grid_code, Math.max(...coordinates.flat(2).map(([x = 0]) => x))]
    }),
  )
}

beforeEach(async () => {
  await system().none(
    statement(
      'truncate wangge.grids, wangge.grids_history, wangge.plans, wangge.plan_decisions, wangge.plan_drawings, wangge.plan_edits, wangge.plan_comments, wangge.plan_tasks',
    ),
  )
  await system().none(
    statement(
      `insert into wangge.areas (area_code, level, name, town_id, lineage) values ('T', 'township', 'T', 'T', '{T}') on conflict do nothing`,
    ),
  )
})

describe('what was in force on a day, as known on a day', () => {
  it('tells a change from a correction', async () => {
    await record('A', '2026-01-01', 1, '2026-01-10')
    // In March it becomes known that A is wider from April on: a change.
    await record('A', '2026-04-01', 2, '2026-03-01')
    // In June it becomes known that it had been three wide since April: a correction.
    await record('A', '2026-04-01', 3, '2026-06-01')

    expect(await known('2026-02-01', '2026-01-05')).toEqual({})
    expect(await known('2026-05-01', '2026-02-01')).toEqual({ A: 1 })
    expect(await known('2026-05-01', '2026-03-01')).toEqual({ A: 2 })
    expect(await known('2026-05-01', '2026-07-01')).toEqual({ A: 3 })
    for (const on of ['2026-02-01', '2026-03-01', '2026-07-01'])
      expect(await known('2026-02-01', on)).toEqual({ A: 1 })
    const history = statement<{ became: string }>(
      'select became from wangge.grids_history order by recorded_to',
    )
    expect((await system().many(history)).map((row) => row.became)).toEqual(['ended', 'corrected'])
  })

  it('is the same whatever is written twice', async () => {
    await record('A', '2026-01-01', 1, '2026-01-10')
    await record('A', '2026-01-01', 1, '2026-02-10')
    const rows = await system().many(statement('select from wangge.grids_history'))
    expect(rows).toHaveLength(0)
    expect(await known('2026-01-15', '2026-01-20')).toEqual({ A: 1 })
  })

  it('has no knowledge that lasted no time', async () => {
    await record('A', '2026-01-01', 1, '2026-01-10')
    await record('A', '2026-01-01', 2, '2026-01-10')
    expect(await system().many(statement('select from wangge.grids_history'))).toHaveLength(0)
    expect(await known('2026-01-15', '2026-01-10')).toEqual({ A: 2 })
  })

  it('reaches back for ever where nobody kept records yet', async () => {
    await system().insertMany(
      'grids',
      { town_id: 'text', grid_code: 'text', valid_from: 'timestamptz', kind: 'text', boundary: 'geometry' },
      [['T', 'A', instant('2020-01-01'), 'ordinary', ground(1)]],
    )
    expect(await known('2021-01-01', '1999-01-01')).toEqual({ A: 1 })
  })
})

describe('a plan’s row', () => {
  const draft = async () => {
    const plan = { town_id: 'T', area_code: 'T', name: '方案', source: 'atoms', note: null } as const
    const id = await insertPlan(system(), { ...plan, based_on_plan: null, based_on_day: null }, 'a', 0)
    const found = await findPlan(system(), id)
    if (!found) throw new Error('the plan was not kept')
    return found
  }

  it('goes from one revision to the next once', async () => {
    const plan = await draft()
    const advanced = await Promise.all([1, 2, 3].map(() => advanceRevision(system(), plan, 1, 'a', 1)))
    expect(advanced.filter((revision) => revision !== undefined)).toEqual([2])
  })

  it('changes its state from where it is, at its revision, and no further revision once it is submitted', async () => {
    const plan = await draft()
    const submit = { from: ['draft'], to: 'submitted', effectiveFrom: '2026-11-01' } as const
    expect(await changeStatus(system(), { ...plan, revision: 2 }, submit, 'a', 1)).toBe(false)
    expect(await changeStatus(system(), plan, submit, 'a', 1)).toBe(true)
    expect(await changeStatus(system(), plan, submit, 'a', 1)).toBe(false)
    expect(await advanceRevision(system(), plan, 1, 'a', 1)).toBeUndefined()
    expect(await findPlan(system(), plan.plan_id)).toMatchObject({
      status: 'submitted',
      effective_from: '2026-11-01',
      compared_with: null,
    })
  })

  it('is not in force without a day, nor returned without a reason', async () => {
    const plan = await draft()
    const enact = changeStatus(system(), plan, { from: ['draft'], to: 'in_force' }, 'a', 1)
    expect(await failureOf(enact)).toMatchObject({ kind: 'check', constraint: 'plans_in_force_from' })
    const decision = { kind: 'returned', grids: null, reason: null } as const
    const by = { decided_by: 'b', decided_role: 'supervisor', decided_at: 1 }
    expect(await failureOf(insertDecision(system(), plan, { ...decision, ...by }))).toMatchObject({
      kind: 'check',
      constraint: 'plan_decisions_return_has_reason',
    })
  })
})
