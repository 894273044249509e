import { describe, expect, test } from 'vitest'
import { judgeDay } from '../../../server/core/evidence/judge-day.ts'
import { trackOf } from '../../../server/core/evidence/track.ts'
import { type Evidence, noReports, type ReportFacts } from '../../../server/core/evidence/values.ts'
import { mulberry32 } from '../../../server/core/planning/random.ts'
import { type EvidencePolicy, usualEvidence } from '../../../server/core/policy/evidence-policy.ts'
import { dayBounds } from '../../../server/core/trajectories/local-day.ts'
import type { Fix } from '../../../server/core/values.ts'
import { observeWay, type Phone, readFixes, TrueWay } from '../../support/simulate-days.ts'
import { at } from '../trajectories/simulate.ts'

const day = '2026-10-08'
const midnight = dayBounds(day).from
const hour = 3600
const phone: Phone = { everySeconds: 20, sigmaMetres: 8, isConstant: false, decimals: 7 }

const judge = (
  fixes: readonly Fix[],
  facts: ReportFacts = noReports,
  policy: EvidencePolicy = usualEvidence,
) => {
  const { read } = readFixes('a', day, fixes)
  return judgeDay(read, trackOf('a', read, policy), facts, policy)
}
const codes = (found: Evidence[]): string[] => found.map(({ code }) => code)

/** To and fro along a street of 800 m, hours long. */
function streetWalk(metresPerSecond: number, hours: number): TrueWay {
  const way = new TrueWay(8 * hour, [0, 0])
  for (let i = 1; way.now < (8 + hours) * hour; i++) way.to([i % 2 === 0 ? 0 : 800, 0], metresPerSecond)
  return way
}
/** Exactly on the way, evenly. */
const exactly = (way: TrueWay, everySeconds: number, accuracyMetres: (i: number) => number): Fix[] => {
  const fixes: Fix[] = []
  let i = 0
  for (let second = way.times[0]!; second <= way.now; second += everySeconds) {
    while (way.times[i + 1]! < second) i++
    const share = (second - way.times[i]!) / (way.times[i + 1]! - way.times[i]!)
    const [p, q] = [way.points[i]!, way.points[i + 1]!]
    const [longitude, latitude] = at(p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]))
    fixes.push({
      time: midnight + Math.round(second * 1000),
      longitude,
      latitude,
      accuracyMetres: accuracyMetres(fixes.length),
    })
  }
  return fixes
}

test('an honest walk gives none, whatever accuracy the phone states', () => {
  for (const isConstant of [true, false])
    for (const decimals of [7, 5])
      expect(
        judge(observeWay(streetWalk(1.1, 3), day, { ...phone, isConstant, decimals }, mulberry32(1))),
      ).toEqual([])
})

describe('a receiver without error', () => {
  test('is one whose accuracy is always the same and whose walk is straight and even', () => {
    const found = judge(exactly(streetWalk(1.2, 2), 17, () => 5))
    expect(codes(found)).toEqual(['no_jitter'])
    expect(found[0]!.figures['median_offset_metres']).toBeLessThan(0.01)
    expect(found[0]!.figures['same_accuracy_share']).toBe(1)
  })

  test('or comes by the same coordinates again and again', () => {
    // A loop of four fixes an hour long would do; 800 m at 1.6 m/s with a fix each 20 s is 25 places, each seen again each 1000 s.
    const uneven = exactly(streetWalk(1.6, 2), 20, () => 5).map((fix, i) => ({
      ...fix,
      latitude: fix.latitude + ((i * 7) % 25) * 2e-5,
    }))
    const found = judge(uneven)
    expect(codes(found)).toEqual(['no_jitter'])
    expect(found[0]!.figures['revisited_fixes']! / found[0]!.figures['moving_fixes']!).toBeGreaterThan(0.2)
  })

  test('neither half alone is evidence, nor is a short walk', () => {
    expect(judge(exactly(streetWalk(1.2, 2), 17, (i) => 4 + (i % 9)))).toEqual([])
    expect(judge(exactly(streetWalk(1.2, 0.2), 17, () => 5))).toEqual([])
  })
})

