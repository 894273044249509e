import { type EmergingClass, emergingClass, type StepSign } from './emerging-class.ts'
import { evenSpreadPsInTime, largerP } from './even-spread.ts'
import { type Correction, correct } from './false-discovery.ts'
import { mannKendall, type Trend } from './mann-kendall.ts'
import { twoSidedP } from './normal.ts'
import type { RunControl } from './run-control.ts'
import { spaceTimeGetisOrd } from './space-time-getis-ord.ts'
import type { SpatialWeights } from './weights.ts'

/** Fewer steps give neither a trend nor nine tenths a meaning; ESRI's tool asks for as many. */
export const leastTimeSteps = 10

export interface EmergingInput extends RunControl {
  /** Values of all places, one array a time step, the earliest first; at least {@link leastTimeSteps}. */
  readonly steps: readonly ArrayLike<number>[]
  /** Neighbours in space, each place itself included. */
  readonly weights: SpatialWeights
  /** How many earlier steps belong to a neighbourhood; 1 if not given. */
  readonly stepsBack?: number
  /** q below which a step is hot or cold, and p below which a trend is one; 0.05 if not given. */
  readonly level?: number
  readonly correction?: Correction
  /** The values are numbers of incidents: they are also held against their even spread over places and steps (even-spread.ts). */
  readonly areIncidents?: boolean
}

export interface EmergingPlace {
  /** Space-time Gi* of each step, its two-sided p, and p corrected over all places and steps. */
  readonly z: readonly (number | null)[]
  readonly p: readonly (number | null)[]
  /** Of incidents. */
  readonly pEven?: readonly (number | null)[]
  readonly q: readonly (number | null)[]
  readonly hotSteps: number
  readonly coldSteps: number
  /** Of the z; `null` where they are undefined or all equal. */
  readonly trend: Trend | null
  /** What `emerging-class` defines; `null` where Gi* is undefined in any step. */
  readonly class: EmergingClass | null
}

/**
 * Emerging hot spots: where clusters come, stay, swing and go. Gi* of every place and step against the whole cube, corrected
 * over all of them together; the trend of each place's z; its class.
 * @throws RunStopped when told to stop
 * @throws RangeError for too few steps, or as `spaceTimeGetisOrd`
 */
export function emergingHotSpots({
  steps,
  weights,
  stepsBack = 1,
  level = 0.05,
  correction = 'bh',
  areIncidents = false,
  ...control
}: EmergingInput): EmergingPlace[] {
  if (steps.length < leastTimeSteps)
    throw new RangeError(`${steps.length} time steps, at least ${leastTimeSteps} are needed`)
  const n = weights.size
  const z = spaceTimeGetisOrd(steps, weights, stepsBack, control)
  const p = z.map((value) => (value === null ? null : twoSidedP(value)))
  const pEven = areIncidents ? evenSpreadPsInTime(z, steps, weights, stepsBack) : undefined
  const q = correct(pEven ? largerP(p, pEven) : p, correction)
  const ofPlace = <T>(cube: readonly T[], i: number): T[] => steps.map((_, t) => cube[t * n + i]!)
  return Array.from({ length: n }, (_, i): EmergingPlace => {
    const series = ofPlace(z, i)
    const corrected = ofPlace(q, i)
    const signs = series.map((value, t): StepSign => {
      if (value === null || !(corrected[t]! < level)) return 0
      return value > 0 ? 1 : -1
    })
    const defined = series.filter((value) => value !== null)
    const whole = defined.length === steps.length
    const trend = whole ? mannKendall(defined) : null
    const direction = trend !== null && trend.p < level ? (Math.sign(trend.s) as StepSign) : 0
    return {
      z: series,
      p: ofPlace(p, i),
      ...(pEven && { pEven: ofPlace(pEven, i) }),
      q: corrected,
      hotSteps: signs.filter((sign) => sign === 1).length,
      coldSteps: signs.filter((sign) => sign === -1).length,
      trend,
      class: whole ? emergingClass(signs, direction) : null,
    }
  })
}
