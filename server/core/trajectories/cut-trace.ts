import { firstAtOrAfter } from './order-fixes.ts'
import { OBSERVED, type SegmentKind, type Trace, TraceBuilder, UNOBSERVED } from './trace.ts'

/**
 * The part of a trace within [from, to]. A segment that reaches across an end is cut there by interpolation, so that
 * each side gets its own share; an unobserved one is not, since nobody knows where the worker was: the part then
 * starts with its first, or ends with its last, vertex.
 */
export function cutTrace(trace: Trace, from: number, to: number): Trace {
  const { time, longitude, latitude, accuracy, kind } = trace
  const n = time.length
  const first = firstAtOrAfter(time, from)
  const end = firstAtOrAfter(time, to)
  const cutsIn = first > 0 && first < n && time[first]! > from && kind[first - 1] !== UNOBSERVED
  const cutsOut = end > 0 && end < n && kind[end - 1] !== UNOBSERVED
  if (!cutsIn && !cutsOut) return partOf(trace, first, end)

  const builder = new TraceBuilder(end - first + 2)
  if (cutsIn) addBetween(first - 1, from)
  builder.addPart(trace, first, end)
  if (cutsOut) addBetween(end - 1, to)
  return builder.build()

  function addBetween(i: number, at: number): void {
    const kindHere = kind[i]! as SegmentKind
    const share = (at - time[i]!) / (time[i + 1]! - time[i]!)
    builder.add(
      kindHere,
      at,
      longitude[i]! + share * (longitude[i + 1]! - longitude[i]!),
      latitude[i]! + share * (latitude[i + 1]! - latitude[i]!),
      Math.max(accuracy[i]!, accuracy[i + 1]!), // NaN, unknown, when either is
      kindHere === OBSERVED,
    )
  }
}

/** The vertices `first` … `end − 1`, sharing the columns. */
const partOf = (trace: Trace, first: number, end: number): Trace => ({
  time: trace.time.subarray(first, end),
  longitude: trace.longitude.subarray(first, end),
  latitude: trace.latitude.subarray(first, end),
  accuracy: trace.accuracy.subarray(first, end),
  reliable: trace.reliable.subarray(first, end),
  kind: trace.kind.subarray(first, Math.max(first, end - 1)),
})
