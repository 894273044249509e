/** What is known about the time between two neighbouring vertices of a trace. */
export const OBSERVED = 0
/** An end's accuracy is beyond the policy's limit. */
export const INACCURATE = 1
/** The movement is faster than the policy believes. */
export const IMPLAUSIBLE = 2
/** Longer than the policy's gap: nobody knows. */
export const UNOBSERVED = 3

export type SegmentKind = typeof OBSERVED | typeof INACCURATE | typeof IMPLAUSIBLE | typeof UNOBSERVED

/** A trace as columns: n vertices, and n − 1 segments of which segment i runs from vertex i to vertex i + 1. */
export interface Trace {
  /** Epoch milliseconds, strictly rising. */
  readonly time: Float64Array
  readonly longitude: Float64Array
  readonly latitude: Float64Array
  /** Metres; NaN where unknown. */
  readonly accuracy: Float64Array
  /** 1 where the vertex itself is believed, 0 where it was set apart. */
  readonly reliable: Uint8Array
  /** A `SegmentKind` a segment. */
  readonly kind: Uint8Array
}

/** Collects vertices; the kind given with a vertex is that of the segment that leads to it. */
export class TraceBuilder {
  readonly #time: Float64Array
  readonly #longitude: Float64Array
  readonly #latitude: Float64Array
  readonly #accuracy: Float64Array
  readonly #reliable: Uint8Array
  readonly #kind: Uint8Array
  /** How many vertices there are so far. */
  size = 0

  constructor(capacity: number) {
    this.#time = new Float64Array(capacity)
    this.#longitude = new Float64Array(capacity)
    this.#latitude = new Float64Array(capacity)
    this.#accuracy = new Float64Array(capacity)
    this.#reliable = new Uint8Array(capacity)
    this.#kind = new Uint8Array(capacity)
  }

  add(
    kindBefore: SegmentKind,
    time: number,
    longitude: number,
    latitude: number,
    accuracy: number,
    reliable: boolean,
  ): void {
    const at = this.size++
    this.#time[at] = time
    this.#longitude[at] = longitude
    this.#latitude[at] = latitude
    this.#accuracy[at] = accuracy
    this.#reliable[at] = reliable ? 1 : 0
    if (at > 0) this.#kind[at - 1] = kindBefore
  }

  /** Adds the vertices `first` … `end − 1` of a trace, with the segments that lead to them. */
  addPart(trace: Trace, first: number, end: number): void {
    if (end <= first) return
    const at = this.size
    this.#time.set(trace.time.subarray(first, end), at)
    this.#longitude.set(trace.longitude.subarray(first, end), at)
    this.#latitude.set(trace.latitude.subarray(first, end), at)
    this.#accuracy.set(trace.accuracy.subarray(first, end), at)
    this.#reliable.set(trace.reliable.subarray(first, end), at)
    if (at > 0 && first > 0) this.#kind[at - 1] = trace.kind[first - 1]!
    this.#kind.set(trace.kind.subarray(first, end - 1), at)
    this.size = at + end - first
  }

  build(): Trace {
    const { size } = this
    return {
      time: this.#time.subarray(0, size),
      longitude: this.#longitude.subarray(0, size),
      latitude: this.#latitude.subarray(0, size),
      accuracy: this.#accuracy.subarray(0, size),
      reliable: this.#reliable.subarray(0, size),
      kind: this.#kind.subarray(0, Math.max(0, size - 1)),
    }
  }
}
