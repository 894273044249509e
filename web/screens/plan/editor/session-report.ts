/** The live check of the open plan as the report that the problem list, the drawer and the map read; pure apart from the hook. */
import { useMemo } from 'react'
import type { CheckProblem, CheckReport } from '../../../../server/contract/check.ts'
import type { Drawing } from '../../../../server/core/planning/drawing/drawing.ts'
import { useSession } from './editing.ts'

export function reportOf(
  drawing: Drawing,
  byVillage: ReadonlyMap<string, readonly CheckProblem[]>,
): CheckReport {
  const problems = [...byVillage].toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, some]) => [...some])
  const counts: CheckReport['counts'] = {}
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1
  const total = drawing.households.ids.length
  let inNone = drawing.unplaced.length
  let area = 0
  for (const atom of drawing.atoms) {
    if (!atom) continue
    if (atom.grid === null) inNone += atom.households.length
    else area += atom.areaSquareMetres
  }
  return {
    grids: drawing.grids.size,
    area_m2: area,
    valid: problems.length === 0,
    counts,
    households: { total, in_one: total - inNone, in_none: inNone, in_several: 0 },
    enclaves: [],
    per_grid: [],
    problems,
  }
}

/** Undefined while no plan is open, or its drawing is not there yet. */
export function useSessionReport(): CheckReport | undefined {
  const drawing = useSession((state) => state.drawing)
  const problems = useSession((state) => state.problems)
  return useMemo(() => (drawing && problems ? reportOf(drawing, problems) : undefined), [drawing, problems])
}
