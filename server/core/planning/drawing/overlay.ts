/** What was drawn over atoms becomes arcs and atoms of the drawing. */
import { halvesAround } from '../../coverage/arrangement.ts'
import { origin, twin } from '../../coverage/trace-faces.ts'
import { pathLengthMetres } from './along-path.ts'
import { atomRecordOf, cutHalf, recordOf } from './arc-changes.ts'
import { type ArcRecord, type AtomRecord, type Drawing, OUTSIDE } from './drawing.ts'
import type { DrawnOver } from './overlay-lines.ts'
import { isCounterclockwise } from './planar-test.ts'

export interface Overlaid {
  readonly arcs: readonly (readonly [number: number, record: ArcRecord])[]
  /** Atoms that are new, or have other rings than before; those that were cut are no more. */
  readonly atoms: readonly (readonly [number: number, record: AtomRecord])[]
  /** Faces that each atom stands on, of the atoms drawn over, by number. */
  readonly faceOf: ReadonlyMap<number, number>
}

/** A run of lines between two nodes. */
interface Chain {
  readonly halves: readonly number[]
  /** The arc it is a piece of, or -1; it runs along that arc. */
  readonly arc: number
}

/**
 * Records for a drawing with these lines. An atom that is one face keeps its id; one that falls into several gives way to new ones,
 * `<id>~1` …, numbered from west to east. Arcs that were cut keep their number on the first piece.
 * @param atoms numbers of the atoms drawn over
 */
export function overlaid(drawing: Drawing, atoms: readonly number[], over: DrawnOver): Overlaid {
  const { chains, chainAt } = cutIntoChains(drawing, over)
  const numbers = numberChains(drawing, chains)
  /** The half-arc that a half-edge is part of. */
  const halfArcOf = (half: number): number => {
    const chain = chainAt.get(half) ?? chainAt.get(twin(half))!
    return 2 * numbers[chain]! + (chainAt.has(half) ? 0 : 1)
  }
  const pieces = new Map<number, number[]>()
  for (const [i, { arc }] of chains.entries())
    if (arc >= 0) pieces.set(arc, [...(pieces.get(arc) ?? []), numbers[i]!])
  const cut = new Map([...pieces].filter(([, list]) => list.length > 1))

  const { records, faceOf } = atomsOnFaces(drawing, atoms, over, cut, halfArcOf)
  const numberOfFace = new Map([...faceOf].map(([number, face]) => [face, number]))
  const arcs = chainArcs(drawing, over, chains, numbers, numberOfFace)
  return { arcs, atoms: [...records, ...neighbourRings(drawing, atoms, cut)], faceOf }
}

/** Cuts the lines at nodes: where the drawing has one, or other than two lines meet. */
function cutIntoChains(drawing: Drawing, over: DrawnOver): { chains: Chain[]; chainAt: Map<number, number> } {
  const { lines, nodeAt, arcOf, alongArc } = over
  const around = new Map<number, number[]>()
  for (let half = 0; half < 2 * lines.from.length; half++) {
    const v = origin(lines, half)
    const list = around.get(v)
    if (list) list.push(half)
    else around.set(v, [half])
  }
  const isNode = (v: number): boolean => nodeAt[v]! >= 0 || around.get(v)!.length !== 2
  const chains: Chain[] = []
  const chainAt = new Map<number, number>()
  const follow = (start: number): void => {
    const halves: number[] = []
    let half = start
    do {
      chainAt.set(half, chains.length)
      halves.push(half)
      const v = origin(lines, twin(half))
      if (isNode(v)) break
      const back = twin(half)
      half = around.get(v)!.find((one) => one !== back)!
    } while (half !== start)
    chains.push({ halves, arc: arcOf[start >> 1]! })
  }
  const isNew = (half: number): boolean => !chainAt.has(half) && !chainAt.has(twin(half))
  // Pieces of arcs first, each arc from its start; then what was drawn; closed lines without a node from their first vertex.
  const halves = lines.from.map((_, line) => (alongArc[line] === -1 ? 2 * line + 1 : 2 * line))
  const arcHalves = halves.filter((half) => arcOf[half >> 1]! >= 0)
  const inOrder = arcHalves.toSorted((a, b) => arcOf[a >> 1]! - arcOf[b >> 1]!)
  const startsOf = new Map<number, number[]>()
  for (const half of inOrder) {
    const list = startsOf.get(arcOf[half >> 1]!) ?? []
    if (isNode(origin(lines, half))) list.push(half)
    startsOf.set(arcOf[half >> 1]!, list)
  }
  for (const [arc, starts] of startsOf) {
    let v = starts.map((half) => origin(lines, half)).find((one) => nodeAt[one] === drawing.arcs[arc]!.from)
    for (let left = starts.length; left > 0 && v !== undefined; left--) {
      const start = starts.find((half) => origin(lines, half) === v && isNew(half))!
      follow(start)
      v = origin(lines, twin(chains.at(-1)!.halves.at(-1)!))
    }
  }
  for (const half of halves) if (isNew(half) && isNode(origin(lines, half))) follow(half)
  for (const half of halves.map(twin)) if (isNew(half) && isNode(origin(lines, half))) follow(half)
  for (const half of halves) if (isNew(half)) follow(half)
  return { chains, chainAt }
}

