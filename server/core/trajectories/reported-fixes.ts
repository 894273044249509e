import type { OrderedFixes } from './order-fixes.ts'

/** Ordered fixes, one an instant, with what their reports said beside the position. */
export interface ReportedFixes extends OrderedFixes {
  /** Clocks of the device when it sent it, and of the service when it came in; epoch milliseconds, NaN where unknown. */
  readonly sentAt: Float64Array
  readonly receivedAt: Float64Array
  /** 1 where the phone itself calls the position made up. */
  readonly isMock: Uint8Array
}
