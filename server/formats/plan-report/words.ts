/** The Chinese words of the reports. */
import type { GridChange } from '../../core/planning/compare-plans-values.ts'
import type { BandStatus } from '../../core/policy/division-policy.ts'
import type { GridKind } from '../../core/values.ts'
import type { CellValue } from '../write-workbook.ts'

export const kindWords: Readonly<Record<GridKind, string>> = {
  ordinary: '普通网格',
  dedicated: '专属网格',
  microgrid: '微网格',
}

export const statusWords: Readonly<Record<BandStatus, string>> = {
  far_below: '远低于下限',
  below: '低于下限',
  in_band: '符合',
  above: '高于上限',
  far_above: '远高于上限',
  not_applicable: '不适用',
}

/** @param changes whether anything of a grid that goes on does */
export const changeWord = ({ status }: GridChange, changes: boolean): string =>
  status === 'created' ? '新设' : status === 'retired' ? '撤销' : changes ? '调整' : '不变'

export const noGrid = '无网格'

/** What stands at the end of a first sheet, to be filled in by hand. */
export const signatureRows: readonly (readonly CellValue[])[] = [
  '编制人',
  '审核人',
  '批准人（盖章）',
  '日期',
].map((label) => [label, null, null])
