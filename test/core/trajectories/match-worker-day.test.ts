import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import type { AssignedGrid } from '../../../server/core/trajectories/find-inside-spans.ts'
import {
  indexGrids,
  matchWorker,
  matchWorkerAnywhere,
} from '../../../server/core/trajectories/match-worker.ts'
import { matchWorkerDay, type PatrolDay } from '../../../server/core/trajectories/match-worker-day.ts'
import type { AreaGeometry, Fix } from '../../../server/core/values.ts'
import { at } from './simulate.ts'

const day = '2026-10-09'
const noon = Date.parse('2026-10-09T04:00:00Z') // 12:00 in Shanghai
const minute = 60_000
const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
})
const grid = (code: string, geometry: AreaGeometry, from: number | null = null, to: number | null = null): AssignedGrid =>
  ({ code, geometry, from, to }) // biome-ignore format: one line
const fix = (time: number, x: number, y: number, accuracyMetres?: number): Fix => {
  const [longitude, latitude] = at(x, y)
  return { time, longitude, latitude, ...(accuracyMetres === undefined ? {} : { accuracyMetres }) }
}
/** A fix a minute from `start`, along the x axis at 60 m a minute. */
const walk = (start: number, minutes: number, x = 0, y = 0): Fix[] =>
  Array.from({ length: minutes + 1 }, (_, i) => fix(start + i * minute, x + i * 60, y))
const only = (days: readonly PatrolDay[]): PatrolDay => {
  expect(days).toHaveLength(1)
  return days[0]!
}
const match = (fixes: readonly Fix[], ...grids: AssignedGrid[]): PatrolDay[] =>
  matchWorkerDay(fixes, day, grids, [], policy)

describe('time and distance in a grid', () => {
  it('interpolates the crossings', () => {
    // 60 m a minute from x = 0; the grid is x in [90, 330]: in at 1.5 min, out at 5.5 min.
    const result = only(match(walk(noon, 10), grid('a', box(90, -50, 330, 50))))
    expect(result.milliseconds.inside).toBeCloseTo(4 * minute, 0)
    expect(result.milliseconds.outside).toBeCloseTo(6 * minute, 0)
    expect(result.metres.inside).toBeCloseTo(240, 1)
    expect(result.metres.outside).toBeCloseTo(360, 1)
  })

  it('counts both ways of a walk that doubles back along itself', () => {
    const there = walk(noon, 10)
    const back = there.slice(0, -1).reverse().map((one, i) => ({ ...one, time: noon + (11 + i) * minute })) // biome-ignore format: one line
    const result = only(match([...there, ...back], grid('a', box(90, -50, 330, 50))))
    expect(result.metres.inside).toBeCloseTo(480, 1)
    expect(result.milliseconds.inside).toBeCloseTo(8 * minute, 0)
  })

  it('gives what runs along a shared edge to the smaller code', () => {
    const upper = grid('b', box(-10, 0, 1000, 500))
    const lower = grid('a', box(-10, -500, 1000, 0))
    const along = walk(noon, 10) // y = 0: exactly on the edge
    const both = match(along, upper, lower)
    expect(both.map(({ grid: code, metres }) => [code, Math.round(metres.inside)])).toEqual([
      ['a', 600],
      ['b', 0],
    ])
    expect(only(match(along, upper)).metres.inside).toBeCloseTo(600, 1)
  })

  it('has a result for an assigned grid never entered, none for a day without a fix', () => {
    const away = only(match(walk(noon, 10), grid('a', box(5000, 5000, 6000, 6000))))
    expect(away.milliseconds).toEqual({ inside: 0, outside: 600_000, unobserved: 0, unreliable: 0 })
    expect(matchWorkerDay(walk(noon, 10), '2026-10-10', [grid('a', box(0, 0, 1, 1))], [], policy)).toEqual([])
  })
})

describe('versions of the boundary and of the assignment', () => {
  const wide = box(-10, -50, 10_000, 50)
  const narrow = box(-10, -50, 300, 50)
  const morningAndAfternoon = walk(noon - 10 * minute, 20)

  it('a boundary changed at noon counts from noon', () => {
    const result = only(
      match(morningAndAfternoon, grid('a', wide, null, noon), grid('a', narrow, noon, null)),
    )
    // Until noon the walk is within the wide grid (600 m); from noon on at x > 600, beyond the narrow one.
    expect(result.milliseconds.inside).toBeCloseTo(10 * minute, 0)
    expect(result.metres.inside).toBeCloseTo(600, 1)
  })

  it('an assignment that ends between two fixes cuts the segment', () => {
    const result = only(match(morningAndAfternoon, grid('a', wide, null, noon + 30_000)))
    expect(result.milliseconds.inside).toBeCloseTo(10.5 * minute, 0)
    expect(result.metres.inside).toBeCloseTo(630, 1)
  })

  it('two features of one code are one grid, and are not counted twice where they overlap', () => {
    const result = only(
      match(walk(noon, 10), grid('a', box(-10, -50, 300, 50)), grid('a', box(240, -50, 420, 50))),
    )
    expect(result.metres.inside).toBeCloseTo(420, 1)
  })

  it('an assignment of another day gives no result', () => {
    expect(match(walk(noon, 10), grid('a', wide, noon + 24 * 60 * minute, null))).toEqual([])
  })
})

