import { emergingHotSpots, leastTimeSteps } from '../statistics/emerging.ts'
import type { RunControl } from '../statistics/run-control.ts'
import { withSelf } from '../statistics/weights.ts'
import { type Asked, countCellsByStep, type Findings } from './asked.ts'
import { AnalysisRefused } from './refused.ts'

/** Histories that rise towards the end. */
export const emergingClassesThatRise: ReadonlySet<string> = new Set([
  'new_hot',
  'consecutive_hot',
  'intensifying_hot',
])

/**
 * Emerging hot spots of the counts, over the whole steps of the period: a piece of a week at its start would look like a fall.
 * z, p and q of a cell are those of its last step.
 * @throws AnalysisRefused `steps_unfit` for too few steps; RunStopped
 */
export function findEmerging(asked: Asked, control: RunControl): Findings {
  const { question, weights, steps: all } = asked
  const steps = (all ?? []).filter((step) => step.whole)
  if (steps.length < leastTimeSteps)
    throw new AnalysisRefused('steps_unfit', {
      zh: `时空热点演变至少需要 ${leastTimeSteps} 个完整时间步，现有 ${steps.length} 个`,
      en: `emerging hot spots need at least ${leastTimeSteps} whole steps; there are ${steps.length}`,
    })
  const places = emergingHotSpots({
    steps: countCellsByStep(asked, steps),
    weights: withSelf(weights()),
    stepsBack: question.stepsBack,
    correction: question.correction,
    areIncidents: true,
    ...control,
  })
  return {
    tests: places.map((place) => ({
      z: place.z.at(-1) ?? null,
      p: place.p.at(-1) ?? null,
      pEven: place.pEven?.at(-1) ?? null,
      q: place.q.at(-1) ?? null,
      class: place.class,
      quadrant: null,
    })),
    trends: places.map(({ trend }) => trend && { z: trend.z, p: trend.p }),
  }
}
