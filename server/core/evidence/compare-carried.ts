import { localMetricFrame } from '../geometry/local-metric-frame.ts'
import type { EvidencePolicy } from '../policy/evidence-policy.ts'
import { MOVING, metresApart, type Track, tickSeconds, UNKNOWN } from './track.ts'
import { type Evidence, type Stretch, tenths } from './values.ts'

/**
 * Two phones on one person: they are together for most of the moving time of one of the two, and for long without a break. Standing
 * together proves nothing, so only ticks on which one of them moves are counted; a stay together does not break the stretch.
 * @returns a piece for each of the two, or none
 */
export function compareCarried(a: Track, b: Track, policy: EvidencePolicy): Evidence[] {
  const from = Math.max(a.first, b.first)
  const to = Math.min(a.first + a.state.length, b.first + b.state.length)
  const breakTicks = policy.togetherBreakSeconds / tickSeconds
  const runs: { first: number; last: number; moving: number }[] = []
  const metres: number[] = []
  let [ofA, ofB] = [0, 0]
  let frame: ReturnType<typeof localMetricFrame> | undefined
  for (let tick = from; tick < to; tick++) {
    const [i, j] = [tick - a.first, tick - b.first]
    if (a.state[i] === UNKNOWN || b.state[j] === UNKNOWN) continue
    frame ??= localMetricFrame(a.longitude[i]!, a.latitude[i]!)
    const apart = metresApart(frame, a.longitude[i]!, a.latitude[i]!, b.longitude[j]!, b.latitude[j]!)
    if (apart > policy.togetherMetres) continue
    const moves = a.state[i] === MOVING || b.state[j] === MOVING
    if (a.state[i] === MOVING) ofA++
    if (b.state[j] === MOVING) ofB++
    if (moves) metres.push(apart)
    const run = runs.at(-1)
    if (run && tick - run.last <= breakTicks + 1) {
      run.last = tick
      if (moves) run.moving++
    } else runs.push({ first: tick, last: tick, moving: moves ? 1 : 0 })
  }
  const long = runs.filter((run) => run.moving * tickSeconds >= policy.togetherSeconds)
  const share = Math.max(a.moving === 0 ? 0 : ofA / a.moving, b.moving === 0 ? 0 : ofB / b.moving)
  if (long.length === 0 || share < policy.togetherShare) return []
  const instant = (tick: number): number => a.midnight + tick * tickSeconds * 1000
  const stretches = long.map((run): Stretch => ({ from: instant(run.first), to: instant(run.last) }))
  const piece = (own: Track, other: Track, ownTicks: number): Evidence => ({
    code: 'carried_together',
    worker: own.worker,
    day: own.day,
    from: stretches[0]!.from,
    to: stretches.at(-1)!.to,
    other: { worker: other.worker, day: other.day, shift: 0 },
    figures: {
      together_seconds: ownTicks * tickSeconds,
      moving_seconds: own.moving * tickSeconds,
      longest_seconds: Math.max(...long.map((run) => run.moving)) * tickSeconds,
      median_metres: tenths(metres.sort((x, y) => x - y)[metres.length >> 1]!),
    },
    stretches,
  })
  return [piece(a, b, ofA), piece(b, a, ofB)]
}
