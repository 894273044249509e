/** Counts as they would be without a cluster: what the Monte Carlo test of a scan compares with. */
import type { Random } from '../planning/random.ts'
import { aliasSampler, shuffleInPlace } from './monte-carlo.ts'

/** Fills `counts`, area by area and period by period, with one random data set. */
export type Simulation = (counts: Float64Array, random: Random) => void

/** `total` cases, each falling where `expected` says: the multinomial of the Poisson model given its total. */
export function multinomialSimulation(expected: Float64Array, total: number): Simulation {
  const draw = aliasSampler(expected)
  return (counts, random) => {
    counts.fill(0)
    for (let i = 0; i < total; i++) counts[draw(random)]!++
  }
}

/** Independent Poisson counts: a Poisson total (arrivals until time runs out), then a multinomial. */
export function poissonSimulation(expected: Float64Array): Simulation {
  const draw = aliasSampler(expected)
  const mean = expected.reduce((sum, value) => sum + value, 0)
  return (counts, random) => {
    counts.fill(0)
    for (let time = -Math.log(1 - random()); time < mean; time -= Math.log(1 - random()))
      counts[draw(random)]!++
  }
}

/** The same places and the same times, put together anew: how many each area and each period has does not change. */
export function permutationSimulation(cases: Float64Array, periods: number): Simulation {
  const areas: number[] = []
  const times: number[] = []
  cases.forEach((count, at) => {
    for (let i = 0; i < count; i++) {
      areas.push(Math.floor(at / periods))
      times.push(at % periods)
    }
  })
  const order = Int32Array.from(times)
  return (counts, random) => {
    shuffleInPlace(order, random)
    counts.fill(0)
    for (let i = 0; i < order.length; i++) counts[areas[i]! * periods + order[i]!]!++
  }
}
