/** A new plan: from the ground of its area alone, from another plan, or from a proposal on another plan's atoms. */
import type { AtomNote } from '../../core/planning/atoms/input.ts'
import { fromJson, toJson } from '../../core/planning/drawing/drawing-json.ts'
import { type AreaScope, findArea } from '../../db/areas.ts'
import {
  listNaturalVillages,
  listPlanBuildings,
  listPlanHouseholds,
  listPlanVillages,
  listRoadLines,
  listStanding,
  listWaterBodies,
  type PlanGround,
} from '../../db/plan-ground.ts'
import { findDrawing, insertPlan, type PlanRow, saveDrawing } from '../../db/plans.ts'
import type { Scoped } from '../../db/scope.ts'
import { AppError, notFound } from '../../errors.ts'
import { applyProposal, type Proposed } from './apply-proposal.ts'
import type { DrawInput, Drawn } from './draw-plan.ts'
import { requirePlan, requireRight, requireViewer } from './plan-authority.ts'

export type PlanOrigin =
  | { readonly source: 'atoms' }
  | { readonly source: 'plan'; readonly plan: string }
  | { readonly source: 'proposal'; readonly plan: string; readonly proposed: Proposed }

export interface CreateRequest {
  /** Code of a village or township. */
  readonly area: string
  readonly name: string
  readonly note: string | null
  readonly origin: PlanOrigin
  readonly now: number
}

/** Runs `drawPlan`, wherever there is time for it. */
export type DrawPlan = (input: DrawInput) => Promise<Drawn>

export interface Created {
  readonly plan: PlanRow
  /** What was decided about the ground; empty for a copy. */
  readonly notes: readonly AtomNote[]
}

/**
 * @param db of the viewer whose plan it is
 * @throws AppError `forbidden`, `not_found` (area or plan), `bad_input` (nothing to draw on; a proposal that does not fit)
 */
export async function createPlan(db: Scoped, request: CreateRequest, draw: DrawPlan): Promise<Created> {
  const viewer = requireViewer(db)
  requireRight(viewer, 'draw')
  const { area: code, name, note, origin, now } = request
  const area = await findArea(db, code)
  if (!area) throw notFound({ zh: `区域 ${code}`, en: `Area ${code}` })
  const ground = groundOf(area)
  const { document, notes } = await firstDrawing(db, area, ground, request, draw)
  const id = await db.transaction(async (open) => {
    const plan_id = await insertPlan(
      open,
      {
        town_id: ground.town,
        area_code: code,
        name,
        source: origin.source,
        based_on_plan: origin.source === 'atoms' ? null : origin.plan,
        based_on_day: null,
        note,
      },
      viewer.name,
      now,
    )
    await saveDrawing(open, { town_id: ground.town, plan_id }, 1, document)
    return plan_id
  })
  return { plan: await requirePlan(db, id), notes }
}

function groundOf(area: AreaScope): PlanGround {
  const [town] = area.towns
  if (area.level !== 'county' && town !== undefined) return { town, area: area.code, village: area.village }
  throw new AppError('bad_request', {
    zh: '方案须按村（社区）或乡镇（街道）编制',
    en: 'a plan is for a village or a township',
  })
}

async function firstDrawing(
  db: Scoped,
  area: AreaScope,
  ground: PlanGround,
  { origin, now }: CreateRequest,
  draw: DrawPlan,
): Promise<Drawn> {
  if (origin.source === 'atoms') return draw(await loadDrawInput(db, area, ground, now))
  const base = await requirePlan(db, origin.plan)
  if (base.area_code !== area.code)
    throw new AppError('bad_request', {
      zh: `方案 ${origin.plan} 属于 ${base.area_name}，不属于 ${area.name}`,
      en: `plan ${origin.plan} is of ${base.area_name}, not of ${area.name}`,
    })
  const { document } = await findDrawing(db, base)
  if (origin.source === 'plan') return { document, notes: [] }
  const drawing = applyProposal(fromJson(document), origin.proposed)
  if (!('code' in drawing)) return { document: toJson(drawing), notes: [] }
  throw new AppError(
    'bad_input',
    {
      zh: `这一建议方案不适用：${drawing.message.zh}`,
      en: `the proposal does not fit: ${drawing.message.en}`,
    },
    [{ code: drawing.code, place: {}, message: drawing.message }],
  )
}

async function loadDrawInput(
  db: Scoped,
  area: AreaScope,
  ground: PlanGround,
  at: number,
): Promise<DrawInput> {
  const known = await listPlanVillages(db, ground)
  const villages = known.flatMap(({ code, boundary }) => (boundary ? [{ code, boundary }] : []))
  const without = known.filter(({ boundary }) => !boundary).map(({ code }) => code)
  if (villages.length === 0)
    throw new AppError('bad_input', {
      zh: `${area.name} 没有带边界的村（社区）：请先导入区域（wangge import areas）`,
      en: `${area.name} has no village with an outline: import its areas first (wangge import areas)`,
    })
  if (without.length > 0)
    throw new AppError(
      'bad_input',
      {
        zh: `${without.length} 个村（社区）没有边界，无法划分：请先导入`,
        en: `${without.length} villages have no outline and cannot be divided: import them first`,
      },
      without.map((id) => ({
        code: 'village_without_outline',
        place: { id },
        message: { zh: `${id} 没有边界`, en: `${id} has no outline` },
      })),
    )
  const dedicated = (await listStanding(db, ground, at)).filter((grid) => grid.kind === 'dedicated')
  return {
    villages,
    roads: await listRoadLines(db, ground),
    water: await listWaterBodies(db, ground),
    sites: dedicated.map(({ code, name, geometry }) => ({ id: code, name, geometry })),
    naturalVillages: await listNaturalVillages(db, ground),
    buildings: await listPlanBuildings(db, ground),
    households: await listPlanHouseholds(db, ground),
  }
}
