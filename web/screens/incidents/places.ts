/** Which grid a hexagon is known by. */

import { useMemo } from 'react'
import type { Grid } from '../../../server/contract/grids.ts'
import { api } from '../../api.ts'
import { useArea } from '../../period.ts'
import { useResource } from '../../use-resource.ts'
import { matches } from './analysis/matches.ts'
import { daysOf, useFilter, useFilters, useGridsShown, useInterval } from './data.ts'
import { mostCommon } from './spots.ts'

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

/** The grid that a cell is, or that most of a hexagon's incidents happened in; undefined until known, and where they were in none. */
export function useGridOf(cell: string): NamedGrid | undefined {
  const { incidents, current } = useIncidentsOf(isHexagon(cell) ? cell : null)
  const grids = useGridsShown().data
  const found = isHexagon(cell)
    ? current && incidents
      ? mostCommon(incidents.map((one) => one.grid).filter((one) => one !== null))
      : null
    : cell
  if (found === null) return undefined
  const grid = grids?.grids.find((one) => one.code === found)
  return { code: found, name: grid?.name ?? found, grid }
}
