import type { Proposal } from '../../../../server/contract/proposals.ts'
import { applyPatch } from '../../../../server/core/planning/drawing/apply-patch.ts'
import { atomRecordOf } from '../../../../server/core/planning/drawing/arc-changes.ts'
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import type { PlanGrid } from '../../../../server/core/planning/values.ts'

/**
 * The drawing as a proposal would have it, with the figures of its grids. Atoms the proposal does not give to a grid stay as they
 * are; grids it leaves without ground, and their microgrids, are gone.
 * @param atoms ids, in the order of the proposal's assignment
 * @param nameOf what a new grid is called until it has a code
 */
export function proposedDrawing(
  drawing: Drawing,
  atoms: readonly string[],
  { grids, assignment }: Pick<Proposal, 'grids' | 'assignment'>,
  nameOf: (code: string) => string,
): Drawing {
  const known = new Set(grids.map((grid) => grid.code))
  const villages = new Set(grids.map((grid) => grid.village))
  const gone = [...drawing.grids.values()].filter(
    (grid) => grid.kind === 'ordinary' && villages.has(grid.village) && !known.has(grid.code),
  )
  const changed = atoms.flatMap((id, i) => {
    const number = drawing.atomNumber.get(id)
    const atom = number === undefined ? undefined : drawing.atoms[number]
    const code = grids[assignment[i] ?? -1]?.code
    if (number === undefined || !atom || code === undefined || atom.grid === code) return []
    return [[number, { ...atomRecordOf(atom), grid: code, microgrid: null }] as const]
  })
  const moved = new Set(gone.map((grid) => grid.code))
  const micro = [...drawing.grids.values()].filter((grid) => grid.parent !== null && moved.has(grid.parent))
  return applyPatch(drawing, {
    type: 'patch',
    arcs: [],
    atoms: changed,
    grids: [
      ...[...gone, ...micro].map(({ code }) => [code, null] as const),
      ...grids
        .filter((grid) => !drawing.grids.has(grid.code))
        .map(({ code, name, kind, village, is_new, locked }): [string, PlanGrid] => [
          code,
          { code, name: is_new ? nameOf(code) : name, kind, village, parent: null, locked },
        ]),
    ],
  }).drawing
}
