import ExcelJS, { type Worksheet } from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { comparePlans } from '../../../server/core/planning/compare-plans.ts'
import type { ComparedDivision } from '../../../server/core/planning/compare-plans-values.ts'
import { divisionFigures } from '../../../server/core/planning/division-figures.ts'
import { evaluatePlan } from '../../../server/core/planning/evaluate-plan.ts'
import { writeComparisonXlsx, writePlanXlsx } from '../../../server/formats/plan-report/write-plan-report.ts'
import { latticeGraph } from '../../support/lattice-graph.ts'

const created = Date.parse('2026-10-15T16:30:00Z') // half past midnight of the 16th in Shanghai

const division = (text: string): ComparedDivision => ({
  grids: [...new Set(text.split(''))]
    .filter((code) => code !== '-')
    .map((code) => ({ code, name: `=${code}网格`, kind: 'ordinary', village: 'v', parent: null })),
  gridOf: new Map(Array.from(text, (code, i) => [`H00${i}`, code === '-' ? null : code])),
})

async function open(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer)
  return workbook
}

const cells = (sheet: Worksheet | undefined): unknown[][] => {
  const rows: unknown[][] = []
  sheet!.eachRow((row) => {
    rows.push(Array.from({ length: sheet!.columnCount }, (_, i) => row.getCell(i + 1).value))
  })
  return rows
}

describe('the workbook of a comparison', () => {
  let workbook: ExcelJS.Workbook
  beforeAll(async () => {
    // A gives one household to B; C becomes D; E stays; H007 comes in from no grid.
    const comparison = comparePlans({
      before: division('AAABCC-E'),
      after: division('AABBDDBE'),
      ground: [
        { from: 'A', to: 'A', areaSquareMetres: 2000.4 },
        { from: 'A', to: 'B', areaSquareMetres: 1000.4 },
        { from: 'C', to: 'D', areaSquareMetres: 400 },
      ],
      duties: {
        assignments: [{ worker: 'W001', grid: 'A' }],
        roster: [
          { household: 'H000', worker: 'W001' },
          { household: 'H002', worker: 'W001' },
        ],
      },
    })
    const bytes = await writeComparisonXlsx({
      title: '示范镇网格调整 & 对比',
      before: '施行方案',
      after: '方案二',
      created,
      comparison,
      figures: {
        before: divisionFigures([], division('AAABCC-E').gridOf, null),
        after: divisionFigures([], division('AABBDDBE').gridOf, null),
        band: null,
      },
    })
    workbook = await open(bytes)
  })

  it('has the six sheets, each with its header in sight and on every page', () => {
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      '方案概况',
      '评价对比',
      '各网格',
      '户数变动矩阵',
      '变动农户',
      '人员影响',
    ])
    for (const sheet of workbook.worksheets) {
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
      expect(sheet.pageSetup).toMatchObject({
        paperSize: 9,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: '1:1',
      })
      for (let i = 1; i <= sheet.columnCount; i++) expect(sheet.getColumn(i).width).toBeGreaterThanOrEqual(8)
    }
    expect(workbook.title).toBe('示范镇网格调整 & 对比')
    expect(workbook.created.getTime()).toBe(created)
  })

  it('sums up, with lines to sign on', () => {
    const rows = new Map(cells(workbook.getWorksheet('方案概况')).map(([label, value]) => [label, value]))
    expect(rows.get('生成日期')).toBe('2026-10-16')
    expect(rows.get('农户总数')).toBe(8)
    expect(rows.get('更换网格的农户')).toBe(3)
    expect(rows.get('新划入网格的农户')).toBe(1)
    // 1000.4 + 400.
    expect(rows.get('调整面积（平方米）')).toBe(1400)
    expect(rows.get('批准人（盖章）')).toBeNull()
  })

  it('sets the evaluation of both side by side; what cannot be known stays empty', () => {
    const rows = new Map(cells(workbook.getWorksheet('评价对比')).map(([label, ...rest]) => [label, rest]))
    expect(rows.get('不在任何网格内的农户')).toEqual([1, 0, null])
    expect(rows.get('平均户数')).toEqual([null, null, '农户 ÷ 网格'])
    expect(rows.get('不符合规模的网格')).toEqual([null, null, '该地未定规模'])
  })

  it('writes numbers as numbers and texts as texts', () => {
    const [, a, , c] = cells(workbook.getWorksheet('各网格'))
    expect(a).toEqual(['A', '=A网格', '普通网格', '调整', 1, 3, 2, -1, 2, 0, 1, 3001, 2000])
    expect(workbook.getWorksheet('各网格')!.getCell('H2').numFmt).toBe('+#,##0;-#,##0;0')
    expect(workbook.getWorksheet('各网格')!.getCell('A2').numFmt).toBe('@')
    expect(c).toEqual(['C', '=C网格', '普通网格', '撤销', 2, 2, 0, -2, 0, 0, 2, 400, 0])
    expect(cells(workbook.getWorksheet('各网格')).at(-1)!.slice(0, 5)).toEqual([
      'E',
      '=E网格',
      '普通网格',
      '不变',
      null,
    ])
  })

  it('closes the matrix on both axes', () => {
    expect(cells(workbook.getWorksheet('户数变动矩阵'))).toEqual([
      ['原网格 ＼ 新网格', 'A', 'B', 'D', '合计'],
      ['A', 2, 1, 0, 3],
      ['B', 0, 1, 0, 1],
      ['C', 0, 0, 2, 2],
      ['无网格', 0, 1, 0, 1],
      ['合计', 2, 3, 2, 7],
    ])
  })

  it('lists every household that moves, by id, and who hands it over', () => {
    expect(cells(workbook.getWorksheet('变动农户')).slice(1)).toEqual([
      ['H006', '无网格', null, 'B', '=B网格', null],
      ['H002', 'A', '=A网格', 'B', '=B网格', 'W001'],
      ['H004', 'C', '=C网格', 'D', '=D网格', null],
      ['H005', 'C', '=C网格', 'D', '=D网格', null],
    ])
    expect(cells(workbook.getWorksheet('人员影响')).slice(1)).toEqual([['W001', 'A', '', 3, 2, -1, 1, 1]])
  })

  it('of nothing has its headers all the same', async () => {
    const comparison = comparePlans({ before: division(''), after: division(''), ground: [] })
    const none = divisionFigures([], new Map(), null)
    const figures = { before: none, after: none, band: null }
    const empty = await open(
      await writeComparisonXlsx({ title: 't', before: '', after: '', created, comparison, figures }),
    )
    expect(cells(empty.getWorksheet('户数变动矩阵'))).toEqual([
      ['原网格 ＼ 新网格', '合计'],
      ['合计', 0],
    ])
    expect(cells(empty.getWorksheet('变动农户'))).toHaveLength(1)
  })
})

