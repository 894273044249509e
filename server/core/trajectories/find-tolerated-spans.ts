import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import { metresToBoundary } from './boundary-distance.ts'
import type { Path } from './collapse-stays.ts'
import type { AssignedGrid, InsideSpans } from './find-inside-spans.ts'
import { knownAccuracy } from './judge-fixes.ts'
import { locate, OUTSIDE, prepareGrid } from './prepare-grid.ts'
import { Spans, subtractSpans } from './spans.ts'
import { OBSERVED } from './trace.ts'

/**
 * What a tolerant reading adds to the strict one, for each of `insides`: the hysteresis that attendance systems use against the flapping of a
 * fence (Tracelet #269, #275, #295), with the distance to the boundary for a circle's radius. A grid is entered at its true
 * boundary, and left only when two fixes in a row, or the last one before a silence, lie outside by more than the policy's tolerance
 * or their own error radius, up to the policy's limit. The way to the first fix so far out is read strictly.
 *
 * Only for grids that somebody is assigned to: neighbours share their edge, and both may not have the ground beside it. What is strictly
 * inside another grid of the same worker is that one's; what two of them would tolerate goes to the smaller code.
 */
export function findToleratedSpans(
  path: Path,
  grids: readonly AssignedGrid[],
  insides: readonly InsideSpans[],
  policy: PatrolPolicy,
): Spans[] {
  const taken: Spans[] = []
  return insides.map((inside, k) => {
    const entries = grids.filter(({ code }) => code === inside.code)
    let added = heldBeyond(path, entries, inside.spans, policy)
    for (const [j, other] of insides.entries()) if (j !== k) added = subtractSpans(added, other.spans)
    for (const earlier of taken) added = subtractSpans(added, earlier)
    taken.push(added)
    return added
  })
}

/** Where a path that was inside has not left yet, though it is outside. */
function heldBeyond(
  path: Path,
  entries: readonly AssignedGrid[],
  strict: Spans,
  policy: PatrolPolicy,
): Spans {
  const { kind } = path
  const added = new Spans()
  const outOf = new Leaving(path, entries, policy)
  let held = false
  let next = 0
  for (let i = 0; i < kind.length; i++) {
    const first = next
    while (next < strict.count && strict.segment[next] === i) next++
    if (kind[i] !== OBSERVED) held = false
    if (next - first === 1 && strict.from[first] === 0 && strict.to[first] === 1) {
      held = true
      continue
    }
    if (kind[i] !== OBSERVED || (!held && next === first)) continue
    const wasHeld = held
    const endsInside = next > first && strict.to[next - 1] === 1
    held = endsInside || !outOf.isLeft(i + 1)
    // What lies between the strict parts: before the first only when it was held, after the last only when it still is.
    let from = wasHeld ? 0 : -1
    for (let at = first; at < next; at++) {
      if (from >= 0) outOf.addInForce(added, i, from, strict.from[at]!)
      from = strict.to[at]!
    }
    if (held && from >= 0) outOf.addInForce(added, i, from, 1)
  }
  return added
}

/** Tells whether a path has left a grid at a vertex. */
class Leaving {
  readonly #path: Path
  /** By the time they come into force. */
  readonly #entries: readonly AssignedGrid[]
  readonly #policy: PatrolPolicy

  constructor(path: Path, entries: readonly AssignedGrid[], policy: PatrolPolicy) {
    this.#path = path
    this.#entries = entries.toSorted(
      (a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY),
    )
    this.#policy = policy
  }

  isLeft(vertex: number): boolean {
    if (!this.#isBeyond(vertex)) return false
    return this.#path.kind[vertex] !== OBSERVED || this.#isBeyond(vertex + 1)
  }

  /** Whether a vertex lies outside of the boundary in force by more than is tolerated. */
  #isBeyond(vertex: number): boolean {
    const { time, longitude, latitude, accuracy } = this.#path
    const policy = this.#policy
    const radius = knownAccuracy(accuracy[vertex]!, policy)
    const margin = Math.max(policy.toleranceMetres, Math.min(radius, policy.toleranceLimitMetres))
    const [x, y, t] = [longitude[vertex]!, latitude[vertex]!, time[vertex]!]
    const inForce = this.#entries.filter(
      ({ from, to }) => (from === null || from <= t) && (to === null || t <= to),
    )
    // Where none is, time ends the credit (`addInForce`), not the place.
    return (inForce.length > 0 ? inForce : this.#entries).every(({ geometry }) => {
      const grid = prepareGrid(geometry)
      return metresToBoundary(grid, x, y, margin) > margin && locate(grid, x, y) === OUTSIDE
    })
  }

  /** Adds the share [from, to] of a segment, as far as an entry is in force. */
  addInForce(spans: Spans, segment: number, from: number, to: number): void {
    const { time } = this.#path
    const start = time[segment]!
    const duration = time[segment + 1]! - start
    let reached = from
    for (const entry of this.#entries) {
      const first = entry.from === null ? 0 : (entry.from - start) / duration
      const last = entry.to === null ? 1 : (entry.to - start) / duration
      const a = Math.max(reached, first)
      const b = Math.min(to, last)
      if (a >= b) continue
      spans.add(segment, a, b, false)
      reached = b
    }
  }
}
