/** A check report for people to read at a terminal: totals first, then the problems by code. */
import type { CheckProblem, CheckReport } from '../contract/check.ts'
import { figure } from '../core/coverage/messages.ts'
import type { Message } from '../core/values.ts'

const names: Readonly<Record<CheckProblem['code'], Message>> = {
  invalid_geometry: { zh: '图形无效', en: 'invalid geometry' },
  duplicate: { zh: '重复网格', en: 'duplicates' },
  overlap: { zh: '重叠', en: 'overlaps' },
  gap: { zh: '空隙', en: 'gaps' },
  hole: { zh: '空洞', en: 'holes' },
  inlet: { zh: '边缘空白', en: 'inlets' },
  outside_area: { zh: '超出区域', en: 'outside the area' },
  unmatched_edge: { zh: '公共边不一致', en: 'unmatched edges' },
  disconnected_part: { zh: '互不相连', en: 'disconnected parts' },
  sliver: { zh: '细条', en: 'slivers' },
  household_in_none: { zh: '不在任何网格的户', en: 'households in no grid' },
  household_in_several: { zh: '在多个网格的户', en: 'households in several grids' },
  households_below: { zh: '户数过少', en: 'too few households' },
  households_above: { zh: '户数过多', en: 'too many households' },
  village_split: { zh: '自然村被分割', en: 'split villages' },
  building_cut: { zh: '建筑被切开', en: 'cut buildings' },
  code_malformed: { zh: '编码不合规', en: 'malformed codes' },
  code_repeated: { zh: '编码重复', en: 'repeated codes' },
}

/** Problems of one code told in full; the others are counted, and the JSON has them all. */
const MOST_TOLD = 20

export function checkText(report: CheckReport, withHouseholds: boolean): string {
  const lines = [
    `网格 grids: ${report.grids}    面积 area: ${figure(report.area_m2 / 1e6)} km² (${figure(report.area_m2)} m²)`,
  ]
  const { total, in_one: one, in_none: none, in_several: several } = report.households
  if (withHouseholds)
    lines.push(
      `户 households: ${total}    在一个网格 in one: ${one}    不在网格 in none: ${none}    在多个网格 in several: ${several}`,
    )
  if (report.enclaves.length > 0) {
    const area = report.enclaves.reduce((sum, enclave) => sum + enclave.area_m2, 0)
    lines.push(
      '',
      `可能的飞地 enclaves (not problems): ${report.enclaves.length}, ${figure(area)} m²`,
      ...report.enclaves.map(
        ({ area_m2, width_m, grids }) =>
          `  ${figure(area_m2)} m², 宽 ${figure(width_m)} m wide, 邻 beside ${grids.join(', ')}`,
      ),
    )
  }
  for (const code of new Set(report.problems.map((problem) => problem.code)))
    lines.push(
      '',
      ...codeLines(
        code,
        report.problems.filter((problem) => problem.code === code),
      ),
    )
  lines.push(
    '',
    report.valid
      ? '没有发现问题 no problems'
      : `共 ${report.problems.length} 个问题 ${report.problems.length} problem(s)`,
  )
  return lines.join('\n')
}

function codeLines(code: CheckProblem['code'], problems: readonly CheckProblem[]): string[] {
  const area = problems.reduce((sum, problem) => sum + (problem.area_m2 ?? 0), 0)
  const totals = [`${problems.length}`, ...(area > 0 ? [`${figure(area)} m²`] : [])].join(', ')
  const rest = problems.length - MOST_TOLD
  return [
    `${names[code].zh} ${names[code].en} [${code}]: ${totals}`,
    ...problems
      .slice(0, MOST_TOLD)
      .flatMap(({ id, message }) => [`  ${id}  ${message.zh}`, `${' '.repeat(id.length + 4)}${message.en}`]),
    ...(rest > 0 ? [`  … 还有 ${rest} 个，见 --format json · ${rest} more, see --format json`] : []),
  ]
}
