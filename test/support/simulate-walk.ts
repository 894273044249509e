/**
 * Seeded walks with the truth known: routes along streets, through courtyards and between halts, and what a receiver with correlated
 * error reports of them. Metres east and north of `at(0, 0)`, seconds from the route's start.
 */
import { mulberry32, type Random } from '../../server/core/planning/random.ts'
import type { Fix } from '../../server/core/values.ts'
import { at } from '../core/trajectories/simulate.ts'

/** Where somebody was when; between two stations straight and even. */
export interface Station {
  readonly second: number
  readonly x: number
  readonly y: number
}
export type Route = readonly Station[]

/**
 * `streets`: blocks of 40 to 180 m. `courtyards`: to and fro along rows of houses, 40 to 80 m, 15 to 30 m apart. `road`: one straight line.
 * `dog-legs`: stretches of 60 to 150 m, each 15 to 40 m beside the last. `to-and-fro`: one street of 100 to 300 m. `block`: round
 * one of 60 to 150 m a side. `mixed`: ten legs of streets, of dog-legs, of to-and-fro and of a block, in turn.
 */
export type RouteKind = 'streets' | 'courtyards' | 'road' | 'dog-legs' | 'to-and-fro' | 'block' | 'mixed'

export interface RoutePlan {
  readonly kind: RouteKind
  readonly seconds: number
  readonly seed: number
  /** Chance of a pause of 5 to 60 s at the end of a leg. */
  readonly pauses?: number
  /** Chance of a stay of 6 to 20 min at the end of a leg. */
  readonly stays?: number
  /** Stands still one to ten minutes at this many doors, wherever they come on the way; together at most half the time. */
  readonly doors?: number
  /** A square of this half width that the walker turns back at. */
  readonly withinMetres?: number
}

const between = (random: Random, least: number, most: number): number => least + random() * (most - least)
/** The first side of a block, the row or stretch of a street, and the other: the way between rows or beside the last stretch. */
const legMetres = {
  streets: [[40, 180]],
  courtyards: [[40, 80], [15, 30]],
  road: [[1e5, 1e5]],
  'dog-legs': [[60, 150], [15, 40]],
} as const // biome-ignore format: a table
const blockMetres = [60, 150] as const
const streetMetres = [100, 300] as const
const parts = ['streets', 'dog-legs', 'to-and-fro', 'block'] as const
const headings = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const // biome-ignore format: a table

/** A walk at 0.8 to 1.6 m/s, another pace each leg, that starts in the middle. */
export function routeOf({
  kind,
  seconds,
  seed,
  pauses = 0,
  stays = 0,
  doors = 0,
  withinMetres = 1e6,
}: RoutePlan): Route {
  const random = mulberry32(seed)
  const route: Station[] = [{ second: 0, x: 0, y: 0 }]
  let [second, x, y, heading] = [0, 0, 0, Math.floor(random() * 4)]
  let sides: readonly number[] = []
  for (let leg = 0; second < seconds; leg++) {
    const part = kind === 'mixed' ? parts[Math.floor(leg / 10) % parts.length]! : kind
    if (leg % 10 === 0 && (leg === 0 || kind === 'mixed')) sides = sidesOf(part, random)
    const metres = sides.length > 0 ? sides[leg % sides.length]! : between(random, ...legOf(part, leg))
    const [dx, dy] = headings[heading]!
    x = Math.max(-withinMetres, Math.min(withinMetres, x + dx * metres))
    y = Math.max(-withinMetres, Math.min(withinMetres, y + dy * metres))
    const from = route.at(-1)!
    second += Math.hypot(x - from.x, y - from.y) / between(random, 0.8, 1.6)
    route.push({ second, x, y })
    const halt = random()
    if (halt < pauses) second += between(random, 5, 60)
    else if (halt < pauses + stays) second += between(random, 360, 1200)
    if (second > route.at(-1)!.second) route.push({ second, x, y })
    heading = turned(part, heading, leg, random)
  }
  return cutAt(doors > 0 ? haltAtDoors(route, seconds, doors, random) : route, seconds)
}

/** The sides of what is walked over and over: of a street one, of a block two. */
function sidesOf(kind: RouteKind, random: Random): readonly number[] {
  if (kind === 'to-and-fro') return [between(random, ...streetMetres)]
  return kind === 'block' ? [between(random, ...blockMetres), between(random, ...blockMetres)] : []
}

function legOf(kind: RouteKind, leg: number): readonly [least: number, most: number] {
  const ranges = legMetres[kind as keyof typeof legMetres]
  return ranges[leg % ranges.length]!
}

/** Right, left or on in a street, now and then back; a courtyard is walked row by row. */
function turned(kind: RouteKind, heading: number, leg: number, random: Random): number {
  if (kind === 'courtyards') return (heading + (leg % 4 < 2 ? 1 : 3)) % 4
  if (kind === 'to-and-fro') return (heading + 2) % 4
  if (kind === 'block') return (heading + 1) % 4
  if (kind === 'dog-legs') return (heading + (leg % 2 === 1 ? 4 - turnBefore(leg) : turnBefore(leg + 1))) % 4
  const draw = random()
  return (heading + (draw < 0.35 ? 1 : draw < 0.7 ? 3 : draw < 0.95 ? 0 : 2)) % 4
}

