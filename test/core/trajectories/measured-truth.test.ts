/** Simulated walks and stays with known truth: error AR(1) with 60 s memory, the model of the published probes. */
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres as policy } from '../../../server/core/policy/patrol-policy.ts'
import { matchWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import type { AreaGeometry } from '../../../server/core/values.ts'
import { at, observe, seeded, streetWalk } from './simulate.ts'

const from = Date.parse('2026-10-09T01:00:00Z')
const box = (half: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [[at(-half, -half), at(half, -half), at(half, half), at(-half, half), at(-half, -half)]],
})
const coarse = { ...policy, hexagonResolution: 7 }
const county = [{ code: 'a', geometry: box(9000), from: null, to: null }]
const runs = [1, 2, 3, 4, 5, 6, 7, 8]

interface Setting {
  readonly sigma: number
  readonly every: number
  readonly statesAccuracy: boolean
}

const matched = (
  truth: (second: number) => readonly [number, number],
  seconds: number,
  seed: number,
  setting: Setting,
) =>
  matchWorkerDay(
    observe(truth, seconds, { from, seed, correlation: 60, ...setting }),
    '2026-10-09',
    county,
    [],
    coarse,
  )[0]!

/** Mean of measured over true metres of an hour's walk. */
const ratio = (metresPerSecond: number, leg: number, setting: Setting): number =>
  runs.reduce(
    (sum, seed) =>
      sum +
      matched(streetWalk(metresPerSecond, leg), 3600, seed, setting).metres.inside / (metresPerSecond * 3600),
    0,
  ) / runs.length

describe('an hour standing still', () => {
  it.each([1, 5, 10, 20, 30])('counts under 30 m at σ = 10 m, a fix every %d s', (every) => {
    for (const seed of runs) {
      const day = matched(() => [0, 0], 3600, seed, { sigma: 10, every, statesAccuracy: seed % 2 === 0 })
      expect(day.metres.inside).toBeLessThan(30)
      expect(day.milliseconds.inside).toBe(3_600_000)
      expect(day.rawMetres).toBeGreaterThan(every === 1 ? 5000 : 1000) // what a naive sum would pay
    }
  })

  it('5 m inside the boundary is one stay inside, not eighty visits', () => {
    const edge: AreaGeometry = { type: 'Polygon', coordinates: [[at(-5, -500), at(500, -500), at(500, 500), at(-5, 500), at(-5, -500)]] } // biome-ignore format: a box
    const fixes = observe(() => [0, 0], 3600, { from, every: 5, seed: 3, sigma: 10, correlation: 60 })
    const [day] = matchWorkerDay(
      fixes,
      '2026-10-09',
      [{ code: 'a', geometry: edge, from: null, to: null }],
      [],
      policy,
    )
    expect(day!.stays).toHaveLength(1)
    expect(day!.stays[0]!.inside).toBe(true)
    expect(day!.milliseconds.inside).toBe(3_600_000)
    expect(day!.hexagons.visited).toHaveLength(1)
  })
})

describe("an hour's walk", () => {
  it.each([
    [5, 80], [5, 40], [5, 1e9], [10, 80], [10, 40], [10, 1e9],
  ])('is within a twentieth at σ = 10 m: a fix every %d s, a turn every %d m', (every, leg) => {
    for (const statesAccuracy of [true, false]) {
      const measured = ratio(1.2, leg, { sigma: 10, every, statesAccuracy })
      // A turn every 33 s and a fix every 10: so rough a walk looks like an error that forgets itself at once, and a sixth is lost.
      expect(measured).toBeGreaterThan(every === 10 && leg === 40 ? 0.82 : 0.95)
      expect(measured).toBeLessThan(1.05)
    }
  }) // biome-ignore format: a table

  it.each([
    [20, 80, 0.93, 1.05], [30, 80, 0.9, 1.05], [20, 1e9, 0.95, 1.05], [30, 1e9, 0.95, 1.05],
  ])('with a fix every %d s loses only the corners between fixes (a turn every %d m)', (every, leg, least, most) => {
    const measured = ratio(1.2, leg, { sigma: 10, every, statesAccuracy: true })
    expect(measured).toBeGreaterThan(least)
    expect(measured).toBeLessThan(most)
  }) // biome-ignore format: a table

  it.each([5, 10, 20, 30])(
    'is within 16 per cent at σ = 20 m when the phone says so: a fix every %d s',
    (every) => {
      const measured = ratio(1.2, 80, { sigma: 20, every, statesAccuracy: true })
      expect(measured).toBeGreaterThan(0.84)
      expect(measured).toBeLessThan(1.16)
    },
  )
})

