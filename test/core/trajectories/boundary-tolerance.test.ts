import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentPatrolDay } from '../../../server/contract/match.ts'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import type { AssignedGrid } from '../../../server/core/trajectories/find-inside-spans.ts'
import {
  indexGrids,
  matchWorker,
  matchWorkerAnywhere,
} from '../../../server/core/trajectories/match-worker.ts'
import { matchWorkerDay, type PatrolDay } from '../../../server/core/trajectories/match-worker-day.ts'
import type { AreaGeometry, Fix } from '../../../server/core/values.ts'
import { arbitraryFixes } from './arbitrary-fixes.ts'
import { at, observe } from './simulate.ts'

const day = '2026-10-09'
const noon = Date.parse('2026-10-09T04:00:00Z')
const minute = 60_000
const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
const grid = (code: string, geometry: AreaGeometry, from: number | null = null, to: number | null = null): AssignedGrid =>
  ({ code, geometry, from, to }) // biome-ignore format: one line
/** Places as [minute, x, y, accuracy]. */
type Row = readonly [minute: number, x: number, y: number, accuracy?: number]
const fixesOf = (rows: readonly Row[]): Fix[] =>
  rows.map(([minutes, x, y, accuracyMetres]) => {
    const [longitude, latitude] = at(x, y)
    return {
      time: noon + minutes * minute,
      longitude,
      latitude,
      ...(accuracyMetres === undefined ? {} : { accuracyMetres }),
    }
  })
const match = (rows: readonly Row[], ...grids: AssignedGrid[]): PatrolDay[] =>
  matchWorkerDay(fixesOf(rows), day, grids, [], policy)
/** Minutes inside, strictly and with tolerance. */
const minutesOf = ({ milliseconds, tolerant }: PatrolDay): [number, number] => [
  Math.round(milliseconds.inside / 600) / 100,
  Math.round(tolerant!.milliseconds / 600) / 100,
]

/** West of x = 0. */
const west = grid('w', box(-10_000, -10_000, 0, 10_000))

describe('the tolerance of the boundary', () => {
  it('enters at the true boundary: near is not inside', () => {
    expect(minutesOf(match([[0, 15, 0], [1, 15, 60], [2, 15, 120]], west)[0]!)).toEqual([0, 0]) // biome-ignore format: a table
  })

  it('is not left within 20 m of the boundary, however long', () => {
    // In for a minute and a half, then along the line 15 m outside: the crossing is half way between −10 and 10 … at 1.5 min.
    const rows: Row[] = [[0, -60, 0], [1, -15, 40], [2, 15, 80], [3, 15, 140], [4, 15, 200]] // biome-ignore format: a table
    expect(minutesOf(match(rows, west)[0]!)).toEqual([1.5, 4])
  })

  it('is left by two fixes in a row beyond it; the way out is read strictly', () => {
    const rows: Row[] = [[0, -60, 0], [1, -30, 0], [2, 30, 0], [3, 90, 0], [4, 150, 0]] // biome-ignore format: a table
    expect(minutesOf(match(rows, west)[0]!)).toEqual([1.5, 1.5])
  })

  it('one fix beyond it is not leaving', () => {
    const rows: Row[] = [[0, -60, 0], [1, -30, 0], [2, 30, 0], [3, -30, 0], [4, -60, 0]] // biome-ignore format: a table
    expect(minutesOf(match(rows, west)[0]!)).toEqual([3, 4])
  })

  it('reaches as far as the error radius, up to 50 m', () => {
    const along = (accuracy: number): Row[] => [[0, -60, 0, 10], [1, -40, 40, 10], [2, 40, 80, accuracy], [3, 40, 140, accuracy], [4, 40, 200, accuracy]] // biome-ignore format: a table
    expect(minutesOf(match(along(30), west)[0]!)).toEqual([1.5, 1.5])
    expect(minutesOf(match(along(45), west)[0]!)).toEqual([1.5, 4])
    const far: Row[] = [[0, -60, 0, 10], [1, -60, 40, 10], [2, 60, 80, 90], [3, 60, 140, 90], [4, 60, 200, 90]] // biome-ignore format: a table
    expect(minutesOf(match(far, west)[0]!)).toEqual([1.5, 1.5])
  })

  it('a silence ends it: where somebody went is not known', () => {
    const rows: Row[] = [[0, -60, 0], [1, -15, 0], [2, 15, 0], [30, 15, 0], [31, 15, 60]] // biome-ignore format: a table
    expect(minutesOf(match(rows, west)[0]!)).toEqual([1.5, 2])
  })

  it('nobody is credited beside a neighbour’s edge who is not assigned', () => {
    const fixes = fixesOf([[0, -60, 0], [1, -15, 0], [2, 15, 0]]) // biome-ignore format: a table
    const [found] = matchWorkerAnywhere(fixes, indexGrids([west]), [], policy)
    expect(found!.tolerant).toBeNull()
    expect(presentPatrolDay('w', found!).tolerant).toBeNull()
  })

  it('what is strictly in another grid of the worker is that one’s', () => {
    const east = grid('e', box(0, -10_000, 10_000, 10_000))
    const rows: Row[] = [[0, -60, 0], [1, -15, 40], [2, 15, 80], [3, 15, 140], [4, -15, 200]] // biome-ignore format: a table
    const days = match(rows, west, east)
    expect(days.map(({ grid: code }) => code)).toEqual(['e', 'w'])
    expect(days.map(minutesOf)).toEqual([
      [2, 2],
      [2, 2],
    ])
  })

  it('carries on when the boundary changes at noon', () => {
    const before = grid('w', box(-10_000, -10_000, 0, 10_000), null, noon + 2.5 * minute)
    const after = grid('w', box(-10_000, -10_000, 5, 10_000), noon + 2.5 * minute, null)
    const rows: Row[] = [[0, -60, 0], [1, -15, 40], [2, 15, 80], [3, 15, 140], [4, 15, 200]] // biome-ignore format: a table
    expect(minutesOf(match(rows, before, after)[0]!)).toEqual([1.5, 4])
    // An assignment that ends does not.
    expect(minutesOf(match(rows, before)[0]!)).toEqual([1.5, 2.5])
  })

  it('the rules judge the figures that the policy names', () => {
    const rows = Array.from(
      { length: 301 },
      (_, i): Row => [i, i < 2 ? -15 : 15, 30 * Math.abs((i % 20) - 10)],
    )
    const rulesBy = (boundary: 'strict' | 'tolerant') => {
      const [found] = matchWorkerDay(fixesOf(rows), day, [west], [], { ...policy, boundary })
      return { judged: found!.judged, hours: found!.rules[0]! }
    }
    // In for a minute and a half of five hours; 15 m beside the line for the rest.
    expect(rulesBy('strict')).toMatchObject({ judged: 'strict', hours: { actual: 0.02, met: false } })
    expect(rulesBy('tolerant')).toMatchObject({ judged: 'tolerant', hours: { actual: 5, met: true } })
  })

  it('an hour of standing 5 m inside with fixes apart is whole; strictly it flaps', () => {
    // No stay: a rule without collapsing, as a phone with rare fixes gives it.
    const fixes = observe(() => [-5, 0], 3600, { from: noon, every: 20, seed: 5, sigma: 10, correlation: 20 })
    const loose = { ...policy, staySeconds: 7200 }
    const [found] = matchWorkerDay(fixes, day, [west], [], loose)
    expect(found!.milliseconds.inside).toBeLessThan(0.9 * 3_600_000)
    expect(found!.tolerant!.milliseconds).toBeGreaterThan(0.95 * 3_600_000)
  })
})

