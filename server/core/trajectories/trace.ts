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
  private readonly columns: readonly [Float64Array, Float64Array, Float64Array, Float64Array]
  private readonly reliable: Uint8Array
  private readonly kind: Uint8Array
  private size = 0

  constructor(capacity: number) {
    const column = (): Float64Array => new Float64Array(capacity)
    this.columns = [column(), column(), column(), column()]
    this.reliable = new Uint8Array(capacity)
    this.kind = new Uint8Array(capacity)
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
    this.columns[0][at] = time
    this.columns[1][at] = longitude
    this.columns[2][at] = latitude
    this.columns[3][at] = accuracy
    this.reliable[at] = reliable ? 1 : 0
    if (at > 0) this.kind[at - 1] = kindBefore
  }

  build(): Trace {
    const [time, longitude, latitude, accuracy] = this.columns
    return {
      time: time.subarray(0, this.size),
      longitude: longitude.subarray(0, this.size),
      latitude: latitude.subarray(0, this.size),
      accuracy: accuracy.subarray(0, this.size),
      reliable: this.reliable.subarray(0, this.size),
      kind: this.kind.subarray(0, Math.max(0, this.size - 1)),
    }
  }
}