describe('a round from door to door', () => {
  /** Blocks of 60 m, a stop of 3 to 6 minutes each 60 to 200 m. */
  function doorToDoor(seed: number, seconds: number) {
    const random = seeded(seed)
    const between = (least: number, most: number): number => least + random() * (most - least)
    const headings = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const // biome-ignore format: a table
    const stations: [second: number, x: number, y: number][] = [[0, 0, 0]]
    let [second, x, y, walked, next] = [0, 0, 0, 0, between(60, 200)]
    for (
      let heading = 0;
      second < seconds;
      heading = (heading + (random() < 0.5 ? 0 : random() < 0.5 ? 1 : 3)) % 4
    ) {
      const [dx, dy] = headings[heading]!
      for (let left = 60; left > 0; ) {
        const go = Math.min(left, next)
        ;[x, y, second, walked] = [x + dx * go, y + dy * go, second + go / 1.2, walked + go]
        left -= go
        next -= go
        stations.push([second, x, y])
        if (next > 0) continue
        second += between(180, 360)
        stations.push([second, x, y])
        next = between(60, 200)
      }
    }
    const truth = (t: number): readonly [number, number] => {
      const i = stations.findIndex(([moment]) => moment > t)
      const [t1, x1, y1] = stations[Math.max(0, i < 0 ? stations.length - 1 : i)]!
      const [t0, x0, y0] = stations[Math.max(0, (i < 0 ? stations.length : i) - 1)]!
      const share = t1 > t0 ? Math.min(1, (t - t0) / (t1 - t0)) : 1
      return [x0 + share * (x1 - x0), y0 + share * (y1 - y0)]
    }
    return { truth, walked, seconds: second }
  }

  it.each([5, 25])('keeps its metres though stays are collapsed, a fix every %d s', (every) => {
    let measured = 0
    let walked = 0
    for (const seed of runs) {
      const round = doorToDoor(seed, 4 * 3600)
      measured += matched(round.truth, round.seconds, seed, { sigma: 8, every, statesAccuracy: true }).metres
        .inside
      walked += round.walked
    }
    // .88 at 25 s: who hardly gets farther in a minute than an error of 20 m would is taken to stand, for so do phones that state too little.
    expect(measured / walked).toBeGreaterThan(every === 5 ? 0.94 : 0.87)
    // Halts of less than five minutes are no stays: their jitter counts, more of it with more fixes.
    expect(measured / walked).toBeLessThan(1.15)
  })
})

describe('up and down one lane', () => {
  /** To and fro over `lane` metres at 1.2 m/s. */
  const lane = (metres: number) => (second: number) => {
    const phase = (second * 1.2) % (2 * metres)
    return [phase < metres ? phase : 2 * metres - phase, 0] as const
  }

  it.each([150, 300])('counts every pass of a lane of %d m', (length) => {
    for (const every of [5, 10, 20]) {
      const measured =
        runs.reduce(
          (sum, seed) =>
            sum +
            matched(lane(length), 3600, seed, { sigma: 10, every, statesAccuracy: true }).metres.inside /
              4320,
          0,
        ) / runs.length
      expect(measured).toBeGreaterThan(0.9)
      expect(measured).toBeLessThan(1.06)
    }
  })
})

describe('sitting in two houses by turns', () => {
  /** 40 minutes in each, 1.2 m/s between them. */
  const houses = (apart: number) => (second: number) => {
    const visit = 2400
    const walk = apart / 1.2
    const phase = second % (2 * (visit + walk))
    const away = Math.min(walk, Math.max(0, phase - visit))
    const back = Math.max(0, phase - 2 * visit - walk)
    return [1.2 * (away - back), 0] as const
  }
  const seconds = 4.6 * 3600 // six times over

  it.each([30, 40, 50, 60, 70, 80, 90, 100])(
    'counts the ways between them, %d m, not the sitting',
    (apart) => {
      for (const sigma of [5, 9])
        for (const every of [5, 25])
          for (const statesAccuracy of [true, false])
            for (const seed of [1, 2, 3]) {
              const day = matched(houses(apart), seconds, seed, { sigma, every, statesAccuracy })
              expect(day.metres.inside).toBeLessThanOrEqual(6 * apart + 300)
              expect(day.rawMetres).toBeGreaterThan(2000) // what a naive sum would pay
            }
    },
  )

  it('counts all of it where 30 m and three accuracy radii tell the houses apart', () => {
    for (const apart of [50, 60, 70, 80])
      for (const every of [5, 25]) {
        const day = matched(houses(apart), seconds, 1, { sigma: 5, every, statesAccuracy: true })
        expect(day.metres.inside / (6 * apart)).toBeGreaterThan(0.9)
        expect(day.metres.inside / (6 * apart)).toBeLessThan(1.1)
      }
  })
})