/** The side to which a dog-leg's offset goes: right, right, left, left. 1 or 3. */
const turnBefore = (leg: number): number => (leg % 8 < 4 ? 1 : 3)

/** The same way with halts of one to ten minutes at random moments of it. */
function haltAtDoors(route: Route, seconds: number, doors: number, random: Random): Route {
  const wished = Array.from({ length: doors }, () => between(random, 60, 600))
  const share = Math.min(1, seconds / 2 / wished.reduce((sum, one) => sum + one, 0))
  const lasting = wished.map((one) => Math.max(60, one * share))
  const walking = seconds - lasting.reduce((sum, one) => sum + one, 0)
  const moments = lasting.map(() => random() * walking).sort((a, b) => a - b)
  const halted: Station[] = []
  let [done, later] = [0, 0]
  for (const station of route) {
    for (; done < moments.length && moments[done]! < station.second; done++) {
      const moment = moments[done]!
      const [x, y] = positionAt(route, moment)
      halted.push({ second: moment + later, x, y }, { second: moment + later + lasting[done]!, x, y })
      later += lasting[done]!
    }
    halted.push({ ...station, second: station.second + later })
  }
  return halted
}

function cutAt(route: readonly Station[], seconds: number): Route {
  const within = route.filter(({ second }) => second < seconds)
  const [x, y] = positionAt(route, seconds)
  return [...within, { second: seconds, x, y }]
}

/** Where the walker is. Before the start at the first station, after the end at the last. */
export function positionAt(route: Route, second: number): readonly [x: number, y: number] {
  let low = 0
  let high = route.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (route[middle]!.second < second) low = middle + 1
    else high = middle
  }
  const to = route[low]!
  const from = route[Math.max(0, low - 1)]!
  const share = to.second > from.second ? Math.max(0, Math.min(1, (second - from.second) / (to.second - from.second))) : 1 // biome-ignore format: one line
  return [from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)]
}

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Metres walked and seconds spent within a box, exactly. */
export function truthWithin(
  route: Route,
  { west, south, east, north }: Box,
): { readonly metres: number; readonly seconds: number } {
  let [metres, seconds] = [0, 0]
  for (let i = 1; i < route.length; i++) {
    const a = route[i - 1]!
    const b = route[i]!
    const dx = b.x - a.x
    const dy = b.y - a.y
    // Liang & Barsky 1984: the share of the leg on the inner side of all four lines.
    let [from, to] = [0, 1]
    for (const [rise, room] of [[-dx, a.x - west], [dx, east - a.x], [-dy, a.y - south], [dy, north - a.y]] as const) {
      if (rise === 0) to = room < 0 ? 0 : to
      else if (rise < 0) from = Math.max(from, room / rise)
      else to = Math.min(to, room / rise)
    } // biome-ignore format: a table
    const share = Math.max(0, to - from)
    metres += share * Math.hypot(dx, dy)
    seconds += share * (b.second - a.second)
  }
  return { metres, seconds }
}

export interface Receiver {
  /** Epoch milliseconds of the route's start. */
  readonly from: number
  /** Seconds between fixes. */
  readonly every: number
  readonly seed: number
  /** Standard deviation of the error on each axis, metres. */
  readonly sigma: number
  /** Time over which the error forgets itself (AR(1)), seconds; 0: at once; 60 where not said. */
  readonly correlation?: number
  /** What is declared: the radius of 68 % (1.51 σ), σ itself, half the radius, or nothing. */
  readonly states: 'radius' | 'sigma' | 'half' | 'nothing'
  /** Stretches [from, to) in seconds of which nothing arrives. */
  readonly outages?: readonly (readonly [from: number, to: number])[]
}

/** Rayleigh's 68th percentile: √(−2 ln 0.32). */
export const radiusOfSigma = Math.sqrt(-2 * Math.log(0.32))

/** Normal numbers, mean 0 and variance 1 (Box & Muller 1958). */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** The fixes a receiver reports of a route. */
export function receive(route: Route, receiver: Receiver): Fix[] {
  const { from, every, seed, sigma, correlation = 60, states, outages = [] } = receiver
  const random = mulberry32(seed)
  const keep = correlation > 0 ? Math.exp(-every / correlation) : 0
  const radius = { radius: radiusOfSigma * sigma, sigma, half: (radiusOfSigma * sigma) / 2 }
  const fresh = sigma * Math.sqrt(1 - keep * keep)
  let [errorX, errorY] = [sigma * normal(random), sigma * normal(random)]
  const fixes: Fix[] = []
  for (let second = 0; second <= route.at(-1)!.second; second += every) {
    const [x, y] = positionAt(route, second)
    const [longitude, latitude] = at(x + errorX, y + errorY)
    if (!outages.some(([start, end]) => second >= start && second < end)) {
      const accuracy = states === 'nothing' ? {} : { accuracyMetres: radius[states] }
      fixes.push({ time: from + second * 1000, longitude, latitude, ...accuracy })
    }
    errorX = keep * errorX + fresh * normal(random)
    errorY = keep * errorY + fresh * normal(random)
  }
  return fixes
}