describe('a vehicle', () => {
  const ride = (metresPerSecond: number): Fix[] =>
    observeWay(streetWalk(metresPerSecond, 1), day, phone, mulberry32(2), 0)

  test('is found from 15 km/h, unless the policy does not ask', () => {
    const driven = new TrueWay(8 * hour, [0, 0])
    for (let i = 0; i < 6; i++) {
      driven.to([driven.here[0] + 3000, 0], 9)
      driven.stand(600)
    }
    const fixes = observeWay(driven, day, phone, mulberry32(3), 0)
    const [found] = judge(fixes)
    expect(found?.code).toBe('vehicle')
    // Six rides of 3 km at 9 m/s take 2,000 s; the first and last fix of each may miss up to 22 s.
    expect(found!.stretches).toHaveLength(6)
    expect(Math.abs(found!.figures['ride_metres']! - 18_000)).toBeLessThan(2000)
    expect(found!.figures['most_metres_per_second']).toBeCloseTo(9, 0)
    expect(judge(fixes, noReports, { ...usualEvidence, off: ['vehicle'] })).toEqual([])
  })

  test('walking and running are none, nor is a bus to the grid', () => {
    expect(judge(ride(1.4))).toEqual([])
    expect(judge(ride(3.5))).toEqual([])
    const way = new TrueWay(8 * hour, [-9000, 0])
    way.to([0, 0], 10)
    for (let i = 1; way.now < 10 * hour; i++) way.to([i % 2 === 0 ? 0 : 400, 0], 1.1)
    expect(judge(observeWay(way, day, phone, mulberry32(4), 0))).toEqual([])
  })
})

describe('an impossible jump', () => {
  const standing = (from: number, minutes: number, x: number, accuracyMetres = 8): Fix[] =>
    Array.from({ length: minutes * 3 }, (_, i) => {
      const [longitude, latitude] = at(x + (i % 3), 0)
      return { time: midnight + (from + i * 20) * 1000, longitude, latitude, accuracyMetres }
    })

  test('is one between two places that are both held', () => {
    // 30 km in 20 s is 1,500 m/s.
    const [found] = judge([...standing(9 * hour, 20, 0), ...standing(9 * hour + 20 * 60, 20, 30_000)])
    expect(found).toMatchObject({ code: 'impossible_jump', figures: { jumps: 1 } })
    expect(Math.abs(found!.figures['most_metres']! - 30_000)).toBeLessThan(150)
    expect(found!.to - found!.from).toBe(20_000)
  })

  test('a reflection, a mast and a train are none', () => {
    const [a, b] = [standing(9 * hour, 20, 0), standing(9 * hour + 20 * 60, 20, 0)]
    expect(judge([...a, ...standing(9 * hour + 20 * 60, 1, 30_000), ...b.slice(3)])).toEqual([])
    expect(judge([...a, ...standing(9 * hour + 20 * 60, 20, 30_000, 900)])).toEqual([])
    // 30 km in 10 minutes is 50 m/s.
    expect(judge([...a, ...standing(9 * hour + 30 * 60, 20, 30_000)])).toEqual([])
  })
})

test('what the phone says against itself, and a clock that is wrong, are told with their counts', () => {
  const fixes = observeWay(streetWalk(1.1, 1), day, phone, mulberry32(5), 0)
  const [from, to] = [fixes[0]!.time, fixes.at(-1)!.time]
  const facts = (mock: number, skew: number): ReportFacts => ({
    mock: { count: mock, from, to },
    skew: { count: skew, from, to, mostSeconds: 3600.4 },
  })
  expect(judge(fixes, facts(2, 9))).toEqual([])
  expect(judge(fixes, facts(3, 10))).toMatchObject([
    { code: 'clock_skew', from, to, figures: { reports: 10, most_seconds: 3600 } },
    { code: 'mock_position', from, to, figures: { fixes: 3 } },
  ])
})
