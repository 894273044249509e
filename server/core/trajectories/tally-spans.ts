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
  let observed = 0
  let unobserved = 0
  let unreliable = 0
  let allMetres = 0
  for (let i = 0; i < trace.kind.length; i++) {
    const duration = trace.time[i + 1]! - trace.time[i]!
    if (trace.kind[i] === OBSERVED) observed += duration
    else if (trace.kind[i] === UNOBSERVED) unobserved += duration
    else unreliable += duration
    allMetres += metres[i]!
  }
  let insideTime = 0
  let insideMetres = 0
  for (let i = 0; i < inside.count; i++) {
    const segment = inside.segment[i]!
    const share = inside.to[i]! - inside.from[i]!
    insideTime += share * (trace.time[segment + 1]! - trace.time[segment]!)
    insideMetres += share * metres[segment]!
  }
  return {
    milliseconds: {
      inside: insideTime,
      outside: Math.max(0, observed - insideTime),
      unobserved,
      unreliable,
    },
    metres: { inside: insideMetres, outside: Math.max(0, allMetres - insideMetres) },
  }
}
