/** What tests of plans over HTTP ask again and again: a plan made, edited, and drawn. */
import type { Response } from 'supertest'
import { expect } from 'vitest'
import type { CreatedPlan } from '../../server/contract/plans.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { division } from '../support/plan-steps.ts'
import type { Service } from '../support/service.ts'
import { westVillage } from '../support/small-town.ts'

export const post = (service: Service, path: string, body: object): Promise<Response> =>
  service.send((agent) => agent.post(path).send(body))

/** A plan of the western village. */
export async function createPlan(planner: Service, body: object): Promise<CreatedPlan> {
  const response = await post(planner, `/api/areas/${westVillage}/plans`, { name: '西村方案', ...body })
  expect(response.status).toBe(201)
  expect(response.headers['location']).toBe(`/api/plans/${(response.body as CreatedPlan).id}`)
  return response.body as CreatedPlan
}

let saves = 0
export const saveEdits = (
  planner: Service,
  plan: string,
  revision: number,
  edits: readonly Edit[],
): Promise<Response> =>
  post(planner, `/api/plans/${plan}/edits`, {
    revision,
    batch: `batch-${String(++saves).padStart(4, '0')}`,
    operations: edits.map((edit) => ({ op: 'edit', edit })),
  })

/** A draft of three grids on bare ground, at revision 2: 101 south of the street, 103 up to the river, 102 beyond. */
export async function draftOfThree(planner: Service): Promise<string> {
  const { id } = await createPlan(planner, { from: { source: 'atoms' } })
  const drawing = fromJson((await planner.get(`/api/plans/${id}/drawing`)).text)
  const choose = (latitude: number): string =>
    latitude < 29.9025 ? '101' : latitude < 29.9054 ? '103' : '102'
  const edits = division(drawing, ['101', '102', '103'], choose)
  expect((await saveEdits(planner, id, 1, edits)).body).toEqual({ revision: 2, repeated: false })
  return id
}
