import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeObligation } from '../../../server/core/obligations/judge-obligation.ts'
import { periodOn } from '../../../server/core/obligations/periods.ts'
import type { AsOf, ObligationStatus, Visit } from '../../../server/core/obligations/values.ts'
import {
  defaultObligations,
  type ObligationRule,
  obligationPolicyOf,
  obligationPresets,
  ruleFor,
} from '../../../server/core/policy/obligation-policy.ts'
import { addDays, daysBetween } from '../../../server/core/trajectories/local-day.ts'

const since = '2026-09-01'
/** In the evening of a day, when it is over for the office, or while it runs. */
const after = (day: string): AsOf => ({ day, until: addDays(day, 1), since })
const during = (day: string): AsOf => ({ day, until: day, since })
const visit = (local: string, minutes = 0, evidence: Visit['evidence'] = 'visited'): Visit => {
  const from = Date.parse(`${local}:00+08:00`)
  return { from, to: from + minutes * 60_000, evidence }
}
const ruleOf = (preset: keyof typeof obligationPresets, kind: ObligationRule['kind'], isKey = false) =>
  ruleFor(obligationPresets[preset], { kind, isKey })!

describe('periods', () => {
  it.each([
    // 8 October 2026 is a Thursday.
    ['2026-10-08', 'day', '2026-10-08', '2026-10-09'],
    ['2026-10-08', 'week', '2026-10-05', '2026-10-12'],
    ['2026-10-11', 'week', '2026-10-05', '2026-10-12'],
    ['2026-10-12', 'week', '2026-10-12', '2026-10-19'],
    ['2026-12-31', 'month', '2026-12-01', '2027-01-01'],
    ['2026-02-28', 'month', '2026-02-01', '2026-03-01'],
    ['2026-05-31', 'quarter', '2026-04-01', '2026-07-01'],
    ['2026-11-30', 'quarter', '2026-10-01', '2027-01-01'],
  ] as const)('%s lies in the %s [%s, %s)', (day, per, from, to) => {
    expect(periodOn(day, { per, workingDays: false })).toEqual({ from, to, due: addDays(to, -1) })
  })

  it('with working days only end on the last of these, and skip what has none', () => {
    // 2026: 1–7 October are days off, Saturday the 10th is a make-up day.
    const rhythm = { per: 'day', workingDays: true } as const
    expect(periodOn('2026-10-01', rhythm)).toMatchObject({ from: '2026-10-08', due: '2026-10-08' })
    expect(periodOn('2026-10-10', rhythm)).toMatchObject({ from: '2026-10-10', due: '2026-10-10' })
    expect(periodOn('2026-10-11', rhythm)).toMatchObject({ from: '2026-10-12' })
    expect(periodOn('2026-10-14', { per: 'week', workingDays: true })).toMatchObject({
      from: '2026-10-12',
      to: '2026-10-19',
      due: '2026-10-16',
    })
  })

  it('cover every day once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.constantFrom('day', 'week', 'month', 'quarter'),
        (days, per) => {
          const day = addDays('2024-01-01', days)
          const period = periodOn(day, { per, workingDays: false })
          expect(period.from <= day && day < period.to).toBe(true)
          expect(periodOn(period.from, { per, workingDays: false })).toEqual(period)
          expect(periodOn(period.to, { per, workingDays: false }).from).toBe(period.to)
        },
      ),
    )
  })
})

