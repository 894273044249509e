/** Which grid a hexagon is known by. */
import type { Grid } from '../../../server/contract/grids.ts'
import { api } from '../../api.ts'
import { useArea } from '../../period.ts'
import { useResource } from '../../use-resource.ts'
import { daysOf, useFilters, useGridsShown, useInterval } from './data.ts'
import { mostCommon } from './spots.ts'

/** A hexagon's incidents, newest first. */
export function useIncidentsOf(hexagon: string | null) {
  const area = useArea()
  const interval = useInterval()
  const { category } = useFilters()
  return useResource(
    hexagon !== null && area && interval
      ? api.allIncidents(area.code, daysOf(interval), { category, hexagon })
      : null,
  )
}

export interface NamedGrid {
  readonly code: string
  readonly name: string
  readonly grid: Grid | undefined
}

/** The grid most of a hexagon's incidents happened in; undefined until known, and where they were in none. */
export function useGridOf(hexagon: string): NamedGrid | undefined {
  const incidents = useIncidentsOf(hexagon)
  const grids = useGridsShown().data
  if (!incidents.data || !incidents.current) return undefined
  const code = mostCommon(incidents.data.incidents.map((one) => one.grid).filter((one) => one !== null))
  if (code === null) return undefined
  const grid = grids?.grids.find((one) => one.code === code)
  return { code, name: grid?.name ?? code, grid }
}
