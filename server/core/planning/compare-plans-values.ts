/** What changes between two divisions, grid by grid. */
import type { GridKind } from '../values.ts'
import type { Membership } from './compare-plans-distance.ts'

/** A cell of the from → to matrix off its diagonal. */
export interface GridMove {
  /** Null: no grid had it. */
  readonly from: string | null
  /** Null: no grid has it any more. */
  readonly to: string | null
  /** Ids, sorted. */
  readonly households: readonly string[]
  readonly areaSquareMetres: number
  /** The ground is the fault of two drawings of one line; see `GroundShare`. */
  readonly isThread?: boolean
}

export interface GridChange {
  readonly code: string
  readonly status: 'kept' | 'created' | 'retired'
  /** Null where the division has no such grid. */
  readonly before: ComparedGrid | null
  readonly after: ComparedGrid | null
  /** Name, kind, village or parent differ. */
  readonly isRenamed: boolean
  readonly householdsBefore: number
  readonly householdsAfter: number
  readonly householdsKept: number
  readonly householdsGained: number
  readonly householdsLost: number
  readonly areaBeforeSquareMetres: number
  readonly areaAfterSquareMetres: number
  readonly areaGainedSquareMetres: number
  readonly areaLostSquareMetres: number
}

/** What is compared of a grid besides its ground and people. */
export interface ComparedGrid {
  readonly code: string
  readonly name: string | null
  readonly kind: GridKind
  readonly village: string
  readonly parent: string | null
}

/** A division: the one in force, a plan, an imported one. */
export interface ComparedDivision {
  readonly grids: readonly ComparedGrid[]
  readonly gridOf: Membership
}
