/** Lines drawn over some atoms: noded with the arcs around them, what divides nothing dropped, the faces between found. */
import { halvesAround } from '../../coverage/arrangement.ts'
import { locator } from '../../coverage/locate.ts'
import { nodeEdges } from '../../coverage/node-edges.ts'
import { ringTable } from '../../coverage/ring-table.ts'
import { type Faces, type Lines, origin, traceFaces, twin } from '../../coverage/trace-faces.ts'
import { type Drawing, OUTSIDE } from './drawing.ts'
import { atomPolygon } from './ring-paths.ts'

/** The arcs around some atoms and what was drawn over them, cut at every meeting. */
export interface DrawnOver {
  readonly lines: Lines
  readonly faces: Faces
  /** Of each line: the arc it is a piece of, or -1; 1 where it runs along the arc, -1 against it. */
  readonly arcOf: readonly number[]
  readonly alongArc: readonly number[]
  /** Of each line: 1 where something drawn runs along it, -1 against it, 0 where nothing does. */
  readonly drawn: readonly number[]
  /** Number of the atom on each face, or `OUTSIDE` where none of those given is. */
  readonly atomOf: readonly number[]
  /** Node at each vertex, or -1. Vertices below `known` are of arcs, the others new. */
  readonly nodeAt: Int32Array
  readonly known: number
  /** Whether something drawn left the ground of the atoms. */
  readonly leaves: boolean
}

interface Sketch extends Omit<DrawnOver, 'faces' | 'atomOf' | 'leaves' | 'lines'> {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** Atom on both sides of what is drawn inside one. */
  readonly within: readonly number[]
}

/**
 * @param atoms numbers of the atoms drawn over
 * @param paths what is drawn: longitude, latitude, …
 */
export function drawOver(
  drawing: Drawing,
  atoms: readonly number[],
  paths: readonly (readonly number[])[],
): DrawnOver {
  const noded = node(drawing, atoms, paths)
  const { kept, leaves } = insideOnly(drawing, atoms, noded)
  return trace(drawing, atoms, withoutBridges(withoutDangles(kept)), leaves)
}

/** The same without the drawn lines that have one label on both sides within one atom. */
export function withoutLinesBetween(
  drawing: Drawing,
  atoms: readonly number[],
  over: DrawnOver,
  labels: readonly string[],
): DrawnOver {
  const { faceOf } = over.faces
  const keep = over.arcOf.map((arc, line) => {
    const [left, right] = [faceOf[2 * line]!, faceOf[2 * line + 1]!]
    return arc >= 0 || over.atomOf[left] !== over.atomOf[right] || labels[left] !== labels[right]
  })
  const { lines, atomOf } = over
  const within = over.arcOf.map((_, line) => atomOf[faceOf[2 * line]!]!)
  const sketch: Sketch = { ...over, ...lines, within }
  return trace(drawing, atoms, withoutBridges(only(sketch, keep)), over.leaves)
}

function node(drawing: Drawing, atoms: readonly number[], paths: readonly (readonly number[])[]): Sketch {
  const x: number[] = []
  const y: number[] = []
  const from: number[] = []
  const to: number[] = []
  /** Arc of each edge, or -1 for what is drawn. */
  const source: number[] = []
  const nodes: number[] = []
  const vertexOfNode = new Map<number, number>()
  const vertex = (longitude: number, latitude: number, at: number): number => {
    const known = at < 0 ? undefined : vertexOfNode.get(at)
    if (known !== undefined) return known
    if (at >= 0) vertexOfNode.set(at, x.length)
    nodes.push(at)
    y.push(latitude)
    return x.push(longitude) - 1
  }
  const add = (path: readonly number[], arc: number, ends: readonly [number, number]): void => {
    const last = path.length - 2
    let before = -1
    for (let i = 0; i <= last; i += 2) {
      const v = vertex(path[i]!, path[i + 1]!, i === 0 ? ends[0] : i === last ? ends[1] : -1)
      if (before >= 0 && (x[before] !== x[v] || y[before] !== y[v])) {
        from.push(before)
        to.push(v)
        source.push(arc)
      }
      before = v
    }
  }
  const around = new Set(atoms.flatMap((atom) => drawing.atoms[atom]!.rings.flat().map((half) => half >> 1)))
  for (const number of [...around].toSorted((a, b) => a - b)) {
    const arc = drawing.arcs[number]!
    add(arc.path, number, [arc.from, arc.to])
  }
  const known = x.length
  for (const path of paths) add(path, -1, [-1, -1])
  const pieces = nodeEdges(x, y, from, to)

  const lineAt = new Map<number, number>()
  const sketch = {
    from: [] as number[],
    to: [] as number[],
    arcOf: [] as number[],
    alongArc: [] as number[],
    drawn: [] as number[],
  }
  for (const [i, edge] of pieces.edge.entries()) {
    const [a, b] = [pieces.from[i]!, pieces.to[i]!]
    const key = Math.min(a, b) * x.length + Math.max(a, b)
    let line = lineAt.get(key)
    if (line === undefined) {
      line = sketch.from.push(a) - 1
      sketch.to.push(b)
      sketch.arcOf.push(-1)
      sketch.alongArc.push(0)
      sketch.drawn.push(0)
      lineAt.set(key, line)
    }
    const sense = sketch.from[line] === a ? 1 : -1
    if (source[edge]! >= 0) {
      sketch.arcOf[line] = source[edge]!
      sketch.alongArc[line] = sense
    } else sketch.drawn[line] = sense
  }
  const nodeAt = new Int32Array(x.length).fill(-1)
  nodeAt.set(nodes)
  return { ...sketch, x, y, nodeAt, known, within: sketch.arcOf.map(() => OUTSIDE) }
}

