/** Plane geometry in metres east and north of the township's origin. Everything is drawn here; `frame.ts` turns it into degrees. */
import type { Random } from './random.ts'

export type Point = readonly [x: number, y: number]
export type Line = readonly Point[]

/** By Math.sqrt, which is exact and quick; Math.hypot is neither. */
export const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)
export const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]
/** `along` metres in direction `angle` and `left` metres to the left of it. */
export const moved = (p: Point, angle: number, along: number, left = 0): Point => [
  p[0] + Math.cos(angle) * along - Math.sin(angle) * left,
  p[1] + Math.sin(angle) * along + Math.cos(angle) * left,
]
export const bearing = (a: Point, b: Point): number => Math.atan2(b[1] - a[1], b[0] - a[0])

export const pairs = (line: Line): [Point, Point][] => line.slice(1).map((b, i) => [line[i]!, b])
export const lengthOf = (line: Line): number => pairs(line).reduce((sum, [a, b]) => sum + distance(a, b), 0)

/** Signed area of a ring (first point not repeated), counter-clockwise positive. */
export function signedArea(ring: Line): number {
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    twice += a[0] * b[1] - b[0] * a[1]
  }
  return twice / 2
}

export function centroid(ring: Line): Point {
  let x = 0
  let y = 0
  let twice = 0
  const [ox, oy] = ring[0]!
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    const cross = (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy)
    x += (a[0] + b[0] - 2 * ox) * cross
    y += (a[1] + b[1] - 2 * oy) * cross
    twice += cross
  }
  return [ox + x / (3 * twice), oy + y / (3 * twice)]
}

/** Even-odd rule; a ring whose first point is not repeated. */
export function isInside(p: Point, ring: Line): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!
    const b = ring[j]!
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0])
      inside = !inside
  }
  return inside
}

/** The point of segment ab nearest to p. */
export function nearestOnSegment(p: Point, a: Point, b: Point): Point {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared
  return between(a, b, Math.min(1, Math.max(0, share)))
}

export function distanceToLine(p: Point, line: Line): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 1; i < line.length; i++)
    best = Math.min(best, distance(p, nearestOnSegment(p, line[i - 1]!, line[i]!)))
  return best
}
export const distanceToRing = (p: Point, ring: Line): number => distanceToLine(p, [...ring, ring[0]!])

/** Where segments ab and cd cross or touch; undefined when they do not or are parallel. */
export function crossing(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const rx = b[0] - a[0]
  const ry = b[1] - a[1]
  const sx = d[0] - c[0]
  const sy = d[1] - c[1]
  const denominator = rx * sy - ry * sx
  if (denominator === 0) return undefined
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / denominator
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / denominator
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [a[0] + t * rx, a[1] + t * ry] : undefined
}
export const linesCross = (one: Line, other: Line): boolean =>
  pairs(one).some(([a, b]) => pairs(other).some(([c, d]) => crossing(a, b, c, d) !== undefined))

/** Centripetal-free Catmull–Rom through the points, a vertex about every `step` metres. */
export function curve(points: Line, step: number): Point[] {
  const out: Point[] = [points[0]!]
  for (let i = 1; i < points.length; i++) {
    const p0 = points[i - 2] ?? points[i - 1]!
    const p1 = points[i - 1]!
    const p2 = points[i]!
    const p3 = points[i + 1] ?? p2
    const count = Math.max(1, Math.round(distance(p1, p2) / step))
    for (let k = 1; k <= count; k++) {
      const t = k / count
      const at = (axis: 0 | 1): number =>
        0.5 *
        (2 * p1[axis] +
          (p2[axis] - p0[axis]) * t +
          (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t * t +
          (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t * t * t)
      out.push([at(0), at(1)])
    }
  }
  return out
}

/** A straight line made to wander: both ends stay, the middle strays sideways by up to `amplitude` metres. */
export function wandering(a: Point, b: Point, step: number, amplitude: number, random: Random): Point[] {
  const count = Math.max(1, Math.round(distance(a, b) / step))
  const angle = bearing(a, b)
  const waves = [1, 2, 3, 5].map((n) => ({
    n,
    size: random.normal(amplitude / n),
    phase: random.between(0, Math.PI),
  }))
  return Array.from({ length: count + 1 }, (_, i) => {
    const share = i / count
    if (i === 0) return a
    if (i === count) return b
    const envelope = Math.sin(Math.PI * share)
    const left =
      envelope * waves.reduce((sum, w) => sum + w.size * Math.sin(w.n * Math.PI * share + w.phase), 0)
    return moved(between(a, b, share), angle, 0, left)
  })
}

/** A vertex every `step` metres; ends kept. */
export function resampled(line: Line, step: number): Point[] {
  const total = lengthOf(line)
  const count = Math.max(1, Math.round(total / step))
  return Array.from({ length: count + 1 }, (_, i) => pointAlong(line, (total * i) / count))
}

/** The point `metres` along the line, clamped to its ends. */
export function pointAlong(line: Line, metres: number): Point {
  let rest = metres
  for (const [a, b] of pairs(line)) {
    const length = distance(a, b)
    if (rest <= length) return length === 0 ? a : between(a, b, Math.max(0, rest) / length)
    rest -= length
  }
  return line.at(-1)!
}

/** The line moved sideways (positive: left), by the direction at each vertex. */
export function parallel(line: Line, left: number): Point[] {
  return line.map((p, i) =>
    moved(p, bearing(line[Math.max(0, i - 1)]!, line[Math.min(line.length - 1, i + 1)]!), 0, left),
  )
}

/** A roundish closed shape: a ring of `count` points about `centre`. */
export function blob(
  centre: Point,
  radius: number,
  stretch: number,
  angle: number,
  count: number,
  roughness: number,
  random: Random,
): Point[] {
  const waves = [2, 3, 4, 5, 7].map((n) => ({
    n,
    size: random.normal(roughness / Math.sqrt(n)),
    phase: random.between(0, 6.28),
  }))
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count
    const r =
      radius * Math.max(0.4, 1 + waves.reduce((sum, w) => sum + w.size * Math.sin(w.n * turn + w.phase), 0))
    return moved(centre, angle, r * Math.cos(turn) * stretch, (r * Math.sin(turn)) / stretch)
  })
}

/** Convex hull, counter-clockwise (Andrew's monotone chain). */
export function convexHull(points: Line): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: Line): Point[] => {
    const hull: Point[] = []
    for (const p of list) {
      while (hull.length > 1) {
        const a = hull.at(-2)!
        const b = hull.at(-1)!
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break
        hull.pop()
      }
      hull.push(p)
    }
    return hull.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

/** The stretches of a line whose segments' middles pass a test. */
export function stretchesWhere(line: Line, isKept: (middle: Point) => boolean): Point[][] {
  const stretches: Point[][] = []
  let open: Point[] | undefined
  for (const [a, b] of pairs(line)) {
    if (!isKept(between(a, b, 0.5))) {
      open = undefined
      continue
    }
    if (!open) stretches.push((open = [a]))
    open.push(b)
  }
  return stretches
}
