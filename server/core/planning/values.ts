/**
 * What planning is about. A plan assigns atoms to grids. Atoms are a checked coverage of their village before any plan exists,
 * so every plan on them is whole by construction. Longitude first, WGS 84.
 */
import type { Polygon } from 'geojson'
import type { AreaGeometry, GridKind, HouseholdPoint, LngLat } from '../values.ts'

/** A line on the ground that people can see. */
export interface Barrier {
  readonly id: string
  readonly kind: 'road' | 'rail' | 'water' | 'wall'
  readonly name: string | null
  /** How strong a boundary it makes, 0 the strongest (rail, river, trunk road) … 5 the weakest (a path). See `barrier-rank.ts`. */
  readonly rank: number
  /** False where a grid may not lie on both sides: a river or railway without a bridge or level crossing. */
  readonly crossable: boolean
  readonly path: readonly LngLat[]
}

/** A polygon with a name that a plan must respect: a dedicated site, a natural village, a walled compound, a building. */
export interface Site {
  readonly id: string
  readonly name: string | null
  readonly geometry: AreaGeometry
}

/** A household as planning counts it. */
export interface PlanHousehold extends HouseholdPoint {
  readonly persons: number
  readonly mustVisit: boolean
}

/** The smallest piece of ground a planner assigns. */
export interface Atom {
  /** The same for the same ground in every run. */
  readonly id: string
  /** Code of the administrative village it lies in; no grid has atoms of two. */
  readonly village: string
  readonly geometry: Polygon
  /** Dedicated site it is, which becomes a dedicated grid of its own; null for all other ground. */
  readonly site: string | null
  /** Atoms of one group go to one grid: the natural village or compound that is kept whole. */
  readonly group: string | null
  readonly households: number
  readonly persons: number
  readonly mustVisit: number
}

/** The line between two neighbouring atoms. */
export interface AtomBorder {
  /** Indices into the atoms, `a < b`. */
  readonly a: number
  readonly b: number
  readonly lengthMetres: number
  /** Length of it that lies on a barrier people can see. */
  readonly barrierMetres: number
  /** Name of the barrier that most of it lies on, where it has one. */
  readonly name: string | null
  /** Rank of that barrier; null when it lies on none. */
  readonly rank: number | null
  /** False where an uncrossable barrier runs along the whole line: no grid may join the two across it. */
  readonly crossable: boolean
}

/** Atoms and who is next to whom. Only lines of positive length join; a common point does not. */
export interface AtomGraph {
  readonly atoms: readonly Atom[]
  /** Sorted by a, then b. */
  readonly borders: readonly AtomBorder[]
}

/** A grid of a plan. */
export interface PlanGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  /** Code of the administrative village it belongs to. */
  readonly village: string
  /** For a microgrid, the grid it lies in. */
  readonly parent: string | null
  /** A locked grid neither gains nor loses ground. */
  readonly locked: boolean
}

/** Which grid each atom belongs to, by the atoms' index; null: not assigned yet. */
export type Assignment = readonly (string | null)[]
