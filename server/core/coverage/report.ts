import type { Geometry, MultiPolygon } from 'geojson'
import type { PolygonFlaw } from '../geometry/polygon-flaw.ts'
import type { Site } from '../planning/values.ts'
import type { AreaGeometry, GridKind, HouseholdPoint, Message } from '../values.ts'
import type { Region } from './regions.ts'

/** A grid as it is checked. Longitude and latitude on WGS 84. */
export interface DivisionGrid {
  /** How the grid is called in the report. */
  readonly code: string
  readonly geometry: AreaGeometry
  /** True where the code is the grid's own, not a label guessed for the report: only then is it judged. */
  readonly codeDeclared?: boolean
  readonly kind?: GridKind
  /** Code of the grid a microgrid belongs to. */
  readonly parent?: string
  /** Pieces the grid is declared to have where others lie between them (飞地). Default 1. */
  readonly parts?: number
}

export interface DivisionInput {
  readonly grids: readonly DivisionGrid[]
  /** The area that the grids are to cover exactly. */
  readonly within?: AreaGeometry
  readonly households?: readonly HouseholdPoint[]
  /** Natural villages, none of which should be split between grids. */
  readonly villages?: readonly Site[]
  /** Footprints of buildings, none of which a boundary should cut. */
  readonly buildings?: readonly Site[]
  /** Households a grid should have, both ends allowed. Dedicated grids and microgrids are not held to it. */
  readonly sizes?: { readonly from: number; readonly to: number }
  /** Narrower than this is no gap, overlap or sliver but an edge drawn twice. Default 0.02. */
  readonly toleranceMetres?: number
  /** Without an area: an opening wider than this may be meant. Default 10. */
  readonly gapWidthMetres?: number
  /** A grid, or a part of one, narrower than this is a sliver. Default 1. */
  readonly sliverWidthMetres?: number
  /** A building reaches less than this across a boundary: drawn inexactly, not cut. Default 0.5. */
  readonly buildingToleranceMetres?: number
  /** What a declared code must look like, when there is a rule. */
  readonly codePattern?: RegExp
}

/** Every code `checkDivision` can give; contract.md §1. */
export const problemCodes = [
  'invalid_geometry',
  'duplicate',
  'overlap',
  'gap',
  'hole',
  'inlet',
  'outside_area',
  'unmatched_edge',
  'disconnected_part',
  'sliver',
  'household_in_none',
  'household_in_several',
  'households_below',
  'households_above',
  'code_malformed',
  'code_repeated',
  // At the end: ids are made with a code's number.
  'village_split',
  'building_cut',
] as const

export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  /** The same for the same problem in every run and any order of input. */
  readonly id: string
  readonly code: ProblemCode
  /** Codes of the grids concerned, sorted. */
  readonly grids: readonly string[]
  readonly areaSquareMetres: number | null
  readonly widthMetres: number | null
  readonly lengthMetres: number | null
  /** Households it touches; null when none were given. */
  readonly households: number | null
  readonly message: Message
  readonly geometry: Geometry | null
  /** The household concerned, for the codes about one. */
  readonly household?: string
  /** The natural village or building concerned, for the codes about one. */
  readonly site?: string
  /** What of it lies in which grid, the most households first. */
  readonly sides?: readonly Side[]
  /** Where and why a geometry is invalid. */
  readonly flaws?: readonly PolygonFlaw[]
}

/** A grid's share of a natural village or a building. */
export interface Side {
  readonly grid: string
  /** Null when no households were given. */
  readonly households: number | null
  readonly areaSquareMetres: number
}

/** An opening that may be meant: other ground inside the division. */
export interface Enclave {
  readonly areaSquareMetres: number
  readonly widthMetres: number
  readonly grids: readonly string[]
  readonly households: number | null
  readonly geometry: MultiPolygon
}

export interface GridSummary {
  readonly grid: string
  /** Households counted to it; null when none were given. */
  readonly households: number | null
  readonly areaSquareMetres: number
  readonly parts: number
}

export interface HouseholdSummary {
  readonly total: number
  readonly inOne: number
  readonly inNone: number
  readonly inSeveral: number
}

export interface CheckReport {
  readonly grids: number
  /** Ground covered by at least one grid. */
  readonly areaSquareMetres: number
  readonly valid: boolean
  readonly counts: Readonly<Partial<Record<ProblemCode, number>>>
  /** All zero when no households were given. */
  readonly households: HouseholdSummary
  readonly enclaves: readonly Enclave[]
  readonly perGrid: readonly GridSummary[]
  readonly problems: readonly Problem[]
}

/** A problem before it is numbered and its households are counted. */
export interface Finding extends Omit<Problem, 'id' | 'households' | 'message'> {
  /** Its households are those on this ground… */
  readonly ground?: MultiPolygon
  /** …or those of these grids, by index… */
  readonly owners?: readonly number[]
  /** …or this many. */
  readonly count?: number
  /** The stretches of ground it is about, and the grids by index. */
  readonly regions?: readonly Region[]
  readonly concerns?: readonly number[]
  /** Further figures for the message. */
  readonly detail?: Readonly<Record<string, string | number>>
}
