/** The ground that repairs move: hatched over the colour of the grid that gets it. */
import type { Feature, Geometry } from 'geojson'
import type { Grids } from '../../../../server/contract/grids.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import { bandColors, type Theme } from '../../../map/palette.ts'
import type { RepairOption } from './chosen.ts'

/** @param preview the option that is looked at now: its outline is stronger */
export function repairLayer(
  options: readonly RepairOption[],
  preview: string | null,
  grids: Grids | undefined,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const bands = new Map(grids?.grids.map((grid) => [grid.code, grid.band_status]))
  const features = options.map((option): Feature => {
    const gaining = option.grid ?? option.grows[0]?.grid
    const band = (gaining !== undefined && bands.get(gaining)) || 'in_band'
    return {
      type: 'Feature',
      properties: { id: option.id, color: bandColors[theme][band], preview: option.id === preview },
      geometry: option.geometry as unknown as Geometry,
    }
  })
  return {
    id: 'plan-repairs',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    toggle,
    layers: [
      {
        id: 'plan-repair-fill',
        slot: 'line',
        type: 'fill',
        paint: { 'fill-color': ['get', 'color'], 'fill-opacity': 0.85 },
      },
      {
        id: 'plan-repair-hatch',
        slot: 'line',
        type: 'fill',
        paint: { 'fill-pattern': 'hatch-moved' },
      },
      {
        id: 'plan-repair-line',
        slot: 'line',
        type: 'line',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': grounds[theme].accent,
          'line-width': ['case', ['get', 'preview'], 4, 2],
        },
      },
    ],
  }
}
