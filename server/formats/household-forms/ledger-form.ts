/** The ledger as printed: the annex of the Panjin standard (003), a grid a row, and the same as a table whose totals close upward. */
import type { AreaRow } from '../../core/households/area-tree.ts'
import { type LedgerCounts, ledgerCategories, ledgerCategoryNames } from '../../core/households/ledger.ts'
import type { CellValue } from '../write-workbook.ts'
import { type FormTable, type HouseholdForm, unknown } from './form.ts'

export type LedgerFormRow = AreaRow<{ readonly [Name in keyof LedgerCounts]: number | null }> & {
  readonly hidden: readonly string[]
}

export interface LedgerInput {
  readonly area: string
  readonly day: string
  readonly made: number
  /** From the area down, each row before those below it. */
  readonly rows: readonly LedgerFormRow[]
  /** Names of a grid's leader and workers, by the row's code. */
  readonly leaders: ReadonlyMap<string, readonly string[]>
  readonly members: ReadonlyMap<string, readonly string[]>
}

/** What is kept back. */
const kept = '*'
const suppressedLine = '“*”：户数过少，为保护个人信息不予列出。'
const unknownLine = '“—”：资料中没有记录。'

export const ledgerForm = (input: LedgerInput): HouseholdForm => ({
  title: '网格管理台账',
  made: input.made,
  tables: [annexTable(input), sumTable(input)],
})

const figure = ({ counts, hidden }: LedgerFormRow, name: keyof LedgerCounts): number | string =>
  hidden.includes(name) ? kept : (counts[name] ?? unknown)

const inWords = (row: LedgerFormRow, names: readonly (readonly [string, keyof LedgerCounts])[]): string =>
  names.map(([title, name]) => `${title}：${figure(row, name)}`).join('\n')

function annexTable({ area, day, rows, leaders, members }: LedgerInput): FormTable {
  const grids = rows.filter(({ level }) => level === 'grid')
  return {
    name: '管理台账',
    title: `${area}“红网工程”管理台账`,
    lines: [day],
    columns: [
      { header: '序号', width: 6 },
      { header: '网格党小组', width: 22 },
      { header: '党小组组长', width: 12 },
      { header: '党小组成员', width: 20 },
      { header: '志愿者服务队', width: 20 },
      { header: '基本情况', width: 16 },
      { header: '服务对象', width: 18 },
      { header: '能人', width: 18 },
    ],
    rows: grids.map((row, i): CellValue[] => [
      String(i + 1),
      `${row.name ?? row.grid}党小组`,
      leaders.get(row.code)?.join('\n') ?? null,
      null,
      members.get(row.code)?.join('、') ?? null,
      inWords(row, [
        ['户数', 'households'],
        ['人口', 'residents'],
      ]),
      inWords(row, [
        ['低保户', 'low_income'],
        ['残疾人', 'disabled'],
        ['社会救助', 'aided'],
        ['优抚对象', 'preferential'],
      ]),
      inWords(row, [
        ['种植大户', 'large_grower'],
        ['养殖专家', 'breeder'],
        ['科技能手', 'skilled'],
      ]),
    ]),
    spans: [],
    closing: closingOf(rows),
  }
}

function sumTable({ area, day, rows }: LedgerInput): FormTable {
  const depths = new Map<string, number>()
  for (const { code, parent } of rows) depths.set(code, parent === null ? 0 : (depths.get(parent) ?? 0) + 1)
  return {
    name: '汇总',
    title: `${area}网格台账汇总`,
    lines: [`${day}　单位：户（人口：人）`],
    columns: [
      { header: '区域', width: 30 },
      { header: '户数', width: 9, format: 'count' },
      { header: '人口', width: 9, format: 'count' },
      { header: '必访户', width: 9, format: 'count' },
      ...ledgerCategoryNames.map((name) => ({
        header: ledgerCategories[name].zh,
        width: 9,
        format: 'count' as const,
      })),
    ],
    rows: rows.map((row): CellValue[] => [
      `${'　'.repeat(depths.get(row.code) ?? 0)}${row.level === 'none' ? '未划入网格' : (row.name ?? row.grid ?? row.code)}`,
      figure(row, 'households'),
      figure(row, 'residents'),
      figure(row, 'must_visit'),
      ...ledgerCategoryNames.map((name) => figure(row, name)),
    ]),
    spans: [],
    closing: [...closingOf(rows), '填表人：　　　　　　　　审核人：　　　　　　　　　　　　年　　月　　日'],
  }
}

const closingOf = (rows: readonly LedgerFormRow[]): string[] => [
  ...(rows.some(({ hidden }) => hidden.length > 0) ? [suppressedLine] : []),
  ...(rows.some(({ counts, hidden }) =>
    Object.entries(counts).some(([name, count]) => count === null && !hidden.includes(name)),
  )
    ? [unknownLine]
    : []),
]
