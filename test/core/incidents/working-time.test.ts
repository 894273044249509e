/** Working time by counts of days against the plain walk from day to day. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addWorkingTime,
  nationalCalendar,
  type WorkingCalendar,
  workingTimeBetween,
} from '../../../server/core/incidents/working-time.ts'
import { addDays, dayBounds, localDayOf } from '../../../server/core/trajectories/local-day.ts'

const hours = { officeFromMinutes: 8 * 60 + 30, officeToMinutes: 17 * 60 + 30 }

function openOn(calendar: WorkingCalendar, day: string): { opens: number; closes: number } | null {
  const { from } = dayBounds(day)
  const [opens, closes] = [calendar.officeFromMinutes, calendar.officeToMinutes].map(
    (minutes) => from + minutes * 60_000,
  ) as [number, number]
  return calendar.isWorkingDay(day) ? { opens, closes } : null
}

/** Day by day. */
function walked(calendar: WorkingCalendar, from: number, to: number): number {
  let sum = 0
  for (let day = localDayOf(from); dayBounds(day).from < to; day = addDays(day, 1)) {
    const open = openOn(calendar, day)
    if (open) sum += Math.max(0, Math.min(open.closes, to) - Math.max(open.opens, from))
  }
  return sum
}

/** 2024 to 2027: published holidays, make-up days, and years without any. */
const instant = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2027-12-31') })

describe('working time', () => {
  it('is what a walk from day to day finds, whichever instants were asked about before', () => {
    const calendar = nationalCalendar(hours)
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const sum = walked(calendar, from, to)
        expect(workingTimeBetween(calendar, from, to)).toBe(sum)
        expect(workingTimeBetween(calendar, to, from)).toBe(0 - sum)
      }),
      { numRuns: 60 },
    )
  })

  it('added is the first instant by which so much has passed', () => {
    const calendar = nationalCalendar(hours)
    const amount = fc.integer({ min: 1, max: 300 * 9 * 3_600_000 })
    fc.assert(
      fc.property(instant, amount, (from, more) => {
        const until = addWorkingTime(calendar, from, more)
        expect(walked(calendar, from, until)).toBe(more)
        expect(walked(calendar, from, until - 1)).toBe(more - 1)
      }),
      { numRuns: 60 },
    )
  })

  it('has an end where nobody ever works, or offices close before they open', () => {
    const never = { ...hours, isWorkingDay: () => false }
    const closed = { isWorkingDay: () => true, officeFromMinutes: 600, officeToMinutes: 600 }
    const at = Date.parse('2026-10-08T09:00:00+08:00')
    for (const calendar of [never, closed]) {
      expect(workingTimeBetween(calendar, at, at + 40 * 86_400_000)).toBe(0)
      expect(() => addWorkingTime(calendar, at, 1)).toThrow('without working days')
    }
  })
})
