/** Which grid a hexagon is known by, and the incidents of one place. */

import { useMemo } from 'react'
import type { HexagonGrids } from '../../../server/contract/analysis.ts'
import type { Grid } from '../../../server/contract/grids.ts'
import { api } from '../../api.ts'
import { hexagonGrids } from '../../api-analysis.ts'
import { useArea } from '../../period.ts'
import { useResource } from '../../use-resource.ts'
import { comparedPeriod, filterQuery } from './analysis/look.ts'
import { matches } from './analysis/matches.ts'
import { daysOf, useFilter, useFilters, useGridsShown, useInterval, useLook } from './data.ts'

/** H3 indices are 15 hexadecimal digits; grids have codes of their own. */
const isHexagon = (cell: string): boolean => /^8[0-9a-f]{14}$/.test(cell)

/** Incidents of a hexagon or a grid that pass the filter, newest first. */
export function useIncidentsOf(cell: string | null) {
  const area = useArea()
  const interval = useInterval()
  const filter = useFilter()
  const { category } = useFilters()
  const where = cell !== null && (isHexagon(cell) ? { hexagon: cell } : { grid: cell })
  const found = useResource(
    where && area && interval ? api.allIncidents(area.code, daysOf(interval), { category, ...where }) : null,
  )
  const incidents = useMemo(
    () => found.data?.incidents.filter((incident) => matches(incident, filter)),
    [found.data, filter],
  )
  return { ...found, incidents }
}

export interface NamedGrid {
  readonly code: string
  readonly name: string
  readonly grid: Grid | undefined
}

/** The grid of each hexagon of the look, by the most of its incidents: asked once for all that stand in a list. */
function useHexagonGrids(isWanted: boolean): ReadonlyMap<string, string> | undefined {
  const area = useArea()
  const interval = useInterval()
  const filter = useFilter()
  const { resolution, compare } = useLook()
  const { data, current } = useResource(
    isWanted && area && interval
      ? hexagonGrids(area.code, {
          ...filterQuery(filter, interval, comparedPeriod(compare, interval)),
          resolution,
        })
      : null,
  )
  return data && current ? gridsByHexagon(data) : undefined
}

/** Every row of a list looks into the same answer. */
const known = new WeakMap<HexagonGrids, ReadonlyMap<string, string>>()

function gridsByHexagon(answer: HexagonGrids): ReadonlyMap<string, string> {
  let map = known.get(answer)
  if (!map) {
    map = new Map(answer.grids.flatMap(({ grid, hexagons }) => hexagons.map((one) => [one, grid] as const)))
    known.set(answer, map)
  }
  return map
}

/** The grid that a cell is, or that most of a hexagon's incidents happened in; undefined until known, and where they were in none. */
export function useGridOf(cell: string): NamedGrid | undefined {
  const byHexagon = useHexagonGrids(isHexagon(cell))
  const grids = useGridsShown().data
  const found = isHexagon(cell) ? byHexagon?.get(cell) : cell
  if (found === undefined) return undefined
  const grid = grids?.grids.find((one) => one.code === found)
  return { code: found, name: grid?.name ?? found, grid }
}
