import type { Position } from 'geojson'
import type { AreaGeometry } from '../../values.ts'
import { halvesAround } from '../arrangement.ts'
import type { Layer } from '../check-layer.ts'
import { usesOf } from '../edge-table.ts'
import { polygonsWithin } from '../outline.ts'
import { type Lines, origin, traceFaces, twin } from '../trace-faces.ts'

/** A face cut in two along a line inside it. */
export interface Cut {
  readonly face: number
  /** The line, from a vertex of the face's outline to another. */
  readonly line: readonly Position[]
  readonly from: number
  readonly to: number
  /** Owner of the ground left of the line, and right of it. */
  readonly left: number
  readonly right: number
}

/** What is to become of a layer's ground. Owners are the layer's. */
export interface Redrawing {
  /** The owners each face is to have, for those that change. */
  readonly cover: ReadonlyMap<number, readonly number[]>
  readonly cuts: readonly Cut[]
  /** Owners to be drawn anew around the ground they cover. */
  readonly remade: ReadonlySet<number>
}

/** A directed line; two of opposite directions cancel out. */
interface Step {
  readonly from: Position
  readonly to: Position
}

/**
 * Draws the grids of a layer after some faces changed owner: the outline of each is the sum of its old one and of the faces
 * it gains, less those it loses, where a line passed in both directions cancels out. All lines are those of one drawing, so
 * neighbours' edges are the same edges; vertices at which others' lines end are put into every line. What nothing happens to
 * stays the object it was.
 * @returns a geometry for each grid of the layer, null for one that is left without ground
 */
export function redraw(layer: Layer, redrawing: Redrawing): (AreaGeometry | null)[] {
  const drawer = outlineDrawer(layer)
  const touched = touchedOwners(layer, redrawing)
  return layer.grids.map(({ geometry }, owner) =>
    touched.has(owner) ? assemble(drawer(owner, redrawing), geometry.type) : geometry,
  )
}

/** A function that says how a single grid would look, for trying out; null when it is left without ground. */
export function singleRedrawer(layer: Layer): (owner: number, redrawing: Redrawing) => AreaGeometry | null {
  const drawer = outlineDrawer(layer)
  return (owner, redrawing) => assemble(drawer(owner, redrawing), layer.grids[owner]!.geometry.type)
}

function touchedOwners(layer: Layer, { cover, cuts, remade }: Redrawing): Set<number> {
  const { table, arrangement } = layer
  const touched = new Set(remade)
  const before = (face: number): readonly number[] => arrangement.cover[face]!
  for (const [face, owners] of cover) for (const owner of [...before(face), ...owners]) touched.add(owner)
  for (const { face, left, right } of cuts) for (const o of [...before(face), left, right]) touched.add(o)
  for (const edge of bentEdges(layer))
    for (const use of usesOf(table, edge)) {
      const owner = table.ownerOf[use]!
      // A broken grid keeps its lines until it is asked to be made valid.
      if (!layer.broken.has(owner)) touched.add(owner)
    }
  touched.delete(layer.area)
  return touched
}

/** Drawn edges that are no longer one straight line between their two vertices. */
function bentEdges({ table, arrangement }: Layer): Set<number> {
  const { lines, banks } = arrangement
  const pieces = new Map<number, number>()
  const bent = new Set<number>()
  const isEnd = (edge: number, v: number): boolean =>
    [table.low[edge]!, table.high[edge]!].some(
      (end) => table.vertexX[end] === lines.x[v] && table.vertexY[end] === lines.y[v],
    )
  for (let line = 0; line < lines.from.length; line++)
    for (const edge of new Set([...banks[2 * line]!, ...banks[2 * line + 1]!].map((bank) => bank.edge))) {
      pieces.set(edge, (pieces.get(edge) ?? 0) + 1)
      if (!isEnd(edge, lines.from[line]!) || !isEnd(edge, lines.to[line]!)) bent.add(edge)
    }
  for (let edge = 0; edge < table.edges; edge++)
    if (arrangement.drawn[edge] === 1 && pieces.get(edge) !== 1) bent.add(edge)
  return bent
}

