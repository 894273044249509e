/**
 * What a phone makes of a track: a fix every so many seconds, wrong by an error that drifts (AR(1), correlated over a minute), now
 * and then far off by a reflection or with a poor accuracy, and silent while it is off.
 */
import { distance, moved, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Track } from './track.ts'

export interface PhoneFix {
  /** Seconds since local midnight. */
  readonly second: number
  readonly at: Point
  readonly accuracyMetres: number
  readonly metresPerSecond: number
}
export interface Silence {
  readonly from: number
  readonly to: number
}

const correlationSeconds = 60
const reflectionChance = 0.0016
const poorChance = 0.006

/** Whole seconds at which the phone reports. */
export function reportTimes(
  track: Track,
  everySeconds: number,
  silences: readonly Silence[],
  random: Random,
): number[] {
  const times: number[] = []
  for (let t = Math.ceil(track.times[0]!); t <= track.now; t += everySeconds + random.whole(-1, 2))
    if (!silences.some(({ from, to }) => t > from && t < to)) times.push(t)
  return times
}

export function record(
  track: Track,
  times: readonly number[],
  sigmaMetres: number,
  random: Random,
): PhoneFix[] {
  let [east, north] = [random.normal(sigmaMetres), random.normal(sigmaMetres)]
  const truth = times.map(track.reader())
  return times.map((second, i): PhoneFix => {
    const before = Math.max(0, i - 1)
    const passed = i === 0 ? 0 : second - times[before]!
    const kept = Math.exp(-passed / correlationSeconds)
    const fresh = sigmaMetres * Math.sqrt(1 - kept * kept)
    east = east * kept + random.normal(fresh)
    north = north * kept + random.normal(fresh)
    const here = truth[i]!
    const pace = passed === 0 || passed > 120 ? 0 : distance(truth[before]!, here) / passed
    const metresPerSecond =
      pace === 0 ? Math.max(0, random.normal(0.15)) : Math.max(0, pace + random.normal(0.2))
    const accuracyMetres = Math.max(3, Math.round(sigmaMetres * random.between(0.9, 1.7)))
    const at: Point = [here[0] + east, here[1] + north]
    if (random.chance(reflectionChance))
      return {
        second,
        at: moved(at, random.between(0, 6.28), random.between(650, 1300)),
        accuracyMetres: random.whole(5, 12),
        metresPerSecond,
      }
    if (random.chance(poorChance))
      return {
        second,
        at: [at[0] + random.normal(90), at[1] + random.normal(90)],
        accuracyMetres: random.whole(120, 400),
        metresPerSecond,
      }
    return { second, at, accuracyMetres, metresPerSecond }
  })
}
