import { eastMetres, northMetres } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Path } from './collapse-stays.ts'
import { type LegCutter, walkPenalty } from './cut-legs.ts'
import type { ErrorMemory } from './estimate-errors.ts'
import { keptRoom } from './fitting-room.ts'
import { joinLegs, type Leg, type Turn, usualPace } from './join-legs.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { Knots } from './knots.ts'
import type { LineFits } from './line-fits.ts'
import { OBSERVED } from './trace.ts'

/** What each segment of a path adds to the distance, and how far that can be trusted. */
export interface Movement {
  /** Metres of movement. */
  readonly metres: Float64Array
  /** Variance of these metres from the error of the fixes, square metres: adds up over segments, as the metres do. */
  readonly variance: Float64Array
  /** Metres by which the legs found may be too long or too short in the mean. */
  readonly slack: Float64Array
}

/**
 * Metres of movement for each segment of a path, free of the error that makes a raw trace grow while nobody moves.
 *
 * Each stretch of observed movement between two stays is drawn by as few even walks, straight and at one pace, as its error allows
 * (`Knots`, `LineFits`, `LegCutter`), which meet where both were at one time (`joinLegs`). The length of a leg is spread over the segments it
 * replaces in proportion to their own length, so that any division of the path divides the metres exactly. A stretch that is one leg within
 * the error of its ends is error altogether: 0 m. Standing in a stay is 0 m. What was not observed is 0 m.
 * @param unrest for each stay the share of its time that may be walked within the error (`trimStays`)
 */
export function measureMovement(
  path: Path,
  memory: ErrorMemory,
  unrest: readonly number[],
  policy: PatrolPolicy,
): Movement {
  const segments = path.kind.length
  const movement = {
    metres: new Float64Array(segments),
    variance: new Float64Array(segments),
    slack: new Float64Array(segments),
  }
  if (segments === 0) return movement
  const pace = usualPace(policy) / 1000 // metres in a millisecond
  for (let i = 0; i < segments; i++)
    if (path.kind[i] === OBSERVED && path.stay[i]! >= 0)
      movement.slack[i] = unrest[path.stay[i]!]! * pace * (path.time[i + 1]! - path.time[i]!)
  const stretches: number[] = [] // first and last vertex of each
  let capacity = 0
  for (let i = 0; i < segments; i++) {
    if (!moves(path, i)) continue
    const first = i
    while (moves(path, i)) i++
    stretches.push(first, i)
    capacity = Math.max(capacity, i + 1 - first)
  }
  const stretch = new StretchMeasure(path, memory, policy, movement, capacity)
  for (let k = 0; k < stretches.length; k += 2) stretch.measure(stretches[k]!, stretches[k + 1]!)
  return movement
}

/** Whether there is a segment `i` and it is observed movement. */
const moves = ({ kind, stay }: Path, i: number): boolean =>
  i < kind.length && kind[i] === OBSERVED && stay[i] === -1

const roomFor = keptRoom(0, walkPenalty)

/**
 * What share of the legs' shortfalls remains when those that were faster than usual are set against them: on a street paces differ and little
 * is left, in turns within the error all legs are too slow.
 */
function shareUnwalked(legs: readonly Leg[]): number {
  let [sum, short] = [0, 0]
  for (const { shortfall } of legs) {
    sum += shortfall
    short += Math.max(0, shortfall)
  }
  return sum > 0 ? sum / short : 0
}

class StretchMeasure {
  readonly #path: Path
  readonly #policy: PatrolPolicy
  readonly #movement: Movement
  readonly #knots: Knots
  readonly #fits: LineFits
  readonly #cutter: LegCutter

  constructor(path: Path, memory: ErrorMemory, policy: PatrolPolicy, movement: Movement, capacity: number) {
    this.#path = path
    this.#policy = policy
    this.#movement = movement
    this.#knots = new Knots(path, memory, policy, capacity)
    const { fits, cutter } = roomFor(capacity)
    this.#fits = fits
    this.#cutter = cutter
  }

  /** Fills the columns for the segments between the vertices `first` and `last`. */
  measure(first: number, last: number): void {
    const { stay } = this.#path
    const knots = this.#knots
    const fromStay = first > 0 && stay[first - 1]! >= 0
    const toStay = last < stay.length && stay[last]! >= 0
    knots.gather(fromStay ? first + 1 : first, toStay ? last : last + 1)
    this.#fits.prepare(knots)
    const starts = this.#cutter.cut(this.#fits, knots)
    const legs = joinLegs(
      knots,
      this.#fits,
      starts,
      {
        start: fromStay ? this.#place(first) : undefined,
        end: toStay ? this.#place(last) : undefined,
      },
      this.#policy,
    )
    this.#ownLengths(first, last)
    const unwalked = shareUnwalked(legs)
    const only = legs.length === 1 && this.#withinError(legs[0]!, first, last)
    // A leg too short for a segment of its own goes with the next one.
    let [from, metres, variance, slack] = [first, 0, 0, 0]
    legs.forEach((leg, k) => {
      metres += only ? 0 : leg.metres
      variance += leg.variance
      slack += (only ? leg.metres : leg.slack) + unwalked * Math.max(0, leg.shortfall)
      const to = k < legs.length - 1 ? leg.lastVertex : last
      if (to <= from) return
      this.#spread(from, to, metres, variance, slack)
      from = to
      metres = variance = slack = 0
    })
  }

  #place(vertex: number): Turn {
    const { time, longitude, latitude } = this.#path
    const { frame } = this.#knots
    return {
      time: (time[vertex]! - time[0]!) / 1000,
      x: eastMetres(frame, longitude[vertex]!),
      y: northMetres(frame, latitude[vertex]!),
      vertex,
    }
  }

  #withinError({ metres }: Leg, first: number, last: number): boolean {
    const { accuracy } = this.#path
    const policy = this.#policy
    return (
      metres <=
      Math.max(
        policy.movementGateMetres,
        knownAccuracy(accuracy[first]!, policy),
        knownAccuracy(accuracy[last]!, policy),
      )
    )
  }

  /** The lengths of the segments between two vertices in the flat frame: good enough for shares of a leg. */
  #ownLengths(first: number, last: number): void {
    const { longitude, latitude } = this.#path
    const { metresPerDegreeLongitude, metresPerDegreeLatitude } = this.#knots.frame
    const { metres } = this.#movement
    for (let i = first; i < last; i++) {
      const dx = (longitude[i + 1]! - longitude[i]!) * metresPerDegreeLongitude
      const dy = (latitude[i + 1]! - latitude[i]!) * metresPerDegreeLatitude
      metres[i] = Math.sqrt(dx * dx + dy * dy)
    }
  }

  /** Spreads a leg's figures over the segments a … b − 1, whose metres hold their own lengths. */
  #spread(a: number, b: number, legMetres: number, legVariance: number, legSlack: number): void {
    const { metres, variance, slack } = this.#movement
    let sum = 0
    for (let i = a; i < b; i++) sum += metres[i]!
    const factor = sum > 0 ? 1 / sum : 0
    for (let i = a; i < b; i++) {
      const share = metres[i]! * factor
      metres[i] = share * legMetres
      variance[i] = share * legVariance
      slack[i] = share * legSlack
    }
  }
}
