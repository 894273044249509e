/**
 * What to draw, as data. Screens make these in pure functions (`map/layers/*`, `screens/<name>/layers.ts`: data → layers),
 * which tests read without a browser; `create-map.ts` alone touches the map.
 */

import type {
  H3HexagonLayer,
  HeatmapLayer,
  PathLayer,
  ScatterplotLayer,
  SolidPolygonLayer,
  TextLayer,
  TripsLayer,
} from 'deck.gl'
import type { FeatureCollection } from 'geojson'
import type {
  CircleLayerSpecification,
  FillLayerSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl'
import type { Target } from '../address.ts'

/**
 * Where a layer goes in the stack: `fill` above land and buildings and below the roads; `line` above the roads and below
 * every label; `top` above the labels.
 */
export type Slot = 'fill' | 'line' | 'top'

/** Makes a layer answer the pointer: its features become targets of this kind, under this property's value. */
export interface Pick {
  readonly kind: string
  readonly property: string
}

export type SourceDescription =
  | { readonly type: 'geojson'; readonly data: FeatureCollection }
  /** A layer of this server's tiles, `/tiles/{layer}/{z}/{x}/{y}`, with its query (`day=…`) if any. */
  | { readonly type: 'tiles'; readonly layer: string; readonly query?: string }

type OmitEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** A MapLibre layer without what the map owner fills in: its source. `source-layer` names the layer in a tile. */
export type StyleLayer = OmitEach<
  FillLayerSpecification | LineLayerSpecification | CircleLayerSpecification | SymbolLayerSpecification,
  'source'
> & { readonly slot: Slot }

interface Description {
  /** Unique over all screens: `<screen>-<what>`. Keep it stable while the data change. */
  readonly id: string
  /** The entry of the layer switch that shows or hides it; absent: always shown. */
  readonly toggle?: Toggle
}

/** An entry of the layer switch; layers with the same id share it. */
export interface Toggle {
  readonly id: string
  readonly label: string
  /** Shown unless the address says otherwise. */
  readonly shown: boolean
}

export interface MapLibreDescription extends Description {
  readonly kind: 'maplibre'
  readonly source: SourceDescription
  readonly layers: readonly StyleLayer[]
  /**
   * Features have the states `hover` and `selected` (`['feature-state', 'hover']`), set for the store's hover and selection
   * when `pick.kind` is theirs: this is how a list and the map light each other.
   */
  readonly pick?: Pick
}

/** The deck.gl layers in use; their code is loaded when the first of them is drawn. */
export interface DeckProps {
  readonly H3HexagonLayer: H3HexagonLayer['props']
  readonly HeatmapLayer: HeatmapLayer['props']
  readonly PathLayer: PathLayer['props']
  readonly ScatterplotLayer: ScatterplotLayer['props']
  readonly SolidPolygonLayer: SolidPolygonLayer['props']
  readonly TextLayer: TextLayer['props']
  readonly TripsLayer: TripsLayer['props']
}

export type DeckDescription = {
  [Type in keyof DeckProps]: Description & {
    readonly kind: 'deck'
    readonly type: Type
    readonly slot: Slot
    /** Without `id`; keep `data` the same object while it has not changed. */
    readonly props: Omit<Partial<DeckProps[Type]>, 'id'>
    /** The target of a datum under the pointer. Colours for hover and selection are up to the props. */
    readonly pick?: (datum: unknown) => Target | null
  }
}[keyof DeckProps]

export type LayerDescription = MapLibreDescription | DeckDescription
