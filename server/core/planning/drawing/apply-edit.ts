import type { LngLat } from '../../values.ts'
import { applyPatch } from './apply-patch.ts'
import type { Drawing, Patch } from './drawing.ts'
import type { Applied, Edit, Refusal, VertexPlace } from './edit.ts'
import { drawSite, splitAtom, splitGrid } from './edit-cuts.ts'
import { addGrid, assign, changeGrid, mergeGrids, removeGrid, setCode } from './edit-grids.ts'
import { deleteVertex, insertVertex, moveVertex, reshape } from './edit-vertices.ts'

/**
 * Makes one edit, or says why not. The same drawing and edit give the same result, so that edits can be replayed elsewhere. A patch
 * (what `Applied.inverse` is) is applied as it stands.
 */
export function applyEdit(drawing: Drawing, edit: Edit | Patch): Applied | Refusal {
  const patch = edit.type === 'patch' ? edit : patchOf(drawing, edit)
  return 'code' in patch ? patch : applyPatch(drawing, patch)
}

/** Whether a vertex may be set in this place: what `applyEdit` would say of `move-vertex`, quick enough for every frame of a drag. */
export const canMove = (drawing: Drawing, vertex: VertexPlace, to: LngLat): boolean =>
  !('code' in moveVertex(drawing, vertex, to))

function patchOf(drawing: Drawing, edit: Edit): Patch | Refusal {
  switch (edit.type) {
    case 'assign':
      return assign(drawing, edit)
    case 'move-vertex':
      return moveVertex(drawing, edit.vertex, edit.to)
    case 'insert-vertex':
      return insertVertex(drawing, edit)
    case 'delete-vertex':
      return deleteVertex(drawing, edit)
    case 'reshape':
      return reshape(drawing, edit)
    case 'merge-grids':
      return mergeGrids(drawing, edit)
    case 'add-grid':
      return addGrid(drawing, edit)
    case 'remove-grid':
      return removeGrid(drawing, edit)
    case 'lock':
      return changeGrid(drawing, edit.grid, { locked: edit.locked })
    case 'rename':
      return changeGrid(drawing, edit.grid, { name: edit.name })
    case 'set-code':
      return setCode(drawing, edit)
    case 'split-grid':
      return splitGrid(drawing, edit)
    case 'split-atom':
      return splitAtom(drawing, edit)
    case 'draw-site':
      return drawSite(drawing, edit)
  }
}
