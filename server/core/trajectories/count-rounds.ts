import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Spans } from './spans.ts'
import type { Trace } from './trace.ts'

/**
 * Rounds walked: stretches of presence inside the grid, told apart by an absence (of any reason, a silent phone
 * included) of at least `roundGapSeconds`, each with at least `roundSeconds` inside.
 */
export function countRounds(
  trace: Trace,
  inside: Spans,
  policy: Pick<PatrolPolicy, 'roundGapSeconds' | 'roundSeconds'>,
): number {
  const { time } = trace
  const { count, segment, from, to } = inside
  const gap = policy.roundGapSeconds * 1000
  const least = policy.roundSeconds * 1000
  let rounds = 0
  let present = 0 // milliseconds inside in the current stretch
  let left = Number.NEGATIVE_INFINITY
  for (let i = 0; i <= count; i++) {
    const at = i < count ? segment[i]! : -1
    const duration = at < 0 ? 0 : time[at + 1]! - time[at]!
    const entered = at < 0 ? Number.POSITIVE_INFINITY : time[at]! + from[i]! * duration
    if (entered - left >= gap) {
      if (present > 0 && present >= least) rounds++
      present = 0
    }
    if (at < 0) break
    left = time[at]! + to[i]! * duration
    present += left - entered
  }
  return rounds
}
