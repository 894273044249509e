/** Drafts of plans over HTTP: made, saved, and nobody else's. */
import type { Response } from 'supertest'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedPlan, PlanDetail } from '../../server/contract/plans.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { useDatabase } from '../support/database.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { otherTown, seedSmallTown, town, westVillage } from '../support/small-town.ts'
import { createPlan, draftOfThree, post, saveEdits } from './planning.ts'

const test = useDatabase()
let planner: Service
let neighbour: Service
beforeAll(async () => {
  await seedSmallTown(test.db)
  planner = serviceOn(test.db, { viewer: `planner:${town}` })
  neighbour = serviceOn(test.db, { viewer: `planner:${otherTown}` })
})

describe('a draft', () => {
  it('is made from the grids in force, listed, and read with its drawing and its grids', async () => {
    const plan = await createPlan(planner, { from: { source: 'division' } })
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
    const { id } = await createPlan(planner, { from: { source: 'division' } })
    const path = `/api/plans/${id}/drawing`
    const tag = { 'if-none-match': (await planner.get(path)).headers['etag'] ?? '' }
    expect((await planner.get(path, tag)).status).toBe(304)
    expect((await saveEdits(planner, id, 1, [{ type: 'rename', grid: '101', name: '甲' }])).status).toBe(200)
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
    const { id } = await createPlan(planner, { from: { source: 'division' } })
    await saveEdits(planner, id, 1, [{ type: 'rename', grid: '101', name: '甲' }])
    const late = await saveEdits(planner, id, 1, [{ type: 'rename', grid: '101', name: '乙' }])
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
    const { id } = await createPlan(planner, { from: { source: 'division' } })
    const refused = await saveEdits(planner, id, 1, [{ type: 'remove-grid', grid: '101' }])
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
    const { id } = await createPlan(planner, { from: { source: 'division' } })
    const names = ['甲', '乙', '丙']
    await saveEdits(
      planner,
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

describe('elsewhere', () => {
  it('a plan does not exist for a viewer of another town, by any address', async () => {
    const id = await draftOfThree(planner)
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
