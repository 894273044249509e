/** What atoms are made of and what is said about it. */
import type { AreaGeometry, LngLat, Message } from '../../values.ts'
import type { AtomGraph, Barrier, PlanHousehold, Site } from '../values.ts'

/** An administrative village. Several entries of one code are its parts. */
export interface PlanVillage {
  readonly code: string
  readonly boundary: AreaGeometry
}

export interface AtomInput {
  readonly villages: readonly PlanVillage[]
  readonly barriers: readonly Barrier[]
  /** Dedicated sites (学校、医院、园区): cut out exactly. */
  readonly sites: readonly Site[]
  /** Natural villages and walled compounds: kept together as groups. */
  readonly naturalVillages: readonly Site[]
  readonly buildings: readonly Site[]
  readonly households: readonly PlanHousehold[]
  /** Grids in force, whose lines stay where they are: barriers within `heldMetres` of one are laid on it. */
  readonly held?: readonly AreaGeometry[]
  readonly options?: Partial<AtomOptions>
}

export interface AtomOptions {
  /**
   * Barriers up to this rank always cut. 3: streets do; drives, field tracks and paths only where it helps, for a field
   * needs no pieces.
   */
  readonly alwaysCutRank: number
  /**
   * Weaker barriers are added, rank by rank, to a block of more households than this. 30, a microgrid: the finest ground
   * anyone is assigned, and a tenth of the smallest usual grid, so that a band can be met.
   */
  readonly mostHouseholds: number
  /**
   * A block is a sliver when its area × min(1, compactness / `sliverCompactness`) is less than this. 1,000 m², a square of
   * 32 m: less than a house with its yard and the street before it. So a traffic island goes, and the strip between two lanes
   * of a road (1 km × 10 m: 10,000 m² × 0.03 / 0.4 = 770 m²), but not a small court of houses.
   */
  readonly sliverAreaSquareMetres: number
  /** Polsby–Popper (4π · area / outline²) from which shape does not count. 0.4: a rectangle of 1 : 6. */
  readonly sliverCompactness: number
  /** Slivers rather join across a line weaker than this rank. 2: main roads, rails and rivers stay boundaries. */
  readonly strongBelowRank: number
  /** A group of more households than this is told: it exceeds any grid. 500, the upper end of the usual band. */
  readonly mostGroupHouseholds: number
  /**
   * A barrier that ends no farther than this from another line is lengthened to it. 3 m, less than the width of a street, to whose
   * edge some draw and others to its middle.
   */
  readonly gapMetres: number
  /**
   * A barrier that passes a vertex of a village's outline closer than this goes through it. 0.1 m, ten times what coordinates of six or
   * seven decimals are rounded to.
   */
  readonly cornerMetres: number
  /**
   * A barrier less than this beside a line in force is the same line, drawn by another hand. 5 m, what digitising on a picture at
   * 1:10,000 is good for.
   */
  readonly heldMetres: number
  /**
   * A border drawn no farther than this beside a barrier lies on it. 10 m, the half of a wide street and the faults of two drawings.
   */
  readonly alongMetres: number
  /** A line that runs less than this far through a building grazes it: drawings of houses are not better. */
  readonly grazeMetres: number
}

export const atomDefaults: AtomOptions = {
  alwaysCutRank: 3,
  mostHouseholds: 30,
  sliverAreaSquareMetres: 1000,
  sliverCompactness: 0.4,
  strongBelowRank: 2,
  mostGroupHouseholds: 500,
  gapMetres: 3,
  cornerMetres: 0.1,
  heldMetres: 5,
  alongMetres: 10,
  grazeMetres: 0.5,
}

export const atomNoteCodes = [
  'geometry_flawed',
  'villages_disagree',
  'village_without_barriers',
  'barrier_unusable',
  'barrier_lengthened',
  'site_outside',
  'site_clipped',
  'sites_overlap',
  'natural_villages_overlap',
  'building_cut',
  'sliver_merged',
  'sliver_kept',
  'cut_off_joined',
  'cut_off',
  'group_across_villages',
  'group_apart',
  'group_too_large',
  'household_at_zero',
  'household_doubled',
  'household_outside',
  'household_on_line',
] as const

export type AtomNoteCode = (typeof atomNoteCodes)[number]

/** Something a planner should know about the input or about what was decided. */
export interface AtomNote {
  readonly code: AtomNoteCode
  /** What it is about: ids of villages, sites, buildings, barriers, groups, households or atoms. */
  readonly ids: readonly string[]
  readonly place: LngLat | null
  readonly message: Message
  readonly areaSquareMetres?: number
  readonly households?: number
}

export interface Atoms {
  readonly graph: AtomGraph
  /** In the order of `atomNoteCodes`, then by ids. */
  readonly notes: readonly AtomNote[]
  /** Which atom each household of the input lies in, by the index of both; -1: in none, or given before. */
  readonly atomOfHousehold: Int32Array
}
