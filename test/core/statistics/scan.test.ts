import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../server/core/statistics/monte-carlo.ts'
import { RunStopped } from '../../../server/core/statistics/run-control.ts'
import {
  type ScanInput,
  type ScanModel,
  type ScanOptions,
  scan,
} from '../../../server/core/statistics/scan.ts'

/**
 * Leukaemia in 281 tracts of eight counties of New York State 1978–82: the facts of the table that Turnbull, Iwano, Burnett, Howe and
 * Clark (1990, American Journal of Epidemiology 132: S136–S143) analysed and Waller and Gotway (2005, Applied Spatial Statistics for
 * Public Health Data) print: centre of each tract in degrees, people of the census of 1980, cases. Nothing else of any package that
 * carries the table is here. Cases shared between tracts are fractions there, rounded down here as SaTScan takes them; 552 are left.
 */
function newYork(): ScanInput {
  const file = new URL('new-york-leukaemia.csv', import.meta.url)
  const rows = parse<Record<string, string>>(readFileSync(file), { columns: true })
  return {
    areas: rows.map((row, i) => ({
      id: String(i + 1).padStart(3, '0'),
      x: Number(row['longitude']),
      y: Number(row['latitude']),
    })),
    periods: 1,
    cases: rows.map((row) => Number(row['cases'])),
    baseline: rows.map((row) => Number(row['population'])),
  }
}

describe('leukaemia in New York, as SaTScan 9.6 prints it', () => {
  // SaTScan's output as kept in smerc's tests (test-scan.test.R): circles in degrees as on a plane, at most 10 % of the population.
  const input = newYork()
  const options = { model: 'poisson', largestShare: 0.1, replications: 199, seed: 2 } as const
  const { clusters, cases } = scan(input, options)
  const tracts = (list: string): string[] => list.split(' ').map((id) => id.padStart(3, '0'))

  it('the most likely cluster, a secondary and a weak one, to the last digit', () => {
    expect(cases).toBe(552)
    const published = [
      [
        0,
        '49 48 50 47 1 15 51 2 13 14 3 35 16 52 36 37 12 11 5 17 10 4 6 38 18 9',
        85,
        49.71,
        1.71,
        1.84,
        11.577255,
        3,
        0.07,
      ],
      [1, '89 88 87 84 90 86 92 85', 38, 17.79, 2.14, 2.22, 9.019716, 2, 0.13],
      [6, '166 159 167', 11, 4.61, 2.38, 2.41, 3.209485, 3, 0.012],
    ] as const
    for (const [rank, areas, observed, usual, ratio, risk, llr, digits, radius] of published) {
      const cluster = clusters[rank]!
      expect(cluster.areas).toEqual(tracts(areas))
      expect(cluster.observed).toBe(observed)
      expect(cluster.expected).toBeCloseTo(usual, 2)
      expect(cluster.ratio).toBeCloseTo(ratio, 2)
      expect(cluster.relativeRisk).toBeCloseTo(risk, 2)
      expect(cluster.logLikelihoodRatio).toBeCloseTo(llr, 6)
      expect(Number(cluster.radiusMetres.toFixed(digits))).toBe(radius)
    }
  })

  it('p within Monte Carlo error of its 0.001, 0.013 and 0.976', () => {
    expect(clusters[0]!.p).toBe(1 / 200)
    // 0.013 ± 3 √(0.013 · 0.987 / 200) is below 0.038; 0.976 above 0.943.
    expect(clusters[1]!.p).toBeLessThan(0.038)
    expect(clusters[6]!.p).toBeGreaterThan(0.943)
    expect(Math.abs(clusters[1]!.gumbelP! - 0.013)).toBeLessThan(0.01)
  })
})

