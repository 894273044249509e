/** deck.gl inside the MapLibre map: loaded with the first layer that needs it (create-map.ts). */
import { MapLibreOverlay } from '@deck.gl/maplibre'
import {
  H3HexagonLayer,
  HeatmapLayer,
  type Layer,
  PathLayer,
  ScatterplotLayer,
  SolidPolygonLayer,
  TextLayer,
  TripsLayer,
} from 'deck.gl'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Target } from '../address.ts'
import type { DeckDescription, DeckProps, Slot } from './layer.ts'
import { slotId } from './style.ts'

export interface DeckOverlay {
  readonly show: (layers: readonly DeckDescription[]) => void
  readonly pick: (x: number, y: number) => { readonly target: Target; readonly slot: Slot } | null
}

type LayerClass = new (props: Record<string, unknown>) => Layer

const layerClasses: Readonly<Record<keyof DeckProps, LayerClass>> = {
  H3HexagonLayer: H3HexagonLayer,
  HeatmapLayer: HeatmapLayer,
  PathLayer: PathLayer,
  ScatterplotLayer: ScatterplotLayer,
  SolidPolygonLayer: SolidPolygonLayer,
  TextLayer: TextLayer,
  TripsLayer: TripsLayer,
}

const isEmpty = (data: unknown): boolean => Array.isArray(data) && data.length === 0

export function createDeckOverlay(map: MapLibreMap): DeckOverlay {
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [] })
  map.addControl(overlay)
  let shown: readonly DeckDescription[] = []
  /** Slots that have their place in the map's style: what moves in them need not wait for tiles that are on their way. */
  const placed = new Set<Slot>()
  let isWaiting = false

  const build = (): Layer[] =>
    shown.map((description) => {
      const layerClass = layerClasses[description.type]
      return new layerClass({
        ...description.props,
        id: description.id,
        pickable: description.pick !== undefined,
        // A layer without data costs as much of a frame as one with a few: it stays made, and is passed over.
        visible: !isEmpty(description.props.data),
        beforeId: slotId(description.slot),
        // Flat layers of one plane: drawn in order, never hidden by one another.
        parameters: { depthCompare: 'always', depthWriteEnabled: false },
      })
    })

  const place = (): void => {
    overlay.setProps({ layers: build() })
    for (const { slot } of shown) placed.add(slot)
  }

  const placeWhenLoaded = (): void => {
    if (!map.isStyleLoaded()) return
    map.off('render', placeWhenLoaded)
    isWaiting = false
    place()
  }

  return {
    show: (layers) => {
      shown = layers
      if (map.isStyleLoaded()) return place()
      if (shown.every(({ slot }) => placed.has(slot))) return overlay.setProps({ layers: build() })
      // The overlay ignores `beforeId` until the style is loaded, and would cover the labels.
      if (isWaiting) return undefined
      isWaiting = true
      // A frame comes with the last tile; what fades in after it need not be waited for.
      map.on('render', placeWhenLoaded)
      return undefined
    },
    pick: (x, y) => {
      if (!shown.some((description) => description.pick)) return null
      const picked = overlay.pickObject({ x, y, radius: 3 })
      const description = shown.find((one) => one.id === picked?.layer?.id)
      const target = description?.pick?.(picked?.object) ?? null
      return target && description ? { target, slot: description.slot } : null
    },
  }
}
