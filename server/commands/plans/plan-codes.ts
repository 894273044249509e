/** The codes of a plan's grids: who goes on under which old code, what new grids are called, and which codes cannot be. */
import { areaSquareMetres } from '../../core/geometry/area-square-metres.ts'
import { groundBetween } from '../../core/planning/compare-plans-ground.ts'
import type { Edit } from '../../core/planning/drawing/edit.ts'
import { matchCodes } from '../../core/planning/match-codes.ts'
import { type Numbering, numberGrids, type UnnumberedGrid } from '../../core/planning/number-grids.ts'
import { type GridCodePolicy, gridCodeFlaws, gridCodePolicyOf } from '../../core/policy/grid-codes.ts'
import type { Flaw } from '../../core/values.ts'
import { findArea } from '../../db/areas.ts'
import { listUsedCodes } from '../../db/plan-enactment.ts'
import { listPlanHouseholds, listStanding } from '../../db/plan-ground.ts'
import { findBatch, type PlanRow } from '../../db/plans.ts'
import { findPolicy } from '../../db/policies.ts'
import type { Scoped } from '../../db/scoped.ts'
import { AppError } from '../../errors.ts'
import { requireViewer } from '../authority.ts'
import { interiorPosition } from '../import-context.ts'
import { requirePlan, requireRight } from './plan-authority.ts'
import { comparedDivision, divisionChange, groundOfPlan, isWhole, type PlanChanges } from './plan-changes.ts'
import { asMultiPolygon, loadPlanned, type PlannedGrid } from './plan-grids.ts'
import { type Saved, type SaveRequest, saveEdits } from './save-edits.ts'

/** How the plan's area writes its codes on a day; null where no policy says. */
export async function loadCodePolicy(db: Scoped, plan: PlanRow, day: string): Promise<GridCodePolicy | null> {
  const area = await findArea(db, plan.area_code)
  const policy = area && (await findPolicy(db, area, 'division', day))
  return gridCodePolicyOf(policy?.rules)
}

/** Codes new with the plan that would mean a second grid, or are not written as the policy wants. */
export async function codeFlaws(
  db: Scoped,
  plan: PlanRow,
  changes: PlanChanges,
  day: { readonly day: string; readonly from: number },
): Promise<Flaw[]> {
  const created = new Set(divisionChange(changes, new Set()).created)
  // A plan may take the place of one that was to begin on the same day and would have retired the code.
  const eve = new Set((await listStanding(db, groundOfPlan(plan), day.from - 1)).map((grid) => grid.code))
  const fresh = changes.planned.grids.filter(({ code }) => created.has(code) && !eve.has(code))
  const codes = fresh.map((grid) => grid.code)
  const used = await listUsedCodes(db, plan.town_id, codes)
  const policy = await loadCodePolicy(db, plan, day.day)
  const repeated = codes
    .filter((code) => used.has(code))
    .map((code) => ({
      code: 'code_used_before',
      place: { id: code },
      message: {
        zh: `编码 ${code} 曾是另一网格的编码，不得再用`,
        en: `code ${code} has been another grid's and is never given again`,
      },
    }))
  return [...repeated, ...(policy ? fresh.flatMap((grid) => gridCodeFlaws(policy, grid)) : [])]
}

export interface CodeChange {
  readonly from: string
  readonly to: string
  /** Never used before; else it is an old code that goes on. */
  readonly isNew: boolean
  /** Of the plan's grid, and those of them that the old grid of the code had. */
  readonly households: number
  readonly sharedHouseholds: number
}

export interface CodeSuggestion {
  readonly revision: number
  /** Grids that would change their code. */
  readonly codes: readonly CodeChange[]
  /** Edits that make it so, to be saved on this revision. */
  readonly edits: readonly Edit[]
  readonly flaws: readonly Flaw[]
}

/**
 * Codes for the grids of a plan: each old code goes to the grid that most of its households are in; the others are numbered by
 * the policy, with numbers never used. Microgrids keep theirs. @param at whose division is taken over
 */
