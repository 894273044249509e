import earcut, { flatten } from 'earcut'
import polylabel from 'polylabel'

/** A circle in the frame of the rings it was asked for. */
export interface Circle {
  readonly x: number
  readonly y: number
  readonly radius: number
}

type Ring = readonly (readonly [x: number, y: number])[]

/** Cuts of a triangle after which the radius found is taken as it is; reached only by degenerate rings. */
const DEEPEST_CUT = 60
/** Half the perimeter over the mean width, from which a polygon counts as a thread. A square has 4. */
const THREAD_ELONGATION = 200
/** The radius is found to this part of itself. */
const PRECISION = 0.001
/** Edges under one box, to pass by in one comparison. */
const BLOCK = 16

/**
 * The largest circle inside a polygon (outer ring first, closed rings, flat metric frame), its radius within about 0.1 %.
 *
 * Stout polygons go to polylabel. Gaps between grids, though, are threads, and its squares follow one of 3 km × 1 cm in
 * some 300,000 steps (measured: 8 s for 300 m × 1 cm). Threads are searched by branch and bound over the triangles of an
 * ear-cut triangulation instead, which are as narrow as the thread itself.
 */
export function largestInscribedCircle(polygon: readonly Ring[]): Circle {
  const { doubleArea, perimeter } = extentOf(polygon)
  if (!(doubleArea > 0)) return { x: polygon[0]?.[0]?.[0] ?? 0, y: polygon[0]?.[0]?.[1] ?? 0, radius: 0 }
  if ((perimeter * perimeter) / (2 * doubleArea) >= THREAD_ELONGATION) return threadCircle(polygon)
  // No circle inside is smaller than area / perimeter, so this is a precision relative to the radius.
  const found = polylabel(
    polygon as unknown as [number, number][][],
    (PRECISION * doubleArea) / (2 * perimeter),
  )
  return { x: found[0]!, y: found[1]!, radius: found.distance }
}

function extentOf(polygon: readonly Ring[]): { doubleArea: number; perimeter: number } {
  let doubleArea = 0
  let perimeter = 0
  for (const [r, ring] of polygon.entries()) {
    const [x0, y0] = ring[0] ?? [0, 0]
    let signed = 0
    for (let i = 1; i < ring.length; i++) {
      const [px, py] = ring[i - 1]!
      const [qx, qy] = ring[i]!
      signed += (px - x0) * (qy - y0) - (qx - x0) * (py - y0)
      perimeter += Math.hypot(qx - px, qy - py)
    }
    doubleArea += r === 0 ? Math.abs(signed) : -Math.abs(signed)
  }
  return { doubleArea, perimeter }
}

function threadCircle(polygon: readonly Ring[]): Circle {
  const { vertices, holes, dimensions } = flatten(polygon)
  const corners = earcut(vertices, holes, dimensions)
  const edges = edgesOf(polygon)
  const search: Search = {
    edges,
    boxes: boxesOf(edges),
    best: { x: vertices[0]!, y: vertices[1]!, radius: 0 },
    nearest: 0,
  }
  const triangles: number[][] = []
  for (let i = 0; i < corners.length; i += 3) {
    const triangle: number[] = []
    for (let k = 0; k < 3; k++) {
      const v = corners[i + k]! * 2
      triangle.push(vertices[v]!, vertices[v + 1]!)
    }
    triangles.push(triangle)
  }
  // Fat triangles first: a good circle found early prunes the rest.
  triangles.sort((s, t) => triangleArea(t) - triangleArea(s))
  for (const t of triangles) narrowDown(search, t[0]!, t[1]!, t[2]!, t[3]!, t[4]!, t[5]!, 0)
  return search.best
}

interface Search {
  /** Four numbers an edge: x, y of both ends. */
  readonly edges: Float64Array
  /** Four numbers a block of edges: west, south, east, north. */
  readonly boxes: Float64Array
  best: Circle
  /** Edge nearest to the point measured last. */
  nearest: number
}

const triangleArea = (t: readonly number[]): number =>
  Math.abs((t[2]! - t[0]!) * (t[5]! - t[1]!) - (t[4]! - t[0]!) * (t[3]! - t[1]!))

function edgesOf(polygon: readonly Ring[]): Float64Array {
  const edges: number[] = []
  for (const ring of polygon)
    for (let i = 1; i < ring.length; i++)
      edges.push(ring[i - 1]![0], ring[i - 1]![1], ring[i]![0], ring[i]![1])
  return Float64Array.from(edges)
}

function boxesOf(edges: Float64Array): Float64Array {
  const boxes = new Float64Array(Math.ceil(edges.length / 4 / BLOCK) * 4)
  for (let b = 0; b < boxes.length; b += 4) {
    const block = edges.subarray(b * BLOCK, (b + 4) * BLOCK)
    const xs = block.filter((_, i) => i % 2 === 0)
    const ys = block.filter((_, i) => i % 2 === 1)
    boxes.set([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], b)
  }
  return boxes
}

