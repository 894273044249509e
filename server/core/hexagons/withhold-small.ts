import { suppressSmall } from '../policy/small-numbers.ts'
import type { HazardDensity, HazardHexagon } from './hazard-density.ts'

/** A hexagon whose households, and so its rate, are kept back. */
export interface WithheldHexagon extends HazardHexagon {
  readonly withheld?: true
}

/** The same figures without the households of hexagons that have fewer than k, nor those that their total would betray. */
export function withholdSmall(
  density: HazardDensity,
  k: number,
): HazardDensity & { readonly hexagons: readonly WithheldHexagon[] } {
  if (density.households === null || k <= 1) return density
  const rows = density.hexagons.map(({ hexagon, households }) => ({
    code: hexagon,
    parent: 'all',
    counts: { households },
  }))
  const all = { code: 'all', parent: null, counts: { households: density.households.counted } }
  const told = suppressSmall([all, ...rows], { k, groups: [{ columns: ['households'] }] })
  return {
    ...density,
    hexagons: density.hexagons.map((one, i): WithheldHexagon => {
      if (told[i + 1]!.hidden.length === 0) return one
      return { ...one, households: null, perThousandHouseholds: null, withheld: true }
    }),
  }
}
