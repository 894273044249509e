import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KnoxPoints, knox } from '../../../server/core/statistics/knox.ts'
import { seededRandom } from '../../../server/core/statistics/monte-carlo.ts'
import { nearRepeats } from '../../../server/core/statistics/near-repeat.ts'
import { hasRealData } from '../../support/real-data.ts'
import { publishedLines } from './published.ts'

/** 970 burglaries of Chicago, January 2016: lines x,y,date in metres of EPSG:26971. */
function burglaries(): KnoxPoints {
  const rows = publishedLines('data/stats/near_repeat_burglary/chicago_be_month1.csv').map((line) =>
    line.split(','),
  )
  return {
    x: rows.map((row) => Number(row[0])),
    y: rows.map((row) => Number(row[1])),
    days: rows.map((row) => Date.parse(row[2]!) / 86_400_000),
  }
}

describe.runIf(hasRealData)('970 burglaries, as the Near Repeat Calculator 1.3 prints them', () => {
  const options = { distancesMetres: [100, 200, 300], days: [7, 14, 21], metric: 'manhattan' } as const

  it('observed pairs in every band, and over the mean expected within what its 19 permutations leave open', () => {
    const result = knox(burglaries(), { ...options, replications: 199, seed: 3 })
    expect(result.incidents).toBe(970)
    const observed = result.cells.map((row) => row.map((cell) => cell.observed))
    // Published; the last row is what is left of the 970 · 969 / 2 = 469,965 pairs.
    expect(observed.slice(0, 4)).toEqual([
      [28, 5, 5, 2],
      [44, 13, 8, 4],
      [97, 56, 19, 16],
      [77, 67, 45, 20],
    ])
    expect(observed.flat().reduce((sum, count) => sum + count, 0)).toBe(469_965)
    const published = [
      [1.65, 0.43, 0.63, 0.58],
      [1.69, 0.6, 0.57, 0.56],
      [1.32, 0.94, 0.51, 0.88],
      [0.94, 1.03, 1.07, 1.01],
      [1, 1, 1, 1],
    ]
    published.forEach((row, i) =>
      row.forEach((ratio, j) => {
        const { ratioToMean, mean } = result.cells[i]![j]!
        // A mean of 19 counts that scatter by √mean is off by √(mean/19): relative 1/√(19 mean), four times that at most.
        expect(Math.abs(ratioToMean! / ratio - 1)).toBeLessThan(0.01 / ratio + 4 / Math.sqrt(19 * mean))
      }),
    )
  })

  it('repeat at the place, within 100 m and within 200 m for up to 7 days, as the calculator says', () => {
    const found = nearRepeats(knox(burglaries(), { ...options, replications: 199 }))
    expect(found.map(({ distance, untilDay }) => [distance.to, untilDay])).toEqual([
      [0, 7],
      [100, 7],
      [200, 7],
    ])
  })

  it('read along the axes, not as the crow flies: a Euclidean table has more pairs', () => {
    const straight = knox(burglaries(), { ...options, metric: 'euclidean', replications: 1 })
    // The same place is the same in both.
    expect(straight.cells[0]!.map((cell) => cell.observed)).toEqual([28, 5, 5, 2])
    expect(straight.cells[2]![0]!.observed).toBeGreaterThan(97)
  })
})

