import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { metresToBoundary } from './boundary-distance.ts'
import type { Path } from './collapse-stays.ts'
import type { AssignedGrid } from './find-inside-spans.ts'
import { sigmaOf } from './fix-error.ts'
import { knownAccuracy } from './judge-fixes.ts'
import type { Movement } from './measure-movement.ts'
import { type PreparedGrid, prepareGrid } from './prepare-grid.ts'
import type { Spans } from './spans.ts'

/** 95 % of a normal distribution lie within so many standard deviations. */
const sigmas95 = 1.96

/**
 * The bound that the metres inside a grid differ from the truth by at most, in 95 of 100 days:
 *
 *     1.96 √( 2 Σ φ v + Σ σ² ) + Σ φ s
 *
 * with, for each part φ of a segment inside, v the variance of its metres and s by how much error may have made its legs longer or hidden
 * in them (`measureMovement`, `joinLegs`): turns smaller than the error; what a stretch is slower than people walk; of a pause or a stay the time in which
 * going about would not show, or does (`trimStays`). And σ² once for each crossing of the boundary on the move: the crossing is known along
 * the way only as well as the fixes beside it. Legs that meet share the error of their common end: where the way turns back it counts
 * twice for the same sign, hence the 2 (Cauchy–Schwarz). Taken from stated accuracies: where a device states too little the bound is too small.
 * That truth lies within is tried on simulated walks (simulated-walks.test.ts). What was not observed has no bound and is not in it.
 */
export function boundMetresInside(
  path: Path,
  movement: Movement,
  inside: Spans,
  policy: PatrolPolicy,
): number {
  const { metres, variance, slack } = movement
  const { count, segment, from, to } = inside
  let [legs, crossings, bias] = [0, 0, 0]
  const squareSigma = (vertex: number): number => sigmaOf(knownAccuracy(path.accuracy[vertex]!, policy)) ** 2
  for (let i = 0; i < count; i++) {
    const at = segment[i]!
    const share = to[i]! - from[i]!
    legs += share * variance[at]!
    bias += share * slack[at]!
    if (metres[at] === 0) continue
    if (from[i]! > 0) crossings += squareSigma(at)
    if (to[i]! < 1) crossings += squareSigma(at + 1)
  }
  return sigmas95 * Math.sqrt(2 * legs + crossings) + bias
}

/**
 * Milliseconds inside a grid that hang on fixes nearer to its boundary than their error radius: the time of segments with such an
 * end. They may as well have been outside, as others outside may have been inside.
 */
export function timeAtBoundary(
  path: Path,
  entries: readonly AssignedGrid[],
  inside: Spans,
  policy: PatrolPolicy,
): number {
  const { time } = path
  const { count, segment, from, to } = inside
  const grids = entries.map(({ geometry }) => prepareGrid(geometry))
  let milliseconds = 0
  let asked = -1
  let nearAsked = false
  for (let i = 0; i < count; i++) {
    const at = segment[i]!
    const nearStart = asked === at ? nearAsked : isNear(path, grids, at, policy)
    asked = at + 1
    nearAsked = isNear(path, grids, asked, policy)
    if (nearStart || nearAsked) milliseconds += (to[i]! - from[i]!) * (time[at + 1]! - time[at]!)
  }
  return milliseconds
}

/** Whether a vertex lies nearer to the boundary of one of the grids than its error radius. */
function isNear(
  { longitude, latitude, accuracy }: Path,
  grids: readonly PreparedGrid[],
  vertex: number,
  policy: PatrolPolicy,
): boolean {
  const radius = knownAccuracy(accuracy[vertex]!, policy)
  const x = longitude[vertex]!
  const y = latitude[vertex]!
  for (let k = 0; k < grids.length; k++) if (metresToBoundary(grids[k]!, x, y, radius) < radius) return true
  return false
}
