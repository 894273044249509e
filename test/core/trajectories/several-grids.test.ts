/** Several grids a worker, several workers a grid, joint patrols, changes at noon, and the ways in which fixes may arrive. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentPatrolDay } from '../../../server/contract/match.ts'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import type { AssignedGrid } from '../../../server/core/trajectories/find-inside-spans.ts'
import { labelTrace } from '../../../server/core/trajectories/label-trace.ts'
import { localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { matchWorker } from '../../../server/core/trajectories/match-worker.ts'
import {
  matchWorkerDay,
  type PatrolDay,
  readWorkerDay,
} from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import type { AreaGeometry, Fix } from '../../../server/core/values.ts'
import { arbitraryFixes } from './arbitrary-fixes.ts'
import { at } from './simulate.ts'

const day = '2026-10-09'
const noon = Date.parse('2026-10-09T04:00:00Z')
const minute = 60_000
const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
const grid = (code: string, geometry: AreaGeometry, from: number | null = null, to: number | null = null): AssignedGrid =>
  ({ code, geometry, from, to }) // biome-ignore format: one line
/** A fix a minute along the x axis, 60 m a minute. */
const walk = (start: number, minutes: number, x = 0, y = 0): Fix[] =>
  Array.from({ length: minutes + 1 }, (_, i) => {
    const [longitude, latitude] = at(x + i * 60, y)
    return { time: start + i * minute, longitude, latitude }
  })
const insideMinutes = (days: readonly PatrolDay[]): Record<string, number> =>
  Object.fromEntries(days.map((one) => [one.grid, Math.round(one.milliseconds.inside / 600) / 100]))
const match = (fixes: readonly Fix[], ...grids: AssignedGrid[]): PatrolDay[] =>
  matchWorkerDay(fixes, day, grids, [], policy)

const first = box(-10, -50, 300, 50)
const second = box(300, -50, 610, 50)

describe('who answers for which grid', () => {
  it('a worker of two grids has the time of each, once', () => {
    // x from 0 to 600 in 10 min: 300 m, 5 min, in each.
    expect(insideMinutes(match(walk(noon, 10), grid('a', first), grid('b', second)))).toEqual({ a: 5, b: 5 })
  })

  it('a second worker of the same grid has their own figures, and changes nobody’s', () => {
    const theirs = walk(noon + 2 * minute, 10, 60)
    expect(insideMinutes(match(theirs, grid('a', first)))).toEqual({ a: 4 })
    // Two patrol together: each has all of it, as each would alone.
    const [alone] = match(walk(noon, 10), grid('a', first))
    const together = ['w1', 'w2'].map((worker) =>
      presentPatrolDay(worker, match(walk(noon, 10), grid('a', first))[0]!),
    )
    for (const one of together) expect({ ...one, worker: 'w' }).toEqual(presentPatrolDay('w', alone!))
  })

  it('where grids overlap each has it: whose it is, is a matter of the division', () => {
    const overlapping = grid('b', box(240, -50, 610, 50))
    expect(insideMinutes(match(walk(noon, 10), grid('a', first), overlapping))).toEqual({ a: 5, b: 6 })
  })

  it('an assignment handed over at noon: before it the one’s, after it the other’s, to the second', () => {
    const fixes = walk(noon - 2 * minute - 30_000, 5)
    expect(insideMinutes(match(fixes, grid('a', first, null, noon)))).toEqual({ a: 2.5 })
    expect(insideMinutes(match(fixes, grid('a', first, noon, null)))).toEqual({ a: 2.5 })
    // Given back and taken again, with a break of two minutes.
    const twice = [grid('a', first, null, noon - minute), grid('a', first, noon + minute, null)]
    expect(insideMinutes(match(fixes, ...twice))).toEqual({ a: 3 })
  })

  it('from one grid to another at noon: two results, nothing twice', () => {
    const both = box(-10, -50, 610, 50)
    const fixes = walk(noon - 2 * minute - 30_000, 5)
    expect(insideMinutes(match(fixes, grid('a', both, null, noon), grid('b', both, noon, null)))).toEqual({
      a: 2.5,
      b: 2.5,
    })
  })

  it('a boundary corrected at noon counts from noon', () => {
    const fixes = walk(noon - 5 * minute, 10)
    // Until noon x < 300 lies within; from noon on only x < 360 does: a minute more.
    const versions = [grid('a', first, null, noon), grid('a', box(-10, -50, 360, 50), noon, null)]
    expect(insideMinutes(match(fixes, ...versions))).toEqual({ a: 6 })
  })
})

