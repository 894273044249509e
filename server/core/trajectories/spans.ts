/** Parts of a path's segments, in order: segment number and the shares [from, to] of it. Grows as needed. */
export class Spans {
  count = 0
  segment: Int32Array
  from: Float64Array
  to: Float64Array
  /** 1 where the part lies exactly along the grid's boundary. */
  onEdge: Uint8Array

  constructor(capacity = 16) {
    const room = Math.max(1, capacity)
    this.segment = new Int32Array(room)
    this.from = new Float64Array(room)
    this.to = new Float64Array(room)
    this.onEdge = new Uint8Array(room)
  }

  add(segment: number, from: number, to: number, onEdge: boolean): void {
    if (this.count === this.segment.length) this.grow()
    const at = this.count++
    this.segment[at] = segment
    this.from[at] = from
    this.to[at] = to
    this.onEdge[at] = onEdge ? 1 : 0
  }

  private grow(): void {
    const size = this.segment.length * 2
    this.segment = copyInto(new Int32Array(size), this.segment)
    this.from = copyInto(new Float64Array(size), this.from)
    this.to = copyInto(new Float64Array(size), this.to)
    this.onEdge = copyInto(new Uint8Array(size), this.onEdge)
  }
}

function copyInto<Column extends Int32Array | Float64Array | Uint8Array>(
  larger: Column,
  column: Column,
): Column {
  larger.set(column)
  return larger
}

/** The union of several lists over one path: sorted, no part counted twice. */
export function uniteSpans(lists: readonly Spans[]): Spans {
  const filled = lists.filter((list) => list.count > 0)
  if (filled.length < 2) return filled[0] ?? new Spans()
  const all = filled.flatMap((list) =>
    Array.from({ length: list.count }, (_, i) => ({
      segment: list.segment[i]!,
      from: list.from[i]!,
      to: list.to[i]!,
      onEdge: list.onEdge[i] === 1,
    })),
  )
  // What is inside one of them is no edge any more.
  all.sort((a, b) => a.segment - b.segment || a.from - b.from || Number(a.onEdge) - Number(b.onEdge))
  const united = new Spans()
  let segment = -1
  let reached = 0
  for (const part of all) {
    if (part.segment !== segment) {
      segment = part.segment
      reached = 0
    }
    const from = Math.max(part.from, reached)
    if (part.to <= from) continue
    united.add(segment, from, part.to, part.onEdge)
    reached = part.to
  }
  return united
}

/** What of `spans` is neither along the boundary and taken by an earlier grid; adds its own boundary parts to `taken`. */
export function settleEdges(spans: Spans, taken: Spans): Spans {
  let touches = false
  for (let i = 0; i < spans.count; i++) touches ||= spans.onEdge[i] === 1
  if (!touches) return spans
  const settled = new Spans()
  for (let i = 0; i < spans.count; i++) {
    const segment = spans.segment[i]!
    const parts: [number, number][] = [[spans.from[i]!, spans.to[i]!]]
    const onEdge = spans.onEdge[i] === 1
    if (onEdge) {
      for (let k = 0; k < taken.count; k++)
        if (taken.segment[k] === segment) subtract(parts, taken.from[k]!, taken.to[k]!)
    }
    for (const [from, to] of parts) {
      settled.add(segment, from, to, onEdge)
      if (onEdge) taken.add(segment, from, to, true)
    }
  }
  return settled
}

function subtract(parts: [number, number][], from: number, to: number): void {
  const rest = parts.flatMap(([a, b]): [number, number][] =>
    [[a, Math.min(b, from)] as [number, number], [Math.max(a, to), b] as [number, number]].filter(
      ([c, d]) => c < d,
    ),
  )
  parts.splice(0, parts.length, ...rest)
}

/** What of the first list is not in the second; both in order, neither overlapping itself. */
export function subtractSpans(spans: Spans, less: Spans): Spans {
  if (spans.count === 0 || less.count === 0) return spans
  const rest = new Spans(spans.count)
  let next = 0
  for (let i = 0; i < spans.count; i++) {
    const segment = spans.segment[i]!
    const to = spans.to[i]!
    let from = spans.from[i]!
    while (
      next < less.count &&
      (less.segment[next]! < segment || (less.segment[next] === segment && less.to[next]! <= from))
    )
      next++
    for (let k = next; k < less.count && less.segment[k] === segment && less.from[k]! < to; k++) {
      if (less.from[k]! > from) rest.add(segment, from, less.from[k]!, spans.onEdge[i] === 1)
      from = Math.max(from, less.to[k]!)
    }
    if (from < to) rest.add(segment, from, to, spans.onEdge[i] === 1)
  }
  return rest
}
