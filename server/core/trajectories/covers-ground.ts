import type { PatrolPolicy } from '../policy/patrol-policy.ts'
import type { Trace } from './trace.ts'

/** Whether a segment is accurate enough to prove that ground was covered: both ends within the coverage limit, or silent about it. */
export const coversGround = (
  trace: Trace,
  segment: number,
  policy: Pick<PatrolPolicy, 'coverageAccuracyLimitMetres'>,
): boolean =>
  !(trace.accuracy[segment]! > policy.coverageAccuracyLimitMetres) &&
  !(trace.accuracy[segment + 1]! > policy.coverageAccuracyLimitMetres)
