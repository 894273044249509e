/** Where the definitions agree, the cases are those of trackintel, tests/preprocessing/test_positionfixes.py (MIT), on fixes of our own. */
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import { findStays } from '../../../server/core/trajectories/find-stays.ts'
import { judgeFixes } from '../../../server/core/trajectories/judge-fixes.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import type { Stay } from '../../../server/core/trajectories/stay-core.ts'
import type { Fix } from '../../../server/core/values.ts'
import { at } from './simulate.ts'

type Row = readonly [minute: number, x: number, y?: number]

const fixesOf = (rows: readonly Row[]): Fix[] =>
  rows.map(([minute, x, y = 0]) => {
    const [longitude, latitude] = at(x, y)
    return { time: minute * 60_000, longitude, latitude }
  })

const staysOf = (rows: readonly Row[], changes: Partial<typeof policy> = {}): Stay[] => {
  const used = { ...policy, ...changes }
  return findStays(judgeFixes(orderFixes(fixesOf(rows)), used).trace, used)
}
const ranges = (stays: readonly Stay[]): number[][] => stays.map(({ first, last }) => [first, last])

describe('stays', () => {
  const standing: Row[] = [[0, 0], [2, 10], [4, -10], [6, 5], [8, 400], [10, 800]] // biome-ignore format: a table

  it('lasts from the first to the last fix at the place', () => {
    const stays = staysOf(standing)
    expect(ranges(stays)).toEqual([[0, 3]])
    expect(stays[0]!.longitude).toBeCloseTo(at(1.25, 0)[0], 9) // the mean of 0, 10, −10 and 5
  })

  it('needs the distance and the time (trackintel: sliding, max thresholds give none)', () => {
    expect(staysOf(standing, { staySeconds: 361 })).toEqual([])
    expect(ranges(staysOf(standing, { staySeconds: 360 }))).toEqual([[0, 3]])
    expect(staysOf(standing, { stayMetres: 5 })).toEqual([])
    expect(
      staysOf(standing, { stayMetres: Number.MAX_SAFE_INTEGER, staySeconds: Number.MAX_SAFE_INTEGER }),
    ).toEqual([])
  })

  it('a silence longer than the gap starts a new one (trackintel: gap_threshold)', () => {
    const twice: Row[] = [[0, 0], [3, 5], [6, 0], [30, 5], [33, 0], [36, 5]] // biome-ignore format: a table
    expect(ranges(staysOf(twice))).toEqual([
      [0, 2],
      [3, 5],
    ])
    expect(ranges(staysOf(twice, { gapSeconds: 1800 }))).toEqual([[0, 5]])
  })

  it('counts the stay in which the trace ends', () => {
    expect(ranges(staysOf([[0, 900], [1, 450], [2, 0], [4, 5], [7, 0]]))).toEqual([[2, 4]]) // biome-ignore format: a table
  })

  it('is cut down to its core: the way there and the way on are movement', () => {
    // Comes from 90 m away, stands for 8 minutes, goes on: all within 100 m of the first fix.
    const rows: Row[] = [[0, -90], [0.5, -60], [1, 0], [3, 5], [5, 0], [7, 5], [9, 0], [9.5, 9], [10, 80], [11, 300]] // biome-ignore format: a table
    expect(ranges(staysOf(rows))).toEqual([[2, 7]])
  })

  it('going up and down a lane is no stay', () => {
    const lane = Array.from({ length: 60 }, (_, i): Row => [i / 4, Math.abs((i % 10) - 5) * 30 - 75])
    expect(staysOf(lane)).toEqual([])
  })

  it('two houses 60 m apart are two stays, though one stretch of 100 m holds both', () => {
    const house = (x: number, from: number): Row[] => [0, 3, 6, 9].map((minute) => [from + minute, x, 0])
    expect(ranges(staysOf([...house(0, 0), ...house(60, 10)]))).toEqual([[0, 3], [4, 7]]) // biome-ignore format: a table
    // The second visit is half as long: the median is the first house, and the rest is searched for itself.
    const stays = staysOf([...house(0, 0), [12, 5], [15, -5], [18, 0], ...house(60, 20)])
    expect(ranges(stays)).toEqual([[0, 6], [7, 10]]) // biome-ignore format: a table
    expect(stays[1]!.longitude).toBeCloseTo(at(60, 0)[0], 9)
  })

  it('passes over fixes that were set apart', () => {
    const spiked: Row[] = [[0, 0], [2, 10], [3, 20_000], [4, -10], [6, 5]] // biome-ignore format: a table
    const stays = staysOf(spiked)
    expect(stays).toHaveLength(1)
    expect(stays[0]!.longitude).toBeCloseTo(at(1.25, 0)[0], 9)
  })
})
