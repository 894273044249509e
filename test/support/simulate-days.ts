/**
 * Honest days of a made-up township, by seed: teams of two in the same grid, the same round most days, colleagues who meet and walk
 * ten minutes together, a meeting at the office, buses, e-bikes, receivers good and bad, phones that state one accuracy
 * or round their positions, silences. Nobody cheats: whatever is found in them is a false alarm.
 */
import type { ScreenedDay } from '../../server/core/evidence/screen-days.ts'
import { mulberry32, type Random } from '../../server/core/planning/random.ts'
import { fourHoursThreeKilometres } from '../../server/core/policy/patrol-policy.ts'
import { dayBounds } from '../../server/core/trajectories/local-day.ts'
import { readWorkerDay } from '../../server/core/trajectories/match-worker-day.ts'
import { orderFixes } from '../../server/core/trajectories/order-fixes.ts'
import type { Fix } from '../../server/core/values.ts'
import { at } from '../core/trajectories/simulate.ts'

export type Point = readonly [x: number, y: number]

/** Where somebody truly is: metres, straight between waypoints. Seconds since local midnight. */
export class TrueWay {
  readonly times: number[]
  readonly points: Point[]

  constructor(second: number, point: Point) {
    this.times = [second]
    this.points = [point]
  }
  get now(): number {
    return this.times.at(-1)!
  }
  get here(): Point {
    return this.points.at(-1)!
  }
  stand(seconds: number): void {
    this.times.push(this.now + Math.max(1, seconds))
    this.points.push(this.here)
  }
  /** Straight. */
  to(point: Point, metresPerSecond: number): void {
    const metres = Math.hypot(point[0] - this.here[0], point[1] - this.here[1])
    if (metres === 0) return
    this.times.push(this.now + metres / metresPerSecond)
    this.points.push(point)
  }
  /** Along streets: east first, then north. Nobody keeps one pace: it changes at each crossing. */
  along(point: Point, metresPerSecond: number, random: Random): void {
    for (const corner of [[point[0], this.here[1]] as const, point]) {
      const [x, y] = this.here
      const crossings = Math.max(1, Math.round(Math.hypot(corner[0] - x, corner[1] - y) / 40))
      for (let i = 1; i <= crossings; i++) {
        const share = i / crossings
        const pace = metresPerSecond * (0.85 + 0.3 * random())
        this.to([x + (corner[0] - x) * share, y + (corner[1] - y) * share], pace)
      }
    }
  }
}

export interface Phone {
  readonly everySeconds: number
  readonly sigmaMetres: number
  /** States one accuracy, whatever it is. */
  readonly isConstant: boolean
  /** Decimals of a degree it reports. */
  readonly decimals: number
}

export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** What a phone makes of a way: error that drifts (AR(1), a minute), a reflection now and then, silent when it is. */
export function observeWay(way: TrueWay, day: string, phone: Phone, random: Random, silences = 0.1): Fix[] {
  const midnight = dayBounds(day).from
  const fixes: Fix[] = []
  const sigma = phone.sigmaMetres
  const units = 10 ** phone.decimals // of a degree
  let [east, north] = [sigma * normal(random), sigma * normal(random)]
  const start = way.times[0]!
  const silentFrom = random() < silences ? start + random() * (way.now - start) : Number.POSITIVE_INFINITY
  const silentTo = silentFrom + 300 + 900 * random()
  let at0 = 0
  let before = start
  for (
    let second = Math.ceil(start);
    second <= way.now;
    second += phone.everySeconds + Math.floor(random() * 3)
  ) {
    while (at0 < way.times.length - 2 && way.times[at0 + 1]! <= second) at0++
    const keep = Math.exp(-(second - before) / 60)
    const fresh = sigma * Math.sqrt(1 - keep * keep)
    east = keep * east + fresh * normal(random)
    north = keep * north + fresh * normal(random)
    before = second
    if (second > silentFrom && second < silentTo) continue
    const share = (second - way.times[at0]!) / (way.times[at0 + 1]! - way.times[at0]!)
    const [p, q] = [way.points[at0]!, way.points[at0 + 1]!]
    const far = random() < 0.0015 ? 800 : 0
    const [x, y] = [p[0] + share * (q[0] - p[0]) + east + far, p[1] + share * (q[1] - p[1]) + north]
    const [degreesEast, degreesNorth] = at(x, y)
    const longitude = Math.round(degreesEast * units) / units
    const latitude = Math.round(degreesNorth * units) / units
    const accuracyMetres = phone.isConstant
      ? 10
      : Math.max(3, Math.round(1.5 * sigma * (0.7 + 0.6 * random())))
    fixes.push({ time: midnight + second * 1000, longitude, latitude, accuracyMetres })
  }
  return fixes
}

