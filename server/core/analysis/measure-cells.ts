/** What a cell is measured by: count, density, rate, smoothed rate; and how many incidents one would expect there. */
import { empiricalBayesRates, localEmpiricalBayesRates } from '../statistics/empirical-bayes.ts'
import type { SpatialWeights } from '../statistics/weights.ts'
import { AnalysisRefused } from './refused.ts'
import type { Measure } from './values.ts'

export interface CellFigures {
  readonly counts: Float64Array
  readonly areaSquareKm: Float64Array
  /** Null without household data. */
  readonly households: Float64Array | null
}

/**
 * The measure of each cell; null where it is undefined: a rate where nobody lives.
 * @param neighbours asked for where the measure is smoothed by its neighbours
 * @throws AnalysisRefused `households_missing`
 */
export function measureCells(
  { counts, areaSquareKm, households }: CellFigures,
  measure: Measure,
  neighbours: () => SpatialWeights,
): (number | null)[] {
  if (measure === 'count') return [...counts]
  if (measure === 'per-km2') return Array.from(counts, (count, i) => count / areaSquareKm[i]!)
  if (households === null)
    throw new AnalysisRefused('households_missing', {
      zh: '计算户均比率需要住户数据（--households）',
      en: 'a rate by households needs household points (--households)',
    })
  if (measure === 'per-1000-households')
    return Array.from(counts, (count, i) => perThousand(count, households[i]!))
  const rates =
    measure === 'eb'
      ? empiricalBayesRates(counts, households).rates
      : localEmpiricalBayesRates(counts, households, neighbours())
  return rates.map((rate) => rate && rate * 1000)
}

export const perThousand = (count: number, households: number): number | null =>
  households > 0 ? (count / households) * 1000 : null

/** What an even spread is even over: places that are all alike, ground, households. */
export function baseOf(
  { counts, areaSquareKm, households }: CellFigures,
  measure: Measure,
): ArrayLike<number> {
  if (measure === 'count') return new Float64Array(counts.length).fill(1)
  return measure === 'per-km2' ? areaSquareKm : (households ?? new Float64Array(counts.length))
}

/**
 * Incidents of each cell if all were spread evenly: over households where the measure is a rate by households, else over ground.
 */
export function expectedCounts(
  { counts, areaSquareKm, households }: CellFigures,
  measure: Measure,
): (number | null)[] {
  const base = measure === 'count' || measure === 'per-km2' ? areaSquareKm : households
  if (base === null) return [...counts].map(() => null)
  let [total, whole] = [0, 0]
  for (let i = 0; i < counts.length; i++) {
    total += counts[i]!
    whole += base[i]!
  }
  return Array.from(base, (part) => (whole > 0 ? (total * part) / whole : null))
}
