/**
 * Stays, stops and trips that others publish, where their definitions are ours. Their trajectories are without error.
 *
 * trackintel (tests/preprocessing/test_positionfixes.py, commit 261801a) differs in, and these cases are therefore not here:
 * - `finished_at` is the first fix outside; ours ends with its last fix, so a silence after a few fixes is no stay. Of the 22 stay points it
 *   publishes of its sample (tests/data/geolife_long/sp_tpls.csv) 16 hold at most 185 s of fixes. Two of the six others hold a
 *   silence of more than 15 min: they were found without a limit (`gap_threshold`).
 * - `include_last=False` drops the stay in which a trace ends; ours is `include_last=True` always. `dist_threshold=0` makes each fix a stay.
 * - test_temporal: each stay lasts longer than `time_threshold`. Ours is found so and then cut to its core, which may be shorter.
 * - test_centroid_uses_unique_positionfix_geometries: a place repeated counts once; ours is the mean of all fixes, as time spent there is what it is for.
 * - test_centroid_wraps_antimeridian, test_planar_crs: no grid lies there. Data types, indices, progress, parallel runs and triplegs are no figures of a stay.
 *
 * Traccar (commit 9e5c458) differs in:
 * - Movement is what the device's speed says, whatever the distance: ReportUtilsTest.testDetectStopsStartedFromTrip and testDetectStopsMoving
 *   have speeds of 1 to 5 knots on one spot. Ours is what the positions say. Ignition (…WithIgnition) is the same fixes again; fuel and odometer are a car's.
 * - Trips need 500 m or 300 s (`minimalTripDistance`, `minimalTripDuration`) and so swallow short movements, here 200 m after a gap.
 * - A silence is a stop (testDetectStopByGap, MotionEventHandlerTest.testStopWithGap, testStopWithDoubleGap) or even a trip between two stops
 *   (NewMotionProcessorTest.testGapSplitsTrip, testGapSplitsTripWhileStopped: 13 km in two hours unseen). Here nobody knows, and it counts as unobserved.
 * - MotionEventHandlerTest.testMotionWithPosition and testMotionFluctuation have two distances at one moment, which is a conflict here.
 * - NewMotionProcessor looks back from each fix: testEventsAreChronological stops at 60 m, since within three minutes nothing was 200 m from
 *   there, though the way was 0, 100, 220, 0 and 60 m. Ours needs three minutes around one anchor.
 */
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres } from '../../../server/core/policy/patrol-policy.ts'
import { findStays } from '../../../server/core/trajectories/find-stays.ts'
import { judgeFixes } from '../../../server/core/trajectories/judge-fixes.ts'
import { localDayOf } from '../../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import type { Fix } from '../../../server/core/values.ts'
import { at } from './simulate.ts'

const noon = Date.parse('2026-10-09T04:00:00Z')
/** Theirs have no gap, no speed limit. */
const policy = { ...fourHoursThreeKilometres, gapSeconds: 86_400, speedLimitMetresPerSecond: 1000 }
type Changes = Partial<typeof policy>

const staysIn = (fixes: readonly Fix[], changes: Changes) => {
  const used = { ...policy, ...changes }
  const { trace } = judgeFixes(orderFixes(fixes), used)
  return findStays(trace, used).map(({ first, last, longitude, latitude }) => ({
    from: trace.time[first]!,
    to: trace.time[last]!,
    longitude,
    latitude,
  }))
}
/** Fixes at seconds after noon, degrees. */
const fixesAt = (rows: readonly (readonly [second: number, longitude: number, latitude: number])[]): Fix[] =>
  rows.map(([second, longitude, latitude]) => ({ time: noon + second * 1000, longitude, latitude }))
/** Fixes at seconds after noon, metres along a line. */
const along = (rows: readonly (readonly [second: number, metres: number])[]): Fix[] =>
  fixesAt(rows.map(([second, metres]) => [second, ...at(metres, 0)]))
const seconds = (stays: readonly { from: number; to: number }[]): number[][] =>
  stays.map(({ from, to }) => [(from - noon) / 1000, (to - noon) / 1000])

