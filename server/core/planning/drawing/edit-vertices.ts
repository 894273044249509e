/** Edits of single lines, as patches: a vertex moved, inserted or deleted, a stretch drawn anew. */
import type { LngLat } from '../../values.ts'
import { nearestOnPath, pathLengthMetres } from './along-path.ts'
import { applyPatch } from './apply-patch.ts'
import { barrierWithout, moveEnd, recordOf } from './arc-changes.ts'
import { cutArc, joinArcs } from './cut-arc.ts'
import { type Arc, type ArcRecord, type Drawing, isVillageLine, type Patch } from './drawing.ts'
import type { Edit, Refusal, VertexPlace } from './edit.ts'
import { lockAcross } from './locks.ts'
import { type ChangedArc, judgePaths } from './planar-test.ts'
import { isPlace, refusal } from './refuse.ts'
import { slideJunction } from './slide-junction.ts'

type Kind<T extends Edit['type']> = Extract<Edit, { type: T }>

/** Sets one vertex in place; a junction with all its arcs. */
export function moveVertex(drawing: Drawing, vertex: VertexPlace, to: LngLat): Patch | Refusal {
  const arc = drawing.arcs[vertex.arc]
  if (!isPlace(to)) return refusal('place_not_finite')
  const last = arc ? arc.path.length / 2 - 1 : -1
  if (!arc || !Number.isInteger(vertex.vertex) || vertex.vertex < 0 || vertex.vertex > last)
    return refusal('unknown_vertex')
  if (vertex.vertex === 0) return moveJunction(drawing, arc.from, to)
  if (vertex.vertex === last) return moveJunction(drawing, arc.to, to)
  const held = lineHeld(drawing, arc, vertex.vertex)
  if (held) return held
  const here = placeOf(arc, vertex.vertex)
  if (here[0] === to[0] && here[1] === to[1]) return refusal('nothing_to_change', to)
  const path = arc.path.slice()
  path[2 * vertex.vertex] = to[0]
  path[2 * vertex.vertex + 1] = to[1]
  return putPath(drawing, vertex.arc, path, vertex.vertex - 1, vertex.vertex + 1, vertex.vertex + 1)
}

function moveJunction(drawing: Drawing, node: number, to: LngLat): Patch | Refusal {
  const halves = drawing.nodes[node]!
  const fixed = halves.filter((half) => isVillageLine(drawing, drawing.arcs[half >> 1]!))
  const free = halves.filter((half) => !fixed.includes(half))
  for (const half of free) {
    const locked = lockAcross(drawing, drawing.arcs[half >> 1]!)
    if (locked !== null) return refusal('grid_locked', to, locked)
  }
  if (fixed.length > 0) return slideJunction(drawing, fixed, free, to)
  const here = drawing.arcs[free[0]! >> 1]!
  const [x, y] = placeOf(here, (free[0]! & 1) === 0 ? 0 : here.path.length / 2 - 1)
  if (x === to[0] && y === to[1]) return refusal('nothing_to_change', to)
  const changed = new Map<number, ChangedArc>()
  for (const half of free) moveEnd(drawing, changed, half, to)
  return judged(drawing, changed)
}

/** Judges the new paths; what changed no longer counts as lying on the barrier. */
function judged(drawing: Drawing, changed: ReadonlyMap<number, ChangedArc>): Patch | Refusal {
  const wrong = judgePaths(drawing, changed)
  if (wrong) return wrong
  const arcs = [...changed].map(([number, { path, first, last }]): [number, ArcRecord] => {
    const arc = drawing.arcs[number]!
    const lost = pathLengthMetres(arc.path, first, last)
    return [number, { ...recordOf(arc), path, barrierMetres: barrierWithout(arc, lost) }]
  })
  return { type: 'patch', arcs, atoms: [], grids: [] }
}

/** A vertex between two others; where the line may not change, on the line itself. */
export function insertVertex(drawing: Drawing, edit: Kind<'insert-vertex'>): Patch | Refusal {
  const arc = drawing.arcs[edit.arc]
  const { after } = edit
  if (!isPlace(edit.at)) return refusal('place_not_finite')
  if (!arc || !Number.isInteger(after) || after < 0 || after > arc.path.length / 2 - 2)
    return refusal('unknown_vertex', edit.at)
  let [longitude, latitude] = edit.at
  const isHeld = isVillageLine(drawing, arc) || lockAcross(drawing, arc) !== null
  if (isHeld)
    ({ longitude, latitude } = nearestOnPath(arc.path.slice(2 * after, 2 * after + 4), longitude, latitude))
  const path = [...arc.path.slice(0, 2 * after + 2), longitude, latitude, ...arc.path.slice(2 * after + 2)]
  const patch = putPath(drawing, edit.arc, path, after, after + 1, after + 2)
  if (!isHeld || 'code' in patch) return patch
  return { ...patch, arcs: [[edit.arc, { ...recordOf(arc), path }]] }
}