describe('001.5: the whole grid once a week', () => {
  const rule = ruleOf('001.5', 'household')
  it('is done by a pass on any day of the week, due next Sunday', () => {
    const visits = [visit('2026-10-13T09:00', 0, 'passed')]
    expect(judgeObligation(visits, rule, after('2026-10-14'))).toEqual({
      status: 'done',
      ageDays: 1,
      lastDay: '2026-10-13',
      dueDay: '2026-10-25',
      overdueDays: 0,
    })
  })

  it('is pending on Sunday while it runs, missed once it is over', () => {
    const visits = [visit('2026-10-11T23:59')] // Sunday of the week before
    expect(judgeObligation(visits, rule, during('2026-10-18'))).toMatchObject({
      status: 'pending',
      dueDay: '2026-10-18',
      overdueDays: 0,
    })
    expect(judgeObligation(visits, rule, after('2026-10-18'))).toMatchObject({
      status: 'missed',
      ageDays: 7,
      dueDay: '2026-10-18',
      overdueDays: 0,
    })
  })

  it('is overdue since the first week without a visit, while the new week still has time', () => {
    // Last seen in the week of 21–27 September: due on 4 October; on the 14th that is 10 days ago.
    expect(judgeObligation([visit('2026-09-23T10:00')], rule, after('2026-10-14'))).toEqual({
      status: 'pending',
      ageDays: 21,
      lastDay: '2026-09-23',
      dueDay: '2026-10-04',
      overdueDays: 10,
    })
  })

  it('never visited: overdue from the first whole week of which anything is known', () => {
    // 1 September 2026 is a Tuesday: the first whole week is 7–13 September.
    expect(judgeObligation([], rule, after('2026-10-14'))).toEqual({
      status: 'pending',
      ageDays: null,
      lastDay: null,
      dueDay: '2026-09-13',
      overdueDays: 31,
    })
    expect(
      judgeObligation([], rule, { day: '2026-10-14', until: '2026-10-14', since: '2026-10-13' }),
    ).toMatchObject({ status: 'pending', dueDay: '2026-10-18', overdueDays: 0 })
  })

  it('does not see visits after the day asked about', () => {
    const visits = [visit('2026-10-15T00:00')]
    expect(judgeObligation(visits, rule, after('2026-10-14')).ageDays).toBeNull()
    expect(judgeObligation(visits, rule, after('2026-10-15')).ageDays).toBe(0)
  })
})

describe('002: two rounds a day, an hour apart', () => {
  const rule = ruleOf('002', 'grid')
  const morning = visit('2026-10-14T08:00', 60)
  it('is done by two, the second an hour after the end of the first', () => {
    expect(
      judgeObligation([morning, visit('2026-10-14T10:00', 30)], rule, after('2026-10-14')),
    ).toMatchObject({
      status: 'done',
      dueDay: '2026-10-15',
    })
  })

  it('says so when the second came too soon, until a third keeps the interval', () => {
    const soon = visit('2026-10-14T09:59', 10)
    const status = (...visits: Visit[]) => judgeObligation(visits, rule, after('2026-10-14')).status
    expect(status(morning)).toBe('missed')
    expect(status(morning, soon)).toBe('interval_not_kept')
    expect(status(morning, soon, visit('2026-10-14T15:00', 5))).toBe('done')
    expect(judgeObligation([morning], rule, during('2026-10-14')).status).toBe('pending')
  })

  it('holidays too; rounds of two days do not make a day', () => {
    expect(judgeObligation([], rule, after('2026-10-03')).status).toBe('missed')
    expect(judgeObligation([morning], rule, after('2026-10-15')).status).toBe('missed')
  })
})

describe('004', () => {
  it('asks for a round each working day, make-up days included, and for nothing on days off', () => {
    const rule = ruleOf('004', 'grid')
    const status = (day: string, ...visits: Visit[]) => judgeObligation(visits, rule, after(day)).status
    expect(status('2026-10-09')).toBe('missed')
    expect(status('2026-10-10')).toBe('missed') // Saturday, made up for the holiday
    expect(status('2026-10-03')).toBe('pending') // due on the 8th
    expect(status('2026-10-09', visit('2026-10-09T08:00', 240))).toBe('done')
  })

  it('key persons each month, by a visit: walking past is none', () => {
    const rule = ruleOf('004', 'household', true)
    expect(
      judgeObligation([visit('2026-10-09T08:00', 0, 'passed')], rule, after('2026-10-31')),
    ).toMatchObject({
      status: 'missed',
      ageDays: null,
    })
    expect(judgeObligation([visit('2026-10-09T08:00', 9)], rule, after('2026-10-31'))).toMatchObject({
      status: 'done',
      ageDays: 22,
      dueDay: '2026-11-30',
    })
  })

  it('asks nothing of other households: their age stands all the same', () => {
    expect(ruleFor(obligationPresets['004'], { kind: 'household', isKey: false })).toBeUndefined()
    expect(judgeObligation([visit('2026-10-09T08:00')], undefined, after('2026-10-11'))).toEqual({
      status: null,
      ageDays: 2,
      lastDay: '2026-10-09',
      dueDay: null,
      overdueDays: 0,
    })
  })
})

describe('places first, 001.2', () => {
  it('must-visit households monthly, the others quarterly, key places weekly', () => {
    const due = (kind: ObligationRule['kind'], isKey: boolean, ...visits: Visit[]) =>
      judgeObligation(visits, ruleFor(defaultObligations, { kind, isKey }), after('2026-10-14')).dueDay
    const september = visit('2026-09-20T10:00', 9)
    expect(due('household', true, september)).toBe('2026-10-31')
    expect(due('household', false, september)).toBe('2026-12-31')
    expect(due('place', true, september)).toBe('2026-09-27')
    expect(due('place', false, september)).toBeNull()
    expect(due('lane', false, september)).toBe('2026-10-31')
  })

  it('001.2: key persons monthly', () => {
    const rule = ruleOf('001.2', 'household', true)
    expect(judgeObligation([visit('2026-09-30T10:00')], rule, after('2026-10-31')).status).toBe('missed')
  })
})

