/** The analyst's desk, its pure parts: filter and look in the address, playback, comparison, charts, reading, card of the picture. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analysisQuerySchema, questionOf } from '../../server/contract/analysis-question.ts'
import { distanceMetres } from '../../server/core/geometry/distance-metres.ts'
import {
  hexagonAreaSquareKm,
  hexagonBoundary,
  hexagonCentre,
  hexagonEdgeMetres,
} from '../../server/core/hexagons/hexagon.ts'
import { addDays, formatArea, formatLength } from '../../web/i18n/format.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { delayWords, distanceWords } from '../../web/screens/incidents/analysis/band-table.tsx'
import { sureChanges } from '../../web/screens/incidents/analysis/change-list.tsx'
import { circleOf, reachMetres, sizeWords } from '../../web/screens/incidents/analysis/clusters.ts'
import { changesOf, periodBefore, yearBefore } from '../../web/screens/incidents/analysis/comparison.ts'
import {
  type IncidentFilter,
  noFilter,
  readFilter,
  toggled,
  writeFilter,
} from '../../web/screens/incidents/analysis/filter.ts'
import {
  bandChoices,
  canPlay,
  comparedPeriod,
  corrections,
  edges,
  kernels,
  type Look,
  measures,
  methods,
  questionQuery,
  readLook,
  ringChoices,
  statisticOf,
} from '../../web/screens/incidents/analysis/look.ts'
import { matches, weekCellOf } from '../../web/screens/incidents/analysis/matches.ts'
import { wrapped } from '../../web/screens/incidents/analysis/picture-file.ts'
import { canStep, frameSteps, usualStep } from '../../web/screens/incidents/analysis/playback.ts'
import { readingOf } from '../../web/screens/incidents/analysis/reading.ts'
import { heatRadius } from '../../web/screens/incidents/analysis/surface.ts'
import { blockBetween, cellAfter, isIn, wholeDay } from '../../web/screens/incidents/charts/week-block.ts'
import { valueOf } from '../../web/screens/incidents/measures.ts'

const interval = { from: '2026-10-01', to: '2026-10-31' }

const spanOf = (first: number, last: number) =>
  fc
    .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: first, max: last }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const words = fc.uniqueArray(fc.constantFrom('fire', 'forest', 'fraud', 'traffic'), { maxLength: 4 })
const filters: fc.Arbitrary<IncidentFilter> = fc.record({
  categories: words,
  severities: words,
  statuses: words,
  week: fc.option(
    fc
      .record({ days: spanOf(1, 7), hours: spanOf(0, 23) })
      .filter(({ days, hours }) => days[1] - days[0] < 6 || hours[1] - hours[0] < 23),
  ),
})

describe('the filter in the address', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const read = readFilter(writeFilter(filter))
        expect(read.week).toEqual(filter.week)
        expect(read.categories).toEqual(filter.categories.toSorted())
        expect(read.statuses).toEqual(filter.statuses.toSorted())
      }),
    )
  })

  it('leaves out what is not understood: old links still open', () => {
    for (const weekdays of ['0-3', '5-2', '1-7', 'x', '3-9', ''])
      expect(readFilter({ weekdays })).toEqual(noFilter)
    expect(readFilter({ hours: '8-17' }).week).toEqual({ days: [1, 7], hours: [8, 17] })
    expect(readFilter({ weekdays: '3' }).week).toEqual({ days: [3, 3], hours: [0, 23] })
    expect(readFilter({ category: 'fire,,fire' }).categories).toEqual(['fire'])
  })

  it('a member is put in and taken out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
})

describe('an incident', () => {
  const incident = { category: 'fire', severity: null, status: 'closed', occurred_at: '2026-10-04T16:30:00Z' }

  it('is placed in the week of Asia/Shanghai', () => {
    // 16:30 UTC on Sunday, 4 October 2026, is 00:30 on Monday in Shanghai.
    expect(weekCellOf(incident.occurred_at)).toEqual({ day: 1, hour: 0 })
    expect(weekCellOf('2026-10-04T15:59:59Z')).toEqual({ day: 7, hour: 23 })
  })

  it('passes when every part of the filter lets it', () => {
    expect(matches(incident, noFilter)).toBe(true)
    expect(matches(incident, { ...noFilter, severities: ['none'] })).toBe(true)
    expect(matches(incident, { ...noFilter, severities: ['high'] })).toBe(false)
    expect(matches(incident, { ...noFilter, week: { days: [1, 5], hours: [0, 5] } })).toBe(true)
    expect(matches(incident, { ...noFilter, week: { days: [6, 7], hours: wholeDay } })).toBe(false)
  })
})

describe('a question', () => {
  const choices = fc.record({
    measure: fc.constantFrom(...measures),
    method: fc.constantFrom(...Object.values(methods).flat()),
    unit: fc.constantFrom('hexagon', 'grid'),
    resolution: fc.constantFrom('8', '9', '10'),
    rings: fc.constantFrom(...ringChoices),
    band: fc.constantFrom(...bandChoices),
    correction: fc.constantFrom(...corrections),
    bandwidth: fc.constantFrom('silverman', 'cv', '400'),
    kernel: fc.constantFrom(...kernels),
    edge: fc.constantFrom(...edges),
    step: fc.constantFrom('', 'day', 'month'),
    compare: fc.constantFrom('', 'before', 'year', '2025-01-01_2025-03-31'),
  })

  it('is understood by the service, whatever the address says, and asks what was chosen', () => {
    fc.assert(
      fc.property(choices, filters, (chosen, filter) => {
        const look = readLook(chosen)
        const asked = questionOf(analysisQuerySchema.parse(questionQuery(look, filter, interval, [1, 2.5])))
        expect(asked.statistic).toBe(statisticOf(look))
        expect(asked.unit).toBe(look.unit)
        expect(asked.period).toEqual({ from: '2026-10-01', to: '2026-11-01' })
        expect(asked.breaks).toEqual([1, 2.5])
        expect(asked.categories ?? []).toEqual(filter.categories.toSorted())
        const days = filter.week && filter.week.days[1] - filter.week.days[0] < 6 ? filter.week.days : null
        expect(asked.weekdays?.at(-1) ?? null).toBe(days?.[1] ?? null)
        expect(look.measure !== 'change' || asked.compare !== null).toBe(true)
        expect(asked.step === null || asked.statistic !== 'gi-star' || canPlay(look)).toBe(true)
      }),
    )
  })

  it('at its usual leaves all but the days to the service', () => {
    expect(questionQuery(readLook({}), noFilter, interval, null)).toEqual({
      from: '2026-10-01',
      to: '2026-11-01',
    })
  })

  it('knows no method of another measure', () => {
    expect(readLook({ measure: 'count', method: 'scan' }).method).toBe('cells')
    expect(readLook({ measure: 'rate', method: 'eb' } satisfies Partial<Look>).method).toBe('eb')
  })
})

describe('compared periods', () => {
  it('are as long as the interval, or the same days a year ago, or those chosen', () => {
    expect(periodBefore(interval)).toEqual({ from: '2026-08-31', to: '2026-09-30' })
    expect(yearBefore({ from: '2024-02-29', to: '2024-03-01' })).toEqual({
      from: '2023-02-28',
      to: '2023-03-01',
    })
    expect(comparedPeriod('2026-01-01_2026-01-31', interval)).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
    })
    for (const wrong of ['', '2026-02-01_2026-01-01', '2026-13-01_2026-14-01', 'x'])
      expect(comparedPeriod(wrong, interval)).toBeNull()
  })

  it('tell what is more than chance after correction', () => {
    const keys = ['more', 'same', 'none']
    const now = new Map([
      ['more', 60],
      ['same', 20],
    ])
    const before = new Map([
      ['more', 20],
      ['same', 20],
    ])
    const changes = changesOf(keys, now, before, { now: interval, before: periodBefore(interval) })
    expect(changes.map((change) => change.class)).toEqual(['more_0.05', 'none', null])
    expect(changes[0]?.ratio).toBeCloseTo(3, 12)
    // Two of three were tested: the smaller p is doubled.
    expect(changes[0]?.q).toBeCloseTo(2 * (changes[0]?.p ?? 0), 12)
    expect(sureChanges(changes).map((change) => change.key)).toEqual(['more'])
  })
})

describe('a playback', () => {
  it('goes by a step that can be watched', () => {
    expect([usualStep(interval), usualStep({ from: '2026-01-01', to: '2026-12-31' })]).toEqual([
      'day',
      'month',
    ])
    // 2026 and 2027 have 730 days: too many to be watched, but 105 weeks are not.
    const years = { from: '2026-01-01', to: '2027-12-31' }
    expect(frameSteps.filter((step) => canStep(years, step))).toEqual(['week', 'month'])
    fc.assert(
      fc.property(fc.nat(3000), (days) => {
        const some = { from: '2020-01-01', to: addDays('2020-01-01', days) }
        expect(canStep(some, usualStep(some))).toBe(true)
      }),
    )
  })

  it('shares a value out as the counts are', () => {
    const cell = { h3: '8', count: 4, value: 20, counts: [1, 0, 3] }
    const of = (frame: number | null, changes = {}) =>
      valueOf({ ...cell, ...changes } as unknown as Parameters<typeof valueOf>[0], frame)
    expect([null, 0, 1, 2].map((frame) => of(frame))).toEqual([20, 5, 0, 15])
    expect(of(0, { value: null })).toBeNull()
    expect(of(0, { count: 0, value: 0, counts: [0, 0, 0] })).toBe(0)
  })
})

describe('the week', () => {
  it('a block has both corners, whichever was first', () => {
    const cells = fc.record({ day: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }) })
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const block = blockBetween(a, b)
        expect(block).toEqual(blockBetween(b, a))
        expect(isIn(a, block) && isIn(b, block)).toBe(true)
      }),
    )
  })

  it('keys stay within it', () => {
    expect(cellAfter('ArrowUp', { day: 1, hour: 0 })).toEqual({ day: 1, hour: 0 })
    expect(cellAfter('ArrowRight', { day: 2, hour: 5 })).toEqual({ day: 2, hour: 6 })
    expect(cellAfter('End', { day: 2, hour: 5 })).toEqual({ day: 2, hour: 23 })
    expect(cellAfter('a', { day: 2, hour: 5 })).toBeNull()
  })
})

describe('a reading', () => {
  const one = {
    place: '东网格',
    what: '消防',
    interval,
    count: 14,
    expected: 4.1,
    q: 0.002,
    class: 'hot_0.01' as const,
  }
  it('says how many, how many were to be expected, and whether chance explains it', () => {
    const say = sayIn('zh')
    expect(readingOf(one, say)).toBe(
      '东网格在 2026-10-01 至 2026-10-31 有消防 14 起，按平均应有 4.1 起（3.4 倍）；校正后 q 0.0020，偶然难以解释。',
    )
    expect(readingOf({ ...one, class: 'none', q: 0.4 }, say)).toContain('偶然也会出现')
    expect(readingOf({ ...one, class: null, q: null }, say)).toContain('没有检验')
    expect(readingOf({ ...one, class: 'cold_0.05', count: 1 }, sayIn('en'))).toContain('fewer than by chance')
  })
})

describe('on the map', () => {
  it('bands of near repeats are named by their bounds, the upper excluded', () => {
    const [zh, en] = [sayIn('zh'), sayIn('en')]
    expect(distanceWords({ from_m: 0, to_m: 0 }, en)).toBe('The same place')
    expect(distanceWords({ from_m: 0, to_m: 100 }, en)).toBe('Nearer than 100 m, not the same place')
    expect(distanceWords({ from_m: 100, to_m: 200 }, zh)).toBe('相距 100 至不足 200 m')
    expect(delayWords({ from_days: 0, to_days: 1 }, en)).toBe('within 1 day')
    expect(delayWords({ from_days: 1, to_days: 4 }, en)).toBe('1 to < 4 days')
  })

  it('a cluster reaches to the edge of its hexagons, and its size says so where there is no radius', () => {
    const cells = ['8941929338bffff']
    const edge = hexagonEdgeMetres(cells[0]!)
    expect(reachMetres({ radius_m: 0, cells }, 'hexagon')).toBe(edge)
    expect(reachMetres({ radius_m: 800, cells }, 'hexagon')).toBe(800 + edge)
    expect(reachMetres({ radius_m: 0, cells: ['101'] }, 'grid')).toBe(150)
    // All corners of the hexagon lie within the circle, but for some per cent of its shape.
    const [ring = []] = hexagonBoundary(cells[0]!).coordinates
    const corners = ring.map(([x, y]) => distanceMetres(...hexagonCentre(cells[0]!), x!, y!))
    expect(Math.max(...corners)).toBeLessThan(edge * 1.1)
    const said = (some: readonly string[], unit: 'hexagon' | 'grid') =>
      sizeWords({ radius_m: 640, cells: [...some] }, unit, sayIn('en'))
    expect(said(cells, 'hexagon')).toBe(
      `1 hexagon, edge ${formatLength(edge)}, ${formatArea(hexagonAreaSquareKm(cells[0]!) * 1e6)}`,
    )
    expect(said(['101'], 'grid')).toBe('1 grid')
    expect(said(['101', '102'], 'grid')).toBe('2 grids, radius 640 m')
  })

  it('a cluster’s circle is as far from its centre as it says', () => {
    const centre = [119.6, 29.9] as const
    for (const position of circleOf([...centre], 800)) {
      const metres = distanceMetres(...centre, ...position)
      expect(Math.abs(metres - 800)).toBeLessThan(2)
    }
  })

  it('a smooth picture reaches two and a half hexagons, at every zoom', () => {
    // Resolution 9 near 30° N: some 330 m from centre to centre; 12 m a pixel at zoom 12.5.
    const near = heatRadius('8941929338bffff', 12.5)
    // 2.5 × 330 / 12 = 69.
    expect(near).toBeGreaterThan(58)
    expect(near).toBeLessThan(83)
    expect(heatRadius('8941929338bffff', 13.5)).toBeGreaterThanOrEqual(2 * near - 1)
  })

  it('words of a picture are broken where they no longer fit', () => {
    expect(wrapped('一二三四五', 20, (part) => part.length * 10)).toEqual(['一二', '三四', '五'])
    expect(wrapped('', 20, () => 0)).toEqual([''])
  })
})
