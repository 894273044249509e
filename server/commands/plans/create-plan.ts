/**
 * A new plan: from the ground of its area alone, from the division in force on a day, from an imported one, from another plan, or
 * from a proposal on another plan's atoms.
 */
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import { toJson } from '../../core/planning/drawing/drawing-json.ts'
import { dayBounds } from '../../core/trajectories/local-day.ts'
import type { AreaGeometry, GridKind } from '../../core/values.ts'
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
import { insertPlan, type PlanRow, saveDrawing } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { interiorPosition } from '../import-context.ts'
import { applyProposal, type Proposed } from './apply-proposal.ts'
import type { DrawInput, Drawn } from './draw-plan.ts'
import { requirePlan, requireRight } from './plan-authority.ts'
import { loadDrawing } from './plan-drawings.ts'
import { asMultiPolygon } from './plan-grids.ts'
import type { RedrawnGrid } from './redraw-grids.ts'

export type PlanOrigin =
  /** Only dedicated grids keep their ground. */
  | { readonly source: 'atoms' }
  | {
      readonly source: 'division'
      readonly day: string
      /** Grids that repairs changed; all others are as they stand. */
      readonly redrawn?: readonly RedrawnGrid[]
    }
  | { readonly source: 'import'; readonly grids: readonly GivenGrid[] }
  | { readonly source: 'plan'; readonly plan: string }
  | { readonly source: 'proposal'; readonly plan: string; readonly proposed: Proposed }

/** A grid as a file has it. */
export interface GivenGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  /** Null: the village it lies in. */
  readonly village: string | null
  readonly parent: string | null
  readonly geometry: AreaGeometry
}

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
  readonly notes: Drawn['notes']
  /** What of the division could not be taken as it was. */
  readonly residue: Drawn['residue']
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
  const { document, notes, residue } = await firstDrawing(db, area, ground, request, draw)
  const id = await db.transaction(async (open) => {
    const plan_id = await insertPlan(
      open,
      {
        town_id: ground.town,
        area_code: code,
        name,
        source: origin.source,
        based_on_plan: 'plan' in origin ? origin.plan : null,
        based_on_day: origin.source === 'division' ? origin.day : null,
        note,
      },
      viewer.name,
      now,
    )
    await saveDrawing(open, { town_id: ground.town, plan_id }, 1, document)
    return plan_id
  })
  return { plan: await requirePlan(db, id), notes, residue }
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
  if (!('plan' in origin)) return draw(await loadDrawInput(db, area, ground, origin, now))
  const base = await requirePlan(db, origin.plan)
  if (base.area_code !== area.code)
    throw new AppError('bad_request', {
      zh: `方案 ${origin.plan} 属于 ${base.area_name}，不属于 ${area.name}`,
      en: `plan ${origin.plan} is of ${base.area_name}, not of ${area.name}`,
    })
  const { drawing: start } = await loadDrawing(db, base)
  if (origin.source === 'plan') return { document: toJson(start), notes: [], residue: [] }
  const drawing = applyProposal(start, origin.proposed)
  if (!('code' in drawing)) return { document: toJson(drawing), notes: [], residue: [] }
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
  origin: Exclude<PlanOrigin, { plan: string }>,
  now: number,
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
  const households = await listPlanHouseholds(db, ground)
  const grids = await givenGrids(db, ground, origin, now)
  return {
    villages,
    roads: await listRoadLines(db, ground),
    water: await listWaterBodies(db, ground),
    naturalVillages: await listNaturalVillages(db, ground),
    buildings: await listPlanBuildings(db, ground),
    households,
    grids: drawnGrids(grids, villages),
    gridsHold: origin.source === 'division',
  }
}

/** The grids a drawing begins with. */
async function givenGrids(
  db: Scoped,
  ground: PlanGround,
  origin: Exclude<PlanOrigin, { plan: string }>,
  now: number,
): Promise<readonly GivenGrid[]> {
  if (origin.source === 'import') return origin.grids
  // A day's grids are those in force at its end, as everywhere.
  const at = origin.source === 'division' ? dayBounds(origin.day).to - 1 : now
  const standing = await listStanding(db, ground, at)
  if (origin.source === 'atoms') return standing.filter((grid) => grid.kind === 'dedicated')
  const redrawn = new Map(origin.redrawn?.map(({ code, geometry }) => [code, geometry]))
  return standing.flatMap((grid) => {
    const geometry = redrawn.get(grid.code)
    return geometry === null ? [] : [geometry === undefined ? grid : { ...grid, geometry }]
  })
}

/** One grid a code, its parts together, in the village it lies in. */
function drawnGrids(grids: readonly GivenGrid[], villages: DrawInput['villages']): DrawInput['grids'] {
  const known = new Set(villages.map((village) => village.code))
  const merged = new Map<string, GivenGrid>()
  for (const grid of grids) {
    const other = merged.get(grid.code)
    const parts = [other, grid].flatMap((one) => (one ? asMultiPolygon(one.geometry).coordinates : []))
    merged.set(grid.code, { ...(other ?? grid), geometry: { type: 'MultiPolygon', coordinates: parts } })
  }
  return [...merged.values()].map(({ code, name, kind, village, parent, geometry }) => ({
    grid: {
      code,
      name,
      kind,
      village: village !== null && known.has(village) ? village : villageAt(geometry, villages),
      parent,
      locked: false,
    },
    geometry,
  }))
}

/** The village that holds a position inside the grid; the first by code for a grid that lies in none, all of it residue. */
function villageAt(geometry: AreaGeometry, villages: DrawInput['villages']): string {
  const position = interiorPosition(asMultiPolygon(geometry))
  const found = villages.find(({ boundary }) => booleanPointInPolygon(position, boundary))
  return (found ?? villages[0])?.code ?? ''
}
