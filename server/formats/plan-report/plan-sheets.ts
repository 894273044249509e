/** The sheets of one plan. */
import type { GridCard, PlanCard } from '../../core/planning/evaluate-plan.ts'
import type { SizeBand } from '../../core/policy/division-policy.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { CellValue, ReportSheet } from '../write-workbook.ts'
import { percent, rounded } from './figure-rows.ts'
import { kindWords, signatureRows, statusWords } from './words.ts'

export interface PlanReport {
  readonly title: string
  /** The plan's own name and revision. */
  readonly plan: string
  /** Epoch milliseconds. */
  readonly created: number
  readonly card: PlanCard
  readonly band: SizeBand | null
  /** The four bounds in words, by code. */
  readonly bounds?: ReadonlyMap<string, string>
}

export function planSheets(report: PlanReport): ReportSheet[] {
  return [summarySheet(report), gridSheet(report), findingSheet(report.card)]
}

function summarySheet({ title, plan, created, card, band }: PlanReport): ReportSheet {
  const rows: readonly (readonly CellValue[])[] = [
    ['标题', title, null],
    ['方案', plan, null],
    ['生成日期', localDayOf(created), null],
    ['网格总数', card.grids.length, null],
    ['参与均衡的网格', card.counted, '按户数规模考核的网格，专属网格除外'],
    ['其中农户', card.households, null],
    ['规模要求（户）', band ? `${band.from}–${band.to}` : null, band ? null : '该地未定规模'],
    ['不符合规模的网格', card.outOfBand.grids.length, card.outOfBand.grids.join('、') || null],
    ['不符合规模网格内的农户', card.outOfBand.households, null],
    ['平均户数', rounded(card.idealHouseholds, 1), '农户 ÷ 网格'],
    ['最大最小差（％）', percent(card.topToBottom), '（最多 − 最少）÷ 平均'],
    ['最大偏离（％）', percent(card.maximalAbsoluteDeviation), '与平均之差的最大值 ÷ 平均'],
    ['被网格界线分开的相邻地块', card.cutEdges, '对，同村相邻而分属不同网格'],
    ['被拆分的自然村、小区', card.splitGroups.length, '见“问题”'],
    ['飞地', card.exclaves.length, '见“问题”'],
    ['未分配地块', card.unassigned.atoms.length, '见“问题”'],
    ['未分配农户', card.unassigned.households, null],
    ...signatureRows,
  ]
  return {
    name: '方案概况',
    columns: [
      { header: '项目', width: 28 },
      { header: '数值', width: 32, format: 'number' },
      { header: '说明', width: 56 },
    ],
    rows,
    footerRows: signatureRows.length,
  }
}

function gridSheet({ card, bounds }: PlanReport): ReportSheet {
  return {
    name: '各网格',
    frozenColumns: 2,
    columns: [
      { header: '网格编码', width: 18 },
      { header: '网格名称', width: 24 },
      { header: '类别', width: 10 },
      { header: '户数', width: 8, format: 'count' },
      { header: '人数', width: 8, format: 'count' },
      { header: '必访户', width: 8, format: 'count' },
      { header: '规模', width: 12 },
      { header: '超出或不足（户）', width: 10, format: 'signed' },
      { header: '面积（平方米）', width: 14, format: 'count' },
      { header: '周长（米）', width: 10, format: 'count' },
      { header: '紧凑度', width: 8, format: 'ratio' },
      { header: '界线沿可见地物', width: 10, format: 'share' },
      { header: '界线沿有名街路', width: 10, format: 'share' },
      { header: '块数', width: 6, format: 'count' },
      { header: '相邻网格', width: 40 },
      { header: '四至', width: 48 },
    ],
    rows: card.grids.map((one) => gridRow(one, bounds?.get(one.grid.code) ?? null)),
  }
}

const gridRow = (one: GridCard, bounds: string | null): CellValue[] => [
  one.grid.code,
  one.grid.name,
  kindWords[one.grid.kind],
  one.households,
  one.persons,
  one.mustVisit,
  statusWords[one.status],
  one.deviationHouseholds,
  Math.round(one.areaSquareMetres),
  Math.round(one.perimeterMetres),
  one.polsbyPopper,
  one.drawnBarrierShare,
  one.drawnNamedShare,
  one.parts,
  one.neighbours.map(({ code }) => code).join('、') || null,
  bounds,
]

/** What is left to settle: groups split, pieces apart, ground in no grid. */
function findingSheet({ splitGroups, exclaves, unassigned }: PlanCard): ReportSheet {
  const rows: CellValue[][] = [
    ...splitGroups.flatMap(({ group, pieces }) =>
      pieces.map(({ code, households }): CellValue[] => ['拆分', group, code, households]),
    ),
    ...exclaves.map(({ code, atoms, households }): CellValue[] => ['飞地', atoms[0]!, code, households]),
    ...unassigned.atoms.map((id): CellValue[] => ['未分配', id, null, null]),
  ]
  return {
    name: '问题',
    columns: [
      { header: '问题', width: 10 },
      { header: '自然村、小区或地块', width: 32 },
      { header: '网格编码', width: 18 },
      { header: '户数', width: 10, format: 'count' },
    ],
    rows,
  }
}
