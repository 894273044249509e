import { describe, expect, it } from 'vitest'
import { bandStatus, sizeBandOf } from '../../../server/core/policy/division-policy.ts'
import { workingDaysBetween } from '../../../server/core/policy/working-days.ts'

describe('the size band', () => {
  const band = { from: 300, to: 500 }
  it.each([
    [149, 'far_below'],
    [150, 'below'],
    [299, 'below'],
    [300, 'in_band'],
    [500, 'in_band'],
    [501, 'above'],
    [750, 'above'],
    [751, 'far_above'],
  ])('%i households are %s', (households, status) => {
    expect(bandStatus(households, band, 'ordinary')).toBe(status)
  })

  it('is for ordinary grids, where a policy sets one', () => {
    expect(bandStatus(3, band, 'dedicated')).toBe('not_applicable')
    expect(bandStatus(3, null, 'ordinary')).toBe('not_applicable')
    expect(sizeBandOf({ households: band })).toEqual(band)
    for (const rules of [null, {}, { households: { from: 1 } }, { households: { from: '1', to: 2 } }])
      expect(sizeBandOf(rules)).toBeNull()
  })
})

it('working days know the holidays and the make-up days of China', () => {
  // State Council notice for 2026: National Day 1–7 October; 20 September (Sunday) and 10 October (Saturday) are worked.
  expect(workingDaysBetween('2026-09-30', '2026-10-12')).toEqual([
    '2026-09-30',
    '2026-10-08',
    '2026-10-09',
    '2026-10-10',
  ])
  expect(workingDaysBetween('2026-10-08', '2026-10-08')).toEqual([])
})