describe('the workbook of a plan', () => {
  it('has each grid, and what is left to settle', async () => {
    const graph = latticeGraph({
      columns: 3,
      rows: 1,
      atom: (column) => ({ households: 100 * (column + 1), group: column < 2 ? '上村' : null }),
    })
    const grids = ['A', 'B'].map((code) => ({
      code,
      name: `${code}网格`,
      kind: 'ordinary' as const,
      village: 'v',
      parent: null,
      locked: false,
    }))
    const band = { from: 300, to: 500 }
    const workbook = await open(
      await writePlanXlsx({
        title: '示范村网格方案',
        plan: '方案一',
        created,
        card: evaluatePlan(graph, grids, ['A', 'B', null], { band }),
        band,
        bounds: new Map([['A', '东至B网格，南至村（社区）界，西至村（社区）界，北至村（社区）界。']]),
      }),
    )
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual(['方案概况', '各网格', '问题'])
    const summary = new Map(cells(workbook.getWorksheet('方案概况')).map(([label, value]) => [label, value]))
    expect(summary.get('不符合规模的网格')).toBe(2)
    // (200 − 100) / 150.
    expect(summary.get('最大最小差（％）')).toBe(66.7)
    expect(summary.get('未分配农户')).toBe(300)
    const [header, a] = cells(workbook.getWorksheet('各网格'))
    const figure = (name: string): unknown => a![header!.indexOf(name)]
    expect(figure('户数')).toBe(100)
    expect(figure('规模')).toBe('远低于下限')
    expect(figure('超出或不足（户）')).toBe(-200)
    expect(figure('界线沿可见地物')).toBe(0)
    expect(figure('四至')).toMatch(/^东至B网格/)
    expect(cells(workbook.getWorksheet('问题')).slice(1)).toEqual([
      ['拆分', '上村', 'A', 100],
      ['拆分', '上村', 'B', 200],
      ['未分配', '0-2', null, null],
    ])
  })
})