/** Takes a vertex away; one at which an arc only goes on as another joins the two. */
export function deleteVertex(drawing: Drawing, { vertex }: Kind<'delete-vertex'>): Patch | Refusal {
  const arc = drawing.arcs[vertex.arc]
  const count = arc ? arc.path.length / 2 : 0
  const v = vertex.vertex
  if (!arc || !Number.isInteger(v) || v < 0 || v >= count) return refusal('unknown_vertex')
  const held = lineHeld(drawing, arc, v)
  if (held) return held
  // A closed line needs three places besides the one that stands twice.
  if (arc.from === arc.to && count <= 4) return refusal('too_few_vertices', placeOf(arc, v))
  if (v === 0 || v === count - 1) return deleteNode(drawing, vertex.arc, v === 0 ? arc.from : arc.to, v)
  const path = [...arc.path.slice(0, 2 * v), ...arc.path.slice(2 * v + 2)]
  return putPath(drawing, vertex.arc, path, v - 1, v + 1, v)
}

function deleteNode(drawing: Drawing, number: number, node: number, vertex: number): Patch | Refusal {
  const arc = drawing.arcs[number]!
  const [one, two, third] = drawing.nodes[node]!
  if (one === undefined || two === undefined || third !== undefined)
    return refusal('vertex_is_junction', placeOf(arc, vertex))
  if (one >> 1 === two >> 1) {
    // The start of a closed line: it starts at the next vertex instead.
    const path = [...arc.path.slice(2, -2), arc.path[2]!, arc.path[3]!]
    const last = path.length / 2 - 1
    const wrong = judgePaths(drawing, new Map([[number, { path, first: last - 1, last }]]))
    return wrong ?? putArc(drawing, number, path, pathLengthMetres(arc.path, 0, 1))
  }
  const { patch: joined, vertex: middle } = joinArcs(drawing, one, two)
  const deleted = deleteVertex(applyPatch(drawing, joined).drawing, { type: 'delete-vertex', vertex: middle })
  if ('code' in deleted) return deleted
  // What the second says of an arc stands.
  return { ...joined, arcs: [...new Map([...joined.arcs, ...deleted.arcs])] }
}

/** Draws the stretch between two vertices anew. Named as another street, the stretch becomes an arc of its own. */
export function reshape(drawing: Drawing, edit: Kind<'reshape'>): Patch | Refusal {
  const arc = drawing.arcs[edit.arc]
  const count = arc ? arc.path.length / 2 : 0
  const [first, last] = edit.from < edit.to ? [edit.from, edit.to] : [edit.to, edit.from]
  if (!arc || ![first, last].every(Number.isInteger) || first < 0 || last >= count || first === last)
    return refusal('unknown_vertex', edit.path[0] ?? null)
  if (!edit.path.every(isPlace)) return refusal('place_not_finite')
  const held = lineHeld(drawing, arc, first)
  if (held) return held
  const between = edit.from < edit.to ? edit.path : edit.path.toReversed()
  if (arc.from === arc.to && first + 1 + between.length + (count - last) < 4)
    return refusal('too_few_vertices', placeOf(arc, first))
  const path = [...arc.path.slice(0, 2 * first + 2), ...between.flat(), ...arc.path.slice(2 * last)]
  const end = first + between.length + 1
  const patch = putPath(drawing, edit.arc, path, first, last, end)
  if (!edit.street || 'code' in patch) return patch
  return cutArc(drawing, edit.arc, path, first, end, edit.street)
}

/** Why the line of an arc may not change, if it may not. */
function lineHeld(drawing: Drawing, arc: Arc, vertex: number): Refusal | null {
  if (isVillageLine(drawing, arc)) return refusal('village_line_fixed', placeOf(arc, vertex))
  const locked = lockAcross(drawing, arc)
  return locked === null ? null : refusal('grid_locked', placeOf(arc, vertex), locked)
}

/** One arc with a new path: its old vertices `from`…`oldLast` gave way to the new `from`…`newLast`. */
function putPath(
  drawing: Drawing,
  number: number,
  path: readonly number[],
  from: number,
  oldLast: number,
  newLast: number,
): Patch | Refusal {
  const wrong = judgePaths(drawing, new Map([[number, { path, first: from, last: newLast }]]))
  if (wrong) return wrong
  return putArc(drawing, number, path, pathLengthMetres(drawing.arcs[number]!.path, from, oldLast))
}

function putArc(drawing: Drawing, number: number, path: readonly number[], lostMetres: number): Patch {
  const arc = drawing.arcs[number]!
  const barrierMetres = barrierWithout(arc, lostMetres)
  return { type: 'patch', arcs: [[number, { ...recordOf(arc), path, barrierMetres }]], atoms: [], grids: [] }
}

const placeOf = (arc: Arc, vertex: number): LngLat => [arc.path[2 * vertex]!, arc.path[2 * vertex + 1]!]
