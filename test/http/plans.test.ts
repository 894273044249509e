/** A plan over HTTP from the draft to the day it holds, by a planner and a supervisor. */
import type { Response } from 'supertest'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Grids } from '../../server/contract/grids.ts'
import type {
  CreatedPlan,
  GridRecord,
  PlanChangesReport,
  PlanCheckReport,
  PlanDetail,
} from '../../server/contract/plans.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { useDatabase } from '../support/database.ts'
import { division } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'

const test = useDatabase()
let planner: Service
let supervisor: Service
let neighbour: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  planner = serviceOn(test.db, { viewer: `planner:${town}` })
  supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  neighbour = serviceOn(test.db, { viewer: `planner:${otherTown}` })
})

const post = (service: Service, path: string, body: object): Promise<Response> =>
  service.send((agent) => agent.post(path).send(body))
const create = async (body: object): Promise<CreatedPlan> => {
  const response = await post(planner, `/api/areas/${westVillage}/plans`, { name: '西村方案', ...body })
  expect(response.status).toBe(201)
  expect(response.headers['location']).toBe(`/api/plans/${(response.body as CreatedPlan).id}`)
  return response.body as CreatedPlan
}
let saves = 0
const saving = (plan: string, revision: number, edits: readonly Edit[]): Promise<Response> =>
  post(planner, `/api/plans/${plan}/edits`, {
    revision,
    batch: `batch-${String(++saves).padStart(4, '0')}`,
    operations: edits.map((edit) => ({ op: 'edit', edit })),
  })

/** A draft of three grids on bare ground, at revision 2: 101 south of the street, 103 up to the river, 102 beyond. */
async function draftOfThree(): Promise<string> {
  const { id } = await create({ from: { source: 'atoms' } })
  const drawing = fromJson((await planner.get(`/api/plans/${id}/drawing`)).text)
  const choose = (latitude: number): string =>
    latitude < 29.9025 ? '101' : latitude < 29.9054 ? '103' : '102'
  expect((await saving(id, 1, division(drawing, ['101', '102', '103'], choose))).body).toEqual({
    revision: 2,
    repeated: false,
  })
  return id
}

describe('a draft', () => {
  it('is made from the grids in force, listed, and read with its drawing and its grids', async () => {
    const plan = await create({ from: { source: 'division' } })
    expect(plan).toMatchObject({
      area_name: '西村',
      status: 'draft',
      revision: 1,
      based_on_day: '2026-10-09',
      created_by: 'local-planner',
      residue: [],
    })
    const { plans } = (await planner.get(`/api/areas/${westVillage}/plans`)).body as {
      plans: { id: string }[]
    }
    expect(plans.map((one) => one.id)).toContain(plan.id)
    const drawing = await planner.get(`/api/plans/${plan.id}/drawing`)
    expect(drawing.headers['x-revision']).toBe('1')
    expect([...fromJson(drawing.text).grids.keys()]).toEqual(['101', '102'])
    const grids = JSON.parse((await planner.get(`/api/plans/${plan.id}/grids`)).text) as {
      features: { id: string; properties: object }[]
    }
    expect(grids.features.map((one) => [one.id, one.properties])).toMatchObject([
      ['101', { name: '一网格', village: westVillage }],
      ['102', { name: null, village: westVillage }],
    ])
  })

  it('has an entity tag that holds until somebody saves', async () => {
    const { id } = await create({ from: { source: 'division' } })
    const path = `/api/plans/${id}/drawing`
    const tag = { 'if-none-match': (await planner.get(path)).headers['etag'] ?? '' }
    expect((await planner.get(path, tag)).status).toBe(304)
    expect((await saving(id, 1, [{ type: 'rename', grid: '101', name: '甲' }])).status).toBe(200)
    expect((await planner.get(path, tag)).status).toBe(200)
  })

  it('is made from files; a flawed record refuses them all', async () => {
    const feature = (code: string | null, south: number, north: number): object => ({
      type: 'Feature',
      properties: code === null ? {} : { code, name: `网格${code}` },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [119.6, south],
            [119.605, south],
            [119.605, north],
            [119.6, north],
            [119.6, south],
          ],
        ],
      },
    })
    const send = (...features: object[]): Promise<Response> =>
      planner.send((agent) =>
        agent
          .post(`/api/areas/${westVillage}/plans/import?name=${encodeURIComponent('文件方案')}`)
          .attach(
            'grids',
            Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })),
            'new.geojson',
          ),
      )
    const response = await send(feature('a', 29.9, 29.905), feature('b', 29.905, 29.909))
    expect(response.status).toBe(201)
    const plan = response.body as CreatedPlan
    expect(plan).toMatchObject({ source: 'import', name: '文件方案' })
    // 0.001° in the north are in no grid: 482.7 m × 110.9 m.
    expect(plan.residue.map((one) => [one.kind, Math.round(one.area_m2 / (482.7 * 110.9))])).toEqual([
      ['gap', 1],
    ])
    const refused = await send(feature('a', 29.9, 29.905), feature(null, 29.905, 29.91))
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ code: 'bad_input', flaws: [{ place: { record: 2 } }] })
  })
})