describe('time beside the boundary', () => {
  it('is that of segments with an end nearer to it than its error radius', () => {
    // Two minutes far inside, one minute that ends 12 m inside with a radius of 15 m, half a minute to the crossing.
    const rows: Row[] = [[0, -300, 0, 15], [1, -240, 0, 15], [2, -100, 0, 15], [3, -12, 0, 15], [4, 12, 0, 15]] // biome-ignore format: a table
    const [found] = match(rows, west)
    expect(found!.boundaryMilliseconds).toBeCloseTo(1.5 * minute, -1)
    const exact = rows.map(([minutes, x, y]): Row => [minutes, x, y, 5])
    expect(match(exact, west)[0]!.boundaryMilliseconds).toBe(0)
  })
})

const whole = box(-150, -150, 150, 150)
const left: AreaGeometry = {
  type: 'Polygon',
  coordinates: [[at(-150, -150), at(-40, -150), at(35, 150), at(-150, 150), at(-150, -150)]],
}
const right: AreaGeometry = {
  type: 'Polygon',
  coordinates: [[at(-40, -150), at(150, -150), at(150, 150), at(35, 150), at(-40, -150)]],
}

describe('properties', () => {
  it('tolerant is never less than strict, and no more than was observed', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        for (const found of matchWorker(fixes, [grid('a', whole)], [], policy)) {
          const { inside, outside } = found.milliseconds
          expect(found.tolerant!.milliseconds).toBeGreaterThanOrEqual(inside)
          expect(found.tolerant!.milliseconds).toBeLessThanOrEqual(inside + outside + 1e-3)
          expect(found.tolerant!.metres).toBeGreaterThanOrEqual(found.metres.inside)
          expect(found.tolerant!.metres).toBeLessThanOrEqual(
            found.metres.inside + found.metres.outside + 1e-6,
          )
          expect(found.boundaryMilliseconds).toBeLessThanOrEqual(inside + 1e-3)
          expect(found.insideErrorMetres).toBeGreaterThanOrEqual(0)
          const wire = presentPatrolDay('w', found)
          expect(wire.tolerant!.seconds).toBeGreaterThanOrEqual(wire.seconds.inside)
          expect(wire.tolerant!.metres).toBeGreaterThanOrEqual(wire.metres.inside)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('no moment is credited to two of a worker’s grids, strictly or with tolerance', () => {
    fc.assert(
      fc.property(arbitraryFixes(60), (fixes) => {
        const days = matchWorker(fixes, [grid('l', left), grid('r', right)], [], policy)
        for (const date of new Set(days.map((one) => one.date))) {
          const of = days.filter((one) => one.date === date)
          const { inside, outside } = of[0]!.milliseconds
          const sum = of.reduce((total, one) => total + one.tolerant!.milliseconds, 0)
          expect(sum).toBeLessThanOrEqual(inside + outside + 1e-3)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('a grid split in two splits its strict time and metres exactly, whatever the tolerance', () => {
    fc.assert(
      fc.property(
        arbitraryFixes(60),
        fc.constantFrom('strict' as const, 'tolerant' as const),
        (fixes, boundary) => {
          const used = { ...policy, boundary }
          const before = matchWorker(fixes, [grid('a', whole)], [], used)
          const after = matchWorker(fixes, [grid('l', left), grid('r', right)], [], used)
          for (const one of before) {
            const parts = after.filter(({ date }) => date === one.date)
            const sum = (of: (part: PatrolDay) => number): number =>
              parts.reduce((s, part) => s + of(part), 0)
            expect(sum((part) => part.milliseconds.inside)).toBeCloseTo(one.milliseconds.inside, 3)
            expect(sum((part) => part.metres.inside)).toBeCloseTo(one.metres.inside, 6)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
