/** Codes of a plan over HTTP: looked at first, then given as one save. */
import type { Response } from 'supertest'
import { beforeAll, expect, it } from 'vitest'
import { useDatabase } from '../support/database.ts'
import { draftOfThree, drawingOfPlan, planner, resetSmallTown } from '../support/plan-steps.ts'
import { type Service, serviceOn } from '../support/service.ts'
import { town } from '../support/small-town.ts'

const test = useDatabase()
let service: Service
beforeAll(async () => {
  await resetSmallTown(test.db)
  service = serviceOn(test.db, { viewer: `planner:${town}` })
})

it('old codes are shown with the households that keep them, given once, and refused on an older revision', async () => {
  const names = (latitude: number): string => (latitude < 29.9054 ? 'south' : 'north')
  const plan = await draftOfThree(test.db, ['south', 'north'], names)
  const path = `/api/plans/${plan.plan_id}/codes`
  const give = (by: Service, revision: number, batch: string): Promise<Response> =>
    by.send((agent) => agent.post(path).send({ revision, batch }))
  // The river lies a little north of the line between 101 and 102, and no household between.
  expect((await service.get(path)).body).toMatchObject({
    revision: 2,
    codes: [
      { from: 'north', to: '102', is_new: false, households: 5, shared_households: 5 },
      { from: 'south', to: '101', is_new: false, households: 5, shared_households: 5 },
    ],
    flaws: [],
  })
  const supervisor = serviceOn(test.db, { viewer: `supervisor:${town}` })
  expect((await give(supervisor, 2, 'codes-0001')).status).toBe(403)
  expect((await give(service, 1, 'codes-0001')).status).toBe(409)
  expect((await give(service, 2, 'codes-0001')).body).toEqual({ revision: 3, repeated: false })
  expect((await give(service, 2, 'codes-0001')).body).toEqual({ revision: 3, repeated: true })
  expect([...(await drawingOfPlan(test.db.as(planner), plan)).grids.keys()]).toEqual(['101', '102'])
  // Nothing is left to do: no revision is made.
  expect((await give(service, 3, 'codes-0002')).body).toEqual({ revision: 3, repeated: false })
})