describe('a save', () => {
  it('on an older revision answers with 409: who saved, when, what', async () => {
    const { id } = await create({ from: { source: 'division' } })
    await saving(id, 1, [{ type: 'rename', grid: '101', name: '甲' }])
    const late = await saving(id, 1, [{ type: 'rename', grid: '101', name: '乙' }])
    expect(late.status).toBe(409)
    expect(late.body).toMatchObject({
      code: 'conflict',
      flaws: [
        {
          code: 'saved_meanwhile',
          message: {
            zh: '第 2 版，local-planner，2026-10-09 20:00：改名 ×1；涉及网格 101',
            en: 'revision 2, local-planner, 2026-10-09 20:00: renamed ×1; grids 101',
          },
        },
      ],
    })
  })

  it('that cannot be done answers with the step and the reason; one that is no edit, with the field', async () => {
    const { id } = await create({ from: { source: 'division' } })
    const refused = await saving(id, 1, [{ type: 'remove-grid', grid: '101' }])
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ flaws: [{ code: 'grid_not_empty', place: { record: 1 } }] })
    const operations = [
      { op: 'edit', edit: { type: 'move-vertex', vertex: { arc: 0, vertex: 0 }, to: [119] } },
    ]
    const malformed = await post(planner, `/api/plans/${id}/edits`, {
      revision: 1,
      batch: 'no-edit-1',
      operations,
    })
    expect(malformed.status).toBe(400)
    expect(malformed.body).toMatchObject({ flaws: [{ place: { field: 'operations.0.edit.to' } }] })
  })

  it('is kept edit by edit, in pages', async () => {
    const { id } = await create({ from: { source: 'division' } })
    const names = ['甲', '乙', '丙']
    await saving(
      id,
      1,
      names.map((name) => ({ type: 'rename', grid: '101', name })),
    )
    const seen: unknown[] = []
    let next: string | null = ''
    while (next !== null) {
      const after = next === '' ? '' : `&after=${encodeURIComponent(next)}`
      const page = (await planner.get(`/api/plans/${id}/edits?limit=2${after}`)).body as {
        edits: { edit: { name: string } }[]
        next: string | null
      }
      seen.push(...page.edits.map((one) => one.edit.name))
      next = page.next
    }
    expect(seen).toEqual(names)
  })
})

describe('the way of a plan', () => {
  it('leads from a draft to grids in force from a day, with comments and tasks on it', async () => {
    const id = await draftOfThree()
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

    expect((await saving(id, 2, [{ type: 'rename', grid: '103', name: '桥头' }])).body).toMatchObject({
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
    const { id } = await create({ from: { source: 'atoms' } })
    const drawing = fromJson((await planner.get(`/api/plans/${id}/drawing`)).text)
    await saving(
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

describe('elsewhere', () => {
  it('a plan does not exist for a viewer of another town, by any address', async () => {
    const id = await draftOfThree()
    for (const path of [
      '',
      '/drawing',
      '/grids',
      '/edits',
      '/check',
      '/changes',
      '/codes',
      '/comments',
      '/tasks',
    ])
      expect((await neighbour.get(`/api/plans/${id}${path}`)).status).toBe(404)
    const steps: [string, object][] = [
      ['submit', { revision: 2, from: '2026-12-01' }],
      ['withdraw', { revision: 2 }],
      ['comments', { body: '？' }],
      ['exceptions', { problem: 'x', reason: 'x', expires_on: null }],
    ]
    for (const [step, body] of steps)
      expect((await post(neighbour, `/api/plans/${id}/${step}`, body)).status).toBe(404)
    expect((await neighbour.get(`/api/areas/${westVillage}/plans`)).status).toBe(404)
    const copy = { name: '抄', from: { source: 'plan', plan: id } }
    expect((await post(neighbour, `/api/areas/${otherTown}/plans`, copy)).status).toBe(404)
    expect(((await planner.get(`/api/plans/${id}`)).body as PlanDetail).status).toBe('draft')
  })
})
