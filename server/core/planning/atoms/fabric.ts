import { halvesAround } from '../../coverage/arrangement.ts'
import { nodeEdges, type Pieces } from '../../coverage/node-edges.ts'
import { faceAreaSquareMetres } from '../../coverage/regions.ts'
import {
  clockwiseNeighbours,
  type Faces,
  type Lines,
  origin,
  traceFaces,
  twin,
} from '../../coverage/trace-faces.ts'
import { distanceMetres } from '../../geometry/distance-metres.ts'
import type { Barrier } from '../values.ts'
import { closeGaps } from './close-gaps.ts'
import type { Segments } from './segments.ts'

/**
 * All outlines and barriers drawn at once and cut wherever they meet. Blocks and atoms are unions of its faces, so whatever is
 * decided later about a line, neighbours have every vertex in common.
 */
export interface Fabric {
  readonly lines: Lines
  readonly faces: Faces
  readonly metres: Float64Array
  /** Segments each line is a piece of, ascending. */
  readonly sources: readonly (readonly number[])[]
  /** Owners whose outline each line is. */
  readonly owners: readonly (readonly number[])[]
  /** The strongest barrier along each line, or -1. */
  readonly barrier: Int32Array
  /** 1 where any barrier along the line cannot be crossed. */
  readonly uncrossable: Uint8Array
  /** 1 where a street runs across the barrier at an end of the line. */
  readonly crossed: Uint8Array
  /** Owners that cover each face, ascending. */
  readonly cover: readonly (readonly number[])[]
  readonly areaSquareMetres: Float64Array
  /** Barriers that were lengthened to the line they lead to. */
  readonly lengthened: readonly number[]
}

/**
 * @param barriers sorted by strength: of two along one line the first is named
 * @param gapMetres a street may end this far before the line it leads to
 */
export function weave(drawn: Segments, barriers: readonly Barrier[], gapMetres: number): Fabric {
  const first = nodedLines(drawn)
  const { segments, closed } = closeGaps(drawn, first.lines, first.sources, gapMetres)
  const noded = segments === drawn ? first : nodedLines(segments)
  const { lines, sources } = withoutDangles(noded.lines, noded.sources)
  const count = lines.from.length
  const barrier = new Int32Array(count).fill(-1)
  const uncrossable = new Uint8Array(count)
  const crossed = new Uint8Array(count)
  const metres = new Float64Array(count)
  const owners: number[][] = []
  const crossedAt = crossedVertices(noded.lines, noded.sources, segments, barriers)
  for (let line = 0; line < count; line++) {
    const [a, b] = [lines.from[line]!, lines.to[line]!]
    metres[line] = distanceMetres(lines.x[a]!, lines.y[a]!, lines.x[b]!, lines.y[b]!)
    const along = barriersAlong(sources[line]!, segments)
    if (along.length > 0) barrier[line] = along.reduce((p, q) => Math.min(p, q))
    uncrossable[line] = along.some((i) => !barriers[i]!.crossable) ? 1 : 0
    crossed[line] = crossedAt[a]! | crossedAt[b]!
    owners.push(oddOnes(sources[line]!.flatMap((s) => segments.owners[s]!)))
  }
  const faces = traceFaces(lines)
  return {
    lines,
    faces,
    metres,
    sources,
    owners,
    lengthened: closed,
    barrier,
    uncrossable,
    crossed,
    cover: coverOf(faces, owners),
    areaSquareMetres: Float64Array.from({ length: faces.faces }, (_, face) =>
      face === 0 ? 0 : faceAreaSquareMetres({ lines, faces }, face),
    ),
  }
}

/** Cuts the segments where they meet; pieces that came to lie on one another are one line. */
function nodedLines(segments: Segments): { lines: Lines; sources: number[][] } {
  const x = [...segments.x]
  const y = [...segments.y]
  let pieces = nodeEdges(x, y, segments.from, segments.to)
  for (let round = 0; round < MOST_ROUNDS && straightenOutlines(segments, pieces, x, y); round++) {
    const { edge, ...again } = nodeEdges(x, y, pieces.from, pieces.to)
    const before = pieces.edge
    pieces = { ...again, edge: edge.map((piece) => before[piece]!) }
  }
  const from: number[] = []
  const to: number[] = []
  const sources: number[][] = []
  const lineAt = new Map<number, number>()
  for (const [i, segment] of pieces.edge.entries()) {
    const low = Math.min(pieces.from[i]!, pieces.to[i]!)
    const high = Math.max(pieces.from[i]!, pieces.to[i]!)
    const key = low * x.length + high
    const line = lineAt.get(key)
    if (line !== undefined) {
      sources[line]!.push(segment)
      continue
    }
    lineAt.set(key, from.push(low) - 1)
    to.push(high)
    sources.push([segment])
  }
  return { lines: { x, y, from, to }, sources }
}

/** A move may bring lines together that have to be cut again; that settles at once, but for a scribble. */
const MOST_ROUNDS = 4
/** Crossings are off the line by the rounding of doubles, some 1e-14 degrees: those stay. */
const OFF_DEGREES = 1e-13

/**
 * Moves vertices that were taken for lying on an outline onto it. Where a street ends within a micrometre of a village's edge the
 * street gives way: bent by a micrometre, an edge of 1 km would cost the village 5 cm². Outlines come first, by owner.
 * @returns whether any was moved
 */