/** Every cylinder, one by one: the scan written as its definition. */
function bruteForce(input: ScanInput, options: ScanOptions): { ratio: number; cylinders: number } {
  const { areas, periods, cases, baseline } = input
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)
  const all = Array.from(cases)
  const total = sum(all)
  const at = (values: ArrayLike<number>, i: number, t: number): number => values[i * periods + t]!
  const times = Array.from({ length: periods }, (_, t) => t)
  const ofArea = (i: number): number => sum(times.map((t) => at(cases, i, t)))
  const ofTime = (t: number): number => sum(areas.map((_, i) => at(cases, i, t)))
  const usual = (i: number, t: number): number => {
    if (options.model === 'permutation') return (ofArea(i) * ofTime(t)) / total
    if (options.model === 'expectation') return at(baseline!, i, t)
    return (total * at(baseline!, i, t)) / sum(Array.from(baseline!))
  }
  const expected = areas.map((_, i) => times.map((t) => usual(i, t)))
  const whole = sum(expected.flat())
  const longest = Math.max(1, Math.floor(periods / 2))
  let [ratio, cylinders] = [0, 0]
  for (const centre of areas) {
    const order = areas
      .map((area, i) => ({ i, id: area.id, d: Math.hypot(area.x - centre.x, area.y - centre.y) }))
      .sort((a, b) => a.d - b.d || (a.id < b.id ? -1 : 1))
    for (let size = 1; size <= areas.length; size++) {
      const circle = order.slice(0, size).map(({ i }) => i)
      if (sum(circle.flatMap((i) => expected[i]!)) > whole / 2 + 1e-9) break
      for (const from of times)
        for (let to = from + 1; to <= Math.min(periods, from + longest); to++) {
          if (options.prospective && to < periods) continue
          cylinders++
          const window = times.slice(from, to)
          const c = sum(circle.flatMap((i) => window.map((t) => at(cases, i, t))))
          const e = sum(circle.flatMap((i) => window.map((t) => expected[i]![t]!)))
          if (c < 2 || c <= e) continue
          const inside = c * Math.log(c / e)
          const outside = c < total ? (total - c) * Math.log((total - c) / (total - e)) : 0
          ratio = Math.max(ratio, options.model === 'expectation' ? inside + e - c : inside + outside)
        }
    }
  }
  return { ratio, cylinders }
}

interface Setting {
  readonly input: ScanInput
  readonly options: ScanOptions
}
const settings: fc.Arbitrary<Setting> = fc
  .record({
    n: fc.integer({ min: 2, max: 14 }),
    periods: fc.integer({ min: 1, max: 9 }),
    seed: fc.nat(),
    rate: fc.constantFrom(0.2, 1, 30),
    model: fc.constantFrom<ScanModel>('poisson', 'permutation', 'expectation'),
    prospective: fc.boolean(),
  })
  .map(({ n, periods, seed, rate, model, prospective }) => {
    const random = seededRandom(seed)
    const baseline = Array.from({ length: n * periods }, () => rate * (0.2 + random()))
    // A clump in half of the cases, so that the bound has something to prune against.
    const clump = random() < 0.5 ? Math.floor(random() * n * periods) : -1
    return {
      input: {
        areas: Array.from({ length: n }, (_, i) => ({
          id: String.fromCodePoint(97 + i),
          x: Math.floor(random() * 100),
          y: Math.floor(random() * 100),
        })),
        periods,
        cases: baseline.map((usual, at) => Math.floor(usual * (at === clump ? 6 : 2) * random())),
        baseline,
      },
      options: { model, prospective, replications: 1 },
    }
  })

