/** Single vertices: dragged, set, taken away. */
import type { Edit, VertexPlace } from '../../../../../server/core/planning/drawing/edit.ts'
import type { LngLat } from '../../../../../server/core/values.ts'
import { lineNear, vertexNear } from '../places.ts'
import { type Desk, type Gesture, tryOut } from './gesture.ts'

/** Drags a vertex; a junction with all its lines. */
export function moveVertices(desk: Desk): Gesture {
  let held: VertexPlace | null = null
  const edit = (to: LngLat): Edit | null => held && { type: 'move-vertex', vertex: held, to }
  return {
    down: (at) => {
      const near = vertexNear(desk.drawing(), at, desk.reach())
      held = near && { arc: near.arc, vertex: near.vertex }
      return held !== null
    },
    move: (at) => {
      if (held) return desk.show({ ...tryOut(desk, at, edit(at)), handle: at })
      const near = vertexNear(desk.drawing(), at, desk.reach())
      desk.show({ at, edit: null, result: null, ...(near && { handle: near.at }) })
    },
    up: (at) => {
      const moved = edit(at)
      held = null
      desk.show({ at, edit: null, result: null })
      if (moved) desk.edit(moved)
    },
    back: () => {
      const was = held !== null
      held = null
      desk.show(null)
      return was
    },
  }
}

/** A click on a line sets a vertex, a click on a vertex takes it away. */
export function changeVertices(desk: Desk): Gesture {
  const editAt = (at: LngLat): { edit: Edit; handle: LngLat } | null => {
    const vertex = vertexNear(desk.drawing(), at, desk.reach())
    if (vertex)
      return {
        edit: { type: 'delete-vertex', vertex: { arc: vertex.arc, vertex: vertex.vertex } },
        handle: vertex.at,
      }
    const line = lineNear(desk.drawing(), at, desk.reach())
    return (
      line && {
        edit: { type: 'insert-vertex', arc: line.arc, after: line.after, at: line.at },
        handle: line.at,
      }
    )
  }
  return {
    move: (at) => {
      const found = editAt(at)
      desk.show({ ...tryOut(desk, at, found?.edit ?? null), ...(found && { handle: found.handle }) })
    },
    click: (at) => {
      const found = editAt(at)
      if (found) desk.edit(found.edit)
    },
  }
}
