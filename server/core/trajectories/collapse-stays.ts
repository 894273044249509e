import type { Stay } from './find-stays.ts'
import { OBSERVED, type SegmentKind, type Trace, TraceBuilder } from './trace.ts'

/** A trace whose stays stand still. */
export interface Path extends Trace {
  /** Number of the stay a segment belongs to, or −1. */
  readonly stay: Int32Array
}

/**
 * Puts every vertex of a stay at the stay's mean, which is a better estimate of the place than any of its fixes, and
 * drops those that then tell nothing: the error of standing still becomes neither distance nor a crossing of the boundary,
 * while the stay keeps its time. A stretch of a stay that was not observed stays that.
 */
export function collapseStays(trace: Trace, stays: readonly Stay[]): Path {
  const { time, longitude, latitude, accuracy, reliable, kind } = trace
  if (stays.length === 0) return { ...trace, stay: new Int32Array(kind.length).fill(-1) }
  const builder = new TraceBuilder(time.length)
  const stayOf = new Int32Array(time.length).fill(-1)
  let size = 0
  const kindBefore = (i: number): SegmentKind => (i > 0 ? kind[i - 1]! : OBSERVED) as SegmentKind

  let next = 0
  for (let i = 0; i < time.length; i++) {
    const stay = stays[next]
    if (stay === undefined || i < stay.first) {
      builder.add(kindBefore(i), time[i]!, longitude[i]!, latitude[i]!, accuracy[i]!, reliable[i] === 1)
      size++
      continue
    }
    const best = bestAccuracy(stay)
    for (let k = stay.first; k <= stay.last; k++) {
      const tells = k === stay.first || k === stay.last || kind[k - 1] !== kind[k]
      if (!tells) continue
      builder.add(kindBefore(k), time[k]!, stay.longitude, stay.latitude, best, true)
      if (k > stay.first) stayOf[size - 1] = next
      size++
    }
    i = stay.last
    next++
  }
  const path = builder.build()
  return { ...path, stay: stayOf.subarray(0, path.kind.length) }

  /** The best accuracy of a stay's fixes; the mean is no worse. */
  function bestAccuracy(stay: Stay): number {
    let best = Number.NaN
    for (let k = stay.first; k <= stay.last; k++) {
      const metres = accuracy[k]!
      if (reliable[k] === 1 && !(metres >= best)) best = Number.isNaN(metres) ? best : metres
    }
    return best
  }
}
