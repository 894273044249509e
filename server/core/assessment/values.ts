/** What a month of one worker is judged on, and the sheet that comes of it. Days are local, `YYYY-MM-DD`; money is yuan. */
import type { AssessmentPolicy, DayTarget, Grade, PeriodTarget } from '../policy/assessment-policy.ts'
import type { DayKind } from '../policy/working-days.ts'

export interface DayFacts {
  readonly day: string
  /** Grids the worker answered for on that day. */
  readonly grids: readonly string[]
  /** Believable fixes. */
  readonly fixes: number
  readonly insideSeconds: number
  readonly insideMetres: number
  /** How wrong the two may be, as of a patrol day's rules (`DayFigures`); null where not known. */
  readonly insideErrorSeconds: number | null
  readonly insideErrorMetres: number | null
  /** Added by objections that were upheld. */
  readonly creditedSeconds: number
  readonly creditedMetres: number
  readonly rounds: number
  readonly keyPersons: number
  readonly keyPlaces: number
}

export type ExcuseKind = 'leave' | 'joint_duty' | 'training' | 'phone_failure' | 'weather' | 'other'

/** Days on which nothing is asked, [from, to). */
export interface Excuse {
  readonly id: string
  readonly kind: ExcuseKind
  readonly from: string
  readonly to: string
  readonly reason: string
}

export interface Meeting {
  readonly id: string
  readonly day: string
  readonly attendance: 'present' | 'excused' | 'missed'
}

/** A task that was dispatched to the worker. */
export interface DispatchedTask {
  readonly id: string
  readonly day: string
  readonly isDone: boolean
}

/** How much of what a period asks for was reached. */
export interface PeriodFacts {
  readonly target: PeriodTarget['target']
  /** [from, to). */
  readonly from: string
  readonly to: string
  readonly actual: number
  readonly total: number
}

export interface MonthFacts {
  readonly worker: string
  /** `YYYY-MM`. */
  readonly month: string
  /** The first day that has not ended: from there on nothing is judged yet. */
  readonly until: string
  /** Days with an assignment or a fix; those left out had neither. */
  readonly days: readonly DayFacts[]
  readonly excuses: readonly Excuse[]
  readonly meetings: readonly Meeting[]
  /** Ids of the valid reports. */
  readonly reports: readonly string[]
  /** Ids of illegal buildings, graves and forest damage in the grid that the worker missed. */
  readonly missed: readonly string[]
  readonly tasks: readonly DispatchedTask[]
  readonly periods: readonly PeriodFacts[]
  /** Months running, before this one, that were below the target. */
  readonly monthsBelowBefore: number
}

export interface TargetResult {
  readonly target: DayTarget['target']
  readonly required: number
  /** Rounded down to hundredths, so that a target not met never reads as met. */
  readonly actual: number
  readonly met: boolean
  /** By how much `actual` may be wrong, in its unit, rounded up; null where nothing is known of it, and on sheets closed before it was kept. */
  readonly error: number | null
  /** Whether what is required lies within that error of what was reached: the verdict might be the other one. It stays as it is. */
  readonly withinError: boolean | null
}

/** `off`: not a working day. `unassigned`: no grid on that day. `ahead`: it has not ended yet. */
export type DayStatus = 'met' | 'not_met' | 'excused' | 'off' | 'unassigned' | 'ahead'

export interface DayVerdict {
  readonly day: string
  readonly kind: DayKind
  readonly status: DayStatus
  /** What was asked and reached; empty where nothing was asked. */
  readonly targets: readonly TargetResult[]
  /** Whether the day, met or not, might be the other way within the errors (`isAllWithinError`); null where it is neither, or not known. */
  readonly withinError: boolean | null
  readonly excuse: Excuse | null
}

/** `evidence`: days or ids that the figure can be opened into. */
export interface Deduction {
  readonly reason: 'day_not_met' | 'meeting_missed' | 'report_short'
  readonly count: number
  readonly each: number
  readonly amount: number
  readonly evidence: readonly string[]
}

export interface Loss {
  readonly reason: 'days_running' | 'days_in_month' | 'finding_missed' | 'task_open'
  readonly evidence: readonly string[]
}

/** `amount` is the base less the deductions, never below nothing; nothing when lost. */
export interface Payment {
  readonly base: number
  readonly deductions: readonly Deduction[]
  readonly lost: Loss | null
  readonly amount: number
}

export interface PeriodResult extends PeriodFacts {
  readonly requiredShare: number
  readonly met: boolean
  /** The period has not ended yet. */
  readonly isRunning: boolean
}

export interface MonthSheet {
  readonly worker: string
  readonly month: string
  readonly policy: AssessmentPolicy['name']
  /** The month has ended; before, the amounts are what they would be if nothing more was missed. */
  readonly isOver: boolean
  /** Every day of the month. */
  readonly days: readonly DayVerdict[]
  readonly counts: Readonly<Record<DayStatus, number>>
  /** The longest run of working days not met. */
  readonly longestRun: readonly string[]
  readonly patrol: Payment | null
  readonly information: Payment | null
  readonly tasks: Payment | null
  readonly periods: readonly PeriodResult[]
  /** Null where the policy pays nothing. */
  readonly total: number | null
  /** Below the patrol target: the patrol subsidy is lost. Null without one. */
  readonly isBelow: boolean | null
  readonly card: 'none' | 'yellow' | 'red' | null
  /** 0 to 100: the mean of the shares reached, see `scoreOf`; null where nothing is asked. */
  readonly score: number | null
  readonly grade: Grade | null
  readonly notes: readonly SheetNote[]
}

/**
 * What a person should look at before the month is closed: the office dispatched fewer tasks than it owes; days were not met and not one
 * position came in all month, which may be the device's doing or the office's as well as the worker's.
 */
export type SheetNote = 'few_tasks_dispatched' | 'nothing_received'
