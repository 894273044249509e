import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { empiricalBayesRates } from '../../../server/core/statistics/empirical-bayes.ts'
import { poissonTail, probabilityMap } from '../../../server/core/statistics/probability-map.ts'
import { hasRealData } from '../../support/real-data.ts'
import { publishedTable } from './published.ts'

describe.runIf(hasRealData)('sudden infant deaths of North Carolina 1974, as spdep prints them', () => {
  it("Choynowski's probabilities, and the empirical Bayes rates beside them", () => {
    const table = publishedTable('data/stats/nc_sids/expected_EB_choynowski_1974.csv')
    const counties = publishedTable('fixtures/statistics/sids74_nc.csv')
    const [events, population] = [counties.numbers('cases'), counties.numbers('pop')]
    const raw = events.map((count, i) => count / population[i]!)
    // The two tables list the same counties in the same order.
    table.numbers('raw').forEach((rate, i) => expect(raw[i]).toBeCloseTo(rate, 15))
    const map = probabilityMap(events, population)
    const p = table.numbers('choynowski_pmap')
    map.forEach((place, i) => expect(place!.p).toBeCloseTo(p[i]!, 13))
    expect(map.map((place) => String(place!.low).toUpperCase())).toEqual(table.texts('choynowski_low'))
    const smoothed = table.numbers('eb_global')
    empiricalBayesRates(events, population).rates.forEach((rate, i) =>
      expect(rate).toBeCloseTo(smoothed[i]!, 15),
    )
  })
})

describe('the tails of a Poisson count', () => {
  it('are the sums of its probabilities', () => {
    // Mean 2: e⁻² (1, 2, 2, 4/3, 2/3, …).
    expect(poissonTail(0, 2, 'lower')).toBeCloseTo(Math.exp(-2), 15)
    expect(poissonTail(2, 2, 'lower')).toBeCloseTo(5 * Math.exp(-2), 15)
    expect(poissonTail(3, 2, 'upper')).toBeCloseTo(1 - 5 * Math.exp(-2), 15)
    expect(poissonTail(0, 2, 'upper')).toBeCloseTo(1, 15)
    // R: ppois(13, 4.1, lower.tail = FALSE) and ppois(400, 500).
    expect(poissonTail(14, 4.1, 'upper')).toBeCloseTo(9.8432987911423886e-5, 17)
    expect(poissonTail(400, 500, 'lower')).toBeCloseTo(2.078089610012101e-6, 17)
  })

  it('meet in the count itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        (count, mean) => {
          const below = count === 0 ? 0 : poissonTail(count - 1, mean, 'lower')
          expect(below + poissonTail(count, mean, 'upper')).toBeCloseTo(1, 10)
        },
      ),
    )
  })

  it('are never 0', () => {
    expect(poissonTail(5000, 1, 'upper')).toBe(Number.MIN_VALUE)
  })
})

describe('the map', () => {
  it('is null where nobody lives and where nothing happened', () => {
    expect(probabilityMap([1, 0, 5], [100, 0, 200])[1]).toBeNull()
    expect(probabilityMap([0, 0], [10, 20])).toEqual([null, null])
    // Six in 300 people: 2 expected of the first, 4 of the second.
    expect(probabilityMap([1, 5], [100, 200])).toMatchObject([
      { expected: 2, low: true },
      { expected: 4, low: false },
    ])
    expect(() => probabilityMap([1], [1, 2])).toThrow(RangeError)
    expect(() => probabilityMap([0.5], [1])).toThrow(RangeError)
  })
})
