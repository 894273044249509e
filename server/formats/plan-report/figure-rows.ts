/** The evaluation of two divisions side by side, in words and figures: for the sheet and for the page. */
import type { DivisionFigures } from '../../core/planning/division-figures.ts'
import type { SizeBand } from '../../core/policy/division-policy.ts'

export interface ComparedFigures {
  readonly before: DivisionFigures
  readonly after: DivisionFigures
  readonly band: SizeBand | null
}

export interface FigureRow {
  readonly label: string
  /** Null: it cannot be known. */
  readonly before: number | null
  readonly after: number | null
  readonly note: string | null
}

export function figureRows({ before, after, band }: ComparedFigures): FigureRow[] {
  const row = (label: string, figure: (of: DivisionFigures) => number | null, note?: string): FigureRow => ({
    label,
    before: figure(before),
    after: figure(after),
    note: note ?? null,
  })
  const size = band ? `${band.from}–${band.to} 户` : '该地未定规模'
  return [
    row('网格总数', (of) => of.grids),
    row('按户数规模考核的网格', (of) => of.counted, '专属网格除外'),
    row('其中农户', (of) => of.households),
    row('不符合规模的网格', (of) => of.outOfBand?.grids.length ?? null, size),
    row('不符合规模网格内的农户', (of) => of.outOfBand?.households ?? null),
    row('平均户数', (of) => rounded(of.idealHouseholds, 1), '农户 ÷ 网格'),
    row('最大最小差（％）', (of) => percent(of.topToBottom), '（最多 − 最少）÷ 平均'),
    row('最大偏离（％）', (of) => percent(of.maximalAbsoluteDeviation), '与平均之差的最大值 ÷ 平均'),
    row('紧凑度', (of) => rounded(of.polsbyPopper, 3), '4π × 面积 ÷ 周长²的中位数，圆为 1'),
    row('不在任何网格内的农户', (of) => of.householdsInNone),
  ]
}

export const rounded = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits))

export const percent = (share: number | null): number | null =>
  rounded(share === null ? null : share * 100, 1)