describe('stops (MovingPandas, tests/test_trajectory_stop_detector.py, BSD-3)', () => {
  // A unit of theirs is 100 m here and their second 100 s, so that people could walk them.
  // A diameter of 3 of theirs is a distance of less than 300 m here; what is near the middle is all of it, and at any pace.
  const wide = { stayMetres: 300.1, staySeconds: 200, stayCoreMetres: 300, stillMetresPerSecond: 10 }
  type Node = readonly [x: number, y: number, second: number]
  const stopsOf = (nodes: readonly Node[]) =>
    staysIn(fixesAt(nodes.map(([x, y, second]) => [second * 100, ...at(x * 100, y * 100)])), wide)
  const hundreds = (nodes: readonly Node[]): number[][] =>
    seconds(stopsOf(nodes)).map((ends) => ends.map((second) => second / 100))

  it('in the middle: 2 to 6 s at (0, 21)', () => {
    const nodes: Node[] = [[0, 0, 0], [0, 10, 1], [0, 20, 2], [0, 21, 4], [0, 22, 6], [0, 30, 8], [0, 40, 10], [1, 50, 15]] // biome-ignore format: a table
    expect(hundreds(nodes)).toEqual([[2, 6]])
    const [stay] = stopsOf(nodes)
    const [longitude, latitude] = at(0, 2100)
    expect(stay!.longitude).toBeCloseTo(longitude, 9)
    expect(stay!.latitude).toBeCloseTo(latitude, 9)
  })

  it('at the start 0–3 s, at the end 8–15 s', () => {
    const start: Node[] = [[0, 0, 0], [0, 1, 1], [0, 2, 2], [0, 1, 3]] // biome-ignore format: a table
    const end: Node[] = [[0, 22, 4], [0, 30, 8], [0, 31, 10], [1, 32, 15]] // biome-ignore format: a table
    expect(hundreds([...start, ...end])).toEqual([
      [0, 3],
      [8, 15],
    ])
  })
})

