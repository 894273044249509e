import type { Stay } from './stay-core.ts'
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
  const { time, accuracy, reliable, kind } = trace
  if (stays.length === 0) return pathOf(trace, new Int32Array(kind.length).fill(-1))
  const builder = new TraceBuilder(time.length)
  const stayOf = new Int32Array(time.length).fill(-1)
  let done = 0
  for (const [number, stay] of stays.entries()) {
    builder.addPart(trace, done, stay.first)
    const best = bestAccuracy(stay)
    for (let k = stay.first; k <= stay.last; k++) {
      const tells = k === stay.first || k === stay.last || kind[k - 1] !== kind[k]
      if (!tells) continue
      const kindBefore = (k > 0 ? kind[k - 1]! : OBSERVED) as SegmentKind
      if (k > stay.first) stayOf[builder.size - 1] = number
      builder.add(kindBefore, time[k]!, stay.longitude, stay.latitude, best, true)
    }
    done = stay.last + 1
  }
  builder.addPart(trace, done, time.length)
  const path = builder.build()
  return pathOf(path, stayOf.subarray(0, path.kind.length))

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

/** Named, not spread: else V8 gives each path a shape of its own, and whatever reads many is slow (`prepareGrid`). */
const pathOf = ({ time, longitude, latitude, accuracy, reliable, kind }: Trace, stay: Int32Array): Path => ({
  time,
  longitude,
  latitude,
  accuracy,
  reliable,
  kind,
  stay,
})
