/** Evidence a day gives by itself, without any other trace. */
import { distanceMetres } from '../geometry/distance-metres.ts'
import type { EvidenceCode, EvidencePolicy } from '../policy/evidence-policy.ts'
import { atMostMetres } from '../trajectories/at-most-metres.ts'
import type { WorkerDay } from '../trajectories/match-worker-day.ts'
import type { OrderedFixes } from '../trajectories/order-fixes.ts'
import { findQuiet } from './find-quiet.ts'
import { findVehicle } from './find-vehicle.ts'
import type { Track } from './track.ts'
import { type Evidence, type Finding, type ReportFacts, type Stretch, tenths } from './values.ts'

/** The pieces of one worker's day, in the order of their codes. */
export function judgeDay(
  read: WorkerDay,
  track: Track,
  facts: ReportFacts,
  policy: EvidencePolicy,
): Evidence[] {
  const findings: readonly (readonly [EvidenceCode, Finding | undefined])[] = [
    ['clock_skew', findSkew(facts, policy)],
    ['impossible_jump', findJumps(read.fixes, policy)],
    ['mock_position', findMock(facts, policy)],
    ['no_jitter', findQuiet(read, track, policy)],
    ['vehicle', findVehicle(track, policy)],
  ]
  return findings.flatMap(([code, finding]) => {
    if (!finding || policy.off.includes(code)) return []
    const { figures, stretches } = finding
    const [from, to] = [stretches[0]!.from, stretches.at(-1)!.to]
    return [{ code, worker: track.worker, day: track.day, from, to, other: null, figures, stretches }]
  })
}

function findMock({ mock }: ReportFacts, policy: EvidencePolicy): Finding | undefined {
  if (mock.count < policy.mockFixes) return undefined
  return { figures: { fixes: mock.count }, stretches: [{ from: mock.from, to: mock.to }] }
}

function findSkew({ skew }: ReportFacts, policy: EvidencePolicy): Finding | undefined {
  if (skew.count < policy.skewReports) return undefined
  return {
    figures: { reports: skew.count, most_seconds: Math.round(skew.mostSeconds) },
    stretches: [{ from: skew.from, to: skew.to }],
  }
}

/**
 * Moves between two places faster than any train, where the fixes before and after hold on to their place: a reflection or a
 * position taken from a far-off mast comes back, or is not accurate.
 */
function findJumps(fixes: OrderedFixes, policy: EvidencePolicy): Finding | undefined {
  const { time, longitude, latitude, accuracy } = fixes
  const accurate = accurateOf(accuracy, policy.jumpAccuracyMetres)
  const metresBetween = (i: number, j: number): number =>
    distanceMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!)
  /** Whether the fixes from position `at` of the list stay within half the jump of it for long enough. */
  const holds = (at: number, direction: 1 | -1, metres: number): boolean => {
    let count = 0
    for (let k = at; k >= 0 && k < accurate.length; k += direction) {
      if (metresBetween(accurate[at]!, accurate[k]!) > metres / 2) return false
      count++
      const held = Math.abs(time[accurate[k]!]! - time[accurate[at]!]!)
      if (held >= policy.jumpHoldSeconds * 1000) return count >= 5
    }
    return false
  }
  const stretches: Stretch[] = []
  let [mostMetres, mostSpeed] = [0, 0]
  for (let k = 1; k < accurate.length; k++) {
    const [i, j] = [accurate[k - 1]!, accurate[k]!]
    if (atMostMetres(longitude[i]!, latitude[i]!, longitude[j]!, latitude[j]!) < policy.jumpMetres) continue
    const metres = metresBetween(i, j)
    const speed = (metres * 1000) / (time[j]! - time[i]!)
    if (metres < policy.jumpMetres || speed < policy.jumpMetresPerSecond) continue
    if (!holds(k - 1, -1, metres) || !holds(k, 1, metres)) continue
    stretches.push({ from: time[i]!, to: time[j]! })
    mostMetres = Math.max(mostMetres, metres)
    mostSpeed = Math.max(mostSpeed, speed)
  }
  if (stretches.length === 0) return undefined
  const figures = {
    jumps: stretches.length,
    most_metres: Math.round(mostMetres),
    most_metres_per_second: tenths(mostSpeed),
  }
  return { figures, stretches }
}

/** Indexes of the fixes that are no less accurate than so many metres, or do not say. */
function accurateOf(accuracy: Float64Array, metres: number): Int32Array {
  const found = new Int32Array(accuracy.length)
  let count = 0
  for (let i = 0; i < accuracy.length; i++) if (!(accuracy[i]! > metres)) found[count++] = i
  return found.subarray(0, count)
}
