/**
 * Choynowski's probability map: how often a count as far from the expected would come, if everybody bore the same risk.
 *
 * Choynowski M (1959) Maps based on probabilities. J Am Stat Assoc 54: 385–388; R spdep's `choynowski`.
 */

export interface CountAgainstExpected {
  /** Population times the rate of all. */
  readonly expected: number
  /** Fewer than expected. */
  readonly low: boolean
  /** One-sided: P(X ≤ count) where it is low, P(X ≥ count) elsewhere, X Poisson with the expected count. */
  readonly p: number
}

/**
 * Each place's count against what its population would have at the rate of all; `null` where nobody lives, and everywhere
 * when nothing happened at all.
 * @throws RangeError for numbers of events and populations that differ, or one that is no count
 */
export function probabilityMap(
  events: ArrayLike<number>,
  population: ArrayLike<number>,
): (CountAgainstExpected | null)[] {
  if (events.length !== population.length)
    throw new RangeError(`${events.length} event counts for ${population.length} populations`)
  let happened = 0
  let people = 0
  for (let i = 0; i < events.length; i++) {
    if (
      !(
        Number.isInteger(events[i]) &&
        events[i]! >= 0 &&
        population[i]! >= 0 &&
        Number.isFinite(population[i])
      )
    )
      throw new RangeError(`place ${i} has an event count or a population that is no count`)
    if (population[i] === 0) continue
    happened += events[i]!
    people += population[i]!
  }
  return Array.from(population, (own, i) => {
    if (own === 0 || happened === 0) return null
    const expected = own * (happened / people)
    const low = events[i]! < expected
    return { expected, low, p: poissonTail(events[i]!, expected, low ? 'lower' : 'upper') }
  })
}

/**
 * P(X ≤ count) or P(X ≥ count) of a Poisson X, at most 1 and never 0. Sums outward from the count's own probability; ask for
 * the tail that points away from the mean, there each term is smaller than the one before.
 * @param count a whole number
 * @param mean above 0
 */
export function poissonTail(count: number, mean: number, side: 'lower' | 'upper'): number {
  let logarithm = -mean
  for (let k = 1; k <= count; k++) logarithm += Math.log(mean / k)
  // Relative to the count's own probability, so that nothing underflows on the way.
  let sum = 0
  let term = 1
  for (let k = count; term > sum * 1e-17 || k === count; ) {
    sum += term
    if (side === 'lower') {
      term *= k / mean
      k--
    } else {
      k++
      term *= mean / k
    }
  }
  return Math.min(1, Math.max(Math.exp(logarithm + Math.log(sum)), Number.MIN_VALUE))
}
