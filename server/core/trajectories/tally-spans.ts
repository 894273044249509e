import type { Spans } from './spans.ts'
import { OBSERVED, type Trace, UNOBSERVED } from './trace.ts'

/** Sums over a day. Every millisecond between its first and last vertex is in exactly one of the four. */
export interface Tallies {
  readonly milliseconds: {
    readonly inside: number
    readonly outside: number
    readonly unobserved: number
    readonly unreliable: number
  }
  readonly metres: { readonly inside: number; readonly outside: number }
}

/** Adds up time and movement inside a grid and, of what was observed, outside it. @param metres of movement, a segment. */
export function tallySpans(trace: Trace, metres: Float64Array, inside: Spans): Tallies {
  const { time, kind } = trace
  let observed = 0
  let unobserved = 0
  let unreliable = 0
  let allMetres = 0
  for (let i = 0; i < kind.length; i++) {
    const duration = time[i + 1]! - time[i]!
    if (kind[i] === OBSERVED) observed += duration
    else if (kind[i] === UNOBSERVED) unobserved += duration
    else unreliable += duration
    allMetres += metres[i]!
  }
  const within = sumSpans(trace, metres, inside)
  return {
    milliseconds: {
      inside: within.milliseconds,
      outside: Math.max(0, observed - within.milliseconds),
      unobserved,
      unreliable,
    },
    metres: { inside: within.metres, outside: Math.max(0, allMetres - within.metres) },
  }
}

/** Time and movement of parts of a trace. */
export function sumSpans(
  { time }: Trace,
  metres: Float64Array,
  { count, segment, from, to }: Spans,
): { readonly milliseconds: number; readonly metres: number } {
  let sumTime = 0
  let sumMetres = 0
  for (let i = 0; i < count; i++) {
    const at = segment[i]!
    const share = to[i]! - from[i]!
    sumTime += share * (time[at + 1]! - time[at]!)
    sumMetres += share * metres[at]!
  }
  return { milliseconds: sumTime, metres: sumMetres }
}