/** A function that lists the steps of an owner's new outline. */
function outlineDrawer(layer: Layer): (owner: number, redrawing: Redrawing) => Step[] {
  const { table, arrangement, rings } = layer
  const { lines, faces, banks } = arrangement
  const halvesOf: number[][] = Array.from({ length: rings.owners }, () => [])
  for (const [half, along] of banks.entries()) for (const { owner } of along) halvesOf[owner]!.push(half)
  const at = (v: number): Position => [lines.x[v]!, lines.y[v]!]

  return (owner, { cover, cuts, remade }) => {
    const isNew = layer.broken.has(owner) && (remade.has(owner) || touchesFace(layer, owner, cover, cuts))
    const net = new Map<number, number>()
    const add = (half: number, times: number): void =>
      void net.set(half >> 1, (net.get(half >> 1) ?? 0) + ((half & 1) === 0 ? times : -times))
    const addFace = (face: number, times: number): void => {
      for (const half of halvesAround(faces, face)) add(half, times)
    }
    if (isNew) {
      for (let face = 1; face < faces.faces; face++)
        if (arrangement.cover[face]!.includes(owner)) addFace(face, 1)
    } else for (const half of halvesOf[owner]!) add(half, 1)
    for (const [face, after] of cover) {
      const had = arrangement.cover[face]!.includes(owner)
      if (had !== after.includes(owner)) addFace(face, had ? -1 : 1)
    }
    const steps: Step[] = []
    for (const cut of cuts) {
      if (arrangement.cover[cut.face]!.includes(owner)) addFace(cut.face, -1)
      if (cut.left !== owner && cut.right !== owner) continue
      const [first, last] = cut.left === owner ? [cut.to, cut.from] : [cut.from, cut.to]
      for (const half of walkBetween(layer, cut.face, first, last)) add(half, 1)
      const line = cut.left === owner ? cut.line : cut.line.toReversed()
      for (let i = 1; i < line.length; i++) steps.push({ from: line[i - 1]!, to: line[i]! })
    }
    for (const [line, times] of net) {
      if (times > 0) steps.push({ from: at(lines.from[line]!), to: at(lines.to[line]!) })
      if (times < 0) steps.push({ from: at(lines.to[line]!), to: at(lines.from[line]!) })
    }
    for (let use = firstVertex(layer, owner); use < firstVertex(layer, owner + 1); use++) {
      const edge = table.edgeOf[use]!
      if (arrangement.drawn[edge] === 1) continue
      const [a, b] = [table.vertexOf[use]!, table.low[edge]! + table.high[edge]! - table.vertexOf[use]!]
      steps.push({
        from: [table.vertexX[a]!, table.vertexY[a]!],
        to: [table.vertexX[b]!, table.vertexY[b]!],
      })
    }
    return steps
  }
}

const touchesFace = (
  { arrangement }: Layer,
  owner: number,
  cover: Redrawing['cover'],
  cuts: Redrawing['cuts'],
): boolean =>
  [...cover].some(([face, after]) => arrangement.cover[face]!.includes(owner) !== after.includes(owner)) ||
  cuts.some(
    ({ face, left, right }) => left === owner || right === owner || arrangement.cover[face]!.includes(owner),
  )

const firstVertex = ({ rings }: Layer, owner: number): number =>
  rings.ringVertex[rings.partRing[rings.ownerPart[owner]!]!]!

/** The half-edges around a face from one vertex of its outer walk to another. */
export function walkBetween(
  { arrangement: { lines, faces } }: Layer,
  face: number,
  from: number,
  to: number,
): number[] {
  const walk: number[] = []
  let half = faces.walks[face]![0]!
  while (origin(lines, half) !== from) half = faces.next[half]!
  do {
    walk.push(half)
    half = faces.next[half]!
  } while (origin(lines, half) !== to)
  return walk
}

/** Polygons around which the steps run with the ground on their left. */
function assemble(steps: readonly Step[], type: AreaGeometry['type']): AreaGeometry | null {
  const vertexAt = new Map<string, number>()
  const x: number[] = []
  const y: number[] = []
  const vertex = ([px, py]: Position): number => {
    const key = `${px} ${py}`
    const known = vertexAt.get(key)
    if (known !== undefined) return known
    vertexAt.set(key, x.length)
    y.push(py!)
    return x.push(px!) - 1
  }
  const from = steps.map((step) => vertex(step.from))
  const to = steps.map((step) => vertex(step.to))
  const lines: Lines = { x, y, from, to }
  const faces = traceFaces(lines)
  const members = new Set(steps.map((_, line) => faces.faceOf[2 * line]!))
  for (const [line] of steps.entries()) members.delete(faces.faceOf[twin(2 * line)]!)
  const polygons = polygonsWithin({ lines, faces }, members).toSorted(byFirstPosition)
  if (polygons.length === 0) return null
  return polygons.length === 1 && type === 'Polygon'
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons }
}

const byFirstPosition = (p: Position[][], q: Position[][]): number => {
  const [a, b] = [p[0]![0]!, q[0]![0]!]
  return a[0]! - b[0]! || a[1]! - b[1]!
}