describe('a policy of a place', () => {
  it('is a preset with what differs from it, by its own name', () => {
    const own = obligationPolicyOf('三门镇', { preset: '002', title: { zh: '双巡', en: 'Twice' } })
    expect(own).toMatchObject({
      name: '三门镇',
      title: { zh: '双巡' },
      rules: obligationPresets['002'].rules,
    })
    expect(obligationPolicyOf('x', { preset: 'nothing' }).rules).toBe(defaultObligations.rules)
    expect(obligationPolicyOf('x', null).rules).toBe(defaultObligations.rules)
  })
})

const rules = fc.record({
  kind: fc.constant('household' as const),
  of: fc.constant('all' as const),
  per: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'quarter' as const),
  times: fc.integer({ min: 1, max: 3 }),
  leastGapSeconds: fc.constantFrom(0, 3600, 86_400),
  evidence: fc.constantFrom('any' as const, 'visit' as const),
  workingDays: fc.boolean(),
})
const anyVisit = fc
  .record({
    minute: fc.integer({ min: 0, max: 70 * 1440 }),
    minutes: fc.integer({ min: 0, max: 300 }),
    evidence: fc.constantFrom('passed' as const, 'visited' as const),
  })
  .map(({ minute, minutes, evidence }): Visit => {
    const from = Date.parse('2026-09-01T00:00:00+08:00') + minute * 60_000
    return { from, to: from + minutes * 60_000, evidence }
  })
const anyAsOf = fc
  .record({ days: fc.integer({ min: 0, max: 75 }), isOver: fc.boolean() })
  .map(({ days, isOver }) => (isOver ? after : during)(addDays('2026-09-01', days)))

describe('whatever the rule', () => {
  const rank: Record<ObligationStatus, number> = { missed: 0, pending: 0, interval_not_kept: 1, done: 2 }

  it('order and repeats of visits change nothing', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { maxLength: 12 }), rules, anyAsOf, (visits, rule, asOf) => {
        const again = [...visits.slice(0, 5), ...visits.toReversed()]
        expect(judgeObligation(again, rule, asOf)).toEqual(judgeObligation(visits, rule, asOf))
      }),
    )
  })

  it('one more visit never makes anything worse', () => {
    fc.assert(
      fc.property(
        fc.array(anyVisit, { maxLength: 8 }),
        anyVisit,
        rules,
        anyAsOf,
        (visits, one, rule, asOf) => {
          const before = judgeObligation(visits, rule, asOf)
          const now = judgeObligation([...visits, one], rule, asOf)
          expect(rank[now.status!]).toBeGreaterThanOrEqual(rank[before.status!])
          expect(now.overdueDays).toBeLessThanOrEqual(before.overdueDays)
          expect(now.ageDays ?? Infinity).toBeLessThanOrEqual(before.ageDays ?? Infinity)
        },
      ),
    )
  })

  it('that asks for one visit, the last one tells all', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { minLength: 1, maxLength: 8 }), rules, anyAsOf, (visits, any, asOf) => {
        const rule = { ...any, times: 1 }
        const counted = visits.filter(
          ({ from, evidence }) =>
            from < Date.parse(`${addDays(asOf.day, 1)}T00:00:00+08:00`) &&
            (rule.evidence === 'any' || evidence === 'visited'),
        )
        const last = counted.toSorted((a, b) => b.from - a.from).slice(0, 1)
        expect(judgeObligation(last, rule, asOf)).toEqual(judgeObligation(visits, rule, asOf))
      }),
    )
  })

  it('what is done is not overdue, and is due after the day asked about', () => {
    fc.assert(
      fc.property(fc.array(anyVisit, { maxLength: 12 }), rules, anyAsOf, (visits, rule, asOf) => {
        const { status, dueDay, overdueDays, ageDays, lastDay } = judgeObligation(visits, rule, asOf)
        expect(status !== 'done' || dueDay! > asOf.day).toBe(true)
        expect(overdueDays).toBe(Math.max(0, daysBetween(dueDay!, asOf.day)))
        expect(ageDays).toBe(lastDay === null ? null : daysBetween(lastDay, asOf.day))
      }),
    )
  })
})