describe('what was not seen or cannot be believed', () => {
  const wide = grid('a', box(-10_000, -10_000, 10_000, 10_000))
  const coarse = { ...policy, hexagonResolution: 7 }
  const matchWide = (fixes: readonly Fix[]): PatrolDay => only(matchWorkerDay(fixes, day, [wide], [], coarse))

  it('a silence longer than the gap is unobserved, a shorter one is not', () => {
    const result = matchWide([...walk(noon, 10), ...walk(noon + 30 * minute, 10, 700)])
    expect(result.milliseconds).toEqual({
      inside: 20 * minute,
      outside: 0,
      unobserved: 20 * minute,
      unreliable: 0,
    })
    expect(result.metres.inside).toBeCloseTo(1200, 1) // the 100 m of the silence are not credited
    expect(result.flags.map(({ code, from, to }) => [code, from, to])).toEqual([
      ['unobserved', noon + 10 * minute, noon + 30 * minute],
    ])
    expect(matchWide([...walk(noon, 10), ...walk(noon + 20 * minute, 10, 700)]).milliseconds.unobserved).toBe(
      0,
    )
  })

  it('a spike is set apart; between near fixes it costs nothing, and is told', () => {
    const clean = walk(noon, 20).flatMap((one, i) => (i % 2 === 0 ? [one] : [{ ...one }]))
    const spiked = clean.toSpliced(10, 1, fix(noon + 10 * minute, 600, 3000))
    const tight = { ...coarse, bridgeSeconds: 120 }
    const result = only(matchWorkerDay(spiked, day, [wide], [], tight))
    expect(result.metres.inside).toBeCloseTo(1200, 1)
    expect(result.milliseconds.unreliable).toBe(0)
    expect(result.flags).toHaveLength(1)
    expect(result.flags[0]).toMatchObject({
      code: 'implausible_speed',
      from: noon + 10 * minute,
      to: noon + 10 * minute,
    })
    // 3,000 m north and 60 m east in a minute: 50.01 m/s.
    expect(result.flags[0]!.evidence['metres_per_second']).toBeCloseTo(50, 1)
  })

  it('between far fixes the time about a spike is unreliable', () => {
    const spiked = walk(noon, 20).toSpliced(10, 1, fix(noon + 10 * minute, 600, 3000))
    const result = matchWide(spiked)
    expect(result.milliseconds).toEqual({
      inside: 18 * minute,
      outside: 0,
      unobserved: 0,
      unreliable: 2 * minute,
    })
    expect(result.metres.inside).toBeCloseTo(1080, 1)
  })

  it('one implausible movement condemns no fix but is not credited', () => {
    const result = matchWide([...walk(noon, 10), ...walk(noon + 11 * minute, 10, 5000)])
    expect(result.milliseconds.unreliable).toBe(minute)
    expect(result.metres.inside).toBeCloseTo(1200, 1)
  })

  it('a stretch of poor accuracy is unreliable', () => {
    const fixes = walk(noon, 20).map((one, i) => (i >= 5 && i <= 9 ? { ...one, accuracyMetres: 500 } : one))
    const result = matchWide(fixes)
    expect(result.milliseconds.unreliable).toBe(6 * minute)
    expect(result.flags).toEqual([
      {
        code: 'low_accuracy',
        from: noon + 4 * minute,
        to: noon + 10 * minute,
        evidence: { fixes: 5, accuracy_metres: 500 },
      },
    ])
  })

  it('a bus at 20 m/s is unreliable for as long as it runs', () => {
    const bus = Array.from({ length: 11 }, (_, i) => fix(noon + 10 * minute + i * minute, 600 + i * 1200, 0))
    const result = only(matchWorkerDay([...walk(noon, 9), ...bus], day, [grid('a', box(-50, -50, 20_000, 50))], [], coarse)) // biome-ignore format: one line
    expect(result.milliseconds.unreliable).toBe(10 * minute)
    expect(result.flags.map(({ code }) => code)).toEqual(['implausible_speed'])
    // Eleven fixes; the first and the last are reached or left at a walk, and stand.
    expect(result.flags[0]!.evidence).toEqual({ fixes: 9, metres_per_second: 20 })
  })

  it('two places at one instant: the more accurate is kept, and told', () => {
    const fixes = [...walk(noon, 10), fix(noon + 5 * minute, 300, 40, 5)]
    const result = matchWide(fixes)
    expect(result.fixes).toBe(11)
    expect(result.flags).toEqual([
      { code: 'same_instant', from: noon + 5 * minute, to: noon + 5 * minute, evidence: { instants: 1 } },
    ])
  })
})