/** Drops what was drawn off the atoms and notes, for the rest, the atom it lies in. */
function insideOnly(
  drawing: Drawing,
  atoms: readonly number[],
  sketch: Sketch,
): { kept: Sketch; leaves: boolean } {
  const locate = locator(ringTable(atoms.map((atom) => atomPolygon(drawing, drawing.atoms[atom]!))))
  const { x, y, from, to } = sketch
  let leaves = false
  const within = sketch.arcOf.map((arc, line) => {
    if (arc >= 0) return OUTSIDE
    const [a, b] = [from[line]!, to[line]!]
    const [atom] = locate((x[a]! + x[b]!) / 2, (y[a]! + y[b]!) / 2).inside
    if (atom === undefined) leaves = true
    return atom === undefined ? OUTSIDE : atoms[atom]!
  })
  const keep = sketch.arcOf.map((arc, line) => arc >= 0 || within[line] !== OUTSIDE)
  return { kept: only({ ...sketch, within }, keep), leaves }
}

function only(sketch: Sketch, keep: readonly boolean[]): Sketch {
  const of = <T>(list: readonly T[]): T[] => list.filter((_, line) => keep[line])
  return {
    ...sketch,
    from: of(sketch.from),
    to: of(sketch.to),
    arcOf: of(sketch.arcOf),
    alongArc: of(sketch.alongArc),
    drawn: of(sketch.drawn),
    within: of(sketch.within),
  }
}

/** Drops drawn lines that end in nothing, one after another. */
function withoutDangles(sketch: Sketch): Sketch {
  const { from, to, arcOf } = sketch
  const at: number[][] = sketch.x.map(() => [])
  for (let line = 0; line < from.length; line++) {
    at[from[line]!]!.push(line)
    at[to[line]!]!.push(line)
  }
  const degree = at.map((lines) => lines.length)
  const keep = arcOf.map(() => true)
  const loose = degree.flatMap((count, v) => (count === 1 ? [v] : []))
  for (let v = loose.pop(); v !== undefined; v = loose.pop()) {
    const line = at[v]!.find((one) => keep[one])
    if (line === undefined || arcOf[line]! >= 0) continue
    keep[line] = false
    for (const end of [from[line]!, to[line]!]) if (--degree[end]! === 1) loose.push(end)
  }
  return only(sketch, keep)
}

/** Drops drawn lines that have one face on both sides: stems of loops that hang in an atom. */
function withoutBridges(sketch: Sketch): Sketch {
  for (let current = sketch; ; ) {
    const { faceOf } = traceFaces(current)
    const keep = current.arcOf.map((arc, line) => arc >= 0 || faceOf[2 * line] !== faceOf[2 * line + 1])
    if (keep.every(Boolean)) return current
    current = withoutDangles(only(current, keep))
  }
}

function trace(drawing: Drawing, atoms: readonly number[], sketch: Sketch, leaves: boolean): DrawnOver {
  const { x, y, from, to, arcOf, alongArc, drawn, within, nodeAt, known } = sketch
  const lines: Lines = { x, y, from, to }
  const faces = traceFaces(lines)
  const own = new Set(atoms)
  const atomOf = Array.from({ length: faces.faces }, (_, face) => {
    if (face === 0) return OUTSIDE
    for (const half of halvesAround(faces, face)) {
      const arc = drawing.arcs[arcOf[half >> 1]!]
      if (!arc) return within[half >> 1]!
      const isForward = ((half & 1) === 0) === (alongArc[half >> 1] === 1)
      const atom = isForward ? arc.left : arc.right
      return own.has(atom) ? atom : OUTSIDE
    }
    return OUTSIDE
  })
  return { lines, faces, arcOf, alongArc, drawn, atomOf, nodeAt, known, leaves }
}

/** What was drawn, as pairs of faces: left and right of it in its own direction. */
export function facesBeside(over: DrawnOver): { left: number; right: number; line: number }[] {
  return over.drawn.flatMap((sense, line) => {
    if (sense === 0) return []
    const half = sense === 1 ? 2 * line : 2 * line + 1
    return [{ left: over.faces.faceOf[half]!, right: over.faces.faceOf[twin(half)]!, line }]
  })
}

/** Joins faces of the atoms across lines on which nothing is drawn: the number of one face for each. */
export function joinedFaces(over: DrawnOver): number[] {
  const parent = over.atomOf.map((_, face) => face)
  const find = (face: number): number => {
    let root = face
    while (parent[root] !== root) root = parent[root]!
    parent[face] = root
    return root
  }
  for (const [line, sense] of over.drawn.entries()) {
    const [one, two] = [over.faces.faceOf[2 * line]!, over.faces.faceOf[2 * line + 1]!]
    if (sense !== 0 || over.atomOf[one] === OUTSIDE || over.atomOf[two] === OUTSIDE) continue
    const [p, q] = [find(one), find(two)]
    parent[Math.max(p, q)] = Math.min(p, q)
  }
  return parent.map((_, face) => find(face))
}

/** Ends of a line. */
export const endsOf = (
  { lines }: DrawnOver,
  line: number,
): [ax: number, ay: number, bx: number, by: number] => {
  const [a, b] = [origin(lines, 2 * line), origin(lines, 2 * line + 1)]
  return [lines.x[a]!, lines.y[a]!, lines.x[b]!, lines.y[b]!]
}