function straightenOutlines(segments: Segments, pieces: Pieces, x: number[], y: number[]): boolean {
  const settled = new Uint8Array(x.length)
  let moved = false
  for (const [i, segment] of pieces.edge.entries()) {
    const [a, b] = [segments.from[segment]!, segments.to[segment]!]
    for (const v of [pieces.from[i]!, pieces.to[i]!]) {
      if (settled[v] === 1) continue
      settled[v] = 1
      if (v === a || v === b || segments.owners[segment]!.length === 0) continue
      const [ux, uy] = [x[b]! - x[a]!, y[b]! - y[a]!]
      const t = ((x[v]! - x[a]!) * ux + (y[v]! - y[a]!) * uy) / (ux * ux + uy * uy)
      const [px, py] = [x[a]! + t * ux, y[a]! + t * uy]
      if (Math.hypot(px - x[v]!, py - y[v]!) <= OFF_DEGREES) continue
      x[v] = px
      y[v] = py
      moved = true
    }
  }
  return moved
}

/** Those that occur an odd number of times, ascending: an outline drawn twice along one line encloses nothing there. */
function oddOnes(numbers: readonly number[]): number[] {
  if (numbers.length < 2) return [...numbers]
  const odd = new Set<number>()
  for (const n of numbers) if (!odd.delete(n)) odd.add(n)
  return [...odd].sort((p, q) => p - q)
}

/**
 * Walks from the unbounded face across every line: crossing an outline enters or leaves its owner. No point is located, so
 * nothing depends on rounding; a ring that crosses itself covers by the even–odd rule.
 */
function coverOf(faces: Faces, owners: readonly (readonly number[])[]): (readonly number[])[] {
  const cover: (readonly number[] | undefined)[] = Array.from({ length: faces.faces })
  cover[0] = []
  const queue = [0]
  for (const face of queue)
    for (const half of halvesAround(faces, face)) {
      const across = faces.faceOf[twin(half)]!
      if (cover[across]) continue
      const crossed = owners[half >> 1]!
      cover[across] = crossed.length === 0 ? cover[face]! : oddOnes([...cover[face]!, ...crossed])
      queue.push(across)
    }
  return cover as (readonly number[])[]
}

const barriersAlong = (sources: readonly number[], segments: Segments): number[] =>
  sources.flatMap((s) => segments.barriers[s]!)

/** Drops lines with a loose end until none is left: a street that leads nowhere bounds nothing. */
function withoutDangles(lines: Lines, sources: readonly number[][]): { lines: Lines; sources: number[][] } {
  const { x, y, from, to } = lines
  const degree = new Int32Array(x.length)
  /** Sum of the numbers of the lines at each vertex: where one is left, its number. */
  const lineSum = new Float64Array(x.length)
  const add = (line: number, one: 1 | -1): void => {
    for (const v of [from[line]!, to[line]!]) {
      degree[v]! += one
      lineSum[v]! += one * line
    }
  }
  for (let line = 0; line < from.length; line++) add(line, 1)
  const dropped = new Uint8Array(from.length)
  for (let v = 0; v < x.length; v++) {
    let end = v
    while (degree[end] === 1) {
      const line = lineSum[end]!
      dropped[line] = 1
      add(line, -1)
      end = from[line] === end ? to[line]! : from[line]!
    }
  }
  const isKept = (_: unknown, line: number): boolean => dropped[line] === 0
  return {
    lines: { x, y, from: from.filter(isKept), to: to.filter(isKept) },
    sources: sources.filter(isKept),
  }
}

/**
 * 1 for each vertex at which a street runs across an uncrossable barrier: a bridge, tunnel or level crossing. Streets that end
 * at the barrier, or that come back on the same side, do not count; a dead end beyond the bridge does.
 */
function crossedVertices(
  lines: Lines,
  sources: readonly (readonly number[])[],
  segments: Segments,
  barriers: readonly Barrier[],
): Uint8Array {
  const isBarrier = new Uint8Array(sources.length)
  const isStreet = new Uint8Array(sources.length)
  for (const [line, own] of sources.entries()) {
    const along = barriersAlong(own, segments).map((i) => barriers[i]!)
    isBarrier[line] = along.some(({ crossable }) => !crossable) ? 1 : 0
    isStreet[line] = isBarrier[line] === 0 && along.some(({ kind }) => kind === 'road') ? 1 : 0
  }
  const crossed = new Uint8Array(lines.x.length)
  if (!isBarrier.includes(1)) return crossed
  const clockwise = clockwiseNeighbours(lines)
  for (let half = 0; half < clockwise.length; half++) {
    if (isBarrier[half >> 1] === 0) continue
    // Around the vertex, from one line of the barrier to the next: on how many sides of it is there a street?
    let sides = 0
    let streetHere = false
    let h = half
    do {
      h = clockwise[h]!
      if (isStreet[h >> 1] === 1) streetHere = true
      else if (isBarrier[h >> 1] === 1) {
        if (streetHere) sides++
        streetHere = false
      }
    } while (h !== half)
    if (sides > 1) crossed[origin(lines, half)] = 1
  }
  return crossed
}
