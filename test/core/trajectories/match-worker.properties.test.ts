import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentPatrolDay } from '../../../server/contract/match.ts'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import { dayBounds, fixesNeededFor, localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { matchWorker } from '../../../server/core/trajectories/match-worker.ts'
import { matchWorkerDay, type PatrolDay } from '../../../server/core/trajectories/match-worker-day.ts'
import type { AreaGeometry, Fix } from '../../../server/core/values.ts'
import { arbitraryFixes, start } from './arbitrary-fixes.ts'
import { at } from './simulate.ts'

const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
const always = (code: string, geometry: AreaGeometry) => ({ code, geometry, from: null, to: null })

const county = box(-20_000, -20_000, 20_000, 20_000)
const whole = box(-150, -150, 150, 150)
// The seam lies askew, so that hardly any vertex of a trace falls on it.
const west: AreaGeometry = {
  type: 'Polygon',
  coordinates: [[at(-150, -150), at(-40, -150), at(35, 150), at(-150, 150), at(-150, -150)]],
}
const east: AreaGeometry = {
  type: 'Polygon',
  coordinates: [[at(-40, -150), at(150, -150), at(150, 150), at(35, 150), at(-40, -150)]],
}
const households = Array.from({ length: 40 }, (_, i) => {
  const [longitude, latitude] = at((i % 8) * 40 - 140, Math.floor(i / 8) * 60 - 130)
  return { id: `h${i}`, longitude, latitude }
})

const bytes = (days: readonly PatrolDay[]): string =>
  JSON.stringify(days.map((day) => [presentPatrolDay('w', day), day.hexagons.visited, day.households.passed]))

const match = (fixes: readonly Fix[], ...grids: ReturnType<typeof always>[]): PatrolDay[] =>
  matchWorker(fixes, grids, households, policy)

describe('a patrol day is a function of the set of fixes', () => {
  it('any order, repetition and batching gives the same bytes', () => {
    fc.assert(
      fc.property(
        arbitraryFixes(60).chain((fixes) =>
          fc.tuple(
            fc.constant(fixes),
            fc.shuffledSubarray(fixes, { minLength: fixes.length }),
            fc.subarray(fixes),
          ),
        ),
        ([fixes, shuffled, repeated]) => {
          expect(bytes(match([...shuffled, ...repeated], always('a', whole)))).toBe(
            bytes(match(fixes, always('a', whole))),
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  it('a day needs no more fixes than fixesNeededFor says', () => {
    fc.assert(
      fc.property(arbitraryFixes(80), (fixes) => {
        for (const day of ['2026-10-08', '2026-10-09']) {
          const { from, to } = fixesNeededFor(day, policy)
          const needed = fixes.filter(({ time }) => time >= from && time < to)
          const grids = [always('a', whole)]
          expect(bytes(matchWorkerDay(needed, day, grids, households, policy))).toBe(
            bytes(matchWorkerDay(fixes, day, grids, households, policy)),
          )
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('every moment carries one label', () => {
  it('milliseconds add up to last − first, whole seconds to the rounded sum', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        for (const day of match(fixes, always('a', whole), always('b', east))) {
          const { inside, outside, unobserved, unreliable } = day.milliseconds
          expect(inside + outside + unobserved + unreliable).toBeCloseTo(day.last - day.first, 6)
          const { seconds } = presentPatrolDay('w', day)
          const sum = seconds.inside + seconds.outside + seconds.unobserved + seconds.unreliable
          expect(sum).toBe(Math.round((day.last - day.first) / 1000))
          expect(Math.min(...Object.values(seconds))).toBeGreaterThanOrEqual(0)
          expect(day.first).toBeGreaterThanOrEqual(dayBounds(day.date).from)
          expect(day.last).toBeLessThanOrEqual(dayBounds(day.date).to)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a grid split in two splits its time and metres exactly', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        const before = match(fixes, always('whole', whole))
        const after = match(fixes, always('w', west), always('e', east))
        for (const day of before) {
          const parts = after.filter(({ date }) => date === day.date)
          const sum = (of: (part: PatrolDay) => number): number => parts.reduce((s, part) => s + of(part), 0)
          expect(parts).toHaveLength(2)
          expect(sum((part) => part.milliseconds.inside)).toBeCloseTo(day.milliseconds.inside, 3)
          expect(sum((part) => part.metres.inside)).toBeCloseTo(day.metres.inside, 6)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('movement is never longer than the raw trace, and inside and outside make the whole', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        // Large hexagons: 40 km at resolution 11 would be a million of them.
        const coarse = { ...policy, hexagonResolution: 6 }
        const [here] = matchWorker(fixes, [always('a', whole)], households, coarse)
        const [everywhere] = matchWorker(fixes, [always('a', county)], households, coarse)
        expect(here!.metres.inside + here!.metres.outside).toBeCloseTo(everywhere!.metres.inside, 6)
        expect(everywhere!.metres.outside).toBeCloseTo(0, 6)
        expect(everywhere!.households.passed.length).toBeGreaterThanOrEqual(here!.households.passed.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('days are local days', () => {
  it('a trace moved by whole days gives the same results on other dates', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), fc.integer({ min: -400, max: 400 }), (fixes, days) => {
        const moved = fixes.map((fix) => ({ ...fix, time: fix.time + days * 86_400_000 }))
        const plain = (results: PatrolDay[], shift: number): string =>
          bytes(
            results.map((day) => ({
              ...day,
              date: localDayOf(dayBounds(day.date).from - shift),
              first: day.first - shift,
              last: day.last - shift,
              stays: day.stays.map((stay) => ({ ...stay, from: stay.from - shift, to: stay.to - shift })),
              flags: day.flags.map((flag) => ({ ...flag, from: flag.from - shift, to: flag.to - shift })),
            })),
          )
        expect(plain(match(moved, always('a', whole)), days * 86_400_000)).toBe(
          plain(match(fixes, always('a', whole)), 0),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('the two sides of midnight together have the time of the whole', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        const days = match(fixes, always('a', whole))
        // The same trace twelve hours later lies within one day.
        const later = fixes.map((fix) => ({ ...fix, time: fix.time + 12 * 3_600_000 }))
        const undivided = match(later, always('a', whole))
        fc.pre(undivided.length === 1 && days.every((day) => day.stays.length === 0))
        fc.pre(undivided[0]!.stays.length === 0)
        const sum = (of: (day: PatrolDay) => number): number => days.reduce((s, day) => s + of(day), 0)
        const [one] = undivided as [PatrolDay]
        expect(sum((day) => day.milliseconds.inside)).toBeCloseTo(one.milliseconds.inside, 3)
        expect(sum((day) => day.milliseconds.outside)).toBeCloseTo(one.milliseconds.outside, 3)
        expect(sum((day) => day.milliseconds.unreliable)).toBeCloseTo(one.milliseconds.unreliable, 3)
        expect(sum((day) => day.fixes)).toBe(one.fixes)
      }),
      { numRuns: 300 },
    )
  })

  it('starts every arbitrary trace an hour before midnight', () => {
    expect(new Date(start).toISOString()).toBe('2026-10-08T15:00:00.000Z') // 23:00 in Shanghai
  })
})
