import { distanceMetres } from '../geometry/distance-metres.ts'
import { latitudeAt, longitudeAt } from '../geometry/local-metric-frame.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Knots } from './knots.ts'
import type { LineFit, LineFits } from './line-fits.ts'

/** A place where the path turns, and when. */
export interface Turn {
  /** Seconds and metres as the knots have them. */
  readonly time: number
  readonly x: number
  readonly y: number
  /** The vertex it is nearest behind or at. */
  readonly vertex: number
}

/** A straight part of a path; it ends at a vertex and begins where the one before it ends. */
export interface Leg {
  readonly lastVertex: number
  /** Metres, less what error adds in the mean. */
  readonly metres: number
  /** Variance of its length, square metres. */
  readonly variance: number
  /** What error adds or may have hidden in turns, metres. */
  readonly slack: number
  /** What the leg is shorter than a usual walk of its time, metres, as far as that may be unseen; negative where it is longer. */
  readonly shortfall: number
}

/** Walks that were farther apart than so many deviations at one time may still have met, one of them pausing; and farther than so many they did not. */
const meetSigmas = 1.5
const missSigmas = 2.5
/** Where a walk turns back more sharply than to this cosine nobody can tell a pause from a turn. */
const turnBack = -0.4
/** What of a leg's variance is taken off the square of its length: 1 for chance alone (Rice), more as the turns that look sharpest are picked. */
const picked = 2.5
/** A leg of length L and variance v may hide turns of so many v / L metres: found on simulated walks, a twentieth of what the penalty of a leg allows. */
const hidden = 3
/** Going to and fro over rows of 50 m is so far from its middle in the mean square (50 / √12), and stepping aside by 15 m (15 / √12). Metres. */
export const rowMetres = 15
const asideMetres = 4.3
/** The usual pace as a share of a brisk one: 1.2 m/s of 1.6, the walking speed of the Highway Capacity Manual (TRB 2010). */
const usualShare = 0.75

/** How fast people usually walk. Metres per second. */
export const usualPace = (policy: PatrolPolicy): number => usualShare * policy.walkingMetresPerSecond

interface Corner extends Turn {
  /** The share the leg before and the leg after have in it: the rest is known without error. */
  readonly before: number
  readonly after: number
}

const cornerAt = ({ time, x, y, vertex }: Turn, before: number, after: number): Corner => ({
  time,
  x,
  y,
  vertex,
  before,
  after,
})

/** The legs between the turns of a path whose even walks begin at the knots `starts`. */
export function joinLegs(
  knots: Knots,
  fits: LineFits,
  starts: readonly number[],
  { start, end }: { readonly start: Turn | undefined; readonly end: Turn | undefined },
  policy: PatrolPolicy,
): Leg[] {
  const walks: readonly Walk[] = starts.map((from, k) => {
    const to = (starts[k + 1] ?? knots.size) - 1
    return { from, to, fit: fits.fit(from, to) }
  })
  const noise = noiseOf(fits, walks)
  const pace = usualPace(policy)
  if (walks.length === 0)
    return start && end
      ? [legBetween(cornerAt(start, 0, 0), cornerAt(end, 0, 0), Number.POSITIVE_INFINITY)]
      : []
  const legs: Leg[] = []
  let corner: Corner = start ? cornerAt(start, 0, 0) : cornerAt(pointAt(knots, walks[0]!.fit, 0), 0, 1)
  walks.forEach(({ from, to, fit }, k) => {
    const hides = unseenSquare(knots, fits, from, to)
    const before = walks[k - 1]?.fit
    const after = walks[k + 1]?.fit
    const meeting = after && meet(knots, fit, after, to)
    if (meeting) {
      legs.push(legBetween(corner, meeting, hides, before, fit, after))
      corner = meeting
      return
    }
    const left: Corner = !after && end ? cornerAt(end, 0, 0) : cornerAt(pointAt(knots, fit, to), 1, 0)
    legs.push(legBetween(corner, left, hides, before, fit))
    if (!after) return
    const reached: Corner = cornerAt(pointAt(knots, after, to + 1), 0, 1)
    legs.push(legBetween(left, reached, Number.POSITIVE_INFINITY, fit, undefined, after))
    corner = reached
  })
  return legs

  /** A leg between two corners: of the walk `own`, and as far as its corners are theirs of those before and after it. @param unseen square metres */
  function legBetween(
    a: Corner,
    b: Corner,
    unseen: number,
    before?: LineFit,
    own?: LineFit,
    after?: LineFit,
  ): Leg {
    const { frame } = knots
    const length = distanceMetres(
      longitudeAt(frame, a.x),
      latitudeAt(frame, a.y),
      longitudeAt(frame, b.x),
      latitudeAt(frame, b.y),
    )
    const seconds = b.time - a.time
    let variance = 0
    if (before) variance += a.before ** 2 * varianceAt(before, a.time)
    if (after) variance += b.after ** 2 * varianceAt(after, b.time)
    const memory = knots.memory[0]!
    if (memory > 0) variance *= 1 - Math.exp(-seconds / memory)
    if (own) {
      const place = b.before - a.after
      const time = b.before * b.time - a.after * a.time
      variance += place * place * own.place + 2 * place * time * own.both + time * time * own.velocity
    }
    // Slower than walking and within error: a pause. χ² of two degrees, 95 %.
    const pauses = length < policy.stillMetresPerSecond * seconds && length * length < 5.99 * variance
    return {
      lastVertex: b.vertex,
      metres: pauses ? 0 : Math.sqrt(Math.max(0, length * length - picked * noise * variance)),
      variance,
      slack: pauses ? length / 2 : Math.min(length / 2, (hidden * variance) / Math.max(1, length)),
      shortfall: pauses
        ? Math.min(1, unseen / rowMetres ** 2) * pace * seconds
        : Math.min(1, unseen / asideMetres ** 2) * (pace * seconds - length),
    }
  }
}

