/**
 * Walks and stays with the truth known (test/support/simulate-walk.ts), error AR(1). `radius`: the phone states the radius of 68 %,
 * as `Fix.accuracyMetres` has it; `sigma`: it states one axis' deviation, a third too little; `nothing`. What it understates is found from
 * its roughness (estimate-errors.test.ts) where fixes come every twelve seconds or oftener.
 *
 * What is asked: an hour's stay counts under 30 m; an hour's walk is in the mean within 5 % of the truth at σ = 10 m, within 15 % at 20 m, for errors
 * that forget themselves at once, over 15 s and over 60 s, and a fix each 1 to 20 s. `npm run accuracy` prints all of it for any seeds.
 *
 * Known limits, measured and not met, the bound has all of them in it: doors lose 4 to 6.5 % where a fix comes every 20 s (of these seeds 3.6 to 5.6, `notMet`). A street of
 * 100 m walked to and fro at σ = 20 m, a fix each 10 s or less often, loses half, and may look like standing. Steps aside of 15 to 40 m lose 3 to 7 %
 * over 15 s and 10 % between fixes 20 s apart; rounds through courtyards whose rows are as near to each other as the error is large lose up to
 * half at σ = 20 m (which of them were walked cannot be told). An error of 30 m that the phone does not own up to counts as movement where fixes are
 * 20 s or more apart.
 */
import { describe, expect, it } from 'vitest'
import { fourHoursThreeKilometres } from '../../../server/core/policy/patrol-policy.ts'
import { matchWorkerDay, readWorkerDay } from '../../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../../server/core/trajectories/order-fixes.ts'
import type { AreaGeometry, Fix } from '../../../server/core/values.ts'
import {
  type Box,
  positionAt,
  type Receiver,
  type Route,
  type RoutePlan,
  receive,
  routeOf,
  truthWithin,
} from '../../support/simulate-walk.ts'
import { accuracyOf } from '../../support/walk-accuracy.ts'
import { at } from './simulate.ts'

const from = Date.parse('2026-10-09T01:00:00Z')
const day = '2026-10-09'
const policy = { ...fourHoursThreeKilometres, hexagonResolution: 7 }
const everywhere: Box = { west: -1e6, south: -1e6, east: 1e6, north: 1e6 }
type Setting = Pick<Receiver, 'sigma' | 'every' | 'states'>

const metresOf = (fixes: readonly Fix[]): number =>
  readWorkerDay(orderFixes(fixes), day, policy)!.movement.metres.reduce((sum, metres) => sum + metres, 0)

const standing: Route = [0, 3600].map((second) => ({ second, x: 0, y: 0 }))
const seeds = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

/** Measured over true metres of an hour, all runs together. */
function ratio(plan: Omit<RoutePlan, 'seed' | 'seconds'>, setting: Setting, runs: number): number {
  let [measured, walked] = [0, 0]
  for (const seed of seeds(runs)) {
    const route = routeOf({ ...plan, seconds: 3600, seed })
    measured += metresOf(receive(route, { from, seed: 7 * seed, ...setting }))
    walked += truthWithin(route, everywhere).metres
  }
  return measured / walked
}

describe('an hour standing still counts under 30 m', () => {
  it.each([
    [10, 0], [10, 15], [10, 60], [20, 0], [20, 15], [20, 60],
  ] as const)('at σ = %d m, an error that forgets itself over %d s', (sigma, correlation) => {
    for (const every of [1, 5, 10, 20])
      expect(accuracyOf('sitting', { sigma, every, correlation, states: 'radius' }, seeds(24)).figure, `every ${every} s`).toBeLessThan(30)
  }) // biome-ignore format: a table

  it.each([
    [10, 'radius'], [10, 'nothing'], [20, 'radius'], [30, 'radius'],
  ] as const)('at σ = %d m, stated: %s', (sigma, states) => {
    for (const every of [1, 5, 10, 20, 30]) {
      const metres = seeds(10).map((seed) => metresOf(receive(standing, { from, seed: 7 * seed, sigma, every, states })))
      // In 150 hours one at σ = 30 m is torn apart beyond joining.
      const torn = metres.filter((one) => one >= 30)
      expect(torn.length, `every ${every} s: ${torn.join(', ')}`).toBeLessThanOrEqual(sigma === 30 ? 1 : 0)
    }
  }) // biome-ignore format: a table
})

