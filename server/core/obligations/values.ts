/** Visits as obligations count them, and what they amount to. Days `YYYY-MM-DD` in Asia/Shanghai; instants epoch milliseconds. */

export interface Visit {
  /** `to` equals `from` where only a moment is known. A pass, of which only the day is known: the day's first instant. */
  readonly from: number
  readonly to: number
  /** `passed`: the trace came near. `visited`: a stay, check-in or form. */
  readonly evidence: 'passed' | 'visited'
}

export type ObligationStatus =
  /** There is time left. */
  | 'pending'
  | 'done'
  /** The due day is over. */
  | 'missed'
  /** As many visits as were asked for, but some too soon after another; and the due day is over or not. */
  | 'interval_not_kept'

export interface Obligation {
  /** The status for the period that runs on the day asked about; null where no rule asks for anything. */
  readonly status: ObligationStatus | null
  /** Days since the last visit of the evidence asked for; null: never. */
  readonly ageDays: number | null
  /** Local day of that visit. */
  readonly lastDay: string | null
  /** The last day on which a visit keeps the obligation; in the past: overdue since. Null where no rule asks. */
  readonly dueDay: string | null
  /** Days by which the due day has passed; 0 while it has not. */
  readonly overdueDays: number
}

/** The moment judged from. */
export interface AsOf {
  /** Visits up to the end of this day count. */
  readonly day: string
  /** Days before this one are over; the day itself when it still runs. */
  readonly until: string
  /** First day of which anything is known: nothing is overdue from before. */
  readonly since: string
}
