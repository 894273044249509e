/** GET /api/areas/{code}/hotspots */
import { z } from 'zod'
import { type Hotspots, hotspotsSchema, presentHotspots } from '../contract/hotspots.ts'
import { intervalFields, intervalMessage, isInterval, wholeNumber } from '../contract/queries.ts'
import { codeSchema } from '../contract/values.ts'
import { withholdSmall } from '../core/hexagons/withhold-small.ts'
import { listHouseholdPoints } from '../db/households.ts'
import { listIncidentPoints } from '../db/incidents.ts'
import { leastCount } from '../db/privacy.ts'
import type { Scoped } from '../db/scoped.ts'
import { loadArea } from './area.ts'
import { instantsOf } from './parse.ts'
import { defineRoute, jsonAnswer, type Services } from './route.ts'

export const usualResolution = 9
const usualRings = 1

export const hotspotsRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/hotspots',
  tag: 'incidents',
  summary: { zh: '隐患密度与热点', en: 'Hazard density and hot spots' },
  params: z.object({ code: codeSchema }),
  query: z
    .strictObject({
      ...intervalFields,
      category: z.string().min(1).max(100).optional(),
      resolution: wholeNumber(5, 11)
        .optional()
        .meta({ description: `H3 resolution; ${usualResolution} when absent` }),
      rings: wholeNumber(1, 5)
        .optional()
        .meta({ description: `Neighbourhood in steps; ${usualRings} when absent` }),
    })
    .refine(isInterval, { message: intervalMessage, path: ['from'] }),
  answer: jsonAnswer(200, 'Counts, densities, rates and Gi* of each hexagon', hotspotsSchema),
  handle: async ({ db, params, query, services, signal }) => ({
    body: await computeHotspots(db, services, { area: params.code, ...query }, signal),
  }),
})

export interface HotspotsQuestion {
  readonly area: string
  readonly from: string
  readonly to: string
  readonly category?: string | undefined
  readonly resolution?: number | undefined
  readonly rings?: number | undefined
}

/** The hot spots of an area, over its own boundary, with rates by its households. */
export async function computeHotspots(
  db: Scoped,
  services: Pick<Services, 'thread'>,
  question: HotspotsQuestion,
  signal: AbortSignal,
): Promise<Hotspots> {
  const area = await loadArea(db, question.area)
  const { from, to } = instantsOf(question)
  const resolution = question.resolution ?? usualResolution
  const rings = question.rings ?? usualRings
  const incidents = await listIncidentPoints(db, area, from, to, question.category ?? null)
  const households = await listHouseholdPoints(db, area)
  const density = await services.thread.run(
    'hazardDensity',
    { incidents, studyArea: area.boundary, resolution, rings, households },
    signal,
  )
  return presentHotspots(withholdSmall(density, await leastCount(db, area.towns)), {
    from: question.from,
    to: question.to,
    categories: question.category === undefined ? null : [question.category],
    refused: 0,
    otherCategory: 0,
    otherPeriod: 0,
  })
}
