/** A fix and whose it is, as it is stored. */
import type { FixMark } from '../core/trajectories/judge-arrival.ts'
import type { Fix } from '../core/values.ts'

export interface WorkerFix extends Fix {
  readonly worker: string
  /** What reported it; absent where a file or a program did. */
  readonly device?: string
  /** Clocks of the device when it sent it, and of the service when it came in; epoch milliseconds. */
  readonly sentAt?: number
  readonly receivedAt?: number
  /** How it was corrected, and what the device says against it itself. */
  readonly marks?: readonly FixMark[]
}

/** A fix with what its report said beside the position, whoever's it is. */
export type ReportedFix = Omit<WorkerFix, 'worker' | 'device'>
