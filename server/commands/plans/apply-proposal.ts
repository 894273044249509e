/** A proposal on a plan's atoms as a drawing: made by the same edits a planner would make, so that it can do no more than one. */
import { applyEdit } from '../../core/planning/drawing/apply-edit.ts'
import type { Drawing } from '../../core/planning/drawing/drawing.ts'
import type { Edit, Refusal } from '../../core/planning/drawing/edit.ts'
import type { PlanGrid } from '../../core/planning/values.ts'

export interface Proposed {
  readonly grids: readonly PlanGrid[]
  /** Atom → grid; atoms left out, and those of locked and dedicated grids, stay where they are. */
  readonly assignment: Readonly<Record<string, string>>
}

/** The drawing with its ordinary, unlocked grids replaced by the proposed ones; or why an edit on the way is refused. */
export function applyProposal(start: Drawing, proposed: Proposed): Drawing | Refusal {
  let drawing = start
  for (const edit of editsOf(start, proposed)) {
    const result = applyEdit(drawing, edit)
    if ('code' in result) return result
    drawing = result.drawing
  }
  return drawing
}

function editsOf(drawing: Drawing, { grids, assignment }: Proposed): Edit[] {
  const replaced = [...drawing.grids.values()].filter((grid) => grid.kind === 'ordinary' && !grid.locked)
  const going = new Set(replaced.map((grid) => grid.code))
  const micro = [...drawing.grids.values()].filter((grid) => grid.parent !== null && going.has(grid.parent))
  const atomsOf = (code: string): string[] =>
    (drawing.members.get(code) ?? []).map((number) => drawing.atoms[number]?.id ?? '')
  const emptied = [...micro, ...replaced].flatMap((grid): Edit[] => {
    const atoms = atomsOf(grid.code)
    const layer = grid.kind === 'microgrid' ? 'microgrid' : 'grid'
    return [
      ...(atoms.length > 0 ? [{ type: 'assign', atoms, grid: null, layer } as const] : []),
      { type: 'remove-grid', grid: grid.code },
    ]
  })
  const free = new Set(
    drawing.atoms.flatMap((atom) => (atom && (atom.grid === null || going.has(atom.grid)) ? [atom.id] : [])),
  )
  const filled = grids.flatMap((grid): Edit[] => {
    const atoms = Object.entries(assignment).flatMap(([atom, code]) => (code === grid.code ? [atom] : []))
    const own = atoms.filter((atom) => free.has(atom) || !drawing.atomNumber.has(atom)).toSorted()
    return [
      { type: 'add-grid', grid },
      ...(own.length > 0 ? [{ type: 'assign', atoms: own, grid: grid.code } as const] : []),
    ]
  })
  return [...emptied, ...filled]
}
