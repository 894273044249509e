import type { MultiPolygon } from 'geojson'
import type { Message } from '../../values.ts'
import type { DivisionInput, Problem } from '../report.ts'

/** A division to be repaired, and what a repair must respect. */
export interface RepairInput extends DivisionInput {
  /** Codes of grids (approved, locked) that a repair recommended here neither enlarges nor cuts. */
  readonly protectedGrids?: readonly string[]
  /**
   * Openings wider than this stay. By default, with an area none is too wide, as all of its ground is to be covered; without
   * one, what the check lists as enclaves stays.
   */
  readonly maxGapWidthMetres?: number
}

/**
 * `give`: the ground goes to one grid, and any other that has it is cut back. `split`: two neighbours share it along its
 * middle line. `match`: each stretch between two lines goes to the neighbour it fits best, so that one line is left.
 * `keep_line`: one grid's line becomes the line of both. `clip`: ground outside the area is cut off. `make_valid`: the polygon
 * is drawn again around what it winds around. `release`: each piece cut off from its grid goes to the neighbour with the longest
 * common line.
 */
export type RepairAction = 'give' | 'split' | 'match' | 'keep_line' | 'clip' | 'make_valid' | 'release'

/** How much of its ground a grid gains or loses. */
export interface GroundChange {
  readonly grid: string
  readonly areaSquareMetres: number
}

/** One way to settle a problem. */
export interface RepairOption {
  /** The same in every run: the problem's id, the action, the grid. */
  readonly id: string
  readonly action: RepairAction
  /** The grid that gets the ground, whose line is kept, or that is drawn again. */
  readonly grid: string | null
  /** Ground that changes hands. */
  readonly areaSquareMetres: number
  /** Households on it whose grid changes; null when none were given. */
  readonly households: number | null
  readonly grows: readonly GroundChange[]
  readonly shrinks: readonly GroundChange[]
  /** Grids that are left without any ground, and so drop out. */
  readonly removes: readonly string[]
  /** The ground that changes hands. */
  readonly geometry: MultiPolygon
  readonly message: Message
}

/** A problem with the ways to settle it. */
export interface Repair {
  readonly problem: Problem
  /** Best first; none where redrawing lines does not help. */
  readonly options: readonly RepairOption[]
  /** Id of the option that is safe to take without asking; null when a person has to choose. */
  readonly recommended: string | null
  /** Why it is recommended, or why none is. */
  readonly reason: Message
}
