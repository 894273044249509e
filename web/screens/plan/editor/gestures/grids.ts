/** Whole grids: selected, merged, locked. */
import type { Edit } from '../../../../../server/core/planning/drawing/edit.ts'
import type { LngLat } from '../../../../../server/core/values.ts'
import { atomAt } from '../places.ts'
import { type Desk, type Gesture, tryOut } from './gesture.ts'

/** A click selects the grid; a second one the microgrid in it. */
export function selectGrids(desk: Desk): Gesture {
  return {
    move: (at) => desk.show({ at, edit: null, result: null }),
    click: (at) => {
      const atom = atomAt(desk.drawing(), at)
      const grid = atom?.grid ?? null
      desk.select(grid !== null && grid === desk.selected() ? (atom?.microgrid ?? grid) : grid)
    },
  }
}

/** The selected grid takes in the one clicked; without a selection, the first click selects. */
export function mergeGrids(desk: Desk): Gesture {
  const editAt = (at: LngLat): Edit | null => {
    const into = desk.selected()
    const target = into === null ? undefined : desk.drawing().grids.get(into)
    const atom = atomAt(desk.drawing(), at)
    const other = target?.kind === 'microgrid' ? atom?.microgrid : atom?.grid
    return target && other != null && other !== target.code
      ? { type: 'merge-grids', into: target.code, grids: [other] }
      : null
  }
  return {
    move: (at) => desk.show(tryOut(desk, at, editAt(at))),
    click: (at) => {
      const edit = editAt(at)
      if (edit) desk.edit(edit)
      else desk.select(atomAt(desk.drawing(), at)?.grid ?? null)
    },
  }
}

/** A click locks a grid, or unlocks it. */
export function lockGrids(desk: Desk): Gesture {
  return {
    move: (at) => desk.show({ at, edit: null, result: null }),
    click: (at) => {
      const code = atomAt(desk.drawing(), at)?.grid
      const grid = code == null ? undefined : desk.drawing().grids.get(code)
      if (grid) desk.edit({ type: 'lock', grid: grid.code, locked: !grid.locked })
    },
  }
}
