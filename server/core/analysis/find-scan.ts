import type { RunControl } from '../statistics/run-control.ts'
import { type ScanResult, scan } from '../statistics/scan.ts'
import type { LngLat } from '../values.ts'
import { type Asked, countCellsByStep, type Findings } from './asked.ts'
import { someCells } from './cells.ts'
import { centresMetres } from './neighbourhood.ts'
import { AnalysisRefused } from './refused.ts'
import type { AnalysisCluster, StepDays } from './values.ts'

/** Days in a step, as the interval between analyses of a prospective scan: one is made with every step. */
const stepLength = { day: 1, week: 7, month: 30 } as const

export interface ScanLimits {
  readonly daysBetweenAnalyses: number
  readonly longestSteps?: number
  readonly largestRadiusMetres?: number
  /** Clusters are looked for only where the strongest is as rare by chance. */
  readonly leastRecurrenceDays?: number
}

/**
 * Kulldorff's space-time scan over the cells and steps: circles by the distance between centres up to half of the incidents (or
 * households), windows up to half of the steps.
 * @throws AnalysisRefused `households_missing` for `poisson` without households, `steps_unfit` for a period of one step
 */
export function findScan(asked: Asked, control: RunControl): Findings {
  const step = asked.question.step ?? 'week'
  return { clusters: scanCells(asked, { daysBetweenAnalyses: stepLength[step] }, control) }
}

export function scanCells(asked: Asked, limits: ScanLimits, control: RunControl): AnalysisCluster[] {
  const { question, households, cells, placed } = asked
  const steps = (asked.steps ?? []).filter((step) => step.whole)
  if (steps.length < 2)
    throw new AnalysisRefused('steps_unfit', {
      zh: '时空扫描至少需要两个完整时间步',
      en: 'a space-time scan needs at least two whole steps',
    })
  if (question.model === 'poisson' && households === null)
    throw new AnalysisRefused('households_missing', {
      zh: '泊松模型需要住户数据；没有时请用 --model permutation',
      en: 'the Poisson model needs households; without them: --model permutation',
    })
  const byStep = countCellsByStep(asked, steps)
  // Cells without incidents never change a permutation scan; of Poisson's, those with households count too.
  const taken = Uint32Array.from({ length: cells.size }, (_, i) => i).filter(
    (i) => byStep.some((counts) => counts[i]! > 0) || (question.model === 'poisson' && households![i]! > 0),
  )
  if (question.model === 'poisson') requireHouseholds(taken, byStep, households!)
  const part = someCells(cells, taken)
  const areas = centresMetres(part).map(([x, y], i) => ({ id: placed.cells[part.picked[i]!]!, x, y }))
  const periods = steps.length
  const spread = (value: (cell: number, step: number) => number): Float64Array =>
    Float64Array.from({ length: taken.length * periods }, (_, at) =>
      value(taken[Math.floor(at / periods)]!, at % periods),
    )
  const found = scan(
    {
      areas,
      periods,
      cases: spread((cell, at) => byStep[at]![cell]!),
      ...(question.model === 'poisson' && { baseline: spread((cell) => households![cell]!) }),
    },
    {
      model: question.model,
      prospective: question.prospective,
      replications: question.permutations,
      seed: question.seed,
      ...(question.prospective && { daysBetweenAnalyses: limits.daysBetweenAnalyses }),
      ...(limits.longestSteps !== undefined && { longestPeriods: limits.longestSteps }),
      ...(limits.largestRadiusMetres !== undefined && { largestRadiusMetres: limits.largestRadiusMetres }),
      ...(limits.leastRecurrenceDays !== undefined && { leastRecurrenceDays: limits.leastRecurrenceDays }),
      control,
    },
  )
  return found.clusters.map((one, i) => clusterOf(one, i, asked, steps))
}

/** Incidents where nobody lives have no expectation. */
function requireHouseholds(
  taken: Uint32Array,
  byStep: readonly Float64Array[],
  households: Float64Array,
): void {
  const empty = taken.filter((i) => households[i] === 0 && byStep.some((counts) => counts[i]! > 0)).length
  if (empty > 0)
    throw new AnalysisRefused('records_unfit', {
      zh: `${empty} 个单元有事件而无住户，泊松模型不适用；请用 --model permutation 或 --unit grid`,
      en: `${empty} cells have incidents and no households: use --model permutation, or --unit grid`,
    })
}

function clusterOf(
  one: ScanResult['clusters'][number],
  index: number,
  { placed }: Asked,
  steps: readonly StepDays[],
): AnalysisCluster {
  const centre = placed.cells.indexOf(one.areas[0]!)
  const at: LngLat = [placed.centreLongitude[centre]!, placed.centreLatitude[centre]!]
  return {
    rank: index + 1,
    centre: at,
    radiusMetres: one.radiusMetres,
    cells: one.areas.toSorted(),
    from: steps[one.from]!.from,
    to: steps[one.to - 1]!.to,
    observed: one.observed,
    expected: one.expected,
    logLikelihoodRatio: one.logLikelihoodRatio,
    p: one.p,
    recurrenceDays: one.recurrenceDays,
  }
}
