import { expect, test } from 'vitest'
import { monthPeriod, weeksOf } from '../../../server/core/assessment/periods.ts'

test('months by their days', () => {
  expect(['2026-01', '2026-02', '2028-02', '2026-12'].map((month) => monthPeriod(month).to)).toEqual([
    '2026-02-01',
    '2026-03-01',
    '2028-03-01',
    '2027-01-01',
  ])
})

test('a week belongs to the month of its Sunday: October 2026 begins on a Thursday, its Sundays are 4, 11, 18 and 25', () => {
  expect(weeksOf('2026-10')).toEqual([
    { from: '2026-09-28', to: '2026-10-05' },
    { from: '2026-10-05', to: '2026-10-12' },
    { from: '2026-10-12', to: '2026-10-19' },
    { from: '2026-10-19', to: '2026-10-26' },
  ])
  // Begins on a Sunday; and May 2026 ends on one.
  expect(weeksOf('2026-11')[0]).toEqual({ from: '2026-10-26', to: '2026-11-02' })
  expect(weeksOf('2026-05').at(-1)).toEqual({ from: '2026-05-25', to: '2026-06-01' })
})

test('every day of a year is in one week of one month', () => {
  const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`)
  const weeks = months.flatMap(weeksOf)
  expect(weeks.slice(1).map(({ from }) => from)).toEqual(weeks.slice(0, -1).map(({ to }) => to))
  expect(weeks).toHaveLength(52)
})
