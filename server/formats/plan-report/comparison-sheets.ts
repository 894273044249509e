/** The sheets of a comparison. Households and workers stand there by their ids, so the file may be passed on. */
import type { PlanComparison } from '../../core/planning/compare-plans.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { CellValue, ReportSheet } from '../write-workbook.ts'
import { type ComparedFigures, figureRows } from './figure-rows.ts'
import { moveMatrix } from './move-matrix.ts'
import { changeWord, kindWords, noGrid, signatureRows } from './words.ts'

export interface ComparisonReport {
  readonly title: string
  /** What is compared with what: "2026-10-15 施行方案", "方案二（修订 7）". */
  readonly before: string
  readonly after: string
  /** Epoch milliseconds. */
  readonly created: number
  readonly comparison: PlanComparison
  readonly figures: ComparedFigures
}

export function comparisonSheets(report: ComparisonReport): ReportSheet[] {
  return [
    summarySheet(report),
    figureSheet(report.figures),
    gridSheet(report.comparison),
    matrixSheet(report.comparison),
    householdSheet(report.comparison),
    workerSheet(report.comparison),
  ]
}

function summarySheet({ title, before, after, created, comparison }: ComparisonReport): ReportSheet {
  const { households, codes, approvalGroups, workers } = comparison
  const rows: readonly (readonly CellValue[])[] = [
    ['标题', title, null],
    ['原方案', before, null],
    ['新方案', after, null],
    ['生成日期', localDayOf(created), null],
    ['农户总数', households.total, '两个方案中任一方案登记的农户'],
    ['网格不变的农户', households.kept, null],
    ['更换网格的农户', households.moved, '由一个网格划入另一个网格'],
    ['新划入网格的农户', households.entered, '原不在任何网格内'],
    ['划出网格的农户', households.left, '新方案中不在任何网格内'],
    ['始终不在网格内的农户', households.inNone, null],
    ['调整面积（平方米）', Math.round(comparison.areaMovedSquareMetres), '所属网格改变的土地'],
    ['沿用编码', codes.kept.length, null],
    ['新设编码', codes.created.length, codes.created.join('、') || null],
    ['撤销编码', codes.retired.length, codes.retired.join('、') || null],
    ['审批组', approvalGroups.length, '同组网格相互牵连，须一并审批；组号见“各网格”'],
    ['受影响人员', workers.length, '见“人员影响”'],
    ['差异度（纳特）', Number(comparison.variationOfInformation.toFixed(4)), '信息变差，0 为划分相同'],
    ...signatureRows,
  ]
  return {
    name: '方案概况',
    columns: [
      { header: '项目', width: 24 },
      { header: '数值', width: 32, format: 'number' },
      { header: '说明', width: 56 },
    ],
    rows,
    footerRows: signatureRows.length,
  }
}

function figureSheet(figures: ComparedFigures): ReportSheet {
  return {
    name: '评价对比',
    frozenColumns: 1,
    columns: [
      { header: '项目', width: 28 },
      { header: '原', width: 12, format: 'number' },
      { header: '新', width: 12, format: 'number' },
      { header: '说明', width: 48 },
    ],
    rows: figureRows(figures).map(({ label, before, after, note }) => [label, before, after, note]),
  }
}

