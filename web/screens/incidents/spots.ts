/** Hot spots in words: significant hexagons that touch are one. Pure. */
import type { HotspotCell } from '../../../server/contract/hotspots.ts'
import { hexagonsWithin } from '../../../server/core/hexagons/hexagon.ts'

export interface Spot {
  /** Its heart: the hexagon with most incidents. */
  readonly id: string
  /** Most incidents first. */
  readonly cells: readonly HotspotCell[]
  readonly count: number
  /** Of its strongest hexagon. */
  readonly z: number
  readonly q: number
  readonly class: NonNullable<HotspotCell['class']>
}

export const isHot = (cell: HotspotCell): boolean => cell.class?.startsWith('hot') ?? false

const byCount = (a: HotspotCell, b: HotspotCell): number =>
  b.count - a.count || (b.z ?? 0) - (a.z ?? 0) || (a.h3 < b.h3 ? -1 : 1)

/** Hot hexagons joined with those they touch; the spot with the largest z first, then most incidents. */
export function spotsOf(cells: readonly HotspotCell[]): Spot[] {
  const left = new Map(cells.filter(isHot).map((cell) => [cell.h3, cell]))
  const spots: Spot[] = []
  for (const start of [...left.values()]) {
    if (!left.delete(start.h3)) continue
    const joined = [start]
    // The list grows while it is walked: each member brings the neighbours not yet taken.
    for (const member of joined)
      for (const h3 of hexagonsWithin(member.h3, 1)) {
        const neighbour = left.get(h3)
        if (neighbour && left.delete(h3)) joined.push(neighbour)
      }
    spots.push(spotOf(joined))
  }
  return spots.toSorted((a, b) => b.z - a.z || b.count - a.count || (a.id < b.id ? -1 : 1))
}

function spotOf(joined: readonly HotspotCell[]): Spot {
  const cells = joined.toSorted(byCount)
  const strongest = joined.reduce((best, cell) => ((cell.z ?? 0) > (best.z ?? 0) ? cell : best))
  return {
    id: (cells[0] as HotspotCell).h3,
    cells,
    count: cells.reduce((sum, cell) => sum + cell.count, 0),
    z: strongest.z ?? 0,
    q: strongest.q ?? 1,
    class: strongest.class ?? 'none',
  }
}

/** What most of some things have, e.g. the grid of most incidents; null of none. */
export function mostCommon(values: readonly (string | null)[]): string | null {
  const counts = new Map<string | null, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null
}
