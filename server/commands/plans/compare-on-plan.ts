/** Two divisions of a plan's ground compared, from their drawings as they are stored. Pure, and long for a county: run in a thread. */
import type { MultiPolygon } from 'geojson'
import { type ComparisonInput, comparePlans, type PlanComparison } from '../../core/planning/compare-plans.ts'
import { groundBetween } from '../../core/planning/compare-plans-ground.ts'
import { type DivisionFigures, divisionFigures } from '../../core/planning/division-figures.ts'
import { fromJson } from '../../core/planning/drawing/drawing-json.ts'
import type { PlanHousehold } from '../../core/planning/values.ts'
import type { SizeBand } from '../../core/policy/division-policy.ts'
import type { StandingGrid } from '../../db/plan-ground.ts'
import { comparedDivision, isWhole } from './plan-changes.ts'
import { divisionOf, type PlannedGrid } from './plan-grids.ts'

export interface CompareInput {
  /** The division in force, or a plan's drawing as `toJson` writes it. */
  readonly before: { readonly standing: readonly StandingGrid[] } | { readonly document: string }
  readonly after: { readonly document: string }
  readonly households: readonly PlanHousehold[]
  readonly duties: NonNullable<ComparisonInput['duties']>
  readonly band: SizeBand | null
}

/** A division without its microgrids: they go with their grid. */
export interface ComparedGround {
  readonly grids: readonly (StandingGrid | PlannedGrid)[]
  readonly figures: DivisionFigures
}

export interface Compared {
  /** Outline of the ground that both divide. */
  readonly outline: MultiPolygon
  readonly before: ComparedGround
  readonly after: ComparedGround
  readonly comparison: PlanComparison
  /** Households that change their grid, or come from or go to none. */
  readonly moved: readonly (PlanHousehold & { readonly from: string | null; readonly to: string | null })[]
}

export function compareOnPlan({ before, after, households, duties, band }: CompareInput): Compared {
  const planned = divisionOf(fromJson(after.document))
  const first = 'standing' in before ? before.standing : divisionOf(fromJson(before.document)).grids
  const [gridsBefore, gridsAfter] = [first.filter(isWhole), planned.grids.filter(isWhole)]
  const [was, is] = [comparedDivision(gridsBefore, households), comparedDivision(gridsAfter, households)]
  const ground = groundBetween(gridsBefore, gridsAfter)
  const comparison = comparePlans({ before: was, after: is, ground, duties })
  const moveOf = new Map(comparison.moves.flatMap((move) => move.households.map((id) => [id, move])))
  return {
    outline: planned.within,
    before: { grids: gridsBefore, figures: divisionFigures(gridsBefore, was.gridOf, band) },
    after: { grids: gridsAfter, figures: divisionFigures(gridsAfter, is.gridOf, band) },
    comparison,
    moved: households.flatMap((household) => {
      const move = moveOf.get(household.id)
      return move ? [{ ...household, from: move.from, to: move.to }] : []
    }),
  }
}