describe('bands', () => {
  const at = (x: number[], days: number[]): KnoxPoints => ({ x, y: x.map(() => 0), days })

  it('are half-open: what lies on a bound belongs to the band above, in metres and in days', () => {
    const count = (distance: number, gap: number): [number, number] => {
      const { cells } = knox(at([0, distance], [0, gap]), {
        distancesMetres: [100, 200],
        days: [4, 7],
        replications: 1,
      })
      const row = cells.findIndex((band) => band.some((cell) => cell.observed > 0))
      return [row, cells[row]!.findIndex((cell) => cell.observed > 0)]
    }
    expect(count(0, 0)).toEqual([0, 0])
    expect(count(99.9, 3.9)).toEqual([1, 0])
    // The pair that a calculator with "0 to 3" and "4 to 6 days" mislabels: three days and 100 m apart.
    expect(count(100, 3)).toEqual([2, 0])
    expect(count(100, 4)).toEqual([2, 1])
    expect(count(200, 7)).toEqual([3, 2])
  })

  it('are named by their bounds', () => {
    const result = knox(at([0], [0]), { distancesMetres: [100, 200], days: [7], replications: 1 })
    expect(result.distances.map(({ label }) => label.en)).toEqual([
      'same place',
      'less than 100 m, not the same place',
      '100 m to less than 200 m',
      '200 m or more',
    ])
    expect(result.days.map(({ label }) => label.zh)).toEqual(['不足 7 天', '7 天及以上'])
    const daily = knox(at([0], [0]), { distancesMetres: [100], days: [1, 2], replications: 1 })
    expect(daily.days.map(({ label }) => label.en)).toEqual([
      'less than 1 day',
      '1 day to less than 2 days',
      '2 days or more',
    ])
    const wider = knox(at([0], [0]), {
      distancesMetres: [100],
      days: [7],
      samePlaceMetres: 5,
      replications: 1,
    })
    expect(wider.distances.map(({ label }) => label.zh)).toEqual([
      '同一地点（5 米以内，含）',
      '超过 5 米、不足 100 米',
      '100 米及以上',
    ])
  })

  it('must rise', () => {
    expect(() => knox(at([0], [0]), { distancesMetres: [200, 100], days: [7] })).toThrow(RangeError)
    expect(() => knox(at([0], [0]), { distancesMetres: [100], days: [0] })).toThrow(RangeError)
  })
})

const incidents = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30 })),
  { minLength: 2, maxLength: 40 },
)
const pointsOf = (list: readonly (readonly [number, number, number])[]): KnoxPoints => ({
  x: list.map(([x]) => x),
  y: list.map(([, y]) => y),
  days: list.map(([, , day]) => day),
})
const bands = { distancesMetres: [5, 12], days: [3, 9], replications: 19 } as const

describe('Knox’s table', () => {
  it('counts every pair once, as looking at all pairs does', () => {
    fc.assert(
      fc.property(incidents, fc.constantFrom('euclidean' as const, 'manhattan' as const), (list, metric) => {
        const expected = Array.from({ length: 4 }, () => [0, 0, 0])
        list.forEach(([x, y, day], i) =>
          list.slice(0, i).forEach(([u, v, other]) => {
            const [dx, dy] = [Math.abs(x - u), Math.abs(y - v)]
            const d = metric === 'manhattan' ? dx + dy : Math.hypot(dx, dy)
            const gap = Math.abs(day - other)
            const row = d === 0 ? 0 : d < 5 ? 1 : d < 12 ? 2 : 3
            expected[row]![gap < 3 ? 0 : gap < 9 ? 1 : 2]!++
          }),
        )
        const { cells } = knox(pointsOf(list), { ...bands, metric, replications: 1 })
        expect(cells.map((row) => row.map((cell) => cell.observed))).toEqual(expected)
      }),
    )
  })

  it('does not depend on order, on where the plane or the calendar begins, or on the unit', () => {
    fc.assert(
      fc.property(incidents, (list) => {
        const given = knox(pointsOf(list), bands)
        expect(knox(pointsOf(list.toReversed()), bands)).toEqual(given)
        const moved = list.map(([x, y, day]) => [x + 4096, y - 512, day + 20_000] as const)
        expect(knox(pointsOf(moved), bands).cells).toEqual(given.cells)
        const finer = list.map(([x, y, day]) => [x * 1024, y * 1024, day] as const)
        const inFiner = knox(pointsOf(finer), { ...bands, distancesMetres: [5 * 1024, 12 * 1024] })
        expect(inFiner.cells).toEqual(given.cells)
      }),
    )
  })

  it('has a p that is uniform or larger where places and days have nothing to do with each other', () => {
    // 500 seeds; the one-sided Kolmogorov–Smirnov bound at 0.001 is √(ln 1000 / 1000) = 0.083. Ties only raise p.
    const p = Array.from({ length: 500 }, (_, seed) => {
      const random = seededRandom(seed)
      const list = Array.from({ length: 60 }, () => [random() * 300, random() * 300, random() * 60] as const)
      const options = { distancesMetres: [100], days: [20], replications: 19, seed: seed + 7000 }
      return knox(pointsOf(list), options).cells[1]![0]!.p
    })
    for (let rank = 1; rank < 20; rank++) {
      const excess = p.filter((value) => value <= rank / 20 + 1e-9).length / p.length - rank / 20
      expect(Math.abs(excess)).toBeLessThan(0.083)
    }
  })
})