describe('midnight in Shanghai', () => {
  it('cuts the segment that runs across it', () => {
    const midnight = Date.parse('2026-10-09T16:00:00Z')
    const fixes = walk(midnight - 10 * minute - 30_000, 20) // no fix at midnight itself
    const days = matchWorker(fixes, [grid('a', box(-10, -50, 10_000, 50))], [], policy)
    expect(days.map(({ date, fixes: n, first, last }) => [date, n, first, last])).toEqual([
      ['2026-10-09', 11, fixes[0]!.time, midnight],
      ['2026-10-10', 10, midnight, fixes.at(-1)!.time],
    ])
    expect(days[0]!.metres.inside).toBeCloseTo(630, 1)
    expect(days[1]!.metres.inside).toBeCloseTo(570, 1)
  })

  it('does not cut a silence: the phone was off overnight', () => {
    const evening = walk(Date.parse('2026-10-09T13:00:00Z'), 10)
    const morning = walk(Date.parse('2026-10-10T01:00:00Z'), 10, 600)
    const days = matchWorker([...evening, ...morning], [grid('a', box(-10, -50, 10_000, 50))], [], policy)
    expect(days.map(({ first, last }) => last - first)).toEqual([10 * minute, 10 * minute])
  })
})

describe('rounds, rules, households, hexagons', () => {
  const home = grid('a', box(-10, -50, 1250, 50))

  it('a second round is an hour after the first', () => {
    const twice = (hours: number): PatrolDay =>
      only(match([...walk(noon, 20), ...walk(noon + hours * 60 * minute, 20)], home))
    expect(twice(2).rounds).toBe(2)
    expect(twice(1.2).rounds).toBe(1) // 20 min of walking leave 52 min between
    expect(only(match(walk(noon, 3), home)).rounds).toBe(0) // 3 minutes are no round
  })

  it('judges hours and kilometres of the policy', () => {
    // 240 minutes at 60 m a minute, to and fro in one lane of 600 m: 4 h and 14.4 km.
    const fixes = Array.from({ length: 241 }, (_, i) =>
      fix(noon + i * minute, Math.abs(((i + 10) % 20) - 10) * 60, 0),
    )
    const { rules } = only(match(fixes, home))
    // Of each twenty fixes two are nearer to the boundary than their error: 0.4 h hang on them.
    expect(rules[0]).toEqual({
      ...{ rule: 'hours', required: 4, actual: 4, unit: 'h', met: true },
      ...{ error: 0.4, withinError: true },
    })
    expect(rules[1]).toMatchObject({ rule: 'kilometres', required: 3, actual: 14.4, unit: 'km', met: true })
    expect(rules[1]).toMatchObject({ withinError: false })
    expect(only(match(fixes.slice(0, -1), home)).rules[0]).toMatchObject({ actual: 3.98, met: false })
  })

  it('passes the households within 25 m of the inside part, unless the fixes are too poor', () => {
    const households = [
      { id: 'near', ...place(300, 24) },
      { id: 'far', ...place(400, 27) },
      { id: 'elsewhere', ...place(300, 200) },
    ]
    const passed = (fixes: readonly Fix[]) =>
      only(matchWorkerDay(fixes, day, [home], households, policy)).households
    expect(passed(walk(noon, 20))).toEqual({ passed: ['near'], total: 2 })
    const poor = walk(noon, 20).map((one) => ({ ...one, accuracyMetres: 60 }))
    expect(passed(poor)).toEqual({ passed: [], total: 2 })
  })

  it('visits hexagons along the way, poor fixes none', () => {
    const { hexagons } = only(match(walk(noon, 20), home))
    // 1,200 m through hexagons of some 50 m: at least 1,200 / 57 (corner to corner).
    expect(hexagons.visited.length).toBeGreaterThan(20)
    expect(hexagons.visited.length).toBeLessThanOrEqual(hexagons.inGrid)
    const poor = walk(noon, 20).map((one) => ({ ...one, accuracyMetres: 60 }))
    expect(only(match(poor, home)).hexagons.visited).toEqual([])
  })

  function place(x: number, y: number): { longitude: number; latitude: number } {
    const [longitude, latitude] = at(x, y)
    return { longitude, latitude }
  }
})

describe('without assignments', () => {
  it('every grid the trace enters, no other', () => {
    const grids = Array.from({ length: 400 }, (_, i) => ({
      code: String(i).padStart(3, '0'),
      geometry: box(
        (i % 20) * 100,
        Math.floor(i / 20) * 100,
        (i % 20) * 100 + 100,
        Math.floor(i / 20) * 100 + 100,
      ),
    }))
    // From x = 50 to 650 at y = 150: the second row, columns 0 to 6.
    const days = matchWorkerAnywhere(walk(noon, 10, 50, 150), indexGrids(grids), [], policy)
    expect(days.map(({ grid: code }) => code)).toEqual(['020', '021', '022', '023', '024', '025', '026'])
    expect(days.reduce((sum, { metres }) => sum + metres.inside, 0)).toBeCloseTo(600, 1)
    expect(matchWorkerAnywhere(walk(noon, 10), indexGrids([]), [], policy)).toEqual([])
  })
})