/** The first piece of an arc keeps its number. */
function numberChains(drawing: Drawing, chains: readonly Chain[]): number[] {
  const seen = new Set<number>()
  let fresh = drawing.arcs.length
  return chains.map(({ arc }) => {
    if (arc < 0 || seen.has(arc)) return fresh++
    seen.add(arc)
    return arc
  })
}

function chainArcs(
  drawing: Drawing,
  over: DrawnOver,
  chains: readonly Chain[],
  numbers: readonly number[],
  numberOfFace: ReadonlyMap<number, number>,
): [number, ArcRecord][] {
  const { lines, faces, nodeAt, known } = over
  const nodes = nodeAt.slice()
  let freshNode = drawing.nodes.length
  const nodeNumber = (v: number): number => {
    if (nodes[v]! < 0) nodes[v] = freshNode++
    return nodes[v]!
  }
  const linesOfArc = new Map<number, number>()
  for (const arc of over.arcOf) linesOfArc.set(arc, (linesOfArc.get(arc) ?? 0) + 1)
  const arcs: [number, ArcRecord][] = []
  for (const [i, { halves, arc: source }] of chains.entries()) {
    const old = drawing.arcs[source]
    const left = numberOfFace.get(faces.faceOf[halves[0]!]!) ?? old?.left ?? OUTSIDE
    const right = numberOfFace.get(faces.faceOf[twin(halves[0]!)]!) ?? old?.right ?? OUTSIDE
    const start = origin(lines, halves[0]!)
    const end = origin(lines, twin(halves.at(-1)!))
    const [from, to] = [nodeNumber(start), nodeNumber(end)]
    if (old && halves.length === linesOfArc.get(source)) {
      if (old.left !== left || old.right !== right)
        arcs.push([numbers[i]!, { ...recordOf(old), left, right }])
      continue
    }
    const path: number[] = []
    for (const [k, half] of halves.entries()) {
      const v = origin(lines, half)
      // Where a line that was dropped met the arc, the arc has no vertex.
      if (k === 0 || !old || v < known) path.push(lines.x[v]!, lines.y[v]!)
    }
    path.push(lines.x[end]!, lines.y[end]!)
    const metres = pathLengthMetres(path)
    const barrierMetres = old && old.lengthMetres > 0 ? (old.barrierMetres * metres) / old.lengthMetres : 0
    const { name, rank, crossable } = old ?? { name: null, rank: null, crossable: true }
    arcs.push([numbers[i]!, { from, to, path, left, right, name, rank, crossable, barrierMetres }])
  }
  return arcs
}

