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
  let rounds = 0
  let present = 0 // milliseconds inside in the current stretch
  let left = Number.NEGATIVE_INFINITY
  const close = (): void => {
    if (present > 0 && present >= policy.roundSeconds * 1000) rounds++
    present = 0
  }
  for (let i = 0; i < inside.count; i++) {
    const segment = inside.segment[i]!
    const start = trace.time[segment]!
    const duration = trace.time[segment + 1]! - start
    const from = start + inside.from[i]! * duration
    const to = start + inside.to[i]! * duration
    if (from - left >= policy.roundGapSeconds * 1000) close()
    present += to - from
    left = to
  }
  close()
  return rounds
}
