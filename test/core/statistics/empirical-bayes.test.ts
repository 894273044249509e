import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  empiricalBayesRates,
  localEmpiricalBayesRates,
} from '../../../server/core/statistics/empirical-bayes.ts'
import { weightsFromNeighbours } from '../../../server/core/statistics/weights.ts'
import { hasRealData } from '../../support/real-data.ts'
import { neighboursOfColumn, publishedTable } from './published.ts'

describe.runIf(hasRealData)('sudden infant deaths of North Carolina 1974, as spdep prints them', () => {
  const table = hasRealData ? publishedTable('fixtures/statistics/sids74_nc.csv') : null

  it('prior and rates of EBest', () => {
    const { prior, rates } = empiricalBayesRates(table!.numbers('cases'), table!.numbers('pop'))
    expect(prior!.variance).toBeCloseTo(7.692930647e-7, 16)
    expect(prior!.mean).toBeCloseTo(0.002021444894, 12)
    const published = table!.numbers('eb_global')
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(published[i]!, 15))
  })

  /** Marshall's estimator inside {i} ∪ N(i), written apart from the product, deviations taken from `centre(i, j)`. */
  function local(centre: (means: readonly number[], i: number, j: number) => number): number[] {
    const [e, b] = [table!.numbers('cases'), table!.numbers('pop')]
    const around = table!.texts('nb').map((list, i) => [i, ...list.split(' ').map((j) => Number(j) - 1)])
    const total = (of: number[], over: number[]): number => over.reduce((sum, j) => sum + of[j]!, 0)
    const means = around.map((over) => total(e, over) / total(b, over))
    return around.map((over, i) => {
      const squares = over.reduce((sum, j) => sum + b[j]! * (e[j]! / b[j]! - centre(means, i, j)) ** 2, 0)
      const a = Math.max(0, squares / total(b, over) - (means[i]! * over.length) / total(b, over))
      return means[i]! + (e[i]! / b[i]! - means[i]!) * (a / (a + means[i]! / b[i]!))
    })
  }

  it('local rates: the standard, from which EBlocal differs only in where it takes deviations from', () => {
    const weights = neighboursOfColumn(table!.texts('nb'))
    const rates = localEmpiricalBayesRates(table!.numbers('cases'), table!.numbers('pop'), weights)
    const standard = local((means, i) => means[i]!)
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(standard[i]!, 15))
    // The published column comes from spdep's default, which uses each neighbour's own mean.
    const published = table!.numbers('eb_local')
    local((means, _, j) => means[j]!).forEach((rate, i) => expect(rate).toBeCloseTo(published[i]!, 15))
  })
})

describe('empirical Bayes rates', () => {
  it('are null where nobody lives, and such places change nothing for the others', () => {
    const with0 = empiricalBayesRates([1, 0, 5], [100, 0, 200])
    const without = empiricalBayesRates([1, 5], [100, 200])
    expect(with0.rates[1]).toBeNull()
    expect([with0.rates[0], with0.rates[2]]).toEqual(without.rates)
    expect(empiricalBayesRates([0], [0])).toEqual({ prior: null, rates: [null] })
  })

  it('are 0 where nothing ever happened', () => {
    expect(empiricalBayesRates([0, 0], [10, 20]).rates).toEqual([0, 0])
  })

  it('keep the raw rate of a place without neighbours', () => {
    expect(localEmpiricalBayesRates([3, 1], [100, 50], weightsFromNeighbours([[], []]))).toEqual([0.03, 0.02])
  })

  it('refuse what cannot be counted', () => {
    expect(() => empiricalBayesRates([1], [1, 2])).toThrow(RangeError)
    expect(() => empiricalBayesRates([-1], [1])).toThrow(RangeError)
    expect(() => empiricalBayesRates([1], [Number.NaN])).toThrow(RangeError)
  })

  it('lie between the raw rate and the rate of all', () => {
    const place = fc.record({
      people: fc.integer({ min: 1, max: 5000 }),
      share: fc.double({ min: 0, max: 0.2, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (places) => {
        const people = places.map((p) => p.people)
        const events = places.map((p) => Math.floor(p.people * p.share))
        const { prior, rates } = empiricalBayesRates(events, people)
        rates.forEach((rate, i) => {
          const raw = events[i]! / people[i]!
          expect(rate).toBeGreaterThanOrEqual(Math.min(raw, prior!.mean) - 1e-15)
          expect(rate).toBeLessThanOrEqual(Math.max(raw, prior!.mean) + 1e-15)
        })
      }),
    )
  })
})
