/** The lines on the ground that a plan's boundaries may follow. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { PlanStreets } from '../../server/contract/plan-streets.ts'
import type { PlanRow } from '../../server/db/plans.ts'
import { useDatabase } from '../support/database.ts'
import { draftOnAtoms, resetSmallTown } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { otherTown, town } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
let plan: PlanRow
beforeAll(async () => {
  await resetSmallTown(test.db)
  service = serviceOn(test.db, { viewer: `planner:${town}` })
  plan = await draftOnAtoms(test.db)
})

describe('streets of a plan', () => {
  it('are those its atoms were made from: the roads, and the banks of the river', async () => {
    const response = await service.get(`/api/plans/${plan.plan_id}/streets`)
    expect(response.status).toBe(200)
    const { streets } = response.body as PlanStreets
    expect(new Set(streets.map(({ kind }) => kind))).toEqual(new Set(['road', 'water']))
    for (const { path } of streets) {
      expect(path.length).toBeGreaterThan(1)
      for (const [longitude, latitude] of path) {
        expect(longitude).toBeCloseTo(119.6, 0)
        expect(latitude).toBeCloseTo(29.9, 0)
      }
    }
  })

  it('are told to nobody who may not see the plan', async () => {
    const stranger = serviceOn(test.db, { viewer: `supervisor:${otherTown}` })
    expect((await stranger.get(`/api/plans/${plan.plan_id}/streets`)).status).toBe(404)
  })
})
