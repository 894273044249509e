/** Seeded walks, stays and receiver error, with the truth known. For tests and benches of the matching. */
import {
  latitudeAt,
  localMetricFrame,
  longitudeAt,
} from '../../../server/core/geometry/local-metric-frame.ts'
import type { Fix } from '../../../server/core/values.ts'

/** Where the simulated township lies. */
export const frame = localMetricFrame(120.9, 30.1)

/** A point `x` metres east and `y` metres north of the township's middle. */
export const at = (x: number, y: number): [number, number] => [longitudeAt(frame, x), latitudeAt(frame, y)]

/** Uniform numbers in (0, 1): a linear congruential generator (Numerical Recipes), enough for tests. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state + 0.5) / 4_294_967_296
  }
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())

export interface Noise {
  /** Standard deviation of the error on each axis, metres. */
  readonly sigma: number
  /** Time over which the error forgets itself, seconds (AR(1), as in Diggelen & Enge's and our own probes). */
  readonly correlation: number
}

export interface Sampling extends Noise {
  readonly from: number
  /** Seconds between fixes. */
  readonly every: number
  readonly seed: number
  /** Whether the phone states its accuracy (1.515 σ, the radius of 68 %). */
  readonly statesAccuracy?: boolean
}

/** Fixes of a true position given in metres as a function of seconds, for `seconds`. */
export function observe(
  truth: (second: number) => readonly [x: number, y: number],
  seconds: number,
  { from, every, seed, sigma, correlation, statesAccuracy }: Sampling,
): Fix[] {
  const random = seeded(seed)
  const keep = correlation > 0 ? Math.exp(-every / correlation) : 0
  const fresh = sigma * Math.sqrt(1 - keep * keep)
  let ex = sigma * normal(random)
  let ey = sigma * normal(random)
  const fixes: Fix[] = []
  for (let second = 0; second <= seconds; second += every) {
    const [x, y] = truth(second)
    const [longitude, latitude] = at(x + ex, y + ey)
    const accuracyMetres = statesAccuracy ? { accuracyMetres: 1.515 * sigma } : {}
    fixes.push({ time: from + second * 1000, longitude, latitude, ...accuracyMetres })
    ex = keep * ex + fresh * normal(random)
    ey = keep * ey + fresh * normal(random)
  }
  return fixes
}

/** A walk along the streets of a chequerboard of blocks: a turn at the end of each leg, by a fixed pattern. */
export function streetWalk(
  metresPerSecond: number,
  legMetres: number,
): (second: number) => readonly [number, number] {
  const headings = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, 1],
  ] as const
  return (second) => {
    const walked = second * metresPerSecond
    const legs = Math.floor(walked / legMetres)
    let x = 0
    let y = 0
    for (let i = 0; i < legs; i++) {
      x += headings[i % 4]![0] * legMetres
      y += headings[i % 4]![1] * legMetres
    }
    const rest = walked - legs * legMetres
    return [x + headings[legs % 4]![0] * rest, y + headings[legs % 4]![1] * rest]
  }
}
