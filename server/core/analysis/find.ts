import type { RunControl } from '../statistics/run-control.ts'
import type { Asked, Findings } from './asked.ts'
import { associate } from './associate.ts'
import { findDensity } from './find-density.ts'
import { findEmerging } from './find-emerging.ts'

/** Asks the question's statistic. @throws AnalysisRefused, RunStopped */
export function findingsOf(asked: Asked, values: readonly (number | null)[], control: RunControl): Findings {
  switch (asked.question.statistic) {
    case 'gi-star':
    case 'gi':
    case 'local-moran':
      return associate(asked, values, control)
    case 'emerging':
      return findEmerging(asked, control)
    case 'kde':
      return findDensity(asked, control)
    default:
      return {}
  }
}
