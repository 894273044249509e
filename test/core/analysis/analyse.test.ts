import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionOf } from '../../../server/contract/analysis-question.ts'
import { analyse } from '../../../server/core/analysis/analyse.ts'
import { newMemory } from '../../../server/core/analysis/memory.ts'
import { placeRecords } from '../../../server/core/analysis/place-records.ts'
import { AnalysisRefused } from '../../../server/core/analysis/refused.ts'
import { hazardDensity } from '../../../server/core/hexagons/hazard-density.ts'
import { hexagonAreaSquareKm, hexagonsWithin } from '../../../server/core/hexagons/hexagon.ts'
import { area, box, day, households, input, middle, record, records } from './planted.ts'

describe('analyse', () => {
  it('gives the counts, rates and Gi* of hazardDensity', () => {
    const known = hazardDensity({
      incidents: records,
      studyArea: area,
      resolution: 9,
      rings: 2,
      households,
    })
    const { cells, ...about } = analyse(input({ rings: 2 }))
    expect(
      cells.map(({ id, count, perSquareKm, rate, z, p, pEven, q, class: of }) => ({
        hexagon: id,
        count,
        perSquareKm,
        perThousandHouseholds: rate,
        z,
        p,
        pEven,
        q,
        class: of,
      })),
    ).toEqual(known.hexagons.map(({ households: _homes, ...one }) => one))
    expect(about).toMatchObject({
      areaSquareKm: known.areaSquareKm,
      counted: known.incidents.counted,
      excluded: { outside: known.incidents.outside, noPosition: 0, otherCategory: 0 },
      households: known.households,
    })
  })

  it('is the same for records in any order, and for ground placed before', () => {
    const first = analyse(input({}))
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(analyse(input({}, shuffled))).toEqual(first)
      }),
      { numRuns: 5 },
    )
    const asked = input({})
    expect(analyse({ ...asked, placed: placeRecords(asked.table, asked.ground) })).toEqual(first)
  })

  it('accounts for every record once, under the first reason that holds', () => {
    const [longitude, latitude] = [118, 29]
    const some = [
      record(middle),
      record(middle, { category: 'fraud', occurredAt: day('2026-12-01') }),
      record(middle, { severity: 'high' }),
      record(middle, { status: 'closed' }),
      record(middle, { occurredAt: day('2026-11-01', '00:00') }),
      record(middle, { occurredAt: day('2026-10-10') }), // a Saturday
      record(middle, { longitude: null, latitude: null }),
      record(middle, { longitude, latitude }),
    ]
    const asked = {
      categories: ['fire'],
      severities: ['none'],
      statuses: ['reported'],
      weekdays: [4],
      hours: [8],
    }
    const { counted, excluded } = analyse(input(asked, some, { refused: 2, withoutPosition: 3 }))
    expect({ counted, excluded }).toEqual({
      counted: 1,
      excluded: {
        otherCategory: 1,
        otherSeverity: 1,
        otherStatus: 1,
        otherPeriod: 1,
        otherHour: 1,
        noPosition: 1 + 3,
        outside: 1,
        inNoUnit: 0,
        refused: 2,
      },
    })
    // Records of other days that only stand in memory for a comparison were not read for this question.
    const { excluded: within } = analyse(input(asked, some, { readsOtherDays: false }))
    expect(within).toMatchObject({ otherPeriod: 0, otherCategory: 0, otherHour: 1 })
  })

  it('keeps the breaks of the legend while filtering, and takes those it is given', () => {
    const all = analyse(input({})).legend
    const some = analyse(input({ categories: ['dispute'] })).legend
    // 12 fires and perhaps a dispute in the fullest hexagon: 1, 2, 5, 10 are the members up to 13 above the least, 1.
    expect(all.breaks).toEqual([2, 5, 10])
    expect(some.breaks).toEqual(all.breaks)
    expect(some).toMatchObject({ largest: 1, breaksFrom: 'period' })
    expect(analyse(input({ breaks: [3, 7] })).legend).toMatchObject({
      breaks: [3, 7],
      breaksFrom: 'question',
    })
  })

  it('expects by ground, or by households where a rate is asked for', () => {
    const { cells, areaSquareKm, counted } = analyse(input({}))
    for (const one of cells)
      expect(one.expected).toBeCloseTo((counted * hexagonAreaSquareKm(one.id)) / areaSquareKm, 9)
    expect(cells.reduce((sum, one) => sum + one.expected!, 0)).toBeCloseTo(counted, 9)
    const rated = analyse(input({ measure: 'eb' }))
    expect(rated.cells.find((one) => one.households === 0)?.value ?? null).toBeNull()
    // 127 households, one a hexagon: each expects the same.
    const homes = rated.cells.filter((one) => one.households === 1)
    expect(new Set(homes.map((one) => one.expected)).size).toBe(1)
  })

  it('counts by step, and the steps add up to what was counted', () => {
    const { steps, cells, counted } = analyse(input({ step: 'week' }))
    // 31 days: four whole weeks back from 1 November, and 1–4 October.
    expect(steps!.map(({ from, whole }) => [from, whole])).toEqual([
      ['2026-10-01', false],
      ['2026-10-04', true],
      ['2026-10-11', true],
      ['2026-10-18', true],
      ['2026-10-25', true],
    ])
    expect(steps!.map((one) => one.count)).toEqual([0, counted, 0, 0, 0])
    for (const cell of cells) expect(cell.counts!.reduce((a, b) => a + b)).toBe(cell.count)
  })

  it('sets a period beside another', () => {
    const then = [record(middle, { occurredAt: day('2026-09-10') }), record(middle)]
    const asked = { compare_from: '2026-09-01', compare_to: '2026-10-01' }
    const { cells, compared } = analyse(input(asked, [...records, ...then]))
    expect(compared).toEqual({ from: '2026-09-01', to: '2026-10-01', count: 1 })
    const cell = cells.find((one) => one.id === middle)!
    expect(cell.before).toBe(1)
    expect(cell.change!.ratio).toBeCloseTo((cell.count / 31 / 1) * 30, 12)
  })

  it('counts in grids, and says which incidents are in none', () => {
    const grids = [
      { code: 'b', name: '东', geometry: box(119.58, 29.88, 119.6, 29.93) },
      { code: 'a', name: '西', geometry: box(119.56, 29.88, 119.58, 29.93) },
      { code: 'c', name: null, geometry: box(119.56, 29.87, 119.58, 29.88) },
    ]
    const asked = input({ unit: 'grid', statistic: 'gi' })
    const { cells, counted, excluded } = analyse({ ...asked, ground: { ...asked.ground, grids } })
    expect(cells.map((one) => one.id)).toEqual(['a', 'b', 'c'])
    expect(counted + excluded.inNoUnit + excluded.outside).toBe(records.length)
    expect(cells.reduce((sum, one) => sum + one.count, 0)).toBe(counted)
  })

  it('finds the planted cluster by each test, the same for the same seed', () => {
    const found = (asked: Parameters<typeof questionOf>[0]): string[] =>
      analyse(input(asked))
        .cells.filter((one) => /^hot|^HH/.test(one.class ?? ''))
        .map((one) => one.id)
    expect(found({})).toContain(middle)
    expect(found({ statistic: 'gi', band_m: 500 })).toContain(middle)
    const moran = { statistic: 'local-moran', permutations: 9999 } as const
    expect(found(moran)).toContain(middle)
    expect(found(moran)).toEqual(found(moran))
  })

  it('spreads incidents over the ground, the same bandwidth and colours whatever is filtered', () => {
    const of = (asked: Parameters<typeof questionOf>[0]) =>
      analyse(input({ statistic: 'kde', edge: 'diggle', ...asked }))
    const all = of({})
    // Hexagons tile the ground, so density times area adds up to the incidents, but for those of the rim.
    const sum = all.cells.reduce((total, one) => total + (one.value ?? 0) * hexagonAreaSquareKm(one.id), 0)
    expect(Math.abs(sum / all.counted - 1)).toBeLessThan(0.05)
    const some = of({ categories: ['dispute'] })
    expect(some.bandwidth).toEqual(all.bandwidth)
    expect(some.legend.breaks).toEqual(all.legend.breaks)
    expect(all.legend.measure).toBe('density')
    expect(all.contours!.map((one) => one.from)).toEqual(all.legend.breaks)
    expect(of({ bandwidth: 400 }).bandwidth!.usedMetres).toBe(400)
  })

  it('is the same with what other questions have left behind as without', () => {
    const given = input({})
    const placed = placeRecords(given.table, given.ground)
    const memory = newMemory()
    const questions: Parameters<typeof questionOf>[0][] = [
      {},
      { categories: ['fire'] },
      { rings: 2, measure: 'per-km2' },
      { band_m: 700, statistic: 'gi' },
      { statistic: 'local-moran', permutations: 99, categories: ['dispute'] },
      { statistic: 'kde' },
      { statistic: 'kde', categories: ['fire'] },
      { statistic: 'kde', kernel: 'gaussian', measure: 'per-1000-households' },
      { measure: 'eb-local', rings: 2 },
      {},
    ]
    for (const asked of questions) {
      const { question } = input(asked)
      expect(analyse({ ...given, question, placed, memory })).toEqual(analyse({ ...given, question, placed }))
    }
  })

  it('scans space and time, and counts near repeats, the same for the same seed', () => {
    // Twelve fires in each of seven hexagons on 8 October, nothing like it in the weeks around.
    const spread = hexagonsWithin(middle, 6).flatMap((hexagon, i) => [
      record(hexagon, { occurredAt: day(`2026-10-${String(1 + (i % 31)).padStart(2, '0')}`) }),
    ])
    const of = [...records.filter((one) => one.category === 'fire'), ...spread]
    const asked = { statistic: 'scan', permutations: 99 } as const
    const { clusters } = analyse(input(asked, of))
    expect(clusters![0]).toMatchObject({
      rank: 1,
      from: '2026-10-04',
      to: '2026-10-11',
      p: 0.01,
      recurrenceDays: null,
    })
    expect(clusters![0]!.cells).toContain(middle)
    expect(analyse(input(asked, of)).clusters).toEqual(clusters)
    const { bands } = analyse(
      input({ statistic: 'knox', permutations: 99, distances: [0, 400], days: [0, 2] }, of),
    )
    // 7 hexagons of 12 at one place and moment: 7 · 12 · 11 / 2 pairs, and those of the spread.
    expect(bands!.map((band) => [band.fromMetres, band.toMetres])).toEqual([
      [0, 0],
      [0, 400],
    ])
    expect(bands![0]!.observed).toBeGreaterThanOrEqual(7 * 66)
    expect(bands![0]!.p).toBe(0.01)
  })

  it('holds the hot spots of the month before against this month', () => {
    const before = records.map((one) => ({ ...one, id: `s${one.id}`, occurredAt: day('2026-09-08') }))
    const { accuracy, cells } = analyse(input({}, [...records, ...before]))
    const hot = cells.filter((one) => one.class === 'hot_0.01' || one.class === 'hot_0.05')
    // The same places in both months: the hot cells are the same, and hold their counts of this month.
    const hits = hot.reduce((sum, one) => sum + one.count, 0)
    expect(accuracy).toMatchObject({
      trained: { from: '2026-09-01', to: '2026-10-01' },
      hotCells: hot.length,
      hits,
      incidents: records.length,
      hitRate: hits / records.length,
    })
    expect(accuracy!.pai).toBeCloseTo(hits / records.length / accuracy!.areaShare, 12)
    expect(analyse(input({})).accuracy).toBeNull()
  })

  it('refuses, in words, what cannot be answered', () => {
    const asked = input({ statistic: 'emerging' })
    expect(() => analyse(asked)).toThrow(AnalysisRefused)
    const noHomes = input({ measure: 'eb' })
    expect(() => analyse({ ...noHomes, ground: { ...noHomes.ground, households: null } })).toThrow(
      /households/,
    )
  })
})
