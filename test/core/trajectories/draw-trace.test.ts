import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceMetres } from '../../../server/core/geometry/distance-metres.ts'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import { drawTrace } from '../../../server/core/trajectories/draw-trace.ts'
import { labelTrace, type TracePiece } from '../../../server/core/trajectories/label-trace.ts'
import { localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import { arbitraryFixes } from './arbitrary-fixes.ts'
import { at, observe, streetWalk } from './simulate.ts'

const piecesOf = (fixes: Parameters<typeof orderFixes>[0]): TracePiece[] =>
  labelTrace(readWorkerDay(orderFixes(fixes), localDayOf(fixes[0]!.time), policy)!, [], policy)

/** Where a piece says the worker was. */
function placeAt({ coordinates, times }: TracePiece, time: number): readonly [number, number] {
  const i = Math.max(
    1,
    times.findIndex((one) => one >= time),
  )
  const [a, b, start, end] = [coordinates[i - 1]!, coordinates[i]!, times[i - 1]!, times[i]!]
  const share = end === start ? 0 : (time - start) / (end - start)
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
}

describe('the trace as it is drawn', () => {
  it('is within its tolerance of the measured one at every instant, with the same ends', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        const pieces = piecesOf(fixes)
        for (const [i, drawn] of drawTrace(pieces).entries()) {
          const piece = pieces[i]!
          expect([drawn.times[0], drawn.times.at(-1)]).toEqual([piece.from, piece.to])
          for (const [k, time] of piece.times.entries()) {
            const [x, y] = placeAt(drawn, time)
            const [x0, y0] = piece.coordinates[k]!
            // 5 m, and the rounding to 1e-6 degrees on both ends of a leg.
            expect(distanceMetres(x, y, x0, y0)).toBeLessThan(5.3)
          }
        }
      }),
      { numRuns: 100 },
    )
  })

  it('keeps a pause a pause, and a straight even walk two vertices', () => {
    const walk = (second: number): readonly [number, number] => [
      second < 100 ? second : second < 200 ? 100 : second - 100,
      0,
    ]
    const fixes = Array.from({ length: 31 }, (_, i) => {
      const [longitude, latitude] = at(...walk(i * 10))
      return { time: i * 10_000, longitude, latitude }
    })
    const [drawn, ...others] = drawTrace(piecesOf(fixes))
    expect(others).toEqual([])
    expect(drawn?.times).toEqual([0, 100_000, 200_000, 300_000])
  })

  it('of a noisy walk has a fraction of its vertices', () => {
    const how = { from: 0, every: 10, seed: 3, sigma: 8, correlation: 60, statesAccuracy: true }
    const pieces = piecesOf(observe(streetWalk(1.2, 60), 3600, how))
    const count = (some: readonly TracePiece[]): number => some.reduce((n, { times }) => n + times.length, 0)
    expect(count(drawTrace(pieces)) / count(pieces)).toBeLessThan(0.6)
  })
})
