/** A comparison as rows to be read: pure. */
import type { PlanComparisonReport } from '../../../../server/contract/plan-comparison.ts'
import type { Message } from '../../../../server/core/values.ts'
import { formatNumber, formatShare } from '../../../i18n/format.ts'
import { text } from './text.ts'

type Figures = PlanComparisonReport['before']['figures']
type Side = 'before' | 'after'

export interface FigureRow {
  readonly name: Message
  readonly before: string
  readonly after: string
  /** The side that does better where that can be said; null: neither, or it is no merit. */
  readonly better: Side | null
}

interface Measure {
  readonly name: Message
  readonly of: (figures: Figures) => number | null | undefined
  readonly say: (value: number | null | undefined) => string
  /** Which way is better. */
  readonly wish?: 'less' | 'more'
}

const measures: readonly Measure[] = [
  { name: text.grids, of: (one) => one.grids, say: formatNumber },
  { name: text.households, of: (one) => one.households, say: formatNumber },
  { name: text.inNone, of: (one) => one.households_in_none, say: formatNumber, wish: 'less' },
  { name: text.mean, of: (one) => one.mean_households, say: (value) => formatNumber(value, 1) },
  { name: text.spread, of: (one) => one.top_to_bottom, say: formatShare, wish: 'less' },
  { name: text.deviation, of: (one) => one.maximal_deviation, say: formatShare, wish: 'less' },
  { name: text.outGrids, of: (one) => one.out_of_band?.grids.length, say: formatNumber, wish: 'less' },
  { name: text.outHouseholds, of: (one) => one.out_of_band?.households, say: formatNumber, wish: 'less' },
  {
    name: text.compactness,
    of: (one) => one.polsby_popper,
    say: (value) => formatNumber(value, 2),
    wish: 'more',
  },
]

/** The figures of both sides; what reads the same is better on neither. */
export function figureRows({ before, after }: Pick<PlanComparisonReport, Side>): FigureRow[] {
  return measures.map(({ name, of, say, wish }) => {
    const [was, is] = [of(before.figures), of(after.figures)]
    const row = { name, before: say(was), after: say(is) }
    const isTold = wish !== undefined && was != null && is != null && row.before !== row.after
    return { ...row, better: !isTold ? null : is < was === (wish === 'less') ? 'after' : 'before' }
  })
}

export type Move = PlanComparisonReport['moves'][number]

/** The target that a flow of households is, in the table and on the map. */
export const flowId = ({ from, to }: Pick<Move, 'from' | 'to'>): string => `${from ?? ''}~${to ?? ''}`

/** Moves with households, the largest first; equal ones by their codes. */
export const flowsOf = (moves: readonly Move[]): Move[] =>
  moves
    .filter((move) => move.households.length > 0)
    .toSorted((a, b) => b.households.length - a.households.length || (flowId(a) < flowId(b) ? -1 : 1))

/** Grids of either side that are not what they were. */
export const changedGrids = (report: Pick<PlanComparisonReport, 'grids'>): PlanComparisonReport['grids'] =>
  report.grids.filter(
    (grid) =>
      grid.status !== 'kept' ||
      grid.renamed ||
      grid.households_gained + grid.households_lost > 0 ||
      grid.area_gained_m2 + grid.area_lost_m2 > 0,
  )

export const isSame = (report: Pick<PlanComparisonReport, 'moves' | 'area_moved_m2' | 'codes'>): boolean =>
  report.area_moved_m2 === 0 &&
  report.codes.created.length + report.codes.retired.length === 0 &&
  flowsOf(report.moves).length === 0
