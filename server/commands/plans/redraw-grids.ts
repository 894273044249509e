/** The grids in force after repairs somebody chose, for a plan to begin with. Pure, and long for a town: it is run in a thread. */
import { applyRepairs } from '../../core/coverage/repair/apply-repairs.ts'
import type { RepairInput } from '../../core/coverage/repair/values.ts'
import type { AreaGeometry } from '../../core/values.ts'

export interface RedrawInput {
  readonly division: RepairInput
  /** Ids of options that `proposeRepairs` gave for the same division. */
  readonly chosen: readonly string[]
}

export interface RedrawnGrid {
  readonly code: string
  /** Null: the repairs leave it without ground. */
  readonly geometry: AreaGeometry | null
}

export interface Redrawn {
  /** The grids that the repairs change. */
  readonly grids: readonly RedrawnGrid[]
  /** Chosen ids that are no repair of this division. */
  readonly unknown: readonly string[]
}

export function redrawGrids({ division, chosen }: RedrawInput): Redrawn {
  const { division: repaired, unknown } = applyRepairs(division, chosen)
  const after = new Map(repaired.grids.map(({ code, geometry }) => [code, geometry]))
  const grids = division.grids.flatMap(({ code, geometry }): RedrawnGrid[] => {
    const redrawn = after.get(code) ?? null
    return redrawn === geometry ? [] : [{ code, geometry: redrawn }]
  })
  return { grids, unknown }
}
