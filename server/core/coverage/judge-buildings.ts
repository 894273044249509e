import { partArea } from './judge-grids.ts'
import { groundIndex, type Placement } from './judge-households.ts'
import { widthOf } from './regions.ts'
import type { DivisionGrid, DivisionInput, Finding, Side } from './report.ts'
import { type Boundaries, sideFinder } from './site-sides.ts'

/**
 * `building_cut`: one for each footprint of which more than one grid has a piece wider than the tolerance. A boundary along
 * a wall, drawn some decimetres off, cuts nothing.
 */
export function judgeBuildings(
  { buildings, households, buildingToleranceMetres = 0.5 }: DivisionInput,
  grids: readonly DivisionGrid[],
  boundaries: Boundaries,
  placement: Placement | undefined,
): Finding[] {
  if (!buildings) return []
  const sidesIn = sideFinder(boundaries)
  const cut = buildings.flatMap((building) => {
    const ground = sidesIn(building.geometry)
    if (ground.size < 2) return []
    const sides = [...ground]
      .filter(([, polygons]) => widthOf(polygons) > buildingToleranceMetres)
      .toSorted(([a], [b]) => a - b)
    return sides.length < 2 ? [] : [{ building, sides }]
  })
  const sidesAt = groundIndex(
    cut.flatMap(({ sides }) =>
      sides.map(([, coordinates]) => ({ type: 'MultiPolygon' as const, coordinates })),
    ),
  )
  const counts: number[] = []
  for (const { longitude, latitude } of households ?? [])
    for (const side of sidesAt(longitude, latitude)) counts[side] = (counts[side] ?? 0) + 1
  let next = 0
  return cut.map(({ building, sides }): Finding => {
    const shown = sides
      .map(
        ([grid, polygons]): Side => ({
          grid: grids[grid]!.code,
          households: placement ? (counts[next++] ?? 0) : null,
          areaSquareMetres: polygons.reduce((sum, rings) => sum + partArea(rings), 0),
        }),
      )
      .toSorted((a, b) => (b.households ?? 0) - (a.households ?? 0) || (a.grid < b.grid ? -1 : 1))
    return {
      code: 'building_cut',
      grids: sides.map(([grid]) => grids[grid]!.code),
      areaSquareMetres: null,
      widthMetres: Math.min(...sides.map(([, polygons]) => widthOf(polygons))),
      lengthMetres: null,
      geometry: building.geometry,
      site: building.id,
      sides: shown,
      count: shown.reduce((sum, side) => sum + (side.households ?? 0), 0),
      detail: { name: building.name ?? building.id },
    }
  })
}
