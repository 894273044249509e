/** The households that change their grid, as dots: pure. */
import type { Feature } from 'geojson'
import type { PlanChangesReport } from '../../../../server/contract/plans.ts'
import type { HouseholdTable } from '../../../../server/core/planning/drawing/drawing.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import type { Theme } from '../../../map/palette.ts'

/** Those the drawing does not know have no place here. */
export function movedHouseholds(
  { moves }: Pick<PlanChangesReport, 'moves'>,
  households: HouseholdTable,
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const rowOf = new Map(households.ids.map((id, row) => [id, row]))
  const features = moves.flatMap((move) =>
    move.households.flatMap((id): Feature[] => {
      const row = rowOf.get(id)
      if (row === undefined) return []
      const coordinates = [households.longitudes[row]!, households.latitudes[row]!]
      return [{ type: 'Feature', properties: { id }, geometry: { type: 'Point', coordinates } }]
    }),
  )
  const ground = grounds[theme]
  return {
    id: 'editor-moved',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    toggle,
    layers: [
      {
        id: 'editor-moved-dots',
        slot: 'top',
        type: 'circle',
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 2, 15, 3.5, 18, 6],
          'circle-color': ground.accent,
          'circle-stroke-color': ground.land,
          'circle-stroke-width': 1,
        },
      },
    ],
  }
}
