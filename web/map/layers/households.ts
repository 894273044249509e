/** Households as dots from zoom 15; must-visit ones have a ring. Pure. */
import { grounds } from '../ground.ts'
import type { MapLibreDescription, Toggle } from '../layer.ts'
import type { Theme } from '../palette.ts'

export function householdDots(
  id: string,
  theme: Theme,
  day: string | null,
  toggle: Toggle,
): MapLibreDescription {
  const ground = grounds[theme]
  return {
    id: `${id}-households`,
    kind: 'maplibre',
    source: { type: 'tiles', layer: 'households', ...(day !== null && { query: `day=${day}` }) },
    toggle,
    layers: [
      {
        id: `${id}-household-dots`,
        slot: 'line',
        type: 'circle',
        'source-layer': 'households',
        minzoom: 15,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 15, 1.6, 18, 4],
          'circle-color': ['case', ['==', ['get', 'must_visit'], true], ground.land, ground.text],
          'circle-stroke-color': ground.text,
          'circle-stroke-width': ['case', ['==', ['get', 'must_visit'], true], 1.6, 0],
          'circle-opacity': 0.85,
        },
      },
    ],
  }
}
