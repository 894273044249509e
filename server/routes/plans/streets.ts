/** The streets, banks and railways on a plan's ground, for boundaries drawn along them. */
import { requirePlan } from '../../commands/plans/plan-authority.ts'
import { groundOfPlan } from '../../commands/plans/plan-changes.ts'
import { planStreetsSchema } from '../../contract/plan-streets.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { barriersOfRoads, barriersOfWater } from '../../core/planning/barrier-rank.ts'
import { listRoadLines, listWaterBodies } from '../../db/plan-ground.ts'
import { defineRoute, jsonAnswer } from '../route.ts'
import { onPlan } from './plans.ts'

export const streetsRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/streets',
  tag: 'plans',
  summary: {
    zh: '方案范围内可作界线的道路、河岸、铁路',
    en: 'Streets, banks and railways on the ground of a plan, as its atoms were made from them',
  },
  params: onPlan,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The lines', planStreetsSchema),
  async handle({ db, params }) {
    const ground = groundOfPlan(await requirePlan(db, params.id))
    const streets = [
      ...barriersOfRoads(await listRoadLines(db, ground)),
      ...barriersOfWater(await listWaterBodies(db, ground)),
    ]
    return { body: { streets } }
  },
})
