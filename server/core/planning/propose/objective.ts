/**
 * What makes one plan better than another, as one number: first the grids out of band, then the households by which they
 * miss it, then the households that change grid, and last a mixture of boundary and evenness. Each step outweighs
 * everything below it, so that comparing two numbers compares plans in that order.
 */
import type { SizeBand } from '../../policy/division-policy.ts'
import { householdsIn, type PieceGraph } from './piece-graph.ts'

export interface Objective {
  readonly band: SizeBand
  /** Costs of a grid out of band, and of each household by which it misses the band. */
  readonly perGridOutOfBand: number
  readonly perHouseholdOutside: number
  /** Cost of each household that changes grid. */
  readonly perHouseholdMoved: number
  /** Costs of an effective metre of boundary. */
  readonly perBoundaryMetre: number
  /** Households that an even plan gives each grid, and the cost of being one whole band's width away from it. */
  readonly evenHouseholds: number
  readonly perUnevenness: number
}

/** The mixture of boundary and evenness stays below this, whatever the plan (boundary ≤ 1, evenness ≤ 1 by construction). */
const MIXTURE_AT_MOST = 4

/**
 * The objective for one component.
 * @param evenness how much an even size counts beside clear, short boundaries: 0 … 1
 */
export function objectiveFor(graph: PieceGraph, band: SizeBand, evenness: number): Objective {
  const total = householdsIn(graph)
  const allBoundary = graph.cost.reduce((sum, cost) => sum + cost, 0) / 2
  const middle = (band.from + band.to) / 2
  const grids = Math.max(1, Math.round(total / Math.max(1, middle)))
  const perHouseholdMoved = MIXTURE_AT_MOST
  const perHouseholdOutside = perHouseholdMoved * (total + 1)
  return {
    band,
    perGridOutOfBand: perHouseholdOutside * (total + band.from * grids + 1),
    perHouseholdOutside,
    perHouseholdMoved,
    perBoundaryMetre: allBoundary > 0 ? 1 / allBoundary : 0,
    evenHouseholds: total / grids,
    perUnevenness: evenness / grids,
  }
}

/**
 * The same, but the households that miss the band count before the grids that do: two grids a little out of band rather than
 * one far out. For ground where the band is impossible, the other way to make the best of it.
 */
export const nearMisses = (objective: Objective): Objective => ({ ...objective, perGridOutOfBand: 0 })

/** Cost of a grid's size alone. */
export function sizeCost(objective: Objective, households: number): number {
  const { band } = objective
  const outside = Math.max(band.from - households, households - band.to, 0)
  if (outside > 0) return objective.perGridOutOfBand + objective.perHouseholdOutside * outside
  const width = Math.max(1, band.to - band.from)
  return objective.perUnevenness * ((households - objective.evenHouseholds) / width) ** 2
}
