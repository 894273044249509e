import { orientation } from '../geometry/orientation.ts'
import { cellMask } from './cell-mask.ts'
import { type EdgeTable, runsUp, usesOf } from './edge-table.ts'
import type { Location } from './locate.ts'
import { nodeEdges } from './node-edges.ts'
import { type Faces, type Lines, origin, traceFaces, twin } from './trace-faces.ts'

/** One owner's edge along a half-edge, in its direction. */
export interface Bank {
  readonly owner: number
  /** The edge of the edge table it is, or is a piece of. */
  readonly edge: number
}

/** The doubtful part of a division, cut at every meeting, with what covers each face. */
export interface Arrangement {
  readonly lines: Lines
  readonly faces: Faces
  /** Owners' edges along each half-edge. */
  readonly banks: readonly (readonly Bank[])[]
  /** Grids that cover each face, ascending; face 0 is the unbounded one. */
  readonly cover: readonly (readonly number[])[]
  /** Whether the area covers each face; false everywhere when there is none. */
  readonly inArea: readonly boolean[]
  /** 1 for the edges of the edge table that are drawn. */
  readonly drawn: Uint8Array
}

/** What a drawing may be asked to do beyond showing the doubtful part. */
export interface DrawingWishes {
  /** Edges to draw although nothing is wrong along them. */
  readonly alsoDraw?: readonly number[]
  /** Owners whose vertices stay where they are when others' are a snap away, the first before the next. */
  readonly anchors?: readonly number[]
}

/**
 * Draws the unmatched edges and the matched ones near them. Matched edges farther away cannot matter except inside a face that is
 * covered wrongly, where they tell which grids cover which piece of it: those are added until none is missing.
 * @param area the owner that is the area, or -1
 */
export function arrange(
  table: EdgeTable,
  area: number,
  locate: (longitude: number, latitude: number) => Location,
  { alsoDraw = [], anchors = [] }: DrawingWishes = {},
): Arrangement {
  const active = table.matched.map((matched) => 1 - matched)
  for (const edge of alsoDraw) active[edge] = 1
  const unmatched = active.reduce((sum, one) => sum + one, 0)
  const mask = cellMask(boundsOf(table), unmatched)
  for (let e = 0; e < table.edges; e++) if (active[e] === 1) mask.markSegment(...ends(table, e))
  activateMarked(table, active, mask)
  for (;;) {
    const drawn = draw(table, active, area, locate, anchors)
    const wrong = cellMask(boundsOf(table), unmatched)
    for (let face = 1; face < drawn.faces.faces; face++) {
      const covers = drawn.cover[face]!.length
      if (covers > 1 || (area >= 0 && covers > 0 && !drawn.inArea[face]))
        wrong.markBox(...faceBox(drawn, face))
    }
    if (activateMarked(table, active, wrong) === 0) return drawn
  }
}

type Box = [west: number, south: number, east: number, north: number]

function ends(table: EdgeTable, edge: number): [ax: number, ay: number, bx: number, by: number] {
  const a = table.low[edge]!
  const b = table.high[edge]!
  return [table.vertexX[a]!, table.vertexY[a]!, table.vertexX[b]!, table.vertexY[b]!]
}

function boundsOf({ vertexX, vertexY }: EdgeTable): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let v = 0; v < vertexX.length; v++) {
    box[0] = Math.min(box[0], vertexX[v]!)
    box[1] = Math.min(box[1], vertexY[v]!)
    box[2] = Math.max(box[2], vertexX[v]!)
    box[3] = Math.max(box[3], vertexY[v]!)
  }
  return box
}

