import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import { labelTrace, type TraceLabel } from '../../../server/core/trajectories/label-trace.ts'
import { localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { matchReadDay, readWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import { arbitraryFixes } from './arbitrary-fixes.ts'
import { at } from './simulate.ts'

const ring = [at(-150, -150), at(150, -150), at(150, 150), at(-150, 150), at(-150, -150)]
const grid = { code: 'a', geometry: { type: 'Polygon' as const, coordinates: [ring] }, from: null, to: null }

describe('the drawn trace', () => {
  it('follows without a gap from the first vertex to the last and sums up to the figures', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        const read = readWorkerDay(orderFixes(fixes), localDayOf(fixes[0]!.time), policy)!
        const [day] = matchReadDay(read, [grid], [], policy)
        const pieces = labelTrace(read, [grid], policy)
        const sumOf = (...labels: TraceLabel[]): number =>
          pieces
            .filter(({ label }) => labels.includes(label))
            .reduce((sum, { from, to }) => sum + to - from, 0)
        expect(
          pieces.reduce((from, piece) => (piece.from === from ? piece.to : Number.NaN), day!.first),
        ).toBe(day!.last)
        // Each end of a piece is rounded to the millisecond.
        const tolerance = pieces.length + 1
        const { milliseconds } = day!
        expect(Math.abs(sumOf('inside', 'stay') - milliseconds.inside)).toBeLessThan(tolerance)
        expect(Math.abs(sumOf('outside') - milliseconds.outside)).toBeLessThan(tolerance)
        expect(sumOf('unobserved')).toBe(milliseconds.unobserved)
        expect(sumOf('unreliable')).toBe(milliseconds.unreliable)
      }),
      { numRuns: 200 },
    )
  })

  it('without a grid nothing is inside', () => {
    const [longitude, latitude] = at(0, 0)
    const fixes = [0, 1, 2].map((minute) => ({ time: minute * 60_000, longitude, latitude }))
    const read = readWorkerDay(orderFixes(fixes), '1970-01-01', policy)!
    expect(labelTrace(read, [], policy).map(({ label, from, to }) => [label, from, to])).toEqual([
      ['outside', 0, 120_000],
    ])
  })
})