/** Searches one triangle, cutting it until its bound shows that no circle centred in it is larger than the best. */
function narrowDown(
  search: Search,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  depth: number,
): void {
  const { edges } = search
  const x = (ax + bx + cx) / 3
  const y = (ay + by + cy) / 3
  const radius = measure(search, x, y)
  const near = search.nearest
  const nearA = distanceToEdge(edges, near, ax, ay)
  const nearB = distanceToEdge(edges, near, bx, by)
  const nearC = distanceToEdge(edges, near, cx, cy)
  const goal = (): number => search.best.radius * (1 + PRECISION)
  if (Math.max(nearA, nearB, nearC) <= goal() || depth >= DEEPEST_CUT) return
  const reach = Math.max(Math.hypot(ax - x, ay - y), Math.hypot(bx - x, by - y), Math.hypot(cx - x, cy - y))
  if (radius + reach <= goal()) return

  // The opposite bank: the edge nearest to the corner that is farthest from the near one.
  if (nearA >= nearB && nearA >= nearC) measure(search, ax, ay)
  else if (nearB >= nearC) measure(search, bx, by)
  else measure(search, cx, cy)
  const far = search.nearest
  const farA = distanceToEdge(edges, far, ax, ay)
  const farB = distanceToEdge(edges, far, bx, by)
  const farC = distanceToEdge(edges, far, cx, cy)
  const bound = Math.max(
    Math.min(nearA, farA),
    Math.min(nearB, farB),
    Math.min(nearC, farC),
    meeting(search, ax, ay, bx, by, nearA, nearB, farA, farB),
    meeting(search, bx, by, cx, cy, nearB, nearC, farB, farC),
    meeting(search, cx, cy, ax, ay, nearC, nearA, farC, farA),
  )
  if (bound <= goal()) return

  const ab = (ax - bx) ** 2 + (ay - by) ** 2
  const bc = (bx - cx) ** 2 + (by - cy) ** 2
  const ca = (cx - ax) ** 2 + (cy - ay) ** 2
  if (ab >= bc && ab >= ca) {
    narrowDown(search, ax, ay, (ax + bx) / 2, (ay + by) / 2, cx, cy, depth + 1)
    narrowDown(search, (ax + bx) / 2, (ay + by) / 2, bx, by, cx, cy, depth + 1)
  } else if (bc >= ca) {
    narrowDown(search, bx, by, (bx + cx) / 2, (by + cy) / 2, ax, ay, depth + 1)
    narrowDown(search, (bx + cx) / 2, (by + cy) / 2, cx, cy, ax, ay, depth + 1)
  } else {
    narrowDown(search, cx, cy, (cx + ax) / 2, (cy + ay) / 2, bx, by, depth + 1)
    narrowDown(search, (cx + ax) / 2, (cy + ay) / 2, ax, ay, bx, by, depth + 1)
  }
}

/**
 * Where, on the side from p to q, the two banks are equally far as interpolated from its ends: the distance there (0 where
 * they never are). As the distance to an edge is convex, none on the side is larger than the smaller interpolation. The
 * point itself is measured, for it is the best guess at a centre.
 */
function meeting(
  search: Search,
  px: number,
  py: number,
  qx: number,
  qy: number,
  nearP: number,
  nearQ: number,
  farP: number,
  farQ: number,
): number {
  const p = nearP - farP
  const q = nearQ - farQ
  if (p * q >= 0) return 0
  const along = p / (p - q)
  measure(search, px + (qx - px) * along, py + (qy - py) * along)
  return nearP + (nearQ - nearP) * along
}

/** Distance from a point of the polygon to its nearest edge, kept when it is the largest so far. */
function measure(search: Search, x: number, y: number): number {
  const radius = distanceToEdges(search, x, y)
  if (radius > search.best.radius) search.best = { x, y, radius }
  return radius
}

function distanceToEdges(search: Search, x: number, y: number): number {
  const { edges, boxes } = search
  let least = squaredDistanceToEdge(edges, search.nearest, x, y)
  for (let b = 0; b < boxes.length; b += 4) {
    const dx = Math.max(boxes[b]! - x, 0, x - boxes[b + 2]!)
    const dy = Math.max(boxes[b + 1]! - y, 0, y - boxes[b + 3]!)
    if (dx * dx + dy * dy >= least) continue
    const end = Math.min((b + 4) * BLOCK, edges.length)
    for (let e = b * BLOCK; e < end; e += 4) {
      const squared = squaredDistanceToEdge(edges, e, x, y)
      if (squared < least) {
        least = squared
        search.nearest = e
      }
    }
  }
  return Math.sqrt(least)
}

const distanceToEdge = (edges: Float64Array, e: number, x: number, y: number): number =>
  Math.sqrt(squaredDistanceToEdge(edges, e, x, y))

function squaredDistanceToEdge(edges: Float64Array, e: number, x: number, y: number): number {
  const ax = edges[e]!
  const ay = edges[e + 1]!
  const ux = edges[e + 2]! - ax
  const uy = edges[e + 3]! - ay
  const length2 = ux * ux + uy * uy
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / length2))
  const dx = ax + along * ux - x
  const dy = ay + along * uy - y
  return dx * dx + dy * dy
}
