/** What is asked of a division before it is sought, and what can be proved about it. */
import type { SizeBand } from '../policy/division-policy.ts'
import type { Message } from '../values.ts'
import type { CountRange } from './grid-counts.ts'

/** What is not divided: an atom, or a natural village or compound kept whole. */
export interface FeasibilityUnit {
  readonly id: string
  readonly households: number
  readonly kind: 'atom' | 'group'
}

/** Connected ground, without its dedicated sites: they are grids of their own and have no band. */
export interface FeasibilityComponent {
  /** A name for it, as the id of its first unit. */
  readonly id: string
  readonly village: string
  readonly units: readonly FeasibilityUnit[]
  /**
   * Which units, by index, share a line that a grid may cross, each pair once; all units are connected by them. Without it
   * only arithmetic is used.
   */
  readonly links?: readonly (readonly [number, number])[]
  /** Ground that no grid of it may share, but an exception could: elsewhere in its village, or beside it in another. */
  readonly neighbours?: readonly FeasibilityNeighbour[]
  /** Groups to divide so that a plan exists, or null; a search, made only where no plan keeps all of them whole. */
  readonly groupsToCut?: () => readonly FeasibilityUnit[] | null
}

export interface FeasibilityNeighbour {
  readonly id: string
  readonly village: string
  readonly households: number
}

/** Why no plan has every grid in the band. */
export type Proof =
  /** Fewer households than one grid needs. */
  | { readonly code: 'too_few_households'; readonly households: number; readonly from: number }
  /** Too many for `grids` grids, too few for one more: `grids · to < households < (grids + 1) · from`. */
  | {
      readonly code: 'between_two_counts'
      readonly households: number
      readonly grids: number
      readonly most: number
      readonly least: number
    }
  /** Units that may not be divided and hold more than a grid may. */
  | { readonly code: 'unit_too_large'; readonly units: readonly FeasibilityUnit[]; readonly to: number }
  /** Every contiguous plan of its units was looked at; the best still has so many grids out of band. */
  | {
      readonly code: 'every_plan_tried'
      readonly units: number
      readonly fewestOutOfBand: number
    }

export interface Feasibility {
  readonly component: string
  readonly village: string
  readonly households: number
  /**
   * `feasible` and `impossible` are proved; `unknown`: arithmetic allows it, only a search can tell whether the units
   * can be put together so.
   */
  readonly verdict: 'feasible' | 'impossible' | 'unknown'
  /** Numbers of grids that the arithmetic allows; null where none is. */
  readonly counts: CountRange | null
  readonly proofs: readonly Proof[]
  /** No plan has fewer grids out of band than this. */
  readonly fewestOutOfBand: number
  /** What would make it possible, the smallest change first; empty unless impossible. */
  readonly relaxations: readonly Relaxation[]
  readonly message: Message
}

export type Relaxation =
  /** A band in which the arithmetic works. */
  | { readonly code: 'other_band'; readonly band: SizeBand }
  /** The level above approves at least so many grids out of band. */
  | { readonly code: 'approve_exceptions'; readonly grids: number }
  /** A unit too large is approved to be divided, or made a dedicated grid. */
  | { readonly code: 'divide_unit'; readonly unit: FeasibilityUnit }
  /** Natural villages are approved to be divided between grids: the fewest, with the fewest households. */
  | { readonly code: 'cut_groups'; readonly groups: readonly FeasibilityUnit[] }
  /** Other ground is taken in: an exclave declared or a crossing made in one village, or the grids of two villages joined. */
  | {
      readonly code: 'join_neighbour'
      readonly neighbour: FeasibilityNeighbour
      readonly sameVillage: boolean
      /** Of both together. */
      readonly households: number
    }
