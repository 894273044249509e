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

/** A stretch of presence in a grid; epoch milliseconds. */
export interface Presence {
  readonly from: number
  readonly to: number
}

/**
 * The stretches of presence inside the grid that rounds are made of: told apart by an absence of at least `roundSeconds`, each with
 * at least that much inside. Two of them nearer than `roundGapSeconds` are one round.
 */
export function presenceIn(
  { time }: Pick<Trace, 'time'>,
  { count, segment, from, to }: Spans,
  { roundSeconds }: Pick<PatrolPolicy, 'roundSeconds'>,
): Presence[] {
  const least = roundSeconds * 1000
  const stretches: { from: number; to: number; inside: number }[] = []
  for (let i = 0; i < count; i++) {
    const at = segment[i]!
    const duration = time[at + 1]! - time[at]!
    const entered = time[at]! + from[i]! * duration
    const left = time[at]! + to[i]! * duration
    const last = stretches.at(-1)
    if (last && entered - last.to < least) {
      last.to = left
      last.inside += left - entered
    } else stretches.push({ from: entered, to: left, inside: left - entered })
  }
  return stretches
    .filter(({ inside }) => inside >= least)
    .map((one) => ({ from: Math.round(one.from), to: Math.round(one.to) }))
}