describe('stay points (trackintel, tests/preprocessing/test_positionfixes.py, MIT)', () => {
  it('three fixes ten minutes apart, the third 1.3 km off: one stay', () => {
    const fixes = fixesAt([[0, 8, 47], [600, 8.0001, 47.0001], [1200, 8.01, 47.01]]) // biome-ignore format: a table
    const stays = staysIn(fixes, { stayMetres: 100, staySeconds: 300, gapSeconds: 900 })
    expect(seconds(stays)).toEqual([[0, 600]])
  })

  it('two fixes four years apart are a stay only when the gap allows it', () => {
    const fixes = [
      { time: Date.parse('2007-08-09T01:35:46Z'), longitude: 116.330683333333, latitude: 39.976 },
      { time: Date.parse('2011-08-03T09:12:52Z'), longitude: 116.331600228, latitude: 39.975818526 },
    ]
    const wide = { stayCoreMetres: 100 } // 81 m apart: their stay has no core
    expect(staysIn(fixes, { ...wide, gapSeconds: 900 })).toEqual([])
    expect(staysIn(fixes, { ...wide, gapSeconds: 1e8 * 60 })).toHaveLength(1)
  })

  it('two fixes 11 km and five hours apart are none, nor is one fix given twice', () => {
    const apart = fixesAt([[0, 8.5067847, 47.4], [5 * 3600, 8.5067847, 47.5]]) // biome-ignore format: a table
    expect(staysIn(apart, {})).toEqual([])
    expect(orderFixes([apart[0]!, apart[0]!]).time).toHaveLength(1)
    expect(staysIn([apart[0]!, apart[0]!], {})).toEqual([])
  })

  // tests/data/geolife_long, users 000 and 001: `dist_threshold=25, time_threshold=5` and no limit to a silence. Single figures of each stay
  // point whose fixes last five minutes: where its forerunner began, its first, two within, its last, and the first outside, their `finished_at`.
  it.each([
    ['2008-10-23 09:55:31–10:03:39', [[-20, 116.321721, 40.009247], [0, 116.322007, 40.009356], [25, 116.322162, 40.009394], [55, 116.32222, 40.00927], [418, 116.32185, 40.009316], [488, 116.320888, 40.009428]]],
    ['2008-10-23 10:45:46–11:09:22', [[-25, 116.321992, 40.008929], [0, 116.321695, 40.008898], [10, 116.321683, 40.008905], [15, 116.321682, 40.008905], [1356, 116.321485, 40.008851], [1416, 116.321862, 40.008607]]],
    ['2008-10-24 02:22:49–02:29:26', [[-15, 116.322483, 40.009094], [0, 116.322382, 40.008845], [130, 116.322443, 40.008686], [260, 116.322416, 40.008735], [392, 116.322194, 40.008692], [397, 116.322162, 40.008671]]],
    ['2008-10-23 11:49:53–23:43:46', [[-45, 116.306489, 40.01354], [0, 116.3065, 40.013767], [335, 116.306532, 40.013823], [700, 116.306533, 40.013808], [42_828, 116.306365, 40.013905], [42_833, 116.306323, 40.013992]]],
    ['2008-10-24 03:33:15–03:46:25', [[-215, 116.313231, 39.979633], [0, 116.313528, 39.979547], [168, 116.31375, 39.979594], [625, 116.313705, 39.979566], [785, 116.313812, 39.979588], [790, 116.31382, 39.9796]]],
    ['2008-10-24 04:00:18–04:07:56', [[-77, 116.325657, 39.978711], [0, 116.325416, 39.978855], [25, 116.325426, 39.978826], [60, 116.32545, 39.978857], [453, 116.325602, 39.978824], [458, 116.32564, 39.978686]]],
  ] as const)('its sample, %s: one stay, from and to the same fix or the one next to it', (_, rows) => {
    const same = { stayMetres: 25, staySeconds: 300, stayCoreMetres: 25, assumedAccuracyMetres: 1 }
    const stays = seconds(staysIn(fixesAt(rows), same))
    expect(stays).toHaveLength(1)
    // Ours is around a middle and not around its first fix: it may hold the fix before or after as well.
    const [before, first, , , last, outside] = rows.map(([second]) => second)
    expect([before, first]).toContain(stays[0]![0])
    expect([last, outside]).toContain(stays[0]![1])
  }) // biome-ignore format: a table
})

/** Stops and metres between two moments (all of them by default) of a walk along a line. */
function readLine(rows: readonly (readonly [minute: number, metres: number])[], changes: Changes) {
  const used = { ...policy, ...changes }
  const fixes = along(rows.map(([minute, metres]) => [minute * 60, metres]))
  const { stays, path, movement } = readWorkerDay(orderFixes(fixes), localDayOf(noon), used)!
  const metresUntil = (minute: number): number =>
    movement.metres.reduce(
      (sum, metres, i) => sum + (path.time[i + 1]! <= noon + minute * 60_000 ? metres : 0),
      0,
    )
  return { stops: seconds(stays), metresUntil }
}
const knots = (metres: number, duration: number): number => metres / duration / (1852 / 3600)

