/** What a printed map is made from. */
import type { MultiLineString } from 'geojson'
import type { AreaGeometry, GridKind, LngLat } from '../values.ts'

/** Everything on the ground that a map of a box shows; what is personal is not in it. */
export interface PosterGround {
  readonly land: readonly {
    readonly id: string
    readonly kind: 'water' | 'green'
    readonly name: string | null
    readonly geometry: AreaGeometry
  }[]
  readonly roads: readonly {
    readonly id: string
    readonly name: string | null
    readonly class: string
    readonly path: MultiLineString
  }[]
  readonly buildings: readonly AreaGeometry[]
  /** 自然村. */
  readonly naturalVillages: readonly {
    readonly id: string
    readonly name: string
    readonly geometry: AreaGeometry
  }[]
  readonly places: readonly {
    readonly id: string
    readonly kind: string
    readonly name: string
    readonly position: LngLat
  }[]
  /** Where households live: drawn as houses where no building is known. */
  readonly households: readonly LngLat[]
  /** Administrative villages around, the map's own left out. */
  readonly villages: readonly {
    readonly code: string
    readonly name: string
    readonly geometry: AreaGeometry
  }[]
}

export interface MapGrid {
  readonly code: string
  /** As the label says it. */
  readonly lines: readonly string[]
  readonly kind: GridKind
  readonly geometry: AreaGeometry
  /** Fill; null for a grid that is only beside what the map is about. */
  readonly tint: string | null
}

/** What the map left out for lack of room, to be said in its legend. */
export interface LeftOut {
  readonly streets: number
  readonly places: number
  readonly villages: number
  readonly grids: number
}
