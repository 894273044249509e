/** A plan over HTTP from the draft to the day it holds, by a planner and a supervisor. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Grids } from '../../server/contract/grids.ts'
import type {
  GridRecord,
  PlanChangesReport,
  PlanCheckReport,
  PlanDetail,
} from '../../server/contract/plans.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { useDatabase } from '../support/database.ts'
import { division } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { createPlan, draftOfThree, post, saveEdits } from './planning.ts'

const test = useDatabase()
let planner: Service
let supervisor: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  planner = serviceOn(test.db, { viewer: `planner:${town}` })
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
})

describe('the way of a plan', () => {
  it('leads from a draft to grids in force from a day, with comments and tasks on it', async () => {
    const id = await draftOfThree(planner)
    const report = (await planner.get(`/api/plans/${id}/check`)).body as PlanCheckReport
    expect(report).toMatchObject({ revision: 2, submittable: true, unassigned: [] })
    expect(
      (await post(planner, `/api/plans/${id}/submit`, { revision: 2, from: '2026-11-01' })).body,
    ).toMatchObject({ status: 'submitted' })

    const changes = (await supervisor.get(`/api/plans/${id}/changes`)).body as PlanChangesReport
    expect(changes).toMatchObject({ day: '2026-11-01', households: { total: 10, entered: 0, left: 0 } })
    expect(changes.groups).toMatchObject([{ grids: ['101', '102', '103'], state: 'pending' }])
    const remark = { body: '街北这一段归谁？', grid: '103', position: [119.602, 29.9026] }
    const comments = await post(supervisor, `/api/plans/${id}/comments`, remark)
    expect(comments.status).toBe(201)
    expect(comments.body).toMatchObject({
      comments: [{ ...remark, author: 'local-supervisor', resolved_at: null }],
    })
    const back = { revision: 2, reason: '请标明 103 的负责人' }
    expect((await post(supervisor, `/api/plans/${id}/return`, back)).body).toMatchObject({
      status: 'returned',
    })

    expect(
      (await saveEdits(planner, id, 2, [{ type: 'rename', grid: '103', name: '桥头' }])).body,
    ).toMatchObject({
      revision: 3,
    })
    const [comment] = (comments.body as { comments: { id: string }[] }).comments
    const resolved = await post(planner, `/api/plans/${id}/comments/${comment?.id}/resolve`, {})
    expect(resolved.body).toMatchObject({ comments: [{ resolved_by: 'local-planner' }] })
    await post(planner, `/api/plans/${id}/submit`, { revision: 3, from: '2026-11-01' })
    expect((await post(planner, `/api/plans/${id}/approve`, { revision: 3 })).status).toBe(403)
    expect((await post(supervisor, `/api/plans/${id}/approve`, { revision: 3 })).body).toMatchObject({
      status: 'approved',
    })
    expect((await post(planner, `/api/plans/${id}/enact`, { revision: 3 })).status).toBe(403)
    const enacted = await post(supervisor, `/api/plans/${id}/enact`, { revision: 3 })
    expect(enacted.body).toMatchObject({ plan: { status: 'in_force' }, grids_written: 3, grids_retired: [] })
    expect(
      ((await planner.get(`/api/plans/${id}`)).body as PlanDetail).decisions.map((one) => one.kind),
    ).toEqual(['submitted', 'returned', 'submitted', 'approved', 'enacted'])

    const codesOn = async (day: string): Promise<string[]> =>
      ((await planner.get(`/api/areas/${westVillage}/grids?day=${day}`)).body as Grids).grids.map(
        (one) => one.code,
      )
    expect(await codesOn('2026-10-31')).toEqual(['101', '102'])
    expect(await codesOn('2026-11-01')).toEqual(['101', '102', '103'])
    const whole = (await planner.get(`/api/areas/${westVillage}/check?day=2026-11-01`)).body as {
      counts: object
    }
    // Whole; but 101 and 103 have two or three households where the policy wants four.
    expect(whole.counts).toEqual({ households_below: 2 })

    const { tasks } = (await planner.get(`/api/plans/${id}/tasks`)).body as { tasks: { id: string }[] }
    const settled = await post(
      planner,
      `/api/plans/${id}/tasks/${encodeURIComponent(tasks[0]?.id ?? '')}/settle`,
      {
        note: '已指定',
      },
    )
    expect(settled.body).toMatchObject({ open: tasks.length - 1 })
  })

  it('is remembered: the day before the decision it was not known', async () => {
    const recordOf = async (knownAt: string): Promise<GridRecord> =>
      (await planner.get(`/api/areas/${westVillage}/record?day=2026-11-01&known_at=${knownAt}`))
        .body as GridRecord
    expect((await recordOf('2026-10-09T11:59:59Z')).grids.map((one) => [one.code, one.became])).toEqual([
      ['101', 'ended'],
      ['102', 'ended'],
    ])
    expect((await recordOf('2026-10-09T12:00:00Z')).grids.map((one) => [one.code, one.became])).toEqual([
      ['101', null],
      ['102', null],
      ['103', null],
    ])
  })

  it('is barred by a problem until somebody accepts it', async () => {
    const { id } = await createPlan(planner, { from: { source: 'atoms' } })
    const drawing = fromJson((await planner.get(`/api/plans/${id}/drawing`)).text)
    await saveEdits(
      planner,
      id,
      1,
      division(drawing, ['101'], (latitude) => (latitude < 29.9054 ? '101' : 'none')),
    )
    const checked = async (): Promise<PlanCheckReport> =>
      (await planner.get(`/api/plans/${id}/check`)).body as PlanCheckReport
    const { problems, submittable } = await checked()
    expect(submittable).toBe(false)
    const inlet = problems.find((one) => one.code === 'inlet')
    const path = `/api/areas/${westVillage}/exceptions`
    const accept = { problem: inlet?.id, reason: '水库，无住户', expires_on: null }
    expect((await post(planner, `/api/plans/${id}/exceptions`, { ...accept, problem: 'none' })).status).toBe(
      404,
    )
    expect(
      (await post(planner, `/api/plans/${id}/exceptions`, { ...accept, expires_on: '2026-10-09' })).status,
    ).toBe(400)
    expect((await post(planner, `/api/plans/${id}/exceptions`, accept)).status).toBe(201)
    expect(await checked()).toMatchObject({ submittable: true })
    expect((await planner.get(path)).body).toMatchObject({
      exceptions: [{ problem: inlet?.id, grids: ['101'] }],
    })
    const lift = () => planner.send((agent) => agent.delete(`${path}/${inlet?.id}`))
    expect((await lift()).status).toBe(204)
    expect((await lift()).status).toBe(404)
    expect(await checked()).toMatchObject({ submittable: false })
  })

  it('accepts a problem of the grids in force, too', async () => {
    const path = `/api/areas/${town}`
    const { problems } = (await planner.get(`${path}/check`)).body as {
      problems: { id: string; code: string }[]
    }
    const outside = problems.find((one) => one.code === 'household_in_none')
    const accept = { problem: outside?.id, reason: '户在界外', expires_on: '2026-12-31' }
    const made = await post(planner, `${path}/exceptions`, accept)
    expect(made.body).toMatchObject({
      code: 'household_in_none',
      expires_on: '2026-12-31',
      author: 'local-planner',
    })
  })
})
