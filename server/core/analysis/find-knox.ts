import { eastMetres, localMetricFrame, northMetres } from '../geometry/local-metric-frame.ts'
import { knox } from '../statistics/knox.ts'
import type { RunControl } from '../statistics/run-control.ts'
import type { Asked, Findings } from './asked.ts'
import { middleOf } from './neighbourhood.ts'
import { AnalysisRefused } from './refused.ts'
import type { AnalysisBand } from './values.ts'

const dayMilliseconds = 86_400_000
/** Pairs are permuted so many times over: more incidents than these are asked about in a shorter period. */
const mostIncidents = 20_000

/**
 * Near repeats: pairs of incidents in each band of distance (the same place its own band) and days, against the same places and
 * days put together anew. Bands without end are left out: they are the rest.
 * @throws AnalysisRefused `too_many`; RunStopped
 */
export function findKnox({ input: { table }, question, rows, cells }: Asked, control: RunControl): Findings {
  if (rows.length > mostIncidents)
    throw new AnalysisRefused('too_many', {
      zh: `近邻重复分析最多 ${mostIncidents} 起事件，现有 ${rows.length} 起：请缩短时段或筛选类别`,
      en: `near repeats take at most ${mostIncidents} incidents; there are ${rows.length}: choose a shorter period or fewer categories`,
    })
  const frame = localMetricFrame(...middleOf(cells))
  const found = knox(
    {
      x: Float64Array.from(rows, (row) => eastMetres(frame, table.longitude[row]!)),
      y: Float64Array.from(rows, (row) => northMetres(frame, table.latitude[row]!)),
      days: Float64Array.from(rows, (row) => table.occurredAt[row]! / dayMilliseconds),
    },
    {
      distancesMetres: question.distances.slice(1),
      days: question.dayBounds.slice(1),
      replications: question.permutations,
      seed: question.seed,
      control,
    },
  )
  const bands = found.distances.flatMap((distance, i) =>
    found.days.flatMap((days, j): AnalysisBand[] => {
      const cell = found.cells[i]![j]!
      if (distance.to === null || days.to === null) return []
      return [
        {
          label: {
            zh: `${distance.label.zh}，${days.label.zh}`,
            en: `${distance.label.en}, ${days.label.en}`,
          },
          fromMetres: distance.from,
          toMetres: distance.to,
          fromDays: days.from,
          toDays: days.to,
          observed: cell.observed,
          expected: cell.mean,
          median: cell.median,
          ratio: cell.ratioToMean,
          p: cell.p,
        },
      ]
    }),
  )
  return { bands }
}
