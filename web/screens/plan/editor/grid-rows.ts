/** The grids of a drawing as the live table shows them: pure. */
import type { Drawing, GridFigures } from '../../../../server/core/planning/drawing/drawing.ts'
import type { PlanGrid } from '../../../../server/core/planning/values.ts'
import { type BandStatus, bandStatus, type SizeBand } from '../../../../server/core/policy/division-policy.ts'

export interface GridRow {
  readonly grid: PlanGrid
  readonly figures: GridFigures
  readonly status: BandStatus
  /** Households beyond the nearer end of the band, below it negative; null where it does not apply. */
  readonly deviation: number | null
  /** People assigned to a grid of this code today. */
  readonly workers: number
}

export function gridRows(
  drawing: Pick<Drawing, 'grids' | 'figures'>,
  band: SizeBand | null,
  workers: ReadonlyMap<string, number>,
): GridRow[] {
  return [...drawing.grids.values()].flatMap((grid): GridRow[] => {
    const figures = drawing.figures.get(grid.code)
    if (!figures) return []
    const status = bandStatus(figures.households, band, grid.kind)
    return [
      {
        grid,
        figures,
        status,
        deviation: status === 'not_applicable' || !band ? null : beyond(figures.households, band),
        workers: workers.get(grid.code) ?? 0,
      },
    ]
  })
}

const beyond = (households: number, { from, to }: SizeBand): number =>
  households < from ? households - from : Math.max(0, households - to)

export interface Unassigned {
  readonly atoms: number
  readonly households: number
}

export function unassignedGround({ atoms }: Pick<Drawing, 'atoms'>): Unassigned {
  const free = atoms.filter((atom) => atom?.grid === null)
  return {
    atoms: free.length,
    households: free.reduce((sum, atom) => sum + (atom?.households.length ?? 0), 0),
  }
}
