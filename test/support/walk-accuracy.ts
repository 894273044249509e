/** How near measured hours come to the truth of the simulated walk behind them (simulate-walk.ts). */
import { fourHoursThreeKilometres } from '../../server/core/policy/patrol-policy.ts'
import { boundMetresInside } from '../../server/core/trajectories/bound-error.ts'
import { findInsideSpans } from '../../server/core/trajectories/find-inside-spans.ts'
import { readWorkerDay } from '../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../server/core/trajectories/order-fixes.ts'
import type { AreaGeometry } from '../../server/core/values.ts'
import { at } from '../core/trajectories/simulate.ts'
import { type Receiver, type Route, receive, routeOf, truthWithin } from './simulate-walk.ts'

/** What somebody does in an hour, by seed. */
export const walkKinds = {
  road: (seed) => hourOf({ kind: 'road', seed }),
  streets: (seed) => hourOf({ kind: 'streets', seed }),
  block: (seed) => hourOf({ kind: 'block', seed }),
  'to-and-fro': (seed) => hourOf({ kind: 'to-and-fro', seed }),
  /** Up to a minute's halt at a third of the corners. */
  pauses: (seed) => hourOf({ kind: 'streets', seed, pauses: 0.3 }),
  /** Three to eight halts of one to ten minutes. */
  doors: (seed) => hourOf({ kind: 'streets', seed, doors: 3 + (seed % 6) }),
  mixed: (seed) => hourOf({ kind: 'mixed', seed }),
  'dog-legs': (seed) => hourOf({ kind: 'dog-legs', seed }),
  courtyards: (seed) => hourOf({ kind: 'courtyards', seed }),
  sitting: () => [0, 3600].map((second) => ({ second, x: 0, y: 0 })),
} as const satisfies Record<string, (seed: number) => Route>

export type WalkKind = keyof typeof walkKinds
export type Setting = Pick<Receiver, 'sigma' | 'every' | 'states'> & { readonly correlation: number }

/** An hour as measured and as it was, metres. */
export interface MeasuredHour {
  readonly measured: number
  readonly bound: number
  readonly truth: number
}

const hourOf = (plan: Omit<Parameters<typeof routeOf>[0], 'seconds'>): Route =>
  routeOf({ ...plan, seconds: 3600 })

const day = '2026-10-09'
const from = Date.parse('2026-10-09T01:00:00Z')
const half = 3e4
const everywhere = { west: -half, south: -half, east: half, north: half }
const corners = [[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]] as const // biome-ignore format: a table
const geometry: AreaGeometry = { type: 'Polygon', coordinates: [corners.map(([x, y]) => at(x, y))] }
const grids = [{ code: 'a', geometry, from: null, to: null }]

/** The hour of that seed as a receiver of that kind has it, within a grid that holds all of it. */
export function measureHour(kind: WalkKind, setting: Setting, seed: number): MeasuredHour {
  const route = walkKinds[kind](seed)
  const fixes = receive(route, { from, seed: 7 * seed, ...setting })
  const { path, movement } = readWorkerDay(orderFixes(fixes), day, fourHoursThreeKilometres)!
  const [inside] = findInsideSpans(path, grids)
  return {
    measured: movement.metres.reduce((sum, metres) => sum + metres, 0),
    bound: boundMetresInside(path, movement, inside!.spans, fourHoursThreeKilometres),
    truth: truthWithin(route, everywhere).metres,
  }
}

/** Several hours of a kind. */
export interface Accuracy {
  /** Measured over true metres in the mean of the hours; of sitting the metres of the hour that counts most. */
  readonly figure: number
  /** The share of hours whose truth lies within the bound. */
  readonly held: number
  /** The bound over the truth, in the mean; of sitting the bound in metres. */
  readonly width: number
}

export function accuracyOf(kind: WalkKind, setting: Setting, seeds: readonly number[]): Accuracy {
  const hours = seeds.map((seed) => measureHour(kind, setting, seed))
  const mean = (valueOf: (hour: MeasuredHour) => number): number =>
    hours.reduce((sum, hour) => sum + valueOf(hour), 0) / hours.length
  const sits = kind === 'sitting'
  return {
    figure: sits ? Math.max(...hours.map(({ measured }) => measured)) : mean(({ measured, truth }) => measured / truth), // biome-ignore format: one line
    held: mean(({ measured, bound, truth }) => (Math.abs(measured - truth) <= bound ? 1 : 0)),
    width: mean(({ bound, truth }) => (sits ? bound : bound / truth)),
  }
}
