/** Plans of an area, a new one, and one plan with its drawing: contract/plans.ts. */
import { z } from 'zod'
import { createPlan, type PlanOrigin } from '../../commands/plans/create-plan.ts'
import { requirePlan } from '../../commands/plans/plan-authority.ts'
import { loadPlanned } from '../../commands/plans/plan-grids.ts'
import type { Redrawn } from '../../commands/plans/redraw-grids.ts'
import {
  createdPlanSchema,
  createPlanSchema,
  drawingSchema,
  planDetailSchema,
  planGridsSchema,
  plansSchema,
} from '../../contract/plans.ts'
import { emptyQuery } from '../../contract/queries.ts'
import { codeSchema } from '../../contract/values.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { Flaw } from '../../core/values.ts'
import { findDrawing, listDecisions, listPlans } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError } from '../../errors.ts'
import { readRows } from '../../formats/read-rows.ts'
import { loadArea } from '../area.ts'
import { loadDivisionInput } from '../division-input.ts'
import { momentOf } from '../parse.ts'
import { repairInput } from '../repairs.ts'
import { defineRoute, jsonAnswer, type Services } from '../route.ts'
import { readFields, readOptions, refuseFlaws } from '../uploads/read-options.ts'
import { receiveFiles } from '../uploads/receive-files.ts'
import { presentCreated, presentPlan, presentPlanDetail } from './present.ts'

const onArea = z.object({ code: codeSchema })
export const onPlan = z.object({ id: codeSchema })

export const plansRoute = defineRoute({
  method: 'get',
  path: '/api/areas/{code}/plans',
  tag: 'plans',
  summary: {
    zh: '网格划分方案',
    en: 'Plans of an area, and of a village’s township; the one touched last first',
  },
  params: onArea,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The plans', plansSchema),
  async handle({ db, params }) {
    const area = await loadArea(db, params.code)
    return { body: { plans: (await listPlans(db, area)).map(presentPlan) } }
  },
})

export const createPlanRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/plans',
  tag: 'plans',
  summary: {
    zh: '新建方案：由现行网格、另一方案、建议方案或空白地块',
    en: 'A new draft: from the grids in force, another plan, a proposal, or bare ground',
  },
  params: onArea,
  query: emptyQuery,
  json: createPlanSchema,
  answer: jsonAnswer(201, 'The draft, and what was decided about its ground', createdPlanSchema),
  async handle({ db, params, body, now, services, signal }) {
    const request = { area: params.code, name: body.name, note: body.note ?? null, now }
    const origin = await originOf(body.from, { db, area: params.code, now, services, signal })
    const created = await createPlan(db, { ...request, origin }, (input) =>
      services.thread.run('drawPlan', input, signal),
    )
    const location = `/api/plans/${created.plan.plan_id}`
    return { body: presentCreated(created), headers: { location }, cacheControl: 'no-store' }
  },
})

interface Asked {
  readonly db: Scoped
  readonly area: string
  readonly now: number
  readonly services: Services
  readonly signal: AbortSignal
}

async function originOf(from: z.output<typeof createPlanSchema>['from'], asked: Asked): Promise<PlanOrigin> {
  switch (from.source) {
    case 'division': {
      const { source, day = localDayOf(asked.now), repairs = [] } = from
      return repairs.length === 0
        ? { source, day }
        : { source, day, redrawn: await redrawnGrids(day, repairs, asked) }
    }
    case 'proposal':
      return {
        source: 'proposal',
        plan: from.plan,
        proposed: { grids: from.grids, assignment: from.assignment },
      }
    default:
      return from
  }
}

/** @throws AppError `conflict` when the division is no longer the one the repairs were chosen for */
async function redrawnGrids(
  day: string,
  chosen: readonly string[],
  { db, area: code, now, services, signal }: Asked,
): Promise<Redrawn['grids']> {
  const area = await loadArea(db, code)
  const division = repairInput(await loadDivisionInput(db, area, momentOf(day, now)))
  const { grids, unknown } = await services.thread.run('redrawGrids', { division, chosen }, signal)
  if (unknown.length === 0) return grids
  throw new AppError(
    'conflict',
    {
      zh: `有 ${unknown.length} 项修复已不适用：划分已变动，请重新选择`,
      en: `${unknown.length} repairs no longer apply: the division has changed; choose again`,
    },
    unknown.map((id) => ({
      code: 'repair_unknown',
      place: { id },
      message: { zh: `修复 ${id} 已不适用`, en: `repair ${id} no longer applies` },
    })),
  )
}

