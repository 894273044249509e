/**
 * From loose lines to blocks: lines are noded (cut at every crossing, near vertices joined), dangling ends dropped, faces
 * traced. Every edge is stored once, so polygons made of faces match their neighbours vertex by vertex.
 */
import { Buckets } from './buckets.ts'
import { crossing, distance, nearestOnSegment, type Point, signedArea } from './plane.ts'

/** What a line is, e.g. a river or a street; a noded edge carries the kinds of all lines it came from. */
export interface TaggedLine {
  readonly kind: string
  readonly line: readonly Point[]
}
export interface Edge {
  readonly from: number
  readonly to: number
  readonly kinds: ReadonlySet<string>
}
export interface Noded {
  readonly points: readonly Point[]
  readonly edges: readonly Edge[]
}

/** Vertices nearer than this are one; a vertex nearer than this to an edge cuts it. Metres. */
const snapMetres = 2

/** Cuts all lines at their crossings. Repeats until nothing crosses: rounding and snapping move lines a little. */
export function nodeLines(lines: readonly TaggedLine[]): Noded {
  const points: Point[] = []
  const pointBuckets = new Buckets<number>(snapMetres)
  const vertexAt = (p: Point): number => {
    let best = -1
    for (const i of pointBuckets.near(p, p))
      if (
        distance(points[i]!, p) < snapMetres &&
        (best < 0 || distance(points[i]!, p) < distance(points[best]!, p))
      )
        best = i
    if (best >= 0) return best
    const rounded: Point = [Math.round(p[0] * 10) / 10, Math.round(p[1] * 10) / 10]
    pointBuckets.add(rounded, rounded, points.length)
    return points.push(rounded) - 1
  }
  let edges = new Map<string, { from: number; to: number; kinds: Set<string> }>()
  const put = (into: typeof edges, from: number, to: number, kinds: Iterable<string>): void => {
    if (from === to) return
    const key = from < to ? `${from}-${to}` : `${to}-${from}`
    const known = into.get(key)
    if (known) for (const kind of kinds) known.kinds.add(kind)
    else into.set(key, { from: Math.min(from, to), to: Math.max(from, to), kinds: new Set(kinds) })
  }
  for (const { kind, line } of lines) {
    const ids = line.map(vertexAt)
    for (let i = 1; i < ids.length; i++) put(edges, ids[i - 1]!, ids[i]!, [kind])
  }
  for (let pass = 0; pass < 20; pass++) {
    const buckets = new Buckets<{ from: number; to: number }>(snapMetres)
    for (const edge of edges.values()) buckets.add(points[edge.from]!, points[edge.to]!, edge)
    const next: typeof edges = new Map()
    let isCut = false
    for (const edge of edges.values()) {
      const a = points[edge.from]!
      const b = points[edge.to]!
      const cuts = new Set<number>()
      for (const other of buckets.near(a, b)) {
        if (other === edge) continue
        for (const end of [other.from, other.to]) {
          if (end === edge.from || end === edge.to) continue
          if (distance(points[end]!, nearestOnSegment(points[end]!, a, b)) < snapMetres) cuts.add(end)
        }
        if ([other.from, other.to].some((end) => end === edge.from || end === edge.to || cuts.has(end)))
          continue
        const at = crossing(a, b, points[other.from]!, points[other.to]!)
        if (at) cuts.add(vertexAt(at))
      }
      cuts.delete(edge.from)
      cuts.delete(edge.to)
      if (cuts.size > 0) isCut = true
      const chain = [
        edge.from,
        ...[...cuts].sort((i, j) => distance(points[i]!, a) - distance(points[j]!, a)),
        edge.to,
      ]
      for (let i = 1; i < chain.length; i++) put(next, chain[i - 1]!, chain[i]!, edge.kinds)
    }
    edges = next
    if (!isCut) return { points, edges: [...edges.values()] }
  }
  throw new Error('noding does not settle: two lines run too close')
}

/** Without edges that lead nowhere. */
export function withoutDangles(edges: readonly Edge[]): Edge[] {
  let kept = [...edges]
  for (;;) {
    const degree = new Map<number, number>()
    for (const { from, to } of kept) for (const v of [from, to]) degree.set(v, (degree.get(v) ?? 0) + 1)
    const next = kept.filter(({ from, to }) => degree.get(from)! > 1 && degree.get(to)! > 1)
    if (next.length === kept.length) return kept
    kept = next
  }
}

/** Faces left and right of each edge; the outer face is -1. */
export interface Faces {
  /** Vertex ids counter-clockwise, first not repeated. */
  readonly rings: readonly (readonly number[])[]
  /** For half-edge `from,to`: the face on its left. */
  readonly leftOf: ReadonlyMap<string, number>
}
export const halfEdge = (from: number, to: number): string => `${from},${to}`

/** Traces the faces of connected, noded edges. */
export function traceFaces(points: readonly Point[], edges: readonly Edge[]): Faces {
  const around = new Map<number, number[]>()
  for (const { from, to } of edges)
    for (const [v, w] of [
      [from, to],
      [to, from],
    ] as const)
      around.set(v, [...(around.get(v) ?? []), w])
  const angleOf = (v: number, w: number): number =>
    Math.atan2(points[w]![1] - points[v]![1], points[w]![0] - points[v]![0])
  for (const [v, list] of around) list.sort((i, j) => angleOf(v, i) - angleOf(v, j))
  const leftOf = new Map<string, number>()
  const rings: number[][] = []
  for (const [start, list] of around)
    for (const first of list) {
      if (leftOf.has(halfEdge(start, first))) continue
      const ring: number[] = []
      let [v, w] = [start, first]
      while (!leftOf.has(halfEdge(v, w))) {
        leftOf.set(halfEdge(v, w), rings.length)
        ring.push(v)
        const turns = around.get(w)!
        const next = turns[(turns.indexOf(v) - 1 + turns.length) % turns.length]!
        ;[v, w] = [w, next]
      }
      rings.push(ring)
    }
  const inner: number[][] = []
  const renamed = rings.map((ring) =>
    signedArea(ring.map((v) => points[v]!)) > 0 ? inner.push(ring) - 1 : -1,
  )
  return { rings: inner, leftOf: new Map([...leftOf].map(([key, face]) => [key, renamed[face]!])) }
}

/** Outlines of the union of the faces for which `isIn` holds: outer rings counter-clockwise, holes clockwise. */
export function outlineRings(faces: Faces, isIn: (face: number) => boolean): number[][] {
  const next = new Map<number, number[]>()
  for (const ring of faces.rings)
    for (let i = 0; i < ring.length; i++) {
      const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
      const left = faces.leftOf.get(halfEdge(a, b))!
      const right = faces.leftOf.get(halfEdge(b, a))!
      if (isIn(left) && !(right >= 0 && isIn(right))) next.set(a, [...(next.get(a) ?? []), b])
    }
  const rings: number[][] = []
  for (const start of next.keys())
    while (next.get(start)!.length > 0) {
      const ring: number[] = []
      let v = start
      do {
        ring.push(v)
        const w = next.get(v)?.pop()
        if (w === undefined) throw new Error('an outline does not close')
        v = w
      } while (v !== start)
      rings.push(ring)
    }
  return rings
}
