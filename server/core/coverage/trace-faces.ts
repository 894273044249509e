import Flatbush from 'flatbush'
import { orientation } from '../geometry/orientation.ts'

/**
 * The faces of a planar drawing. Line k is two half-edges, 2k from its first to its second vertex and 2k + 1 back; the
 * face of a half-edge lies on its left. Face 0 is the unbounded one.
 */
export interface Faces {
  readonly faces: number
  /** Face left of each half-edge. */
  readonly faceOf: Int32Array
  /** The half-edge that follows each along the boundary of its face. */
  readonly next: Int32Array
  /** The half-edges of a vertex from which they run out, in counterclockwise order: the one before, i.e. clockwise. */
  readonly clockwise: Int32Array
  /** One half-edge of every closed walk around a face, grouped by face: outer walk first, then the islands'. */
  readonly walks: readonly (readonly number[])[]
}

export interface Lines {
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Two distinct vertices each; no two lines alike; they meet at vertices only. */
  readonly from: readonly number[]
  readonly to: readonly number[]
}

export const twin = (half: number): number => half ^ 1
export const origin = (lines: Lines, half: number): number =>
  ((half & 1) === 0 ? lines.from : lines.to)[half >> 1]!

/** Walks around every face and hangs islands into the face that holds them. */
export function traceFaces(lines: Lines): Faces {
  const halves = lines.from.length * 2
  const clockwise = clockwiseNeighbours(lines)
  const next = new Int32Array(halves)
  for (let half = 0; half < halves; half++) next[half] = clockwise[twin(half)]!
  const walkOf = new Int32Array(halves).fill(-1)
  const starts: number[] = []
  const areas: number[] = []
  for (let half = 0; half < halves; half++) {
    if (walkOf[half] !== -1) continue
    const walk = starts.push(half) - 1
    for (let h = half; walkOf[h] === -1; h = next[h]!) walkOf[h] = walk
    areas.push(walkArea(lines, next, half))
  }
  const faceOfWalk = nest(lines, next, starts, areas)
  const faces = faceOfWalk.reduce((most, face) => Math.max(most, face), 0) + 1
  const walks: number[][] = Array.from({ length: faces }, () => [])
  for (const [walk, face] of faceOfWalk.entries()) {
    if (areas[walk]! > 0) walks[face]!.unshift(starts[walk]!)
    else walks[face]!.push(starts[walk]!)
  }
  return { faces, faceOf: walkOf.map((walk) => faceOfWalk[walk]!), next, clockwise, walks }
}

/** For each half-edge, the one clockwise from it around the vertex both run out from. */
export function clockwiseNeighbours(lines: Lines): Int32Array {
  const { x, y } = lines
  const halves = lines.from.length * 2
  const around = new Map<number, number[]>()
  for (let half = 0; half < halves; half++) {
    const list = around.get(origin(lines, half))
    if (list) list.push(half)
    else around.set(origin(lines, half), [half])
  }
  const clockwise = new Int32Array(halves)
  for (const [v, fan] of around) {
    const ox = x[v]!
    const oy = y[v]!
    if (fan.length > 2)
      fan.sort((g, h) => {
        const p = origin(lines, twin(g))
        const q = origin(lines, twin(h))
        const upper = isUpper(x[p]! - ox, y[p]! - oy)
        if (upper !== isUpper(x[q]! - ox, y[q]! - oy)) return upper ? -1 : 1
        return -orientation(ox, oy, x[p]!, y[p]!, x[q]!, y[q]!)
      })
    for (const [k, half] of fan.entries()) clockwise[half] = fan.at(k - 1)!
  }
  return clockwise
}

/** True for directions from 0° to before 180°. */
const isUpper = (dx: number, dy: number): boolean => dy > 0 || (dy === 0 && dx > 0)

/** Twice the signed area of a walk in square degrees, taken from its first vertex so that small faces keep their digits. */
function walkArea(lines: Lines, next: Int32Array, start: number): number {
  const { x, y } = lines
  const o = origin(lines, start)
  let area = 0
  let h = start
  do {
    const p = origin(lines, h)
    const q = origin(lines, twin(h))
    area += (x[p]! - x[o]!) * (y[q]! - y[o]!) - (x[q]! - x[o]!) * (y[p]! - y[o]!)
    h = next[h]!
  } while (h !== start)
  return area
}

/** Numbers the faces: 1 and on for counterclockwise walks; the others take the face of the smallest walk around them, or 0. */
function nest(lines: Lines, next: Int32Array, starts: readonly number[], areas: readonly number[]): number[] {
  const outer = starts.map((_, walk) => walk).filter((walk) => areas[walk]! > 0)
  const faceOfWalk = starts.map(() => 0)
  for (const [k, walk] of outer.entries()) faceOfWalk[walk] = k + 1
  if (outer.length === 0) return faceOfWalk
  const index = new Flatbush(outer.length)
  for (const walk of outer) {
    const box = walkBox(lines, next, starts[walk]!)
    index.add(...box)
  }
  index.finish()
  const component = components(lines)
  for (const [walk, start] of starts.entries()) {
    if (areas[walk]! > 0) continue
    const v = origin(lines, start)
    let smallest = -1
    for (const k of index.search(lines.x[v]!, lines.y[v]!, lines.x[v]!, lines.y[v]!)) {
      const holder = outer[k]!
      if (component(origin(lines, starts[holder]!)) === component(v)) continue
      if (smallest !== -1 && areas[holder]! >= areas[smallest]!) continue
      if (walkHolds(lines, next, starts[holder]!, lines.x[v]!, lines.y[v]!)) smallest = holder
    }
    if (smallest !== -1) faceOfWalk[walk] = faceOfWalk[smallest]!
  }
  return faceOfWalk
}

function walkBox(lines: Lines, next: Int32Array, start: number): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  let h = start
  do {
    const v = origin(lines, h)
    box[0] = Math.min(box[0], lines.x[v]!)
    box[1] = Math.min(box[1], lines.y[v]!)
    box[2] = Math.max(box[2], lines.x[v]!)
    box[3] = Math.max(box[3], lines.y[v]!)
    h = next[h]!
  } while (h !== start)
  return box
}

/** Even–odd rule; the point is never on the walk, being of another component. */
function walkHolds(lines: Lines, next: Int32Array, start: number, px: number, py: number): boolean {
  const { x, y } = lines
  let holds = false
  let h = start
  do {
    const p = origin(lines, h)
    const q = origin(lines, twin(h))
    if (y[p]! > py !== y[q]! > py) {
      const turn = orientation(x[p]!, y[p]!, x[q]!, y[q]!, px, py)
      if (turn > 0 === y[q]! > y[p]!) holds = !holds
    }
    h = next[h]!
  } while (h !== start)
  return holds
}

/** The connected component of each vertex, as the number of one of its vertices. */
function components(lines: Lines): (vertex: number) => number {
  const parent = new Int32Array(lines.x.length).map((_, i) => i)
  const find = (v: number): number => {
    let root = v
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!
      root = parent[root]!
    }
    return root
  }
  for (let k = 0; k < lines.from.length; k++) {
    const a = find(lines.from[k]!)
    const b = find(lines.to[k]!)
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  }
  return find
}
