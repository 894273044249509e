/** Giving ground to a grid: by painting over it, or all within a box. */
import type { DrawnAtom } from '../../../../../server/core/planning/drawing/drawing.ts'
import type { Edit } from '../../../../../server/core/planning/drawing/edit.ts'
import type { LngLat } from '../../../../../server/core/values.ts'
import { atomAt, atomsWithin } from '../places.ts'
import { text } from '../text.ts'
import { type Desk, type Gesture, tryOut } from './gesture.ts'

/** Paints ground into the selected grid; without one, into the grid in which the stroke begins. */
export function brush(desk: Desk): Gesture {
  let stroke: { readonly grid: string; readonly atoms: Set<string> } | null = null
  let last: LngLat | null = null

  const paint = (at: LngLat): void => {
    if (!stroke) return
    // A quick pointer leaps over small atoms: all along the way are taken.
    for (const place of along(last ?? at, at, desk.reach())) {
      const atom = atomAt(desk.drawing(), place)
      if (atom && takes(desk, stroke.grid, atom)) stroke.atoms.add(atom.id)
    }
    last = at
    desk.show(tryOut(desk, at, assignment(desk, stroke.grid, [...stroke.atoms])))
  }

  return {
    down: (at) => {
      const grid = desk.selected() ?? atomAt(desk.drawing(), at)?.grid ?? null
      if (grid === null || !desk.drawing().grids.has(grid)) {
        desk.show({ at, edit: null, result: null, hint: text.chooseGridFirst })
        return true
      }
      stroke = { grid, atoms: new Set() }
      last = at
      paint(at)
      return true
    },
    move: (at) => {
      if (stroke) return paint(at)
      const grid = desk.selected()
      const atom = grid === null ? null : atomAt(desk.drawing(), at)
      const edit = grid !== null && atom && takes(desk, grid, atom) ? assignment(desk, grid, [atom.id]) : null
      desk.show(tryOut(desk, at, edit))
    },
    up: (at) => {
      const edit = stroke && assignment(desk, stroke.grid, [...stroke.atoms])
      stroke = null
      last = null
      desk.show({ at, edit: null, result: null })
      if (edit) desk.edit(edit)
    },
    back: () => {
      const was = stroke !== null
      stroke = null
      desk.show(null)
      return was
    },
  }
}

/** Gives all ground that lies wholly within a box to the selected grid; without one, to the grid in which the box begins. */
export function box(desk: Desk): Gesture {
  let from: LngLat | null = null
  let grid: string | null = null
  const editTo = (to: LngLat): Edit | null => {
    if (!from || grid === null) return null
    const village = desk.drawing().grids.get(grid)?.village
    const inside = atomsWithin(desk.drawing(), from, to).filter(
      (atom) => atom.village === village && takes(desk, grid as string, atom),
    )
    return assignment(
      desk,
      grid,
      inside.map((atom) => atom.id),
    )
  }
  return {
    down: (at) => {
      from = at
      grid = desk.selected() ?? atomAt(desk.drawing(), at)?.grid ?? null
      return true
    },
    move: (at) => {
      if (!from) return
      if (grid === null)
        desk.show({ at, edit: null, result: null, box: [from, at], hint: text.chooseGridFirst })
      else desk.show({ ...tryOut(desk, at, editTo(at)), box: [from, at] })
    },
    up: (at) => {
      const edit = editTo(at)
      from = null
      desk.show({ at, edit: null, result: null })
      if (edit) desk.edit(edit)
    },
    back: () => {
      const was = from !== null
      from = null
      desk.show(null)
      return was
    },
  }
}

/** Null when there is nothing to give. */
function assignment(desk: Desk, code: string, atoms: readonly string[]): Edit | null {
  if (atoms.length === 0) return null
  const micro = desk.drawing().grids.get(code)?.kind === 'microgrid'
  return { type: 'assign', atoms: atoms.toSorted(), grid: code, ...(micro && { layer: 'microgrid' }) }
}

const takes = (desk: Desk, code: string, atom: DrawnAtom): boolean =>
  (desk.drawing().grids.get(code)?.kind === 'microgrid' ? atom.microgrid : atom.grid) !== code

/** Places from one to another, both included, no farther apart than `step`. */
function along([ax, ay]: LngLat, [bx, by]: LngLat, step: number): LngLat[] {
  const steps = Math.min(200, Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / step)))
  return Array.from(
    { length: steps + 1 },
    (_, i): LngLat => [ax + ((bx - ax) * i) / steps, ay + ((by - ay) * i) / steps],
  )
}
