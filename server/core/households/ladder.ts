/** The ladder of households: registered → located → assigned → visited, each step among those of the step before. */
import type { StandingHousehold } from './area-tree.ts'

export const ladderSteps = ['registered', 'located', 'assigned', 'visited'] as const
export type HouseholdStep = (typeof ladderSteps)[number]

/** `any`: that the trace passed is enough. `visit`: a stay, check-in or form. */
export type VisitEvidence = 'any' | 'visit'

export type LadderCounts = Readonly<Record<HouseholdStep | 'remaining', number>>

/** The highest step that a household has reached: one that nobody has in a roster is not counted as visited, whoever came by. */
export function stepOf(
  { grid, worker, visited, passed }: StandingHousehold,
  evidence: VisitEvidence,
): HouseholdStep {
  if (grid === null) return 'registered'
  if (worker === null) return 'located'
  return visited || (evidence === 'any' && passed) ? 'visited' : 'assigned'
}

/** @returns how many reached each step at least, and how many of all are not visited yet: what remains, end to end */
export function ladderCounts(
  households: readonly StandingHousehold[],
  evidence: VisitEvidence,
): LadderCounts {
  const reached = { registered: 0, located: 0, assigned: 0, visited: 0 }
  for (const household of households) {
    const highest = ladderSteps.indexOf(stepOf(household, evidence))
    for (const step of ladderSteps.slice(0, highest + 1)) reached[step]++
  }
  return { ...reached, remaining: reached.registered - reached.visited }
}

/** Households that stopped right before a step. */
export const missingAt = (
  households: readonly StandingHousehold[],
  step: Exclude<HouseholdStep, 'registered'>,
  evidence: VisitEvidence,
): StandingHousehold[] =>
  households.filter((one) => stepOf(one, evidence) === ladderSteps[ladderSteps.indexOf(step) - 1])