function gridSheet({ grids, approvalGroups }: PlanComparison): ReportSheet {
  const groupOf = new Map(approvalGroups.flatMap((group, i) => group.grids.map((code) => [code, i + 1])))
  return {
    name: '各网格',
    frozenColumns: 2,
    columns: [
      { header: '网格编码', width: 18 },
      { header: '网格名称', width: 24 },
      { header: '类别', width: 10 },
      { header: '变化', width: 8 },
      { header: '审批组', width: 8, format: 'count' },
      { header: '原户数', width: 10, format: 'count' },
      { header: '新户数', width: 10, format: 'count' },
      { header: '增减', width: 10, format: 'signed' },
      { header: '保留户数', width: 10, format: 'count' },
      { header: '划入户数', width: 10, format: 'count' },
      { header: '划出户数', width: 10, format: 'count' },
      { header: '原面积（平方米）', width: 16, format: 'count' },
      { header: '新面积（平方米）', width: 16, format: 'count' },
    ],
    rows: grids.map((grid) => {
      const shown = (grid.after ?? grid.before)!
      const group = groupOf.get(grid.code) ?? null
      return [
        grid.code,
        shown.name,
        kindWords[shown.kind],
        changeWord(grid, group !== null),
        group,
        grid.householdsBefore,
        grid.householdsAfter,
        grid.householdsAfter - grid.householdsBefore,
        grid.householdsKept,
        grid.householdsGained,
        grid.householdsLost,
        Math.round(grid.areaBeforeSquareMetres),
        Math.round(grid.areaAfterSquareMetres),
      ]
    }),
  }
}

/** Rows from, columns to: the grids that change, with what they keep on the diagonal, and sums. */
function matrixSheet(comparison: PlanComparison): ReportSheet {
  const changing = new Set(comparison.approvalGroups.flatMap((group) => group.grids))
  const { froms, tos, at } = moveMatrix(comparison, changing)
  const row = (label: string, values: readonly number[]): CellValue[] => [label, ...values, total(values)]
  return {
    name: '户数变动矩阵',
    frozenColumns: 1,
    columns: [
      { header: '原网格 ＼ 新网格', width: 20 },
      ...tos.map((to) => ({ header: to ?? noGrid, width: 18, format: 'flow' as const })),
      { header: '合计', width: 10, format: 'count' },
    ],
    rows: [
      ...froms.map((from) =>
        row(
          from ?? noGrid,
          tos.map((to) => at(from, to)),
        ),
      ),
      row(
        '合计',
        tos.map((to) => total(froms.map((from) => at(from, to)))),
      ),
    ],
    footerRows: 1,
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

function householdSheet({ moves, grids, workers }: PlanComparison): ReportSheet {
  const byCode = new Map(grids.map((grid) => [grid.code, grid]))
  const before = (code: string | null): CellValue => byCode.get(code ?? '')?.before?.name ?? null
  const after = (code: string | null): CellValue => byCode.get(code ?? '')?.after?.name ?? null
  const losing = new Map<string, string[]>()
  for (const { worker, rosterLeaving } of workers)
    for (const { household } of rosterLeaving)
      losing.set(household, [...(losing.get(household) ?? []), worker])
  return {
    name: '变动农户',
    frozenColumns: 1,
    columns: [
      { header: '户号', width: 18 },
      { header: '原网格编码', width: 18 },
      { header: '原网格名称', width: 24 },
      { header: '新网格编码', width: 18 },
      { header: '新网格名称', width: 24 },
      { header: '需交接的联系人', width: 16 },
    ],
    rows: moves.flatMap(({ from, to, households }) =>
      households.map((id) => [
        id,
        from ?? noGrid,
        before(from),
        to ?? noGrid,
        after(to),
        losing.get(id)?.join('、') ?? null,
      ]),
    ),
  }
}

function workerSheet({ workers }: PlanComparison): ReportSheet {
  return {
    name: '人员影响',
    frozenColumns: 1,
    columns: [
      { header: '网格员', width: 12 },
      { header: '负责网格', width: 36 },
      { header: '其中撤销', width: 24 },
      { header: '原负责户数', width: 12, format: 'count' },
      { header: '新负责户数', width: 12, format: 'count' },
      { header: '增减', width: 10, format: 'signed' },
      { header: '移出的联系户数', width: 12, format: 'count' },
      { header: '保留的联系户数', width: 12, format: 'count' },
    ],
    rows: workers.map((one) => [
      one.worker,
      one.grids.join('、'),
      one.retiredGrids.join('、'),
      one.householdsBefore,
      one.householdsAfter,
      one.householdsAfter - one.householdsBefore,
      one.rosterLeaving.length,
      one.rosterStaying,
    ]),
  }
}
