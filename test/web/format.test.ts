import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  dayOf,
  formatArea,
  formatBytes,
  formatClock,
  formatDate,
  formatDay,
  formatDuration,
  formatLength,
  formatMoment,
  formatMonth,
  formatNumber,
  formatPosition,
  formatShare,
  formatSigned,
  formatWeekday,
  unknown,
} from '../../web/i18n/format.ts'

describe('figures', () => {
  it('are never 0 when they are not known', () => {
    for (const format of [
      formatNumber,
      formatLength,
      formatArea,
      formatDuration,
      formatShare,
      formatBytes,
      formatSigned,
    ])
      for (const missing of [null, undefined, Number.NaN]) expect(format(missing)).toBe(unknown)
  })

  it.each([
    [0, '0 m'],
    [0.0004, '0.4 mm'],
    [0.004, '4.0 mm'],
    [0.031, '3.1 cm'],
    [0.5, '50 cm'],
    [3.14, '3.1 m'],
    [812.4, '812 m'],
    [999.6, '1.0 km'],
    [3100, '3.1 km'],
    [123_456, '123 km'],
  ])('length %d m is %s', (metres, text) => expect(formatLength(metres)).toBe(text))

  it.each([
    [0, '0 m²'],
    [0.001, '< 0.01 m²'],
    [0.04, '0.04 m²'],
    [12.96, '13 m²'],
    [8_814, '8,814 m²'],
    [612_000, '0.61 km²'],
    [21_400_000, '21.4 km²'],
    [640_000_000, '640 km²'],
  ])('area %d m² is %s', (squareMetres, text) => expect(formatArea(squareMetres)).toBe(text))

  it.each([
    [45, '45 s'],
    [59.6, '1 min'],
    [720, '12 min'],
    [15_120, '4.2 h'],
  ])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

  it.each([
    [0, '0 %'],
    [0.043, '4.3 %'],
    [0.0996, '10 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(formatShare(share)).toBe(text))

  it('have thousands apart, signs and units', () => {
    expect(formatNumber(245_641)).toBe('245,641')
    expect(formatSigned(12)).toBe('+12')
    expect(formatSigned(-3)).toBe('−3')
    expect(formatSigned(0)).toBe('0')
    expect(formatBytes(999_499)).toBe('999 kB')
    expect(formatBytes(3_400_000)).toBe('3.4 MB')
    expect(formatPosition(119.604213, -29.9)).toBe('119.60421°E 29.90000°S')
  })

  it('grow with what they measure: a length is never shown shorter than a smaller one', () => {
    const metres = (text: string): number => {
      const [figure = '', unit = ''] = text.split(' ')
      return (
        Number(figure.replaceAll(',', '')) * ({ mm: 0.001, cm: 0.01, m: 1, km: 1000 }[unit] ?? Number.NaN)
      )
    }
    const length = fc.double({ min: 0.001, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(length, length, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        expect(metres(formatLength(less))).toBeLessThanOrEqual(metres(formatLength(more)))
        // Two digits are right: within 5 % of what was measured.
        expect(Math.abs(metres(formatLength(a)) / a - 1)).toBeLessThan(0.051)
      }),
    )
  })
})

describe('dates', () => {
  it('are those of Shanghai, wherever the browser is', () => {
    // 2026-10-08 was a Thursday; 06:05 UTC is 14:05 there.
    expect(formatMoment('zh', '2026-10-08T06:05:00Z')).toBe('10月8日 周四 14:05')
    expect(formatMoment('en', '2026-10-08T06:05:00Z')).toBe('Thu 8 Oct 14:05')
    expect(formatMoment('zh', '2026-12-31T16:00:00Z', true)).toBe('2027年1月1日 周五 00:00')
    expect(formatClock('2026-10-08T20:30:00Z')).toBe('04:30')
    expect(dayOf('2026-10-08T15:59:59Z')).toBe('2026-10-08')
    expect(dayOf('2026-10-08T16:00:00Z')).toBe('2026-10-09')
  })

  it('of a day need no clock', () => {
    expect(formatDay('zh', '2026-10-08')).toBe('10月8日 周四')
    expect(formatDay('en', '2026-10-08', true)).toBe('Thu 8 Oct 2026')
    expect(formatDay('zh', 'soon')).toBe(unknown)
    expect([formatDate('zh', '2026-10-08'), formatDate('en', '2026-10-08', true)]).toEqual([
      '10月8日',
      '8 Oct 2026',
    ])
    expect([formatMonth('zh', '2026-10', false), formatMonth('en', '2026-10', false)]).toEqual([
      '10月',
      'Oct',
    ])
    expect([formatWeekday('zh', '2026-10-08'), formatWeekday('en', '2026-10-08')]).toEqual(['周四', 'Thu'])
    expect([
      formatMonth('zh', '2026-10'),
      formatMonth('en', '2026-10'),
      formatMonth('zh', undefined),
    ]).toEqual(['2026年10月', 'Oct 2026', unknown])
    expect(formatMoment('zh', null)).toBe(unknown)
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  })
})