/** Atoms that were drawn over: whole ones with their rings' arcs cut, others as the faces they fell into. */
function atomsOnFaces(
  drawing: Drawing,
  atoms: readonly number[],
  over: DrawnOver,
  cut: ReadonlyMap<number, readonly number[]>,
  halfArcOf: (half: number) => number,
): { records: [number, AtomRecord][]; faceOf: Map<number, number> } {
  const facesOf = new Map<number, number[]>(atoms.map((atom) => [atom, []]))
  for (const [face, atom] of over.atomOf.entries()) if (atom !== OUTSIDE) facesOf.get(atom)!.push(face)
  const records: [number, AtomRecord][] = []
  const faceOf = new Map<number, number>()
  let fresh = drawing.atoms.length
  for (const [number, faces] of [...facesOf].toSorted(([a], [b]) => a - b)) {
    const record = atomRecordOf(drawing.atoms[number]!)
    if (faces.length === 1) {
      faceOf.set(number, faces[0]!)
      const rings = cutRings(record.rings, cut)
      if (rings !== record.rings) records.push([number, { ...record, rings }])
      continue
    }
    const westToEast = faces
      .map((face) => ({ face, place: westernmost(over, face) }))
      .toSorted((p, q) => p.place[0] - q.place[0] || p.place[1] - q.place[1] || p.face - q.face)
    for (const [i, { face }] of westToEast.entries()) {
      const own = i === 0 ? number : fresh++
      faceOf.set(own, face)
      records.push([
        own,
        { ...record, id: `${record.id}~${i + 1}`, rings: ringsOfFace(over, face, halfArcOf) },
      ])
    }
  }
  return { records, faceOf }
}

function westernmost({ lines, faces }: DrawnOver, face: number): [longitude: number, latitude: number] {
  let [west, south] = [Infinity, Infinity]
  for (const half of halvesAround(faces, face)) {
    const v = origin(lines, half)
    const [x, y] = [lines.x[v]!, lines.y[v]!]
    if (x < west || (x === west && y < south)) [west, south] = [x, y]
  }
  return [west, south]
}

/** Rings of half-arcs around a face, the outer one first; a walk that comes back to a node is cut there. */
function ringsOfFace(over: DrawnOver, face: number, halfArcOf: (half: number) => number): number[][] {
  const { lines, faces } = over
  const rings: { outer: boolean; halfArcs: number[] }[] = []
  const close = (halves: readonly number[]): void => {
    const flat = halves.flatMap((half) => [lines.x[origin(lines, half)]!, lines.y[origin(lines, half)]!])
    const halfArcs: number[] = []
    for (const half of halves) if (halfArcs.at(-1) !== halfArcOf(half)) halfArcs.push(halfArcOf(half))
    // Where the walk began inside an arc, its first and last are one.
    if (halfArcs.length > 1 && halfArcs[0] === halfArcs.at(-1)) halfArcs.pop()
    rings.push({ outer: isCounterclockwise(flat), halfArcs })
  }
  for (const start of faces.walks[face]!) {
    const walk: number[] = []
    const at = new Map<number, number>()
    let half = start
    do {
      const v = origin(lines, half)
      const before = at.get(v)
      if (before !== undefined) {
        const loop = walk.splice(before)
        for (const one of loop) at.delete(origin(lines, one))
        close(loop)
      }
      at.set(v, walk.push(half) - 1)
      half = faces.next[half]!
    } while (half !== start)
    close(walk)
  }
  return rings.toSorted((p, q) => Number(q.outer) - Number(p.outer)).map(({ halfArcs }) => halfArcs)
}

/** The same rings when nothing of them was cut. */
function cutRings(
  rings: readonly (readonly number[])[],
  cut: ReadonlyMap<number, readonly number[]>,
): readonly (readonly number[])[] {
  if (!rings.some((ring) => ring.some((half) => cut.has(half >> 1)))) return rings
  return rings.map((ring) =>
    ring.flatMap((half) => cutHalf(half, half >> 1, cut.get(half >> 1) ?? [half >> 1])),
  )
}

/** Atoms that were not drawn over, but lie along an arc that was cut. */
function neighbourRings(
  drawing: Drawing,
  atoms: readonly number[],
  cut: ReadonlyMap<number, readonly number[]>,
): [number, AtomRecord][] {
  const own = new Set([...atoms, OUTSIDE])
  const beside = new Set(
    [...cut.keys()].flatMap((arc) => [drawing.arcs[arc]!.left, drawing.arcs[arc]!.right]),
  )
  return [...beside]
    .filter((atom) => !own.has(atom))
    .toSorted((a, b) => a - b)
    .map((atom) => {
      const record = atomRecordOf(drawing.atoms[atom]!)
      return [atom, { ...record, rings: cutRings(record.rings, cut) }]
    })
}
