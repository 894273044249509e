import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Deadline, deadlines, nextDeadline } from '../../../server/core/incidents/deadlines.ts'
import type { IncidentState, LifeStep } from '../../../server/core/incidents/life.ts'
import {
  addWorkingTime,
  endOfWorkingDays,
  nationalCalendar,
  workingDayMilliseconds,
  workingTimeBetween,
} from '../../../server/core/incidents/working-time.ts'
import { incidentPolicyOf, usualIncidents } from '../../../server/core/policy/incident-policy.ts'
import { dayBounds, localDayOf } from '../../../server/core/trajectories/local-day.ts'

const calendar = nationalCalendar(usualIncidents)
/** Office hours 8:30–17:30: nine hours. */
const dayLong = workingDayMilliseconds(calendar)
const at = (text: string): number => Date.parse(`${text}:00+08:00`)
const show = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 16)

describe('working time over National Day 2026', () => {
  // Off: 1 to 7 October. Make-up days: Sunday 20 September and Saturday 10 October (State Council, holidays of 2026).
  it.each([
    // Wednesday the 30th does not count: 8, 9, 10 (make-up), 12, 13 October.
    [5, '2026-09-30T10:00', '2026-10-13T17:30'],
    // 8, 9 and the Saturday made up.
    [3, '2026-09-30T10:00', '2026-10-10T17:30'],
    // Reported in the holiday is as reported on its last day.
    [5, '2026-10-03T22:00', '2026-10-13T17:30'],
    // Friday the 18th: Sunday the 20th is worked, Friday the 25th is Mid-Autumn: 20, 21, 22, 23, 24.
    [5, '2026-09-18T16:00', '2026-09-24T17:30'],
    // An ordinary week: Monday to Monday.
    [5, '2026-11-02T09:00', '2026-11-09T17:30'],
  ])('%i working days after %s end %s', (days, from, due) => {
    expect(show(endOfWorkingDays(calendar, at(from), days))).toBe(due)
  })

  it('counts only office hours', () => {
    // Wednesday 17:00 to Thursday the 8th 9:30: half an hour and an hour.
    expect(workingTimeBetween(calendar, at('2026-09-30T17:00'), at('2026-10-08T09:30'))).toBe(90 * 60_000)
    expect(workingTimeBetween(calendar, at('2026-10-01T00:00'), at('2026-10-08T08:30'))).toBe(0)
  })
})

const instant = fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-20T00:00') })
const amount = fc.integer({ min: 1, max: 8 * dayLong })

describe('the reckoning', () => {
  it('adds up: first a, then b, is a + b', () => {
    fc.assert(
      fc.property(instant, amount, amount, (from, a, b) => {
        const once = addWorkingTime(calendar, from, a + b)
        expect(addWorkingTime(calendar, addWorkingTime(calendar, from, a), b)).toBe(once)
        expect(workingTimeBetween(calendar, from, once)).toBe(a + b)
      }),
      { numRuns: 200 },
    )
  })

  it('between three instants adds up, whichever comes first', () => {
    fc.assert(
      fc.property(instant, instant, instant, (a, b, c) => {
        expect(workingTimeBetween(calendar, a, b) + workingTimeBetween(calendar, b, c)).toBe(
          workingTimeBetween(calendar, a, c),
        )
      }),
      { numRuns: 200 },
    )
  })

  it('a later report is never due earlier, a holiday never brings a deadline forward, and it ends on a working day', () => {
    fc.assert(
      fc.property(instant, instant, fc.integer({ min: 1, max: 10 }), instant, (a, b, days, off) => {
        const due = endOfWorkingDays(calendar, a, days)
        const [early, late] = a < b ? [a, b] : [b, a]
        expect(endOfWorkingDays(calendar, late, days)).toBeGreaterThanOrEqual(
          endOfWorkingDays(calendar, early, days),
        )
        expect(calendar.isWorkingDay(localDayOf(due))).toBe(true)
        const closed = localDayOf(off)
        const withHoliday = {
          ...calendar,
          isWorkingDay: (day: string) => day !== closed && calendar.isWorkingDay(day),
        }
        const moved = endOfWorkingDays(withHoliday, a, days)
        expect(moved).toBeGreaterThanOrEqual(due)
        const counts = calendar.isWorkingDay(closed) && dayBounds(closed).from >= dayBounds(localDayOf(a)).to
        expect(moved > due).toBe(counts && dayBounds(closed).from < due)
      }),
      { numRuns: 200 },
    )
  })
})

