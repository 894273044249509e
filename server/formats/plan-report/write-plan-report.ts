/** A plan, or what it changes, as a workbook a superior can read and sign. */

import { writeWorkbook } from '../write-workbook.ts'
import { type ComparisonReport, comparisonSheets } from './comparison-sheets.ts'
import { type PlanReport, planSheets } from './plan-sheets.ts'

/** 方案概况, 评价对比, 各网格, 户数变动矩阵, 变动农户, 人员影响: the bytes of an XLSX file. */
export const writeComparisonXlsx = (report: ComparisonReport): Promise<Uint8Array> =>
  writeWorkbook(report.title, report.created, comparisonSheets(report))

/** 方案概况, 各网格, 问题: the bytes of an XLSX file. */
export const writePlanXlsx = (report: PlanReport): Promise<Uint8Array> =>
  writeWorkbook(report.title, report.created, planSheets(report))

export type { ComparisonReport } from './comparison-sheets.ts'
export type { PlanReport } from './plan-sheets.ts'
