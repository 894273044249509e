import { distanceMetres } from '../geometry/distance-metres.ts'
import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { atMostMetres } from './at-most-metres.ts'
import type { OrderedFixes } from './order-fixes.ts'
import {
  IMPLAUSIBLE,
  INACCURATE,
  OBSERVED,
  type SegmentKind,
  type Trace,
  TraceBuilder,
  UNOBSERVED,
} from './trace.ts'

/** A fix reached and left faster than the policy believes. */
export interface Jump {
  readonly time: number
  /** The slower of the two movements. */
  readonly metresPerSecond: number
}

export interface JudgedTrace {
  readonly trace: Trace
  readonly jumps: readonly Jump[]
}

/** The accuracy a fix stated, or the policy's assumption. Metres. */
export const knownAccuracy = (metres: number, policy: Pick<PatrolPolicy, 'assumedAccuracyMetres'>): number =>
  Number.isNaN(metres) ? policy.assumedAccuracyMetres : metres

/**
 * Sets apart the fixes that cannot be believed and says what is known about the time between the others.
 *
 * - A fix whose accuracy radius is beyond the limit is set apart.
 * - Among the accurate ones a movement is implausible when it is faster than the limit and longer than three times
 *   both accuracy radii together (the root of their squares' sum) explain. A fix reached *and* left by implausible movements is set apart ("sandwich"); one
 *   implausible movement alone condemns no fix, but its time and metres are not believed either.
 * - Between two neighbouring reliable fixes no more than `bridgeSeconds` apart the fixes set apart cost nothing: the
 *   trace goes straight. Between others their time is unreliable, and any part of it longer than the gap limit unobserved.
 */
export function judgeFixes(fixes: OrderedFixes, policy: PatrolPolicy): JudgedTrace {
  const { time, longitude, latitude, accuracy } = fixes
  const n = time.length
  const gap = policy.gapSeconds * 1000
  const bridge = policy.bridgeSeconds * 1000
  const { verdict, fast, jumps, believed } = setApart(fixes, policy)
  const kindOf = (i: number, j: number): SegmentKind => {
    if (i < 0) return OBSERVED // leads to the first vertex: no segment
    if (time[j]! - time[i]! > gap) return UNOBSERVED
    if (verdict[i] === IMPLAUSIBLE || verdict[j] === IMPLAUSIBLE) return IMPLAUSIBLE
    if (verdict[i] === INACCURATE || verdict[j] === INACCURATE) return INACCURATE
    const isFast = j === i + 1 ? fast[j] === 1 : implausibleSpeed(fixes, i, j, policy) > 0
    return isFast ? IMPLAUSIBLE : OBSERVED
  }
  if (believed) {
    const kind = new Uint8Array(Math.max(0, n - 1))
    for (let i = 1; i < n; i++) {
      if (time[i]! - time[i - 1]! > gap) kind[i - 1] = UNOBSERVED
      else if (fast[i] === 1) kind[i - 1] = IMPLAUSIBLE
    }
    const reliable = new Uint8Array(n).fill(1)
    return { trace: { time, longitude, latitude, accuracy, reliable, kind }, jumps }
  }

  const builder = new TraceBuilder(n)
  let last = -1 // the last reliable fix
  for (let i = 0; i <= n; i++) {
    if (i < n && verdict[i] !== OBSERVED) continue
    const bridged = last >= 0 && i < n && (i === last + 1 || time[i]! - time[last]! <= bridge)
    for (let k = bridged ? i : last + 1; k <= i && k < n; k++) {
      const kind = kindOf(bridged ? last : k - 1, k)
      const reliable = verdict[k] === OBSERVED
      builder.add(kind, time[k]!, longitude[k]!, latitude[k]!, accuracy[k]!, reliable)
    }
    last = i
  }
  return { trace: builder.build(), jumps }
}

interface Verdicts {
  /** OBSERVED, INACCURATE or IMPLAUSIBLE for each fix. */
  readonly verdict: Uint8Array
  /** 1 where the movement from the last accurate fix to this one is implausible. */
  readonly fast: Uint8Array
  readonly jumps: readonly Jump[]
  /** No fix was set apart. */
  readonly believed: boolean
}

function setApart(fixes: OrderedFixes, policy: PatrolPolicy): Verdicts {
  const verdict = new Uint8Array(fixes.time.length)
  const fast = new Uint8Array(fixes.time.length)
  const jumps: Jump[] = []
  let believed = true
  let before = -1
  let speedBefore = 0
  for (let i = 0; i < verdict.length; i++) {
    if (fixes.accuracy[i]! > policy.accuracyLimitMetres) {
      verdict[i] = INACCURATE
      believed = false
      continue
    }
    const speed = before >= 0 ? implausibleSpeed(fixes, before, i, policy) : 0
    if (speed > 0) fast[i] = 1
    if (speed > 0 && speedBefore > 0) {
      verdict[before] = IMPLAUSIBLE
      jumps.push({ time: fixes.time[before]!, metresPerSecond: Math.min(speed, speedBefore) })
    }
    speedBefore = speed
    before = i
  }
  return { verdict, fast, jumps, believed: believed && jumps.length === 0 }
}

/** The speed from fix i to fix j in metres per second when it is implausible, else 0. */
function implausibleSpeed(fixes: OrderedFixes, i: number, j: number, policy: PatrolPolicy): number {
  const { time, longitude, latitude } = fixes
  const seconds = (time[j]! - time[i]!) / 1000
  if (seconds > policy.gapSeconds) return 0
  const believed = seconds * policy.speedLimitMetresPerSecond
  if (atMostMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!) <= believed) return 0
  const metres = distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!)
  if (metres <= believed) return 0
  // No two errors of so large radii lie farther apart (4.5 σ of their difference): else one fast step in ten would be no more than error.
  const error =
    3 * Math.hypot(knownAccuracy(fixes.accuracy[i]!, policy), knownAccuracy(fixes.accuracy[j]!, policy))
  return metres > error ? metres / seconds : 0
}
