/** Months worked out by hand against the presets. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessMonth } from '../../../server/core/assessment/assess-month.ts'
import type { Excuse, MonthFacts } from '../../../server/core/assessment/values.ts'
import { assessmentPresets } from '../../../server/core/policy/assessment-policy.ts'
import { workingDaysBetween } from '../../../server/core/policy/working-days.ts'
import { goodDay, monthOf } from './month-facts.ts'

const rules = assessmentPresets['004']
const october = (short: readonly string[] = [], more: Partial<MonthFacts> = {}) =>
  assessMonth(monthOf('2026-10', short.map(on), more), rules)
const on = (date: string): string => `2026-10-${date.padStart(2, '0')}`
const excuse = (from: string, to: string): Excuse => ({
  id: `e${from}`,
  kind: 'leave',
  from: on(from),
  to: on(to),
  reason: '病假',
})

describe('within the error', () => {
  const days = (...changed: Partial<MonthFacts['days'][number]>[]) =>
    october([], {
      days: monthOf('2026-10').days.map((day) => {
        const own = changed.find((one) => one.day === day.day)
        return { ...day, insideErrorSeconds: 0, insideErrorMetres: 100, ...own }
      }),
    })

  test('2.9 ± 0.2 km against 3 km: not met, not paid, and said; the pay is that of any day not met', () => {
    const sheet = days({ day: on('9'), insideMetres: 2900, insideErrorMetres: 200 })
    const [day] = sheet.days.filter((one) => one.day === on('9'))
    expect(day).toMatchObject({ status: 'not_met', withinError: true })
    expect(day?.targets[2]).toMatchObject({ target: 'kilometres', met: false, error: 0.2, withinError: true })
    expect(sheet.patrol?.amount).toBe(775)
    expect(sheet.days.filter(({ withinError }) => withinError === true)).toHaveLength(1)
  })

  test('what a supervisor credited moves the figure and has no error: 2.5 + 0.5 ± 0.2 km', () => {
    const sheet = days({ day: on('9'), insideMetres: 2500, creditedMetres: 500, insideErrorMetres: 200 })
    expect(sheet.days[8]).toMatchObject({ status: 'met', withinError: true })
  })

  test('hours surely short decide, and days off, excused or without a known error say nothing', () => {
    const short = days({ day: on('9'), insideMetres: 2900, insideErrorMetres: 200, insideSeconds: 3600 })
    expect(short.days[8]).toMatchObject({ status: 'not_met', withinError: false })
    expect(short.days[3]).toMatchObject({ status: 'off', withinError: null })
    expect(october(['9']).days[8]).toMatchObject({ status: 'not_met', withinError: null })
    const excused = october([], {
      days: [{ ...goodDay(on('9')), insideMetres: 2900, insideErrorMetres: 200 }],
      excuses: [excuse('9', '10')],
    })
    expect(excused.days[8]).toMatchObject({ status: 'excused', withinError: null })
  })
})

describe('004, October 2026', () => {
  test('all 18 working days met, 20 reports, four tasks done: 800 + 200 + 200', () => {
    const sheet = october()
    expect(sheet.counts).toEqual({ met: 18, not_met: 0, excused: 0, off: 13, unassigned: 0, ahead: 0 })
    expect(sheet).toMatchObject({ total: 1200, isBelow: false, card: 'none', score: 100, notes: [] })
  })

  test('the Saturday that is made up counts, the holiday and the Sunday do not', () => {
    expect(october(['1', '4', '11']).patrol?.amount).toBe(800)
    expect(october(['10']).patrol).toEqual({
      base: 800,
      deductions: [{ reason: 'day_not_met', count: 1, each: 25, amount: 25, evidence: [on('10')] }],
      lost: null,
      amount: 775,
    })
  })

  test('two days, two days and a meeting: 800 − 4 × 25 − 50', () => {
    const meetings = [
      { id: 'm1', day: on('12'), attendance: 'missed' },
      { id: 'm2', day: on('19'), attendance: 'excused' },
      { id: 'm3', day: on('26'), attendance: 'present' },
    ] as const
    expect(october(['8', '9', '13', '14'], { meetings }).patrol).toMatchObject({ amount: 650, lost: null })
  })

  test('three days running: nothing; Friday, the Saturday made up and Monday run, the Sunday between ends no run', () => {
    const sheet = october(['9', '10', '12'])
    expect(sheet.patrol).toMatchObject({
      amount: 0,
      lost: { reason: 'days_running', evidence: [on('9'), on('10'), on('12')] },
    })
    expect(sheet).toMatchObject({ isBelow: true, card: 'yellow', total: 400 })
  })

  test('five days in the month, none three running: nothing', () => {
    expect(october(['8', '9', '13', '14', '20']).patrol).toMatchObject({
      amount: 0,
      lost: { reason: 'days_in_month' },
    })
  })

  test('an excused day is not held against anybody, and ends a run', () => {
    const sheet = october(['9', '10', '12'], { excuses: [excuse('10', '11')] })
    expect(sheet.counts).toMatchObject({ met: 15, not_met: 2, excused: 1 })
    expect(sheet.patrol).toMatchObject({ amount: 750, lost: null })
    expect(sheet.days[9]).toMatchObject({ status: 'excused', excuse: { kind: 'leave' } })
  })

  test('a minute that was credited on appeal is a minute: 3.9 h and 6 minutes are 4 h', () => {
    const days = monthOf('2026-10', [on('15')]).days.map((one) =>
      one.day === on('15') ? { ...one, creditedSeconds: 360 } : one,
    )
    expect(october(['15']).counts.not_met).toBe(1)
    expect(october([], { days }).counts.not_met).toBe(0)
  })

  test('17 reports: 200 − 3 × 10; none: nothing, not less; an illegal building missed: lost', () => {
    const reports = Array.from({ length: 17 }, (_, i) => `r${i}`)
    expect(october([], { reports }).information?.amount).toBe(170)
    expect(october([], { reports: [] }).information?.amount).toBe(0)
    expect(october([], { missed: ['违建-3'] }).information).toMatchObject({
      amount: 0,
      lost: { reason: 'finding_missed', evidence: ['违建-3'] },
    })
  })

  test('one task open: no reward; fewer than four dispatched: the office is told, the worker is paid', () => {
    const task = { id: 't1', day: on('12'), isDone: true }
    expect(october([], { tasks: [task, { id: 't2', day: on('13'), isDone: false }] }).tasks).toMatchObject({
      amount: 0,
      lost: { reason: 'task_open', evidence: ['t2'] },
    })
    expect(october([], { tasks: [task] })).toMatchObject({
      tasks: { amount: 200 },
      notes: ['few_tasks_dispatched'],
    })
  })

  test('not one position all month: it is said, for it may be the device', () => {
    const days = monthOf('2026-10', [on('8')]).days.map((one) => ({
      ...one,
      fixes: 0,
      insideSeconds: 0,
      insideMetres: 0,
    }))
    expect(october([], { days }).notes).toContain('nothing_received')
    expect(october(['8', '9']).notes).not.toContain('nothing_received')
  })

  test('a second month below in a row: the red card', () => {
    const short = ['8', '9', '10']
    expect(october(short, { monthsBelowBefore: 1 }).card).toBe('red')
    expect(october([], { monthsBelowBefore: 1 }).card).toBe('none')
  })

  test('before an assignment and after it nothing is asked', () => {
    const days = ['8', '9', '10'].map((date) => goodDay(on(date)))
    expect(october([], { days }).counts).toMatchObject({ met: 3, not_met: 0, unassigned: 15 })
  })

  test('a day without a fix is not met', () => {
    const days = monthOf('2026-10').days.map((one) =>
      one.day === on('21') ? { ...one, fixes: 0, insideSeconds: 0, insideMetres: 0 } : one,
    )
    const [day] = october([], { days }).days.filter(({ status }) => status === 'not_met')
    expect(day).toMatchObject({
      day: on('21'),
      targets: [
        { target: 'online', met: false },
        { target: 'hours', actual: 0, met: false },
        { target: 'kilometres', actual: 0, met: false },
      ],
    })
  })
})

test('a month that still runs: days ahead are not judged, and it is said', () => {
  const sheet = october(['29'], { until: on('29') })
  expect(sheet.counts).toMatchObject({ met: 16, not_met: 0, ahead: 2 })
  expect([sheet.isOver, october().isOver]).toEqual([false, true])
})

test('February 2026, 16 working days with two Saturdays made up: 13, 14 and 24 run across the Spring Festival', () => {
  const sheet = assessMonth(monthOf('2026-02', ['2026-02-13', '2026-02-14', '2026-02-24']), rules)
  expect(sheet.counts).toMatchObject({ met: 13, not_met: 3, off: 12 })
  expect(sheet.patrol?.lost).toEqual({
    reason: 'days_running',
    evidence: ['2026-02-13', '2026-02-14', '2026-02-24'],
  })
})

describe('the other presets, October 2026', () => {
  test('002: two rounds a day, no money', () => {
    const days = monthOf('2026-10').days.map((one) => (one.day === on('22') ? { ...one, rounds: 1 } : one))
    const sheet = assessMonth(monthOf('2026-10', [], { days }), assessmentPresets['002'])
    expect(sheet).toMatchObject({
      counts: { met: 17, not_met: 1 },
      patrol: null,
      total: null,
      card: null,
      isBelow: null,
    })
  })

  test('001.5: the whole grid once a week, by week', () => {
    const week = (from: string, to: string, actual: number) =>
      ({ target: 'grid_pass', from, to, actual, total: 120 }) as const
    const periods = [week('2026-10-12', '2026-10-19', 108), week('2026-10-05', '2026-10-12', 107)]
    const sheet = assessMonth(monthOf('2026-10', [], { periods }), assessmentPresets['001.5'])
    // Nine tenths of 120 are 108.
    expect(sheet.periods.map(({ from, met }) => [from, met])).toEqual([
      ['2026-10-05', false],
      ['2026-10-12', true],
    ])
    expect(sheet.counts.off).toBe(31)
  })

  test.each([
    [18, 'excellent'],
    [16, 'good'],
    [12, 'pass'],
    [8, 'fail'],
  ])('001.2: %i of 18 days online is %s', (online, grade) => {
    // 100, 88.89, 66.67, 44.44 points.
    const offline = workingDaysBetween('2026-10-01', '2026-11-01').slice(online)
    const days = monthOf('2026-10').days.map((one) =>
      offline.includes(one.day) ? { ...one, fixes: 0 } : one,
    )
    expect(assessMonth(monthOf('2026-10', [], { days }), assessmentPresets['001.2']).grade).toBe(grade)
  })

  test('places-first: who and what was visited; hours, kilometres and ranking do not occur', () => {
    const periods = [
      { target: 'key_persons', from: '2026-10-01', to: '2026-11-01', actual: 30, total: 40 },
      { target: 'households', from: '2026-10-01', to: '2026-11-01', actual: 100, total: 400 },
    ] as const
    const sheet = assessMonth(monthOf('2026-10', [], { periods }), assessmentPresets['places-first'])
    expect(sheet.periods.map(({ target, met }) => [target, met])).toEqual([
      ['key_persons', false],
      ['households', true],
    ])
    // The mean of 30 / 40 and, of a quarter wanted and reached, 1.
    expect(sheet).toMatchObject({ score: 87.5, total: null, counts: { off: 31 } })
    expect(assessmentPresets['places-first'].stars).toBeNull()
  })
})

describe('any month', () => {
  const working = workingDaysBetween('2026-10-01', '2026-11-01')
  const meeting = fc.record({
    id: fc.constantFrom('m1', 'm2', 'm3'),
    day: fc.constantFrom(...working),
    attendance: fc.constantFrom('present', 'excused', 'missed'),
  })
  const facts = fc.record({
    short: fc.uniqueArray(fc.constantFrom(...working)),
    meetings: fc.uniqueArray(meeting, { selector: ({ id }) => id }),
    reports: fc.nat({ max: 30 }),
    dice: fc.nat(),
  })
  const sheetOf = ({
    short,
    meetings,
    reports,
  }: {
    short: string[]
    meetings: MonthFacts['meetings']
    reports: number
  }) =>
    assessMonth(
      monthOf('2026-10', short, { meetings, reports: Array.from({ length: reports }, (_, i) => `r${i}`) }),
      rules,
    )

  test('does not depend on the order of its facts or on repetitions', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const month = monthOf('2026-10', one.short, { meetings: one.meetings })
        const again = {
          ...month,
          days: month.days.toReversed(),
          reports: [...month.reports, ...month.reports],
          meetings: [...one.meetings, ...one.meetings],
          tasks: month.tasks.toReversed(),
        }
        expect(assessMonth(again, rules)).toEqual(assessMonth(month, rules))
      }),
    )
  })

  test('pays at least nothing and at most the bases, and one more day met never pays less', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const sheet = sheetOf(one)
        expect(sheet.total).toBeGreaterThanOrEqual(0)
        expect(sheet.total).toBeLessThanOrEqual(1200)
        const better = one.short.filter((_, i) => i !== one.dice % Math.max(1, one.short.length))
        expect(sheetOf({ ...one, short: better }).total).toBeGreaterThanOrEqual(sheet.total ?? 0)
      }),
    )
  })

  test('every day has one status, and what is deducted is the sum of its evidence', () => {
    fc.assert(
      fc.property(facts, (one) => {
        const sheet = sheetOf(one)
        expect(Object.values(sheet.counts).reduce((sum, count) => sum + count, 0)).toBe(31)
        const days = sheet.patrol?.deductions.find(({ reason }) => reason === 'day_not_met')
        expect(days?.evidence ?? []).toEqual(one.short.toSorted())
        expect(days?.amount ?? 0).toBe(25 * one.short.length)
      }),
    )
  })
})
