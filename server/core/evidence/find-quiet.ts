import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import type { WorkerDay } from '../trajectories/match-worker-day.ts'
import type { Finding } from './judge-day.ts'
import { MOVING, type Track, tickSeconds } from './track.ts'

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
  /** First instant at each position, by longitude and latitude in 1e-7 degrees. */
  const seen = new Map<number, Map<number, number>>()
  const offsets: number[] = []
  let [moved, revisits, previous, middle, covered] = [0, 0, -1, -1, 0]
  for (let i = 0; i < n; i++) {
    if (middle >= 0 && time[i]! - time[middle]! < apartSeconds * 1000) continue
    const x = eastMetres(frame, longitude[i]!)
    const y = northMetres(frame, latitude[i]!)
    if (isMoving(time[i]!)) {
      moved++
      const meridian = Math.round(longitude[i]! * 1e7)
      const parallel = Math.round(latitude[i]! * 1e7)
      const along = seen.get(meridian) ?? new Map<number, number>()
      const before = along.get(parallel)
      if (before === undefined) seen.set(meridian, along.set(parallel, time[i]!))
      else if (time[i]! - before >= againSeconds * 1000) revisits++
    }
    if (previous >= 0 && isMoving(time[previous]!) && isMoving(time[i]!)) {
      const near = (time[i]! - time[previous]!) / 1000 <= policy.sampleGapSeconds
      const [px, py] = [eastMetres(frame, longitude[previous]!), northMetres(frame, latitude[previous]!)]
      const [mx, my] = [eastMetres(frame, longitude[middle]!), northMetres(frame, latitude[middle]!)]
      const moves = Math.hypot(mx - px, my - py) >= stepMetres && Math.hypot(x - mx, y - my) >= stepMetres
      if (near && moves) {
        const share = (time[middle]! - time[previous]!) / (time[i]! - time[previous]!)
        offsets.push(Math.hypot(mx - px - share * (x - px), my - py - share * (y - py)))
        covered += (time[i]! - time[middle]!) / 1000
      }
    }
    previous = middle
    middle = i
  }
  const median = offsets.sort((a, b) => a - b)[offsets.length >> 1] ?? Number.POSITIVE_INFINITY
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
