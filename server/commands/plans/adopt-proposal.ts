/** A proposal becomes a plan of its own: its new grids get codes, and villages it was not about stay as they are. */
import type { Drawing } from '../../core/planning/drawing/drawing.ts'
import { numberGrids, type UnnumberedGrid } from '../../core/planning/number-grids.ts'
import type { PlanGrid } from '../../core/planning/values.ts'
import { gridCodePresets } from '../../core/policy/grid-codes.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { listUsedCodes } from '../../db/plan-enactment.ts'
import type { PlanRow } from '../../db/plans.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError, notFound } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import type { Proposed } from './apply-proposal.ts'
import { type Created, createPlan } from './create-plan.ts'
import { requirePlan, requireRight } from './plan-authority.ts'
import { loadCodePolicy } from './plan-codes.ts'
import { loadDrawing } from './plan-drawings.ts'
import type { KeptProposals } from './proposal-shelf.ts'
import { type PlanProposal, stays } from './propose-on-plan.ts'

/** Where no policy says how codes are written: the village's 12 digits, the kind, the sequence. */
const usualCodes = gridCodePresets['village12-kind-sequence2']

export interface AdoptRequest {
  readonly kept: KeptProposals
  readonly number: number
  readonly name: string
  readonly note: string | null
  readonly now: number
}

/**
 * @throws AppError `forbidden`, `not_found` (plan or number), `conflict` (the plan was edited since), `bad_input` (a code cannot
 * be written)
 */
export async function adoptProposal(db: Scoped, request: AdoptRequest): Promise<Created> {
  const { kept, number, name, note, now } = request
  requireRight(requireViewer(db), 'draw')
  const plan = await requirePlan(db, kept.plan)
  const chosen = kept.found.proposals.find((one) => one.number === number)
  if (!chosen) throw notFound({ zh: `建议方案 ${number}`, en: `Proposal ${number}` })
  const { drawing, revision } = await loadDrawing(db, plan)
  if (revision !== kept.revision)
    throw new AppError('conflict', {
      zh: `方案已改到第 ${revision} 版，建议是按第 ${kept.revision} 版作的：请重新生成`,
      en: `the plan is at revision ${revision}, the proposal was made on ${kept.revision}: propose again`,
    })
  const codes = await newCodes(db, plan, drawing, chosen, now)
  const proposed = proposedOn(drawing, kept, chosen, codes)
  const origin = { source: 'proposal', plan: plan.plan_id, proposed } as const
  return createPlan(db, { area: plan.area_code, name, note, origin, now }, () => {
    throw new Error('a proposal is drawn on the plan it was made on')
  })
}

/** The proposed grids, and the unlocked ordinary grids of villages the proposal is not about, as they are. */
function proposedOn(
  drawing: Drawing,
  { found }: KeptProposals,
  { grids, gridOf }: PlanProposal,
  codes: ReadonlyMap<string, string>,
): Proposed {
  const codeOf = (code: string): string => codes.get(code) ?? code
  const divided = new Set(grids.map((grid) => grid.village))
  const others = [...drawing.grids.values()].filter((grid) => !stays(grid) && !divided.has(grid.village))
  const assignment: Record<string, string> = {}
  for (const grid of others)
    for (const atom of drawing.members.get(grid.code) ?? []) assignment[drawing.atoms[atom]!.id] = grid.code
  for (const [i, grid] of gridOf.entries())
    if (grid !== null) assignment[found.atoms[i]!] = codeOf(grids[grid]!.code)
  const drawn = grids
    .filter((grid) => grid.drawn)
    .map(
      ({ code, name, kind, village, parent, locked }): PlanGrid => ({
        code: codeOf(code),
        name,
        kind,
        village,
        parent,
        locked,
      }),
    )
  return { grids: [...others, ...drawn], assignment }
}

/** Codes by the place's policy for grids that continue none; codes once used, by this plan or ever in the town, are left out. */
async function newCodes(
  db: Scoped,
  plan: PlanRow,
  drawing: Drawing,
  { grids }: PlanProposal,
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const fresh = grids
    .filter((grid) => grid.isNew)
    .map(
      ({ code, village, kind, parent, at, areaSquareMetres }): UnnumberedGrid => ({
        id: code,
        village,
        kind,
        parent,
        longitude: at[0],
        latitude: at[1],
        areaSquareMetres,
      }),
    )
  const policy = (await loadCodePolicy(db, plan, localDayOf(now))) ?? usualCodes
  const used = await listUsedCodes(db, plan.town_id, null)
  const { codes, flaws } = numberGrids(fresh, policy, [...used, ...drawing.grids.keys()])
  if (flaws.length === 0) return codes
  throw new AppError(
    'bad_input',
    {
      zh: `${flaws.length} 个新网格无法编码`,
      en: `${flaws.length} new grids cannot be given a code`,
    },
    flaws,
  )
}
