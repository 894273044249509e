/** What is asked for a proposal, and what comes back. */
import type { SizeBand } from '../../policy/division-policy.ts'
import type { Message } from '../../values.ts'
import type { Feasibility } from '../feasibility-values.ts'
import type { Assignment, PlanGrid } from '../values.ts'

export interface ProposeOptions {
  /** Households an ordinary grid should have. Dedicated sites have no band. */
  readonly band: SizeBand
  /** Codes of the villages to divide; all of the graph by default. */
  readonly villages?: readonly string[]
  /** The plan in force: what is in the band stays, and moved households are what changes cost. */
  readonly current?: { readonly grids: readonly PlanGrid[]; readonly assignment: Assignment }
  /**
   * Lets ground that is apart from the rest of its village and too small for a grid go with the nearest: such a grid has an
   * exclave, which has to be declared. By default every grid is one piece of ground.
   */
  readonly joinExclaves?: boolean
  /**
   * Groups that may be divided, by id: where it is proved that no plan of their ground keeps all groups whole, and only there. Which
   * to choose, a judgement says (`cut_groups`). By default every group stays whole.
   */
  readonly mayCut?: readonly string[]
  /** Different plans wanted; 1 by default. */
  readonly plans?: number
  /** The same seed, graph and options give the same bytes, unless `shouldStop` ended the search. */
  readonly seed?: number
  /** Bounds of the search; see `SearchLimits`. */
  readonly trees?: number
  readonly stepsPerGrid?: number
  /** Work done and all work, in units of pieces × runs. */
  readonly onProgress?: (step: number, total: number) => void
  /** Asked often; true ends the search with the best found so far. Every village still gets a plan. */
  readonly shouldStop?: () => boolean
}

/** A grid of a proposal. Grids that continue one in force keep its code, new ones are `new-1`, `new-2` …: provisional. */
export interface ProposedGrid extends PlanGrid {
  /** The dedicated site it is, by id; null for all others. */
  readonly site: string | null
  readonly households: number
  readonly persons: number
  readonly mustVisit: number
  /** Whether its households are in the band; null for a grid that has none, as a dedicated one. */
  readonly inBand: boolean | null
}

/** One figure a row of what plans are compared by; the smaller, the better, each. */
export interface ProposalScore {
  readonly gridsOutOfBand: number
  /** Households by which they miss the band. */
  readonly householdsOutside: number
  /** Natural villages and compounds in more than one grid. */
  readonly groupsSplit: number
  /** Households whose grid's code changes; null without a plan in force. */
  readonly movedHouseholds: number | null
  /** Length of the lines between grids, and of those parts of it that lie on no barrier. */
  readonly boundaryMetres: number
  readonly offBarrierMetres: number
  /** Borders between atoms that are boundaries of grids. */
  readonly cutBorders: number
  /** Largest less smallest ordinary grid, over the mean: 0 is even; null without ordinary grids. */
  readonly topToBottom: number | null
}

export interface Proposal {
  readonly number: number
  readonly grids: readonly ProposedGrid[]
  /** By the atoms of the graph given; null outside the villages asked for. */
  readonly assignment: Assignment
  readonly score: ProposalScore
}

export type ProposalNoteCode = 'group_apart' | 'group_cut' | 'village_in_parts' | 'exclave_joined' | 'stopped'

/** Something a planner should know about the ground or the search. */
export interface ProposalNote {
  readonly code: ProposalNoteCode
  readonly village: string
  /** Groups, components … it is about. */
  readonly ids: readonly string[]
  readonly message: Message
}

/** A component for which arithmetic allows grids in the band, but none were found within the bounds of the search. */
export interface NotFound {
  readonly component: string
  readonly village: string
  readonly households: number
  /** What came closest. */
  readonly gridsOutOfBand: number
  readonly householdsOutside: number
  readonly message: Message
}

export interface Proposals {
  /** The best first, each whole and contiguous; empty only for a graph without atoms. */
  readonly proposals: readonly Proposal[]
  /** The judgement of every component. `unknown` became `feasible` where a plan was found. */
  readonly components: readonly Feasibility[]
  /** Those of them that no plan can bring into the band, with their proofs. */
  readonly impossible: readonly Feasibility[]
  readonly notFound: readonly NotFound[]
  readonly notes: readonly ProposalNote[]
}