export async function suggestCodes(
  db: Scoped,
  plan: PlanRow,
  day: { readonly day: string; readonly from: number },
): Promise<CodeSuggestion> {
  const ground = groundOfPlan(plan)
  const planned = await loadPlanned(db, plan)
  const households = await listPlanHouseholds(db, ground)
  const [before, after] = [
    (await listStanding(db, ground, day.from)).filter(isWhole),
    planned.grids.filter(isWhole),
  ]
  const standing = comparedDivision(before, households)
  const { codes: matched, fresh } = matchCodes(
    standing,
    { ...comparedDivision(after, []), gridOf: planned.gridOf },
    groundBetween(before, after),
  )
  const policy = await loadCodePolicy(db, plan, day.day)
  const used = await listUsedCodes(db, plan.town_id, null)
  const isGood = (grid: PlannedGrid): boolean =>
    !used.has(grid.code) && (policy === null || gridCodeFlaws(policy, grid).length === 0)
  const unnumbered = after.filter((grid) => fresh.includes(grid.code) && !isGood(grid))
  const taken = [...used, ...planned.grids.filter(isGood).map((grid) => grid.code)]
  const numbered: Numbering = policy
    ? numberGrids(unnumbered.map(asUnnumbered), policy, taken)
    : { codes: new Map(), flaws: [] }
  const codes = [
    ...[...matched].map(([from, to]) => ({ from, to, isNew: false })),
    ...[...numbered.codes].map(([from, to]) => ({ from, to, isNew: true })),
  ]
    .filter(({ from, to }) => from !== to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .map((one) => {
      const own = [...planned.gridOf].filter(([, grid]) => grid === one.from)
      const shared = own.filter(([household]) => standing.gridOf.get(household) === one.to)
      return { ...one, households: own.length, sharedHouseholds: shared.length }
    })
  const present = new Set(planned.grids.map((grid) => grid.code))
  return { revision: planned.revision, codes, edits: renaming(codes, present), flaws: numbered.flaws }
}

/**
 * Gives a plan's grids the codes suggested, as one save.
 * @throws AppError as `saveEdits`, and `bad_input` where a grid cannot be numbered
 */
export async function giveCodes(
  db: Scoped,
  request: Omit<SaveRequest, 'operations'> & { readonly day: string; readonly from: number },
): Promise<Saved> {
  const { day, from, ...save } = request
  requireRight(requireViewer(db), 'draw')
  const plan = await requirePlan(db, request.plan)
  const known = await findBatch(db, plan, request.batch)
  if (known !== undefined) return { revision: known, repeated: true }
  const { revision, edits, flaws } = await suggestCodes(db, plan, { day, from })
  if (flaws.length > 0)
    throw new AppError(
      'bad_input',
      { zh: '有网格不能按规则编号', en: 'some grids cannot be numbered by the policy' },
      flaws,
    )
  if (edits.length === 0 && revision === request.revision) return { revision, repeated: false }
  return saveEdits(db, { ...save, operations: edits.map((edit) => ({ op: 'edit', edit })) })
}

function asUnnumbered(grid: PlannedGrid): UnnumberedGrid {
  const [longitude = 0, latitude = 0] = interiorPosition(asMultiPolygon(grid.geometry))
  return {
    id: grid.code,
    village: grid.village,
    kind: grid.kind,
    parent: grid.parent,
    longitude,
    latitude,
    areaSquareMetres: areaSquareMetres(grid.geometry),
  }
}

/** Two grids may swap codes, which one edit at a time cannot: then all step aside first. */
function renaming(codes: readonly Pick<CodeChange, 'from' | 'to'>[], present: ReadonlySet<string>): Edit[] {
  const aside = (code: string): string => `${code}~`
  const clash = codes.some(({ to }) => present.has(to))
  const stepAside = clash
    ? codes.map(({ from }): Edit => ({ type: 'set-code', grid: from, code: aside(from) }))
    : []
  return [
    ...stepAside,
    ...codes.map(({ from, to }): Edit => ({ type: 'set-code', grid: clash ? aside(from) : from, code: to })),
  ]
}
