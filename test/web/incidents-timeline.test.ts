/** The foot of the incidents screen: bars by day, ticks, the year it shows. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../web/i18n/format.ts'
import { initialPeriod } from '../../web/screens/incidents/data.ts'
import { barsOf, dayNumber, monthTicks } from '../../web/screens/incidents/days.ts'
import { axisOf } from '../../web/screens/incidents/foot.tsx'
import { areas } from './small-town.ts'

describe('the timeline', () => {
  const first = '2026-01-01'

  it('bars hold every day once, whatever their width', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ at: fc.nat(364), count: fc.integer({ min: 1, max: 40 }) }), {
          selector: (one) => one.at,
        }),
        fc.integer({ min: 1, max: 40 }),
        (some, each) => {
          const days = some.map(({ at, count }) => ({ day: addDays(first, at), count }))
          const bars = barsOf(days, first, 365, each)
          const total = (list: readonly { count: number }[]): number =>
            list.reduce((sum, one) => sum + one.count, 0)
          expect(total(bars)).toBe(total(days))
          expect(bars[0]?.from).toBe(0)
          expect(bars.at(-1)?.to).toBe(365)
          bars.slice(1).forEach((bar, index) => expect(bar.from).toBe(bars[index]?.to))
        },
      ),
    )
  })

  it('has ticks at firsts of months', () => {
    expect(monthTicks('2026-01-15', 60, 12)).toEqual([
      { at: 17, month: '2026-02' },
      { at: 45, month: '2026-03' },
    ])
    expect(monthTicks('2026-01-01', 364, 6).map((tick) => tick.month)).toEqual([
      '2026-01',
      '2026-03',
      '2026-05',
      '2026-07',
      '2026-09',
      '2026-11',
    ])
    expect(dayNumber('2026-03-01', '2026-02-01')).toBe(28)
  })

  it('shows the year up to the last incident, and what is chosen beyond it', () => {
    const area = { ...areas[1]!, last_incident_day: '2026-10-31' }
    const reference = initialPeriod(area, '2027-01-01')
    expect(reference).toEqual({ day: '2026-10-31', from: '2025-11-01', to: '2026-10-31' })
    expect(initialPeriod({ ...area, last_incident_day: null }, '2027-01-01').to).toBe('2027-01-01')
    const chosen = { day: '2025-08-01', from: '2025-06-01', to: '2025-08-01' }
    expect(axisOf(reference, chosen)).toEqual({ day: '2026-10-31', from: '2025-06-01', to: '2026-10-31' })
  })
})