export const readFixes = (worker: string, day: string, fixes: readonly Fix[]): ScreenedDay => {
  const read = readWorkerDay(orderFixes(fixes), day, fourHoursThreeKilometres)
  if (!read) throw new Error(`no fix of ${worker} on ${day}`)
  return { worker, read }
}

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const gridMetres = 400
const columns = 5
const teams = 20

/** The stops of a grid's round, the same for the whole team: doors along its streets, 80 m apart. */
function roundOf(team: number, random: Random): Point[] {
  const [west, south] = [(team % columns) * gridMetres, Math.floor(team / columns) * gridMetres]
  return Array.from(
    { length: 14 },
    (): Point => [west + 80 * Math.floor(random() * 6), south + 80 * Math.floor(random() * 6)],
  )
}

interface Habits {
  readonly round: readonly Point[]
  readonly isEarly: boolean
  readonly takesBus: boolean
  readonly rides: boolean
  readonly phone: Phone
}

/** A half day: perhaps by bus to the grid, then from door to door; at `meets` with the team mate for ten minutes. */
export function honestWay(habits: Habits, meets: number | undefined, office: Point, random: Random): TrueWay {
  const { round, isEarly, takesBus, rides } = habits
  const start = (isEarly ? 8 : 13) * 3600 + random() * 900
  const far: Point = [round[0]![0] - 4000, round[0]![1]]
  const way = new TrueWay(start, takesBus ? far : round[0]!)
  if (takesBus)
    for (let x = 500; x <= 4000; x += 500) {
      way.to([far[0] + x, far[1]], 6 + 4 * random())
      way.stand(20 + 20 * random())
    }
  const until = start + (3.6 + random()) * 3600
  const pace = 0.95 + 0.4 * random()
  // Most days the usual round, else the other way about.
  const stops = random() < 0.7 ? round : [...round].reverse()
  let met = false
  for (let i = 0; way.now < until; i++) {
    if (!met && meets !== undefined && way.now >= meets - 900) {
      met = true
      way.along(office, pace, random)
      if (way.now < meets) way.stand(meets - way.now)
      way.to([office[0] + 240, office[1]], 1.2)
      way.to([office[0] + 240, office[1] + 240], 1.2)
      way.to([office[0], office[1] + 240], 1.2)
    }
    const stop = stops[i % stops.length]!
    const metres = Math.abs(stop[0] - way.here[0]) + Math.abs(stop[1] - way.here[1])
    way.along(stop, rides && metres > 300 ? 3 + 3 * random() : pace, random)
    way.stand(random() < 0.2 ? 10 : 60 + 540 * random())
  }
  return way
}

/** All worker days of one township: 40 workers. */
export function* honestTown(seed: number, days: number, firstDay = '2026-10-01'): Generator<ScreenedDay> {
  const random = mulberry32(seed)
  const rounds = Array.from({ length: teams }, (_, team) => roundOf(team, random))
  const habits = Array.from(
    { length: 2 * teams },
    (_, worker): Habits => ({
      round: rounds[worker >> 1]!,
      isEarly: random() < 0.8,
      takesBus: random() < 0.2,
      rides: random() < 0.15,
      phone: {
        everySeconds: 10 + Math.floor(random() * 21),
        sigmaMetres: 5 + 25 * random() ** 2,
        isConstant: random() < 0.3,
        decimals: random() < 0.1 ? 5 : 7,
      },
    }),
  )
  for (let n = 0; n < days; n++) {
    const day = dayAfter(firstDay, n)
    for (const [worker, own] of habits.entries()) {
      const mate = habits[worker ^ 1]!
      const meets =
        n % 3 === 0 && own.isEarly === mate.isEarly ? ((own.isEarly ? 9 : 14) + 0.5) * 3600 : undefined
      const way = honestWay(own, meets, own.round[3]!, random)
      yield readFixes(`w${String(worker).padStart(2, '0')}`, day, observeWay(way, day, own.phone, random))
    }
  }
}