describe("an hour's walk", () => {
  const asked = ['road', 'streets', 'block', 'to-and-fro', 'pauses', 'doors'] as const
  /** What is measured at least where it is less than asked: by kind, σ, memory and interval. */
  const notMet: Readonly<Record<string, number>> = { 'doors 10 60 20': 0.93 }

  it.each(asked.flatMap((kind) => [0, 15, 60].map((memory) => [kind, memory] as const)))(
    'is within 5 % at σ = 10 m and within 15 % at 20 m: %s, an error that forgets itself over %d s',
    (kind, correlation) => {
      for (const [sigma, most] of [[10, 0.05], [20, 0.15]] as const) // biome-ignore format: a table
        for (const every of [1, 5, 10, 20]) {
          const { figure } = accuracyOf(kind, { sigma, every, correlation, states: 'radius' }, seeds(24))
          const least = notMet[`${kind} ${sigma} ${correlation} ${every}`] ?? 1 - most
          expect(figure, `σ = ${sigma} m, every ${every} s`).toBeGreaterThan(least)
          expect(figure, `σ = ${sigma} m, every ${every} s`).toBeLessThan(1 + most)
        }
    },
  )

  it.each(['road', 'streets'] as const)('is within 5 % of a phone that states nothing: %s', (kind) => {
    for (const every of [1, 5, 10, 20]) {
      const measured = ratio({ kind }, { sigma: 10, every, states: 'nothing' }, 8)
      expect(measured, `every ${every} s`).toBeGreaterThan(0.95)
      expect(measured, `every ${every} s`).toBeLessThan(1.05)
    }
  })

  it.each([
    [5, 1, 0.93], [5, 10, 0.88], [10, 1, 0.95], [10, 5, 0.91], [10, 10, 0.9], [10, 20, 0.82],
  ])('through courtyards, rows 15 to 30 m apart, is no stay: σ = %d m, a fix every %d s', (sigma, every, least) => {
    const measured = ratio({ kind: 'courtyards' }, { sigma, every, states: 'radius' }, 12)
    expect(measured).toBeGreaterThan(least)
    expect(measured).toBeLessThan(1.05)
  }) // biome-ignore format: a table

  it('from door to door, stays of 6 to 20 min between: the way counts, the stays do not', () => {
    for (const every of [1, 5, 10, 20]) {
      const measured = ratio(
        { kind: 'streets', pauses: 0.3, stays: 0.1 },
        { sigma: 10, every, states: 'radius' },
        12,
      )
      expect(measured).toBeGreaterThan(0.93)
      expect(measured).toBeLessThan(1.08)
    }
  })
})

describe('the bound of the distance', () => {
  const boxes = {
    everywhere: { west: -2e4, south: -2e4, east: 2e4, north: 2e4 },
    grid: { west: -150, south: -150, east: 150, north: 150 },
  }
  const geometryOf = ({ west, south, east, north }: Box): AreaGeometry => ({
    type: 'Polygon',
    coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
  })

  it('holds the truth in at least 95 of 100 simulated walks, and is no wider than a third of it at σ = 10 m', () => {
    let [within, walks] = [0, 0]
    const widths = new Map<number, number>() // the widest share of the truth, by σ
    for (const [name, box] of Object.entries(boxes)) {
      const grids = [{ code: 'a', geometry: geometryOf(box), from: null, to: null }]
      for (const [pauses, stays] of [[0, 0], [0.3, 0.1]] as const) // biome-ignore format: a table
        for (const sigma of [5, 10, 20])
          for (const every of [1, 5, 10, 20, 30]) {
            let [bounds, truths] = [0, 0]
            for (const seed of seeds(6)) {
              const withinMetres = name === 'grid' ? 260 : 1e6
              const route = routeOf({ kind: 'streets', seconds: 3600, seed, pauses, stays, withinMetres })
              const fixes = receive(route, { from, seed: 7 * seed, sigma, every, states: 'radius' })
              const [found] = matchWorkerDay(fixes, day, grids, [], policy)
              const truth = truthWithin(route, box).metres
              if (Math.abs(found!.metres.inside - truth) <= found!.insideErrorMetres) within++
              walks++
              bounds += found!.insideErrorMetres
              truths += truth
            }
            widths.set(sigma, Math.max(widths.get(sigma) ?? 0, bounds / truths))
          }
    }
    expect(walks).toBe(360)
    // At σ = 5 m half of it is what a pause or a stay of so few fixes could hide.
    expect(widths.get(5)).toBeLessThan(1 / 4)
    expect(widths.get(10)).toBeLessThan(1 / 3)
    expect(within / walks).toBeGreaterThanOrEqual(0.95)
  })

  it('an outage has no bound and no metres', () => {
    const route = routeOf({ kind: 'road', seconds: 7200, seed: 3 })
    const fixes = receive(route, {
      from,
      seed: 5,
      sigma: 5,
      every: 10,
      states: 'radius',
      outages: [[1800, 5400]],
    })
    const [found] = matchWorkerDay(fixes, day, [{ code: 'a', geometry: geometryOf(boxes.everywhere), from: null, to: null }], [], policy) // biome-ignore format: one line
    expect(found!.seconds.unobserved).toBe(3600 + 10) // from the last fix before to the first one after
    const walked = (start: number, end: number): number => {
      const [x1, y1] = positionAt(route, start)
      const [x2, y2] = positionAt(route, end)
      return Math.hypot(x2 - x1, y2 - y1) // a road is straight
    }
    const seen = walked(0, 1790) + walked(5400, 7200)
    expect(Math.abs(found!.metres.inside - seen)).toBeLessThanOrEqual(found!.insideErrorMetres)
    expect(found!.metres.inside + found!.insideErrorMetres).toBeLessThan(walked(0, 7200))
  })
})
