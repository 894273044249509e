import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Path } from './collapse-stays.ts'
import { decorrelated } from './fix-error.ts'
import { breakOf, Knots } from './knots.ts'
import { OBSERVED } from './trace.ts'

/** What each segment of a path adds to the distance, and how far that can be trusted. */
export interface Movement {
  /** Metres of movement. */
  readonly metres: Float64Array
  /** Variance of these metres from the error of the fixes, square metres: adds up over segments, as the metres do. */
  readonly variance: Float64Array
  /** Metres by which error makes legs longer and corners between two fixes make them shorter, in the mean. */
  readonly slack: Float64Array
}

/**
 * Metres of movement for each segment of a path, free of the error that makes a raw trace grow while nobody moves.
 *
 * Fixes between which a walker gets no further than their error radius are averaged, weighted by accuracy (`Knots`). Each stretch of
 * observed movement between two stays is drawn by few straight legs that no knot leaves, aside or backwards, by more
 * than its error circle (after Douglas & Peucker 1973; the tolerance of a fix is its accuracy radius, at least the policy's gate).
 *
 * The length of a leg is spread over the segments it replaces in proportion to their own length, so that any division of the path
 * divides the metres exactly. A stretch that never leaves the circle of its ends is error altogether: 0 m. Standing in a stay is 0 m.
 * What was not observed is 0 m.
 */
export function measureMovement(path: Path, policy: PatrolPolicy): Movement {
  const segments = path.kind.length
  const movement = {
    metres: new Float64Array(segments),
    variance: new Float64Array(segments),
    slack: new Float64Array(segments),
  }
  if (segments === 0) return movement
  const stretch = new StretchMeasure(path, policy, movement)
  for (let i = 0; i < segments; i++) {
    if (!moves(path, i)) continue
    const first = i
    while (moves(path, i)) i++
    stretch.measure(first, i)
  }
  return movement
}

/** Whether there is a segment `i` and it is observed movement. */
const moves = ({ kind, stay }: Path, i: number): boolean =>
  i < kind.length && kind[i] === OBSERVED && stay[i] === -1

/** A right-angled corner somewhere between two fixes d apart is cut by d (1 − ∫√(u² + (1 − u)²) du) in the mean, u from 0 to 1. */
const cornerLoss = 1 - 0.8116

class StretchMeasure {
  readonly #policy: PatrolPolicy
  readonly #movement: Movement
  readonly #knots: Knots
  readonly #ends: number[] = []

  constructor(path: Path, policy: PatrolPolicy, movement: Movement) {
    this.#policy = policy
    this.#movement = movement
    this.#knots = new Knots(path, policy)
  }

  /** Fills the columns for the segments between the vertices `first` and `last`. */
  measure(first: number, last: number): void {
    const { metres } = this.#movement
    const knots = this.#knots
    knots.gather(first, last)
    knots.ownLengths(first, last, metres) // good enough for shares of a leg
    const ends = this.#ends
    ends.push(knots.size - 1)
    let from = 0
    while (ends.length > 0) {
      const to = ends[ends.length - 1]!
      const corner = breakOf(knots, from, to)
      if (corner >= 0) {
        ends.push(corner)
        continue
      }
      ends.pop()
      this.#leg(from, to)
      from = to
    }
  }

  #leg(from: number, to: number): void {
    const { time, tolerance, sigma2, vertex, size } = this.#knots
    const leg = this.#knots.metresBetween(from, to)
    const whole = from === 0 && to === size - 1
    const isError = whole && leg <= Math.max(tolerance[from]!, tolerance[to]!)
    // Along the leg the difference of two errors of which a share ρ is common has the variance (σ₁² + σ₂²)(1 − ρ).
    const variance = (sigma2[from]! + sigma2[to]!) * decorrelated(time[to]! - time[from]!, this.#policy)
    // Across it the difference makes the leg longer by variance / 2 L, in the mean (Rice's distribution, high signal).
    const excess = leg > 0 ? Math.min(leg, variance / (2 * leg)) : 0
    // A corner is where two legs meet: it lies between two fixes, and within their error nobody knows how sharp it is.
    const corner = to === size - 1 ? 0 : cornerLoss * (leg / (to - from)) + tolerance[to]! / 4
    spread(
      this.#movement,
      vertex[from]!,
      vertex[to]!,
      isError ? 0 : leg,
      variance,
      isError ? leg : excess + corner,
    )
  }
}

/** Spreads a leg's figures over the segments a … b − 1, whose metres hold their own lengths. */
function spread(
  { metres, variance, slack }: Movement,
  a: number,
  b: number,
  leg: number,
  legVariance: number,
  legSlack: number,
): void {
  let sum = 0
  for (let i = a; i < b; i++) sum += metres[i]!
  const factor = sum > 0 ? 1 / sum : 0
  for (let i = a; i < b; i++) {
    const share = metres[i]! * factor
    metres[i] = share * leg
    variance[i] = share * legVariance
    slack[i] = share * legSlack
  }
}