describe('the scan', () => {
  it('finds what looking at every cylinder finds, in every model', () => {
    fc.assert(
      fc.property(settings, ({ input, options }) => {
        const whole = bruteForce(input, options)
        const { clusters } = scan(input, options)
        expect(clusters[0]?.logLikelihoodRatio ?? 0).toBeCloseTo(whole.ratio, 9)
      }),
      { numRuns: 150 },
    )
  })

  it('looks at as many cylinders as it says', () => {
    fc.assert(
      fc.property(settings, ({ input, options }) => {
        const { circles, windows, cases } = scan(input, options)
        expect(circles * windows).toBe(cases > 0 ? bruteForce(input, options).cylinders : 0)
      }),
      { numRuns: 30 },
    )
  })

  it('does not depend on order, on where the plane begins or on the unit of length', () => {
    fc.assert(
      fc.property(settings, ({ input, options }) => {
        const { areas, periods, cases, baseline } = input
        const turned = [...areas.keys()].toReversed()
        const again = (values: ArrayLike<number>): number[] =>
          turned.flatMap((i) => Array.from({ length: periods }, (_, t) => values[i * periods + t]!))
        const moved = {
          areas: turned.map((i) => ({ ...areas[i]!, x: areas[i]!.x * 1024 + 7168, y: areas[i]!.y * 1024 })),
          periods,
          cases: again(cases),
          baseline: again(baseline!),
        }
        const strip = (given: ScanInput): object =>
          scan(given, { ...options, replications: 19 }).clusters.map((cluster) => ({
            ...cluster,
            radiusMetres: null,
          }))
        expect(strip(moved)).toEqual(strip(input))
      }),
      { numRuns: 30 },
    )
  })

  it('moves its window with the periods when earlier ones without cases or people are put before', () => {
    const quiet = { areas: newYork().areas.slice(0, 5), periods: 6 }
    const cases = [0, 0, 1, 6, 7, 0, ...Array.from({ length: 24 }, (_, i) => (i % 3 === 0 ? 1 : 0))]
    const options = { model: 'poisson', replications: 19, longestPeriods: 3 } as const
    const now = scan({ ...quiet, cases, baseline: cases.map(() => 10) }, options).clusters[0]!
    const pad = (values: number[]): number[] =>
      quiet.areas.flatMap((_, i) => [0, 0, ...values.slice(i * 6, i * 6 + 6)])
    const later = scan(
      { ...quiet, periods: 8, cases: pad(cases), baseline: pad(cases.map(() => 10)) },
      options,
    ).clusters[0]!
    expect([now.from, now.to]).toEqual([3, 5])
    expect([later.from, later.to]).toEqual([5, 7])
    expect(later.logLikelihoodRatio).toBeCloseTo(now.logLikelihoodRatio, 12)
  })

  it('tells secondary clusters that share no area, strongest first, and a recurrence interval', () => {
    const { clusters } = scan(newYork(), { model: 'poisson', replications: 19, daysBetweenAnalyses: 7 })
    const all = clusters.flatMap((cluster) => cluster.areas)
    expect(new Set(all).size).toBe(all.length)
    const ratios = clusters.map((cluster) => cluster.logLikelihoodRatio)
    expect(ratios).toEqual(ratios.toSorted((a, b) => b - a))
    // Seven days between analyses, p = 1/20.
    expect(clusters[0]).toMatchObject({ p: 1 / 20, recurrenceDays: 140 })
  })

  it('of windows that last until the end says when they begin, however short they must be', () => {
    const { areas } = { areas: newYork().areas.slice(0, 5) }
    // One case a period everywhere, and in the third area six in each of the last two of ten.
    const cases = areas.flatMap((_, i) => Array.from({ length: 10 }, (__, t) => (i === 2 && t >= 8 ? 6 : 1)))
    const baseline = cases.map(() => 1)
    const options = { model: 'poisson', prospective: true, longestPeriods: 3, replications: 19 } as const
    const [found] = scan({ areas, periods: 10, cases, baseline }, options).clusters
    // 60 cases over 50 people-periods: 1.2 expected of each.
    expect(found).toMatchObject({ areas: [areas[2]!.id], from: 8, to: 10, observed: 12 })
    expect(found!.expected).toBeCloseTo(2.4, 12)
  })

  it('tells none where the strongest is too usual, and the same where it is not', () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 25 }), ({ input, options }, leastRecurrenceDays) => {
        const asked = { ...options, replications: 19, daysBetweenAnalyses: 1 }
        const all = scan(input, asked)
        const isTold = (all.clusters[0]?.recurrenceDays ?? 0) >= leastRecurrenceDays
        expect(scan(input, { ...asked, leastRecurrenceDays }).clusters).toEqual(isTold ? all.clusters : [])
      }),
      { numRuns: 60 },
    )
  })

  it('finds nothing in nothing, and refuses cases where nobody is at risk', () => {
    const areas = newYork().areas.slice(0, 2)
    expect(scan({ areas, periods: 1, cases: [0, 0] }, { model: 'permutation' }).clusters).toEqual([])
    const input = { areas, periods: 1, cases: [1, 2], baseline: [0, 5] }
    expect(() => scan(input, { model: 'poisson' })).toThrow(RangeError)
    expect(() => scan({ areas, periods: 1, cases: [1, 2.5] }, { model: 'permutation' })).toThrow(RangeError)
  })

  it('ends when asked', () => {
    const control = { shouldStop: () => true }
    expect(() => scan(newYork(), { model: 'poisson', control })).toThrow(RunStopped)
  })
})

describe('without a cluster', () => {
  // Under the null hypothesis a Monte Carlo p is uniform on 1/20 … 20/20 but for ties, which only raise it: P(p ≤ a) ≤ a. Over 500
  // seeds the largest excess over the diagonal stays below the one-sided Kolmogorov–Smirnov bound √(ln(1/0.001) / 1000) = 0.083.
  it.each(['poisson', 'permutation', 'expectation'] as const)(
    'p of the %s model is uniform or larger',
    (model) => {
      const [n, periods, runs] = [8, 4, 500]
      const p = Array.from(new Uint8Array(runs).keys(), (run) => {
        const random = seededRandom(1000 + run)
        const cases = new Float64Array(n * periods)
        // A Poisson total of mean 64 by arrivals, so that the expectation model is right, too.
        for (let time = -Math.log(1 - random()); time < 64; time -= Math.log(1 - random()))
          cases[Math.floor(random() * cases.length)]!++
        const areas = Array.from({ length: n }, (_, i) => ({ id: `${i}`, x: random(), y: random() }))
        const input = { areas, periods, cases, baseline: cases.map(() => 2) }
        return scan(input, { model, replications: 19, seed: run, mostClusters: 1 }).clusters[0]?.p ?? 1
      })
      for (let rank = 1; rank < 20; rank++) {
        const share = p.filter((value) => value <= rank / 20 + 1e-9).length / runs
        expect(share - rank / 20).toBeLessThan(0.083)
        // Not merely large: a test that never rejects would pass the line above. Ties are few here.
        expect(rank / 20 - share).toBeLessThan(0.083)
      }
    },
  )
})
