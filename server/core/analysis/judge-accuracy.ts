import { accuracyOf } from '../statistics/prediction-accuracy.ts'
import type { RunControl } from '../statistics/run-control.ts'
import type { Asked } from './asked.ts'
import { rowsOf } from './asked.ts'
import { associate, isHot } from './associate.ts'
import { countIn } from './cells.ts'
import { measureCells } from './measure-cells.ts'
import { boundsOf } from './select-records.ts'
import { daysBefore } from './steps.ts'
import type { Accuracy } from './values.ts'

/**
 * How well the hot spots of the days before (a month's are those of the month before) foretold the incidents of the period: the
 * same question asked of the days before, its hot cells held against what came. Null where nothing is known of those days.
 * @throws RunStopped
 */
export function judgeAccuracy(asked: Asked, control: RunControl): Accuracy | null {
  const { question, cells, placed, counts, areaSquareKm } = asked
  const trained = daysBefore(question.period)
  if (trained === null) return null
  const before = countIn(cells, rowsOf(asked, trained))
  if (!before.some((count) => count > 0)) return null
  const then = { ...asked, counts: before }
  const values = measureCells(then, question.measure, asked.weights)
  const { tests } = associate(then, values, control)
  const hot = new Set<string>()
  const places = Array.from(cells.picked, (cell, i) => {
    const id = placed.cells[cell]!
    if (isHot(tests[i]!.class)) hot.add(id)
    return {
      id,
      squareKm: areaSquareKm[i]!,
      score: tests[i]!.z,
      before: before[i]!,
      after: counts[i]!,
    }
  })
  const found = accuracyOf(places, hot, { map: boundsOf(trained), later: boundsOf(question.period) })
  return {
    trained,
    tested: question.period,
    hotCells: found.hot,
    areaShare: found.areaShare,
    hits: found.hits,
    incidents: found.incidents,
    hitRate: found.hitRate,
    pai: found.pai,
    pei: found.pei,
  }
}
