/** How good a division is, by what its polygons and households tell: the same for one in force, a plan and an imported one. */
import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import type { SizeBand } from '../policy/division-policy.ts'
import type { AreaGeometry, GridKind } from '../values.ts'
import type { Membership } from './compare-plans-distance.ts'
import { type Balance, balanceOf, deviationFrom } from './evaluate-plan.ts'
import { outlineMetres } from './evaluate-plan-tally.ts'

export interface DivisionFigures extends Balance {
  readonly grids: number
  /** Grids the band is about that are outside it, by code, and the households in them; null without a band. */
  readonly outOfBand: { readonly grids: readonly string[]; readonly households: number } | null
  readonly householdsInNone: number
  /** The median of 4π · area / perimeter² (Polsby & Popper 1991) over all grids; null without any. */
  readonly polsbyPopper: number | null
}

/**
 * @param grids without microgrids
 * @param band households an ordinary grid should have; null when the place has no rule
 */
export function divisionFigures(
  grids: readonly { readonly code: string; readonly kind: GridKind; readonly geometry: AreaGeometry }[],
  gridOf: Membership,
  band: SizeBand | null,
): DivisionFigures {
  const sizes = new Map<string | null, number>()
  for (const code of gridOf.values()) sizes.set(code, (sizes.get(code) ?? 0) + 1)
  const counted = grids
    .filter((grid) => grid.kind === 'ordinary')
    .map(({ code }) => ({ code, households: sizes.get(code) ?? 0 }))
    .toSorted((p, q) => (p.code < q.code ? -1 : 1))
  const outside = band && counted.filter(({ households }) => deviationFrom(band, households) !== 0)
  return {
    grids: grids.length,
    ...balanceOf(counted.map(({ households }) => households)),
    outOfBand: outside && {
      grids: outside.map(({ code }) => code),
      households: outside.reduce((sum, { households }) => sum + households, 0),
    },
    householdsInNone: sizes.get(null) ?? 0,
    polsbyPopper: median(grids.map(({ geometry }) => polsbyPopper(geometry))),
  }
}

const polsbyPopper = (geometry: AreaGeometry): number =>
  (4 * Math.PI * areaSquareMetres(geometry)) / outlineMetres(geometry) ** 2

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((p, q) => p - q)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
