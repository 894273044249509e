import { describe, expect, it } from 'vitest'
import { isWithinLiveHours } from '../../../server/core/policy/live-hours.ts'

const at = (clock: string): number => Date.parse(`2026-10-09T${clock}+08:00`)

describe('isWithinLiveHours', () => {
  it.each<[string, number, number, readonly [string, boolean][]]>([
    [
      'a working day',
      8,
      17.5,
      [
        ['07:59:59', false],
        ['08:00:00', true],
        ['17:29:59', true],
        ['17:30:00', false],
      ],
    ],
    [
      'a night',
      22,
      6,
      [
        ['21:59:59', false],
        ['22:00:00', true],
        ['00:00:00', true],
        ['05:59:59', true],
        ['06:00:00', false],
      ],
    ],
    [
      'always',
      0,
      24,
      [
        ['00:00:00', true],
        ['23:59:59', true],
      ],
    ],
    ['always, written otherwise', 8, 8, [['03:00:00', true]]],
  ])('%s', (_, liveFromHour, liveToHour, cases) => {
    const said = cases.map(([clock]) => [clock, isWithinLiveHours({ liveFromHour, liveToHour }, at(clock))])
    expect(said).toEqual(cases)
  })
})
