import type { RunControl } from '../statistics/run-control.ts'
import type { Asked, Findings } from './asked.ts'
import { associate } from './associate.ts'
import { findDensity } from './find-density.ts'
import { findEmerging } from './find-emerging.ts'
import { findKnox } from './find-knox.ts'
import { findScan } from './find-scan.ts'
import { judgeAccuracy } from './judge-accuracy.ts'

/** Asks the question's statistic. @throws AnalysisRefused, RunStopped */
export function findingsOf(asked: Asked, values: readonly (number | null)[], control: RunControl): Findings {
  switch (asked.question.statistic) {
    case 'gi-star':
    case 'gi':
    case 'local-moran':
      return { ...associate(asked, values, control), accuracy: judgeAccuracy(asked, control) }
    case 'emerging':
      return findEmerging(asked, control)
    case 'kde':
      return findDensity(asked, control)
    case 'scan':
      return findScan(asked, control)
    case 'knox':
      return findKnox(asked, control)
  }
}