const step = (
  action: LifeStep['action'],
  time: string,
  to: IncidentState,
  level: LifeStep['level'] = 'village',
) => ({ action, at: at(time), to, level }) satisfies LifeStep
const reported = step('report', '2026-09-30T10:00', 'reported')
const judge = (
  steps: readonly LifeStep[],
  now: string,
  policy = usualIncidents,
  urgency: 'ordinary' | 'emergency' = 'ordinary',
): Deadline[] => deadlines({ category: 'dispute', urgency, steps }, policy, calendar, at(now))
const brief = (all: readonly Deadline[]): string[] =>
  all.map((one) => `${one.kind} ${one.level} ${show(one.dueAt)} ${one.status}`)

describe('deadlines of an incident', () => {
  it('reported before the holiday: taken on by the 10th, answered by the 13th; soon due the working day before', () => {
    expect(brief(judge([reported], '2026-10-08T12:00'))).toEqual([
      'take_on village 2026-10-10T17:30 on_time',
      'answer village 2026-10-13T17:30 on_time',
    ])
    // Friday 17:30 leaves the whole of Saturday the 10th, one working day.
    expect(judge([reported], '2026-10-09T17:30')[0]).toMatchObject({
      status: 'due_soon',
      workingMillisecondsLeft: dayLong,
    })
    expect(judge([reported], '2026-10-10T17:30')[0]?.status).toBe('due_soon')
    // Sunday: nothing was worked since, it is overdue all the same.
    expect(judge([reported], '2026-10-11T09:00')[0]).toMatchObject({
      status: 'overdue',
      workingMillisecondsLeft: 0,
    })
    expect(nextDeadline(judge([reported], '2026-10-11T09:00'))?.kind).toBe('take_on')
  })

  it('passed up: each level has its own days to take it on', () => {
    const steps = [
      reported,
      step('pass_up', '2026-10-09T09:00', 'passed_up', 'township'),
      step('note', '2026-10-09T10:00', 'passed_up', 'township'),
    ]
    // From the 9th: 10, 12, 13.
    expect(brief(judge(steps, '2026-10-09T12:00'))).toEqual([
      'take_on village 2026-10-10T17:30 met',
      'take_on township 2026-10-13T17:30 on_time',
      'answer township 2026-10-13T17:30 on_time',
    ])
  })

  it('resolved is met; returned, it runs on from where it stopped', () => {
    const resolved = [
      reported,
      step('accept', '2026-10-08T09:00', 'accepted'),
      step('resolve', '2026-10-12T08:30', 'resolved'),
    ]
    expect(brief(judge(resolved, '2026-10-14T12:00'))[1]).toBe('answer village 2026-10-13T17:30 met')
    // Two working days (the 12th and the 13th) it waited for verification: due on the 15th instead of the 13th.
    const returned = [...resolved, step('return', '2026-10-14T08:30', 'returned')]
    expect(judge(returned, '2026-10-14T12:00')[1]).toMatchObject({
      dueAt: at('2026-10-15T17:30'),
      stoppedMilliseconds: 2 * dayLong,
      metAt: null,
    })
    const again = [...returned, step('resolve', '2026-10-16T09:00', 'resolved')]
    expect(brief(judge(again, '2026-10-20T12:00'))[1]).toBe('answer village 2026-10-15T17:30 met_late')
    const strict = incidentPolicyOf('strict', { clockStopsIn: [] })
    expect(brief(judge(again, '2026-10-20T12:00', strict))[1]).toBe(
      'answer village 2026-10-13T17:30 met_late',
    )
  })

  it('an emergency is taken on at once, day and night', () => {
    const [first] = judge([reported], '2026-09-30T10:31', usualIncidents, 'emergency')
    expect(first).toMatchObject({ dueAt: at('2026-09-30T10:30'), status: 'overdue' })
  })

  it('what a file says is done was done nobody knows when; what was passed up there, arrived nobody knows when', () => {
    const done = [step('report', '2026-09-30T10:00', 'closed')]
    expect(brief(judge(done, '2026-10-30T10:00'))).toEqual(['answer village 2026-10-13T17:30 unknown'])
    expect(nextDeadline(judge(done, '2026-10-30T10:00'))).toBeNull()
    const up = [step('report', '2026-09-30T10:00', 'passed_up', 'township')]
    expect(brief(judge(up, '2026-10-30T10:00'))).toEqual(['answer township 2026-10-13T17:30 overdue'])
  })

  it('a category may have days of its own', () => {
    const policy = incidentPolicyOf('own', { categories: [{ code: 'dispute', answerWorkingDays: 10 }] })
    expect(show(judge([reported], '2026-10-08T09:00', policy)[1]!.dueAt)).toBe('2026-10-20T17:30')
  })
})
