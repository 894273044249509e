/** Hot spots in words: significant hexagons that touch are one. Pure. */
import type { AnalysisCell, CellClass } from '../../../server/contract/analysis.ts'
import { hexagonsWithin } from '../../../server/core/hexagons/hexagon.ts'
import { idOf, isHotClass } from './measures.ts'

export interface Spot {
  /** Its heart: the cell with most incidents. */
  readonly id: string
  /** Most incidents first. */
  readonly cells: readonly AnalysisCell[]
  readonly count: number
  /** By an even spread; null where one of its cells has no expectation. */
  readonly expected: number | null
  /** Of its strongest cell. */
  readonly z: number | null
  readonly q: number | null
  readonly class: CellClass
}

const byCount = (a: AnalysisCell, b: AnalysisCell): number =>
  b.count - a.count || (b.z ?? 0) - (a.z ?? 0) || (idOf(a) < idOf(b) ? -1 : 1)

const strength = (cell: Pick<AnalysisCell, 'z' | 'trend_z'>): number => cell.z ?? cell.trend_z ?? 0

/** Hot hexagons joined with those they touch, hot grids one by one; the strongest first, then most incidents. */
export function spotsOf(cells: readonly AnalysisCell[]): Spot[] {
  const hot = cells.filter((cell) => isHotClass(cell.class))
  const left = new Map(hot.map((cell) => [idOf(cell), cell]))
  const spots: Spot[] = []
  for (const start of hot) {
    if (!left.delete(idOf(start))) continue
    const joined = [start]
    // The list grows while it is walked: each member brings the neighbours not yet taken.
    for (const { h3: member } of joined)
      for (const h3 of member === null ? [] : hexagonsWithin(member, 1)) {
        const neighbour = left.get(h3)
        if (neighbour && left.delete(h3)) joined.push(neighbour)
      }
    spots.push(spotOf(joined))
  }
  return spots.toSorted((a, b) => (b.z ?? 0) - (a.z ?? 0) || b.count - a.count || (a.id < b.id ? -1 : 1))
}

function spotOf(joined: readonly AnalysisCell[]): Spot {
  const cells = joined.toSorted(byCount)
  const strongest = joined.reduce((best, cell) => (strength(cell) > strength(best) ? cell : best))
  const isKnown = cells.every((cell) => cell.expected !== null)
  return {
    id: idOf(cells[0] as AnalysisCell),
    cells,
    count: cells.reduce((sum, cell) => sum + cell.count, 0),
    expected: isKnown ? cells.reduce((sum, cell) => sum + (cell.expected ?? 0), 0) : null,
    z: strongest.z,
    q: strongest.q,
    class: strongest.class ?? 'none',
  }
}
