import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import type { WorkerDay } from '../trajectories/match-worker-day.ts'
import { nthSmallest } from '../trajectories/nth-smallest.ts'
import { FirstSeen } from './first-seen.ts'
import { MOVING, type Track, tickSeconds } from './track.ts'
import type { Finding } from './values.ts'

/** Fixes nearer in time than this are passed over: within a second or two everybody walks straight and evenly. */
const apartSeconds = 10
/** A step this long is a movement. Metres. */
const stepMetres = 3
/** Coming by again is coming by after this long. */
const againSeconds = 300

/**
 * A receiver without error: every fix states the same accuracy, and the positions lie on the straight and even way between their
 * neighbours, or to the digit where the way led before. Either half alone is common among honest phones: some brands always state the same
 * accuracy, and a straight road walked evenly looks straight.
 */
export function findQuiet(read: WorkerDay, track: Track, policy: EvidencePolicy): Finding | undefined {
  if (track.moving * tickSeconds < policy.quietSeconds) return undefined
  const { time, longitude, latitude, accuracy } = read.fixes
  const n = time.length
  const counts = new Map<number, number>()
  for (const metres of accuracy) counts.set(metres, (counts.get(metres) ?? 0) + 1)
  const same = Math.max(...counts.values()) / n
  if (same < policy.quietAccuracyShare) return undefined

  const isMoving = (instant: number): boolean =>
    track.state[Math.floor((instant - track.midnight) / (tickSeconds * 1000)) - track.first] === MOVING
  const frame = localMetricFrame(longitude[0]!, latitude[0]!)
  const seen = new FirstSeen(n)
  const offsets = new Float64Array(n)
  let [moved, revisits, offsetsFound, covered] = [0, 0, 0, 0]
  // The last two fixes that were not passed over: instant (NaN: none yet), place in the frame, whether they are on the move.
  let [time1, x1, y1, moves1] = [Number.NaN, 0, 0, false]
  let [time2, x2, y2, moves2] = [Number.NaN, 0, 0, false]
  for (let i = 0; i < n; i++) {
    if (time[i]! - time2 < apartSeconds * 1000) continue
    const x = eastMetres(frame, longitude[i]!)
    const y = northMetres(frame, latitude[i]!)
    const moves = isMoving(time[i]!)
    if (moves) {
      moved++
      if (time[i]! - seen.note(longitude[i]!, latitude[i]!, time[i]!) >= againSeconds * 1000) revisits++
    }
    if (moves && moves1 && (time[i]! - time1) / 1000 <= policy.sampleGapSeconds) {
      if (length(x2 - x1, y2 - y1) >= stepMetres && length(x - x2, y - y2) >= stepMetres) {
        const share = (time2 - time1) / (time[i]! - time1)
        offsets[offsetsFound++] = length(x2 - x1 - share * (x - x1), y2 - y1 - share * (y - y1))
        covered += (time[i]! - time2) / 1000
      }
    }
    time1 = time2
    x1 = x2
    y1 = y2
    moves1 = moves2
    time2 = time[i]!
    x2 = x
    y2 = y
    moves2 = moves
  }
  const median =
    offsetsFound === 0
      ? Number.POSITIVE_INFINITY
      : nthSmallest(offsets.subarray(0, offsetsFound), offsetsFound >> 1)
  const isQuiet = covered >= policy.quietSeconds && median <= policy.quietMetres
  const isRepeating = moved > 0 && revisits >= policy.revisitShare * moved
  if (!isQuiet && !isRepeating) return undefined
  const figures = {
    fixes: n,
    same_accuracy_share: Math.round(same * 1000) / 1000,
    ...(Number.isFinite(median) ? { median_offset_metres: Math.round(median * 1000) / 1000 } : {}),
    revisited_fixes: revisits,
    moving_fixes: moved,
  }
  return { figures, stretches: [{ from: time[0]!, to: time[n - 1]! }] }
}

/** Of a vector in metres; `Math.hypot` guards against overflow, at twenty times the price. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y)
