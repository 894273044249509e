/** A month of an area as it is filed: what the workbook and the page are written from. */
import type { MonthSheet } from '../../core/assessment/values.ts'
import type { AssessmentPolicy } from '../../core/policy/assessment-policy.ts'
import type { Message } from '../../core/values.ts'

export type Language = keyof Message

/** What objections that were upheld added to a day. */
export interface Credit {
  readonly seconds: number
  readonly metres: number
}

/** A month signed off, and taken up again if it was; epoch milliseconds. */
export interface Closing {
  readonly by: string
  readonly at: number
  readonly remark: string | null
  readonly reopened: { readonly by: string; readonly at: number; readonly reason: string } | null
}

export interface WorkerMonth {
  /** Name of the township. */
  readonly town: string
  readonly worker: string
  /** As it may be shown: masked unless it was asked for in the clear. */
  readonly name: string
  /** Grids held in the month, by name where they have one. */
  readonly grids: readonly string[]
  readonly sheet: MonthSheet
  /** By day. */
  readonly credits: ReadonlyMap<string, Credit>
  /** Objections to days of the month that nobody has decided yet. */
  readonly openObjections: number
  /** Of the quarter that ends with the month; null where there is no ranking, or not yet. */
  readonly stars: { readonly stars: number; readonly reward: number } | null
  /** Epoch milliseconds. */
  readonly closed: { readonly by: string; readonly at: number } | null
  /** Each time it was closed, and taken up again, in the order of time. */
  readonly closings: readonly Closing[]
  /** Closed, and what is known now would give another sheet. */
  readonly differs: boolean
}

/** Rules, from when on, and the townships whose workers are judged by them. */
export interface RulesInForce {
  readonly policy: AssessmentPolicy
  /** YYYY-MM-DD; null: the one that ships, or one that has been replaced since. */
  readonly from: string | null
  readonly towns: readonly string[]
}

export interface MonthReport {
  /** With the areas above it: 云岭县临溪镇. */
  readonly area: string
  /** More than one township: each row says which. */
  readonly isCounty: boolean
  /** `YYYY-MM` */
  readonly month: string
  readonly language: Language
  /** Epoch milliseconds. */
  readonly made: number
  readonly madeBy: string
  readonly rules: readonly RulesInForce[]
  /** By town, then by worker. */
  readonly workers: readonly WorkerMonth[]
}

/** Signed off for everybody; until then every page says that it is a draft. */
export const isFinal = ({ workers }: MonthReport): boolean =>
  workers.length > 0 && workers.every(({ closed }) => closed !== null)

/** Every day of every worker belongs to the sheets of the townships: a county's would be 75,000 rows that nobody reads. */
export const hasDays = ({ isCounty }: MonthReport): boolean => !isCounty
