import { partArea } from './judge-grids.ts'
import { groundIndex, type Placement } from './judge-households.ts'
import { widthOf } from './regions.ts'
import type { DivisionGrid, DivisionInput, Finding, Side } from './report.ts'
import { type Boundaries, sideFinder } from './site-sides.ts'

/**
 * `village_split`: one for each natural village whose households are in several grids. Of a village in whose polygon no
 * household is known, the ground is judged instead: split when more than one grid has a stretch of it wider than the gap
 * width. Households in no grid or in several are on no side: they are problems of their own.
 */
export function judgeVillages(
  { villages, households, gapWidthMetres = 10 }: DivisionInput,
  grids: readonly DivisionGrid[],
  boundaries: Boundaries,
  placement: Placement | undefined,
): Finding[] {
  if (!villages) return []
  const villagesAt = groundIndex(
    villages.map(({ geometry }) => ({
      type: 'MultiPolygon',
      coordinates: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    })),
  )
  const counts = villages.map(() => new Map<number, number>())
  for (const [i, { longitude, latitude }] of (households ?? []).entries()) {
    const [grid, ...others] = placement!.grids[i]!
    if (grid === undefined || others.length > 0) continue
    for (const village of villagesAt(longitude, latitude))
      counts[village]!.set(grid, (counts[village]!.get(grid) ?? 0) + 1)
  }
  const sidesIn = sideFinder(boundaries)
  return villages.flatMap((village, v): Finding[] => {
    const own = counts[v]!
    if (own.size === 1) return []
    const ground = sidesIn(village.geometry)
    const owners =
      own.size > 1
        ? [...own.keys()]
        : [...ground].filter(([, polygons]) => widthOf(polygons) > gapWidthMetres).map(([grid]) => grid)
    if (owners.length < 2) return []
    const sides = owners
      .toSorted((a, b) => (own.get(b) ?? 0) - (own.get(a) ?? 0) || a - b)
      .map(
        (grid): Side => ({
          grid: grids[grid]!.code,
          households: placement ? (own.get(grid) ?? 0) : null,
          areaSquareMetres: (ground.get(grid) ?? []).reduce((sum, rings) => sum + partArea(rings), 0),
        }),
      )
    return [
      {
        code: 'village_split',
        grids: owners.toSorted((a, b) => a - b).map((grid) => grids[grid]!.code),
        areaSquareMetres: null,
        widthMetres: null,
        lengthMetres: null,
        geometry: village.geometry,
        site: village.id,
        sides,
        count: sides.reduce((sum, side) => sum + (side.households ?? 0), 0),
        detail: { name: village.name ?? village.id },
      },
    ]
  })
}