interface Walk {
  readonly from: number
  readonly to: number
  readonly fit: LineFit
}

/** The share of the stated error that the walks' own misfit shows, 0 to 1: what is smooth was not made longer by error. */
function noiseOf(fits: LineFits, walks: readonly Walk[]): number {
  let [misfit, freedom] = [0, 0]
  for (const { from, to } of walks) {
    misfit += fits.misfit(from, to)
    freedom += Math.max(0, 2 * (to - from - 1))
  }
  return freedom > 0 ? Math.min(1, misfit / freedom) : 0
}

/**
 * How far from an even walk somebody may have gone unseen, in the mean square, on each axis: going r about would add n r² / σ² to the misfit of n degrees of
 * freedom, and it may have added what the misfit is more than n, and 1.64 of its deviations √(2 n). Square metres.
 */
function unseenSquare(knots: Knots, fits: LineFits, from: number, to: number): number {
  const freedom = 2 * (to - from - 1)
  if (freedom <= 0) return Number.POSITIVE_INFINITY
  const added = fits.misfit(from, to) - freedom + 1.64 * Math.sqrt(2 * freedom)
  return (Math.max(0, added) * knots.sigma[from]! ** 2) / freedom
}

/** Where an even walk was at a knot's time. */
function pointAt(knots: Knots, { x0, y0, vx, vy }: LineFit, knot: number): Turn {
  const time = knots.time[knot]!
  const isLast = knot === knots.size - 1
  return {
    time,
    x: x0 + vx * time,
    y: y0 + vy * time,
    vertex: isLast ? knots.vertex[knot + 1]! - 1 : knots.vertex[knot]!,
  }
}

const varianceAt = ({ place, both, velocity }: LineFit, time: number): number =>
  place + 2 * time * both + time * time * velocity

/**
 * Where two walks met between the knots `to` and `to + 1`: at the time when they were nearest to each other, the mean of both places by their
 * variances. If they were too far apart for that, one of them paused at the corner and its line runs on beyond it: then where the lines cross,
 * behind the one and before the other. Undefined where error explains neither.
 */
function meet(knots: Knots, a: LineFit, b: LineFit, to: number): Corner | undefined {
  const from = knots.time[to]!
  const until = knots.time[to + 1]!
  const fasterX = b.vx - a.vx
  const fasterY = b.vy - a.vy
  const square = fasterX * fasterX + fasterY * fasterY
  const nearest = square > 0 ? -((b.x0 - a.x0) * fasterX + (b.y0 - a.y0) * fasterY) / square : from
  const time = Math.min(until, Math.max(from, nearest))
  const ax = a.x0 + a.vx * time
  const ay = a.y0 + a.vy * time
  const bx = b.x0 + b.vx * time
  const by = b.y0 + b.vy * time
  const apart = (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
  const varianceA = varianceAt(a, time)
  const varianceB = varianceAt(b, time)
  const before = varianceB / (varianceA + varianceB)
  const after = 1 - before
  const vertex = knots.vertex[to + 1]! - (2 * time < from + until ? 1 : 0)
  // Both end within the same error: their difference has of it only what is new from the one knot to the next.
  const fresh = 1 - knots.kept[to + 1]!
  const missed = apart / ((varianceA + varianceB) * fresh)
  const mean = { time, x: ax + after * (bx - ax), y: ay + after * (by - ay), vertex, before, after }
  if (missed <= meetSigmas ** 2) return mean
  // The place that fits both best if each may be off along its way by as much as they were apart.
  const acrossA = 1 / varianceA
  const acrossB = 1 / varianceB
  const lessA = lessAlong(a, varianceA, apart)
  const lessB = lessAlong(b, varianceB, apart)
  const a11 = acrossA + lessA * a.vx * a.vx
  const a12 = lessA * a.vx * a.vy
  const a22 = acrossA + lessA * a.vy * a.vy
  const b11 = acrossB + lessB * b.vx * b.vx
  const b12 = lessB * b.vx * b.vy
  const b22 = acrossB + lessB * b.vy * b.vy
  const c11 = a11 + b11
  const c12 = a12 + b12
  const c22 = a22 + b22
  const gx = b11 * (bx - ax) + b12 * (by - ay)
  const gy = b12 * (bx - ax) + b22 * (by - ay)
  const dx = (c22 * gx - c12 * gy) / (c11 * c22 - c12 * c12)
  const dy = (c11 * gy - c12 * gx) / (c11 * c22 - c12 * c12)
  const ex = ax + dx - bx
  const ey = ay + dy - by
  const paces = Math.sqrt((a.vx * a.vx + a.vy * a.vy) * (b.vx * b.vx + b.vy * b.vy))
  const isBehind = dx * a.vx + dy * a.vy <= 0 && ex * b.vx + ey * b.vy >= 0
  if (!isBehind || a.vx * b.vx + a.vy * b.vy < turnBack * paces)
    return missed <= missSigmas ** 2 ? mean : undefined
  const left =
    a11 * dx * dx + 2 * a12 * dx * dy + a22 * dy * dy + b11 * ex * ex + 2 * b12 * ex * ey + b22 * ey * ey
  return left <= missSigmas ** 2 * fresh ? { time, x: ax + dx, y: ay + dy, vertex, before, after } : undefined
}

/**
 * In the inverse of the covariance of where a walk was, what its way takes off for each square of its velocity: it is less sure along its way than
 * across, for nobody knows who paused.
 */
function lessAlong({ vx, vy }: LineFit, variance: number, along: number): number {
  const pace = vx * vx + vy * vy
  return pace > 0 ? (1 / (variance + along) - 1 / variance) / pace : 0
}