/** @returns how many edges became active */
function activateMarked(table: EdgeTable, active: Uint8Array, mask: ReturnType<typeof cellMask>): number {
  let count = 0
  for (let e = 0; e < table.edges; e++) {
    if (active[e] === 1) continue
    const a = table.low[e]!
    const b = table.high[e]!
    const ax = table.vertexX[a]!
    const ay = table.vertexY[a]!
    const bx = table.vertexX[b]!
    const by = table.vertexY[b]!
    if (!mask.isMarked(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) continue
    active[e] = 1
    count++
  }
  return count
}

function draw(
  table: EdgeTable,
  active: Uint8Array,
  area: number,
  locate: (longitude: number, latitude: number) => Location,
  anchors: readonly number[],
): Arrangement {
  const { lines, banks } = drawLines(table, active, anchors)
  const faces = traceFaces(lines)
  const cover: (readonly number[])[] = [[]]
  const inArea = [false]
  for (let face = 1; face < faces.faces; face++) {
    const { inside } = locate(...pointInFace(lines, faces, face))
    cover.push(area < 0 ? inside : inside.filter((owner) => owner !== area))
    inArea.push(area >= 0 && inside.includes(area))
  }
  return { lines, faces, banks, cover, inArea, drawn: active }
}

/** Nodes the active edges and joins pieces that came to lie on one another into one line. */
function drawLines(
  table: EdgeTable,
  active: Uint8Array,
  anchors: readonly number[],
): { lines: Lines; banks: Bank[][] } {
  const edges: number[] = []
  for (let e = 0; e < table.edges; e++) if (active[e] === 1) edges.push(e)
  const local = new Map<number, number>()
  const x: number[] = []
  const y: number[] = []
  const vertex = (v: number): number => {
    const known = local.get(v)
    if (known !== undefined) return known
    local.set(v, x.length)
    y.push(table.vertexY[v]!)
    return x.push(table.vertexX[v]!) - 1
  }
  // Of vertices that become one, the lowest number gives its place.
  const rank = new Map(anchors.map((owner, i) => [owner, i]))
  const anchored = (rank.size > 0 ? edges : []).flatMap((edge) => {
    const least = Math.min(...usesOf(table, edge).map((use) => rank.get(table.ownerOf[use]!) ?? Infinity))
    return Number.isFinite(least) ? [{ edge, least }] : []
  })
  for (const { edge } of anchored.toSorted((p, q) => p.least - q.least)) {
    vertex(table.low[edge]!)
    vertex(table.high[edge]!)
  }
  const pieces = nodeEdges(
    x,
    y,
    edges.map((e) => vertex(table.low[e]!)),
    edges.map((e) => vertex(table.high[e]!)),
  )
  const lineAt = new Map<number, number>()
  const from: number[] = []
  const to: number[] = []
  const banks: Bank[][] = []
  for (const [i, edgeIndex] of pieces.edge.entries()) {
    const a = pieces.from[i]!
    const b = pieces.to[i]!
    const key = Math.min(a, b) * x.length + Math.max(a, b)
    let line = lineAt.get(key)
    if (line === undefined) {
      line = from.push(Math.min(a, b)) - 1
      to.push(Math.max(a, b))
      banks.push([], [])
      lineAt.set(key, line)
    }
    const edge = edges[edgeIndex]!
    for (const use of usesOf(table, edge)) {
      const forward = runsUp(table, use) === a < b
      banks[2 * line + (forward ? 0 : 1)]!.push({
        owner: table.ownerOf[use]!,
        edge,
      })
    }
  }
  return { lines: { x, y, from, to }, banks }
}

/** All half-edges around a face, its islands' included. */
export function* halvesAround(faces: Faces, face: number): Generator<number> {
  for (const start of faces.walks[face]!) {
    let h = start
    do {
      yield h
      h = faces.next[h]!
    } while (h !== start)
  }
}

function faceBox({ lines, faces }: Arrangement, face: number): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const h of halvesAround(faces, face)) {
    const v = origin(lines, h)
    box[0] = Math.min(box[0], lines.x[v]!)
    box[1] = Math.min(box[1], lines.y[v]!)
    box[2] = Math.max(box[2], lines.x[v]!)
    box[3] = Math.max(box[3], lines.y[v]!)
  }
  return box
}

/**
 * A point inside a face, however thin: from the middle of its longest side straight into it, half-way to whatever comes first.
 */
export function pointInFace(lines: Lines, faces: Faces, face: number): [longitude: number, latitude: number] {
  const { x, y } = lines
  let longest = -1
  let length2 = 0
  for (const h of halvesAround(faces, face)) {
    const p = origin(lines, h)
    const q = origin(lines, twin(h))
    const squared = (x[q]! - x[p]!) ** 2 + (y[q]! - y[p]!) ** 2
    // Both sides of a line that juts into its own face are equally long, and either will do.
    if (squared > length2) {
      longest = h
      length2 = squared
    }
  }
  const a = origin(lines, longest)
  const b = origin(lines, twin(longest))
  const mx = (x[a]! + x[b]!) / 2
  const my = (y[a]! + y[b]!) / 2
  // Left of a → b. The ray is m + t·n; t in lengths of the side.
  const nx = -(y[b]! - y[a]!)
  const ny = x[b]! - x[a]!
  let nearest = Number.POSITIVE_INFINITY
  for (const h of halvesAround(faces, face)) {
    if (h === longest) continue
    const p = origin(lines, h)
    const q = origin(lines, twin(h))
    const left = orientation(mx, my, mx + nx, my + ny, x[p]!, y[p]!)
    const right = orientation(mx, my, mx + nx, my + ny, x[q]!, y[q]!)
    if (left > 0 === right > 0) continue
    const wx = x[q]! - x[p]!
    const wy = y[q]! - y[p]!
    const t = ((x[p]! - mx) * wy - (y[p]! - my) * wx) / (nx * wy - ny * wx)
    if (t > 0 && t < nearest) nearest = t
  }
  return Number.isFinite(nearest) ? [mx + (nx * nearest) / 2, my + (ny * nearest) / 2] : [mx, my]
}