describe('trips and stops (Traccar, ReportUtilsTest, Apache-2.0)', () => {
  const theirs = { gapSeconds: 900, speedLimitMetresPerSecond: 30, staySeconds: 120 }

  it('testDetectTripsSimple, testDetectStopsSimple: 120 s and 1,200 s, between them 180 s and 3,000 m', () => {
    const rows = [[0, 0], [1, 0], [2, 0], [3, 1000], [4, 2000], [5, 3000], [15, 3000], [25, 3000]] as const // biome-ignore format: a table
    const { stops, metresUntil } = readLine(rows, theirs)
    expect(stops).toEqual([[0, 120], [300, 1500]]) // biome-ignore format: a table
    expect(metresUntil(25)).toBeCloseTo(3000, 1)
    expect(knots(3000, 180)).toBeCloseTo(32.4, 1)
  })

  it('testDetectTripsWithFluctuation, testDetectStopsWithFluctuation: 120 s and 1,200 s, between them 420 s and 7,000 m', () => {
    const rows = [[0, 0], [1, 0], [2, 0], [3, 1000], [4, 2000], [5, 3000], [6, 4000], [7, 5000], [8, 6000], [9, 7000], [19, 7000], [29, 7000]] as const // biome-ignore format: a table
    const { stops, metresUntil } = readLine(rows, theirs)
    expect(stops).toEqual([[0, 120], [540, 1740]]) // biome-ignore format: a table
    expect(metresUntil(2)).toBe(0)
    expect(metresUntil(29)).toBeCloseTo(7000, 1)
    expect(knots(7000, 420)).toBeCloseTo(32.4, 1)
  })

  it('testDetectStopsOnly, testDetectStopsWithTripCut: speeds on one spot are no trip, 300 s', () => {
    const rows = [[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0]] as const // biome-ignore format: a table
    const { stops, metresUntil } = readLine(rows, { ...theirs, staySeconds: 200 })
    expect(stops).toEqual([[0, 300]])
    expect(metresUntil(5)).toBe(0)
  })

  it('testDetectTripByGap: 600 m in 240 s, then a silence of 19 min', () => {
    const rows = [[0, 100], [1, 300], [2, 500], [3, 600], [4, 700], [23, 700], [24, 800], [25, 900]] as const // biome-ignore format: a table
    const { metresUntil } = readLine(rows, { ...theirs, staySeconds: 200 })
    expect(metresUntil(4)).toBeCloseTo(600, 1)
    expect(metresUntil(23) - metresUntil(4)).toBe(0)
    expect(knots(600, 240)).toBeCloseTo(4.86, 2)
  })
})

describe('motion (Traccar, NewMotionProcessorTest, Apache-2.0)', () => {
  const wide = { stayMetres: 500, staySeconds: 300, stayCoreMetres: 100.1, gapSeconds: 900 }

  it.each([
    ['testMotionDetected', [[0, 0], [2, 0], [4, 0], [5, 600]], 600],
    ['testNoEventWhenAlreadyMoving', [[0, 0], [2, 0], [3, 600]], 600],
    ['testMotionWithFastAverageSpeed', [[0, 0], [10, 1200]], 1200],
  ] as const)('%s: moves and has not stopped', (_, rows, metres) => {
    const { stops, metresUntil } = readLine(rows, wide)
    expect(stops).toEqual([])
    expect(metresUntil(10)).toBeCloseTo(metres, 1)
  }) // biome-ignore format: a table

  it('testStopDetected: six minutes within 100 m are a stop, testNoStopBeforeDuration: two are not', () => {
    const near = { ...wide, stayMetres: 100.1 }
    expect(readLine([[0, 0], [2, 100], [4, 100], [6, 100]], near).stops).toEqual([[0, 360]]) // biome-ignore format: a table
    expect(readLine([[0, 0], [1, 100], [2, 100]], near).stops).toEqual([]) // biome-ignore format: a table
  })

  it('testGapBelowDistanceDoesNotSplitTrip: 100 m in two hours are a stop where a silence is allowed, and nothing where not', () => {
    const rows = [[0, 0], [120, 100]] as const // biome-ignore format: a table
    expect(readLine(rows, { ...wide, gapSeconds: 7200 }).stops).toEqual([[0, 7200]])
    const { stops, metresUntil } = readLine(rows, { ...wide, gapSeconds: 3600 })
    expect(stops).toEqual([])
    expect(metresUntil(120)).toBe(0)
  })

  it('testTripStartBacktrack: the trip starts with the last fix before the way, at 2 min', () => {
    const rows = [[0, 0], [1, 0], [2, 0], [3, 120], [4, 300], [5, 600]] as const // biome-ignore format: a table
    const { stops, metresUntil } = readLine(rows, { ...wide, stayMetres: 100, staySeconds: 120 })
    expect(stops).toEqual([[0, 120]])
    expect(metresUntil(2)).toBe(0)
    expect(metresUntil(5)).toBeCloseTo(600, 1)
  })
})
