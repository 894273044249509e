/** What the checks of a polygon’s rings find, and what they hand each other. */
import type { Position } from 'geojson'

/** Why a polygon is not valid by OGC Simple Features (06-103r4 §6.1.11), the rule PostGIS and GEOS apply. */
export type PolygonFlawReason =
  | 'empty'
  | 'coordinate_not_finite'
  | 'coordinate_out_of_range'
  | 'ring_not_closed'
  | 'ring_too_short'
  | 'ring_crosses_itself'
  | 'ring_touches_itself'
  | 'rings_cross'
  | 'hole_outside_shell'
  | 'hole_in_hole'
  | 'interior_disconnected'
  | 'parts_overlap'

export interface PolygonFlaw {
  readonly reason: PolygonFlawReason
  /** Counting from 1, like every place shown to people. */
  readonly part: number
  readonly ring: number
  readonly vertex: number
  readonly longitude: number
  readonly latitude: number
}

export interface Ring {
  readonly part: number
  /** 0 is the shell. */
  readonly ring: number
  /** Distinct neighbours only, the closing vertex left out. */
  readonly points: readonly Position[]
  /** Where each of them stands in the input, from 0. */
  readonly at: readonly number[]
  readonly box: readonly [west: number, south: number, east: number, north: number]
}

/** Two rings of one part touching at a point. */
export interface Touch {
  readonly first: number
  readonly second: number
  readonly place: string
}
