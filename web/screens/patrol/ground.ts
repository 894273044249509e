/** What lies under everything on the patrol screen: the area's veil, grids as outlines with their names. */
import type { MultiPolygon, Polygon } from 'geojson'
import { useMemo } from 'react'
import { api } from '../../api.ts'
import type { LayerDescription, Toggle } from '../../map/layer.ts'
import { areaMask } from '../../map/layers/area-mask.ts'
import { gridLabels, gridLayers } from '../../map/layers/grids.ts'
import { useTheme } from '../../preferences.ts'
import { useAddress } from '../../state.ts'
import { useResource } from '../../use-resource.ts'
import { useGridsOfDay, usePatrolDayShown } from './data.ts'

export function useGround(toggle: Toggle): readonly LayerDescription[] {
  const theme = useTheme()
  const { area: code } = useAddress()
  const day = usePatrolDayShown()
  const area = useResource(code ? api.area(code) : null).data
  const grids = useGridsOfDay().data
  return useMemo(() => {
    const mask = area?.boundary
      ? [areaMask('patrol', area.boundary as unknown as Polygon | MultiPolygon, theme)]
      : []
    if (!day) return mask
    // Outlines only: on this screen the pointer asks for traces, not for grids.
    const { pick: _, ...outlines } = gridLayers({ id: 'patrol', theme, day, classes: [], toggle })
    const labels = (grids?.grids ?? []).map((grid) => ({
      code: grid.code,
      position: grid.label_point,
      name: grid.name ?? grid.code,
      detail: '',
      order: 0,
    }))
    return [...mask, outlines, gridLabels('patrol', theme, labels, toggle)]
  }, [area, day, grids, theme, toggle])
}
