import type { DivisionGrid, DivisionInput } from '../report.ts'
import { draftRepairs } from './propose-repairs.ts'
import { redraw } from './redraw.ts'
import { redrawingOf } from './settle.ts'
import type { RepairInput } from './values.ts'

/** A division after repairs. */
export interface Repaired<Input extends DivisionInput> {
  /** The grids that have ground, in the order of input; those that nothing changed are the same objects. */
  readonly division: Input
  /** Chosen ids that are no repair of this division, because it has changed since they were proposed. */
  readonly unknown: readonly string[]
}

/**
 * The division with the chosen repairs done, all at once. Of two options of one problem the first proposed counts.
 * @param chosen ids of options that `proposeRepairs` gave for the same input
 */
export function applyRepairs<Input extends RepairInput>(
  input: Input,
  chosen: readonly string[],
): Repaired<Input> {
  const wanted = new Set(chosen)
  const redrawn = new Map<DivisionGrid, DivisionGrid | null>()
  const known = new Set<string>()
  for (const { layer, repairs } of draftRepairs(input)) {
    const deeds = repairs.flatMap(({ drafts }) => {
      const own = [...drafts].filter(([id]) => wanted.has(id))
      for (const [id] of own) known.add(id)
      return own.slice(0, 1).map(([, draft]) => draft.deed)
    })
    if (deeds.length === 0) continue
    const geometries = redraw(layer, redrawingOf(layer, deeds))
    for (const [i, grid] of layer.grids.entries()) {
      const geometry = geometries[i]!
      if (geometry !== grid.geometry) redrawn.set(grid, geometry && { ...grid, geometry })
    }
  }
  const grids = input.grids.flatMap((grid) => {
    const after = redrawn.get(grid)
    return after === null ? [] : [after ?? grid]
  })
  return { division: { ...input, grids }, unknown: chosen.filter((id) => !known.has(id)) }
}
