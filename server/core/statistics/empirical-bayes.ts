/**
 * Empirical Bayes rates: a rate from few people is pulled towards what is usual, a rate from many is left alone.
 *
 * Marshall R J (1991) Mapping disease and mortality rates using empirical Bayes estimators. Applied Statistics 40:
 * 283–294; the global form as spdep's `EBest`, the local one as GeoDa's. With events e, population b:
 *
 *     m = Σe / Σb    s² = Σ b (e/b − m)² / Σb    a = max(0, s² − m / (Σb / n))    rate = m + (e/b − m) a / (a + m/b)
 */
import type { SpatialWeights } from './weights.ts'

/** The prior of a set of places: its mean rate m and the variance a of the true rates around it. */
export interface RatePrior {
  readonly mean: number
  readonly variance: number
}

/** Rates shrunk towards the rate of the whole set, `null` where nobody lives, and the prior used (`null`: nobody at all). */
export function empiricalBayesRates(
  events: ArrayLike<number>,
  population: ArrayLike<number>,
): { prior: RatePrior | null; rates: (number | null)[] } {
  requireCounts(events, population)
  const places = Array.from(population, (_, i) => i)
  const prior = priorOf(places, events, population)
  return { prior, rates: places.map((i) => shrink(events[i]!, population[i]!, prior)) }
}

/**
 * Rates shrunk towards the rate of the place and its neighbours together; `null` where nobody lives. Weights say who is
 * a neighbour, not how much; a place without neighbours keeps its raw rate.
 *
 * This is the formula above inside {i} ∪ N(i), as GeoDa has it (spdep: `EBlocal(geoda = TRUE)`). spdep's default takes
 * each neighbour's distance from that neighbour's own local mean instead of from m, which is no variance around m.
 */
export function localEmpiricalBayesRates(
  events: ArrayLike<number>,
  population: ArrayLike<number>,
  weights: SpatialWeights,
): (number | null)[] {
  requireCounts(events, population)
  if (population.length !== weights.size)
    throw new RangeError(`${population.length} populations for ${weights.size} places`)
  return Array.from(population, (_, i) => {
    const around = new Set(weights.places.subarray(weights.starts[i], weights.starts[i + 1])).add(i)
    return shrink(events[i]!, population[i]!, priorOf([...around], events, population))
  })
}

/** Places without population have no rate and take no part. */
function priorOf(
  places: readonly number[],
  events: ArrayLike<number>,
  population: ArrayLike<number>,
): RatePrior | null {
  const inhabited = places.filter((i) => population[i]! > 0)
  if (inhabited.length === 0) return null
  const sum = (term: (i: number) => number): number => inhabited.reduce((total, i) => total + term(i), 0)
  const people = sum((i) => population[i]!)
  const mean = sum((i) => events[i]!) / people
  const spread = sum((i) => population[i]! * (events[i]! / population[i]! - mean) ** 2) / people
  return { mean, variance: Math.max(0, spread - mean / (people / inhabited.length)) }
}

function shrink(events: number, population: number, prior: RatePrior | null): number | null {
  if (population === 0 || prior === null) return null
  const { mean, variance } = prior
  // Without a single event the prior is all zeros and the quotient below is 0/0; the rate is 0.
  if (mean === 0) return 0
  return mean + (events / population - mean) * (variance / (variance + mean / population))
}

function requireCounts(events: ArrayLike<number>, population: ArrayLike<number>): void {
  if (events.length !== population.length)
    throw new RangeError(`${events.length} event counts for ${population.length} populations`)
  for (let i = 0; i < events.length; i++) {
    if (!(events[i]! >= 0 && population[i]! >= 0 && Number.isFinite(events[i]! + population[i]!)))
      throw new RangeError(`place ${i} has an event count or a population that is no count`)
  }
}