export const importPlanRoute = defineRoute({
  method: 'post',
  path: '/api/areas/{code}/plans/import',
  tag: 'plans',
  summary: {
    zh: '由划分文件新建方案',
    en: 'A new draft from the grids in files; what they overlap or leave open is listed, never stored',
  },
  params: onArea,
  query: z.strictObject({ ...readFields, name: z.string().trim().min(1).max(200) }),
  stream: {
    type: 'multipart/form-data',
    required: true,
    schema: z.object({ grids: z.string().meta({ description: 'GeoJSON, Shapefile, CSV, XLSX …' }) }),
  },
  answer: jsonAnswer(201, 'The draft, and what of the files could not be taken as it was', createdPlanSchema),
  async handle({ db, params, query, request, now, services, signal }) {
    await loadArea(db, params.code)
    const { uploadFolder: folder, limits, thread } = services
    const received = await receiveFiles(request, {
      fields: ['grids'],
      required: ['grids'],
      folder,
      limits,
      signal,
    })
    try {
      const flaws: Flaw[] = []
      const grids: Extract<PlanOrigin, { source: 'import' }>['grids'][number][] = []
      for (const file of received.files['grids'] ?? []) {
        for await (const batch of readRows(file, 'grids', readOptions(query, signal))) {
          for (const read of batch) {
            if ('flaws' in read) {
              flaws.push(...read.flaws)
              continue
            }
            const { code, name, kind, villageCode, parentCode, boundary } = read.record.row
            grids.push({
              code,
              name: name ?? null,
              kind: kind ?? (parentCode === undefined ? 'ordinary' : 'microgrid'),
              village: villageCode ?? null,
              parent: parentCode ?? null,
              geometry: boundary,
            })
          }
        }
      }
      refuseFlaws(flaws)
      const origin = { source: 'import', grids } as const
      const created = await createPlan(
        db,
        { area: params.code, name: query.name, note: null, origin, now },
        (input) => thread.run('drawPlan', input, signal),
      )
      const location = `/api/plans/${created.plan.plan_id}`
      return { body: presentCreated(created), headers: { location }, cacheControl: 'no-store' }
    } finally {
      await received.remove()
    }
  },
})

export const planRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}',
  tag: 'plans',
  summary: { zh: '一个方案及其审批经过', en: 'One plan, and what was decided on it' },
  params: onPlan,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The plan', planDetailSchema),
  async handle({ db, params }) {
    const plan = await requirePlan(db, params.id)
    return { body: presentPlanDetail(plan, await listDecisions(db, plan)) }
  },
})

export const drawingRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/drawing',
  tag: 'plans',
  summary: {
    zh: '方案的图：地块、界线、网格归属',
    en: 'The drawing of a plan at its newest revision: atoms, lines, and which atom is whose',
  },
  params: onPlan,
  query: emptyQuery,
  answer: jsonAnswer(200, 'The drawing; `x-revision` says of which revision', drawingSchema),
  async handle({ db, params }) {
    const { revision, document } = await findDrawing(db, await requirePlan(db, params.id))
    return {
      body: document,
      type: 'application/json; charset=utf-8',
      tagged: `${params.id} ${revision}`,
      headers: { 'x-revision': String(revision) },
    }
  },
})

export const planGridsRoute = defineRoute({
  method: 'get',
  path: '/api/plans/{id}/grids',
  tag: 'plans',
  summary: { zh: '方案的网格', en: 'The grids a plan’s drawing amounts to, edge-matched' },
  params: onPlan,
  query: emptyQuery,
  answer: { ...jsonAnswer(200, 'GeoJSON', planGridsSchema), type: 'application/geo+json' },
  async handle({ db, params }) {
    const plan = await requirePlan(db, params.id)
    const { revision, grids } = await loadPlanned(db, plan)
    return {
      body: JSON.stringify({
        type: 'FeatureCollection',
        features: grids.map(({ geometry, ...properties }) => ({
          type: 'Feature',
          id: properties.code,
          geometry,
          properties,
        })),
      }),
      type: 'application/geo+json; charset=utf-8',
      tagged: `${plan.plan_id} ${revision}`,
    }
  },
})