describe('why a moment does not count', () => {
  const reasonsOf = (fixes: readonly Fix[], ...grids: AssignedGrid[]) => {
    const read = readWorkerDay(orderFixes(fixes), day, policy)!
    return labelTrace(read, grids, policy).map(({ label, from, to, reason }) => [
      label,
      (from - noon) / minute,
      (to - noon) / minute,
      reason?.code ?? null,
      reason?.value ?? null,
      reason?.limit ?? null,
    ])
  }

  it('names the limit and the value of each', () => {
    const poor = walk(noon, 6).map((one, i) => (i === 3 ? { ...one, accuracyMetres: 180 } : one))
    const late = walk(noon + 30 * minute, 2, 400)
    const fast = [33, 34].map((at1, i) => {
      const [longitude, latitude] = at(520 + 1200 * (i + 1), 0)
      return { time: noon + at1 * minute, longitude, latitude }
    })
    expect(reasonsOf([...poor, ...late, ...fast], grid('a', box(-10, -50, 5000, 50)))).toEqual([
      ['inside', 0, 2, null, null, null],
      ['unreliable', 2, 4, 'low_accuracy', 180, 100],
      ['inside', 4, 6, null, null, null],
      ['unobserved', 6, 30, 'silence', 1440, 900],
      ['inside', 30, 32, null, null, null],
      // 1,200 m in a minute.
      ['unreliable', 32, 34, 'implausible_speed', expect.closeTo(20, 2), 15],
    ])
  })

  it('tells beyond the boundary from before the assignment', () => {
    const fixes = walk(noon, 10)
    expect(reasonsOf(fixes, grid('a', first, noon + 2.5 * minute, null))).toEqual([
      ['outside', 0, 2.5, 'not_in_force', null, null],
      ['inside', 2.5, 5, null, null, null],
      ['outside', 5, 10, 'outside_grid', null, null],
    ])
  })

  it('every piece but what counts has a reason, and what counts has none', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        const read = readWorkerDay(orderFixes(fixes), localDayOf(fixes[0]!.time), policy)!
        for (const piece of labelTrace(read, [grid('a', box(-150, -150, 150, 150))], policy)) {
          const counts = piece.label === 'inside' || piece.label === 'stay'
          expect(piece.reason === null).toBe(counts)
          expect(piece.to).toBeGreaterThanOrEqual(piece.from)
        }
      }),
      { numRuns: 200 },
    )
  })
})

const bytes = (days: readonly PatrolDay[]): string =>
  JSON.stringify(days.map((one) => presentPatrolDay('w', one)))

describe('however the fixes arrive', () => {
  const grids = [grid('a', box(-150, -150, 0, 150)), grid('b', box(0, -150, 150, 150))]

  it('in batches, late, doubled: the day recomputed from what is there in the end is the same', () => {
    fc.assert(
      fc.property(
        arbitraryFixes(60).chain((fixes) =>
          fc.tuple(
            fc.constant(fixes),
            fc.shuffledSubarray(fixes, { minLength: fixes.length }),
            fc.array(fc.nat(fixes.length), { maxLength: 5 }),
          ),
        ),
        ([fixes, arrival, cuts]) => {
          const ends = [...new Set([...cuts, fixes.length])].sort((a, b) => a - b)
          let stored: Fix[] = []
          let last: PatrolDay[] = []
          let start = 0
          for (const end of ends) {
            // Each batch repeats half of the one before; the days are matched anew after each.
            stored = [...stored, ...arrival.slice(Math.max(0, start - Math.floor((end - start) / 2)), end)]
            last = matchWorker(stored, grids, [], policy)
            start = end
          }
          expect(bytes(last)).toBe(bytes(matchWorker(fixes, grids, [], policy)))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('the seconds of each grid add up to the day', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        for (const one of matchWorker(fixes, grids, [], policy)) {
          const { inside, outside, unobserved, unreliable } = one.seconds
          expect(inside + outside + unobserved + unreliable).toBe(Math.round((one.last - one.first) / 1000))
        }
      }),
      { numRuns: 200 },
    )
  })
})
