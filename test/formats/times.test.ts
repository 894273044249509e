import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toInstant, toMidnight } from '../../server/formats/times.ts'

const iso = (value: unknown, offset?: number): string | undefined => {
  const instant = toInstant(value, offset)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

describe('written times', () => {
  const nine = '2026-10-08T01:00:00.000Z'
  const table: readonly (readonly [unknown, string | undefined])[] = [
    ['2026-10-08T01:00:00Z', nine],
    ['2026-10-08T09:00:00+08:00', nine],
    ['2026-10-08T09:00:00+0800', nine],
    ['2026-10-08 09:00:00', nine],
    ['2026-10-08 09:00', nine],
    ['2026/10/8 9:00', nine],
    ['2026.10.8 9:00', nine],
    ['2026年10月8日 9时', nine],
    ['2026年10月8日9时0分0秒', nine],
    ['２０２６－１０－０８　０９：００', nine],
    ['20261008090000', nine],
    ['1791421200', nine],
    [1791421200, nine],
    ['1791421200000', nine],
    [1791421200000, nine],
    ['1791421200.5', '2026-10-08T01:00:00.500Z'],
    ['2026-10-08T01:00:00.123456789Z', '2026-10-08T01:00:00.123Z'],
    ['2026-10-08', '2026-10-07T16:00:00.000Z'],
    ['20261008', '2026-10-07T16:00:00.000Z'],
    ['2026年10月8日', '2026-10-07T16:00:00.000Z'],
    ['2024-02-29', '2024-02-28T16:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
    ['2026-10-08 24:00', '2026-10-08T16:00:00.000Z'],
    // Exceljs gives a spreadsheet's wall clock as if it were UTC.
    [new Date('2026-10-08T09:00:00Z'), nine],
    ['2026-02-29', undefined],
    ['2026-13-01', undefined],
    ['2026-10-08 25:00', undefined],
    ['2026-10-08T01:60:00Z', undefined],
    ['2026-1O-08T01:00:00Z', undefined],
    ['10/08/2026', undefined],
    ['2026-10/08', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [null, undefined],
    [12, undefined],
  ]
  for (const [written, expected] of table)
    it(`${String(written)} is ${expected ?? 'no time'}`, () => expect(iso(written)).toBe(expected))

  it('takes a zone a format prescribes', () => {
    expect(iso('2013-01-01T12:00:04', 0)).toBe('2013-01-01T12:00:04.000Z')
  })

  it('reads back every instant from 1980 on, with and without milliseconds and in any zone', () => {
    const instants = fc.integer({ min: Date.UTC(1980, 0, 6), max: Date.UTC(2200, 0, 1) })
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (instant, zone) => {
        expect(toInstant(new Date(instant).toISOString())).toBe(instant)
        const second = Math.floor(instant / 1000) * 1000
        expect(toInstant(new Date(second).toISOString().replace('.000', ''))).toBe(second)
        const wall = new Date(instant + zone * 60_000).toISOString().slice(0, -1)
        const pad = (n: number): string => String(n).padStart(2, '0')
        const written = `${wall}${zone < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(zone) / 60))}:${pad(Math.abs(zone) % 60)}`
        expect(toInstant(written)).toBe(instant)
      }),
    )
  })

  it('takes a day only where no time of day is given', () => {
    expect(toMidnight('2026-10-08')).toBe(Date.UTC(2026, 9, 7, 16))
    expect(toMidnight(new Date('2026-10-08T00:00:00Z'))).toBe(Date.UTC(2026, 9, 7, 16))
    expect(toMidnight('2026-10-08 09:00')).toBeUndefined()
  })
})
