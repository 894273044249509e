/** Where people walk and ride: points joined by lanes, streets and footways; shortest ways between them. */
import { Buckets } from './buckets.ts'
import {
  between,
  distance,
  distanceToRing,
  isInside,
  type Line,
  type Point,
  pairs,
  resampled,
} from './plane.ts'

export class WalkGraph {
  readonly points: readonly Point[]
  private readonly links: readonly (readonly { readonly to: number; readonly metres: number }[])[]

  constructor(
    points: readonly Point[],
    links: readonly (readonly { readonly to: number; readonly metres: number }[])[],
  ) {
    this.points = points
    this.links = links
  }
  nearest(p: Point): number {
    let best = 0
    for (let i = 1; i < this.points.length; i++)
      if (distance(p, this.points[i]!) < distance(p, this.points[best]!)) best = i
    return best
  }
  /** The shortest way between two points of the graph (Dijkstra). */
  way(from: number, to: number): Point[] {
    const metres = new Float64Array(this.points.length).fill(Number.POSITIVE_INFINITY)
    const before = new Int32Array(this.points.length).fill(-1)
    const open: { i: number; d: number }[] = [{ i: from, d: 0 }]
    metres[from] = 0
    while (open.length > 0) {
      const { i, d } = popNearest(open)
      if (i === to) break
      if (d > metres[i]!) continue
      for (const { to: j, metres: step } of this.links[i]!) {
        if (d + step >= metres[j]!) continue
        metres[j] = d + step
        before[j] = i
        push(open, { i: j, d: d + step })
      }
    }
    const way: Point[] = []
    for (let i = to; i >= 0; i = before[i]!) way.push(this.points[i]!)
    return way.reverse()
  }
}

type Entry = { i: number; d: number }
function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1
  while (at > 0) {
    const up = (at - 1) >> 1
    if (heap[up]!.d <= entry.d) break
    heap[at] = heap[up]!
    at = up
  }
  heap[at] = entry
}
function popNearest(heap: Entry[]): Entry {
  const top = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return top
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && heap[child + 1]!.d < heap[child]!.d) child++
    if (heap[child]!.d >= last.d) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = last
  return top
}

const stepMetres = 24
const joinMetres = 15

/**
 * A connected graph of the lines' stretches that pass `isOpen`: neighbours along a line, points near one another, and, where
 * pieces stay apart, the shortest footpath that passes too.
 */
export function walkGraph(lines: readonly Line[], isOpen: (p: Point) => boolean): WalkGraph {
  const points: Point[] = []
  const links: { to: number; metres: number }[][] = []
  const near = new Buckets<number>(joinMetres)
  const link = (i: number, j: number): void => {
    if (i === j || links[i]!.some(({ to }) => to === j)) return
    const metres = distance(points[i]!, points[j]!)
    links[i]!.push({ to: j, metres })
    links[j]!.push({ to: i, metres })
  }
  for (const line of lines) {
    let last = -1
    for (const p of resampled(line, stepMetres)) {
      if (!isOpen(p)) {
        last = -1
        continue
      }
      const i = points.push(p) - 1
      links.push([])
      for (const j of near.near(p, p)) if (distance(points[j]!, p) < joinMetres) link(i, j)
      near.add(p, p, i)
      if (last >= 0) link(last, i)
      last = i
    }
  }
  for (let groups = groupsOf(links); groups.length > 1; groups = groupsOf(links)) {
    const [main, ...others] = groups.sort((a, b) => b.length - a.length)
    let best: { i: number; j: number; metres: number } | undefined
    for (const i of main!)
      for (const other of others)
        for (const j of other) {
          const metres = distance(points[i]!, points[j]!)
          if (best && metres >= best.metres) continue
          if ([0.2, 0.4, 0.6, 0.8].every((share) => isOpen(between(points[i]!, points[j]!, share))))
            best = { i, j, metres }
        }
    if (!best) return onlyThese(points, links, main!)
    link(best.i, best.j)
  }
  return new WalkGraph(points, links)
}

function groupsOf(links: readonly (readonly { to: number }[])[]): number[][] {
  const seen = new Uint8Array(links.length)
  const groups: number[][] = []
  for (let start = 0; start < links.length; start++) {
    if (seen[start]) continue
    seen[start] = 1
    const group = [start]
    for (const i of group)
      for (const { to } of links[i]!)
        if (!seen[to]) {
          seen[to] = 1
          group.push(to)
        }
    groups.push(group)
  }
  return groups
}

function onlyThese(
  points: readonly Point[],
  links: readonly (readonly { to: number; metres: number }[])[],
  kept: readonly number[],
): WalkGraph {
  const renamed = new Map(kept.map((i, k) => [i, k]))
  return new WalkGraph(
    kept.map((i) => points[i]!),
    kept.map((i) => links[i]!.map(({ to, metres }) => ({ to: renamed.get(to)!, metres }))),
  )
}

/** A footway along the inside of a ring, `metres` from it, where it keeps that distance. */
export function footwayInside(ring: readonly Point[], metres: number): Line[] {
  const closed = [...ring, ring[0]!]
  const middles = pairs(closed).flatMap(([a, b]) => {
    const left: Point = [-(b[1] - a[1]) / distance(a, b), (b[0] - a[0]) / distance(a, b)]
    return [0.15, 0.5, 0.85].map((share): Point => {
      const p = between(a, b, share)
      return [p[0] + left[0] * metres, p[1] + left[1] * metres]
    })
  })
  const good = middles.filter((p) => isInside(p, ring) && distanceToRing(p, ring) > metres * 0.9)
  return good.length < 3 ? [] : [[...good, good[0]!]]
}
