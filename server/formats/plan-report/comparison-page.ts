/** The report of a comparison as an HTML page for A4: read on the screen, printed by any browser, signed by hand. */
import type { PlanComparison } from '../../core/planning/compare-plans.ts'
import type { GridChange } from '../../core/planning/compare-plans-values.ts'
import { escapeText } from '../../core/posters/svg.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import { type PageLink, printPage } from '../print-page.ts'
import { type ComparisonMapsInput, comparisonMaps } from './comparison-maps.ts'
import type { ComparisonReport } from './comparison-sheets.ts'
import { figureRows } from './figure-rows.ts'
import { moveMatrix } from './move-matrix.ts'
import { pageStyle } from './page-style.ts'
import { changeWord, kindWords, noGrid } from './words.ts'

export interface ComparisonPage extends ComparisonReport {
  /** With the areas above it: "云岭县临溪镇西村". */
  readonly area: string
  /** First day the plan is to hold, YYYY-MM-DD; null while it is not decided. */
  readonly effectiveFrom: string | null
  /** Everybody who drew on the plan. */
  readonly authors: readonly string[]
  readonly ground: Omit<ComparisonMapsInput, 'numbers'>
  /** Above the page, on the screen only. */
  readonly links: readonly PageLink[]
}

/** More columns than this do not fit: the households are then listed from → to. */
const MOST_COLUMNS = 8

/** The whole document, without scripts and without outside requests. Households are counted, workers stand by their ids. */
export function comparisonPage(page: ComparisonPage): string {
  const { title, links, comparison } = page
  const changing = changingGrids(comparison)
  const numbers = new Map(changing.map(({ code }, i) => [code, i + 1]))
  return printPage({
    title,
    style: pageStyle(title),
    links,
    body: `<h1>${escapeText(title)}</h1>
${facts(page)}
<h2>一、变动概况</h2>
${summary(comparison)}
<h2>二、评价对比</h2>
${table(
  ['项目', '原', '新', '说明'],
  figureRows(page.figures).map(({ label, before, after, note }) => [label, before, after, note ?? '']),
)}
<h2>三、示意图</h2>
${maps(page, numbers)}
<h2>四、户数变动矩阵</h2>
${matrices(comparison, numbers)}
<h2>五、各网格变动</h2>
${gridTable(changing, numbers)}
<h2>六、网格编码</h2>
${codeTable(comparison)}
<h2>七、人员影响</h2>
${workerTable(comparison)}
<section class="signatures">
<h2>八、签署</h2>
${signatures()}
</section>`,
  })
}

/** Grids that change in anything, by code. */
function changingGrids({ grids, approvalGroups }: PlanComparison): GridChange[] {
  const codes = new Set(approvalGroups.flatMap((group) => group.grids))
  return grids.filter(({ code }) => codes.has(code))
}

type Cell = string | number | null

const text = (cell: Cell): string =>
  cell === null ? '—' : typeof cell === 'number' ? cell.toLocaleString('en-US') : escapeText(cell)

/** A column with a figure in it stands on the right. */
function table(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  footer?: readonly Cell[],
): string {
  const isFigures = header.map((_, i) => rows.some((row) => typeof row[i] === 'number'))
  const line = (cells: readonly Cell[], tag: 'td' | 'th'): string =>
    `<tr>${cells.map((cell, i) => `<${tag}${isFigures[i] ? ' class="n"' : ''}>${text(cell)}</${tag}>`).join('')}</tr>`
  const body = rows.map((row) => line(row, 'td')).join('\n')
  const foot = footer ? `<tfoot>${line(footer, 'td')}</tfoot>` : ''
  return `<table><thead>${line(header, 'th')}</thead><tbody>${body}</tbody>${foot}</table>`
}

const quiet = (said: string): string => `<p class="quiet">${escapeText(said)}</p>`

function facts({ area, before, after, effectiveFrom, authors, created }: ComparisonPage): string {
  const rows: readonly (readonly [string, string])[] = [
    ['区域', area],
    ['原方案', before],
    ['新方案', after],
    ['拟施行日期', effectiveFrom ?? '未定'],
    ['编制人', authors.join('、')],
    ['生成日期', localDayOf(created)],
  ]
  const lines = rows.map(([name, value]) => `<tr><th>${name}</th><td>${escapeText(value)}</td></tr>`)
  return `<table class="facts"><tbody>${lines.join('')}</tbody></table>`
}

function summary({ households, areaMovedSquareMetres, codes, workers }: PlanComparison): string {
  const moved = `农户共 ${households.total} 户：网格不变 ${households.kept} 户，更换网格 ${households.moved} 户，新划入网格 ${households.entered} 户，划出网格 ${households.left} 户，始终不在网格内 ${households.inNone} 户。`
  const others = `调整土地 ${hectares(areaMovedSquareMetres)} 公顷；编码沿用 ${codes.kept.length} 个，新设 ${codes.created.length} 个，撤销 ${codes.retired.length} 个；涉及人员 ${workers.length} 名。`
  return `<p>${moved}</p><p>${others}</p>`
}

const hectares = (squareMetres: number): string => (squareMetres / 10_000).toFixed(2)

function maps({ ground, before, after }: ComparisonPage, numbers: ReadonlyMap<string, number>): string {
  const drawn = comparisonMaps({ ...ground, numbers })
  const figure = (svg: string, caption: string): string =>
    `<figure>${svg}<figcaption>${escapeText(caption)}</figcaption></figure>`
  return `<div class="maps">${figure(drawn.before, `原：${before}`)}${figure(drawn.after, `新：${after}`)}</div>
${quiet('有变动的网格着色并标序号，序号同第五部分；黑点为更换网格的农户。')}`
}

/** One matrix for each group of grids that exchange households: there are no flows between groups. */
function matrices(comparison: PlanComparison, numbers: ReadonlyMap<string, number>): string {
  const groups = comparison.approvalGroups.filter((group) => group.households > 0)
  if (groups.length === 0) return quiet('没有农户更换网格。')
  const name = (code: string | null): string => (code === null ? noGrid : `${numbers.get(code)}　${code}`)
  const shown = groups.map(({ grids }) => {
    const { froms, tos, at } = moveMatrix(comparison, new Set(grids))
    if (tos.length > MOST_COLUMNS)
      return table(
        ['原网格', '新网格', '户数'],
        froms.flatMap((from) =>
          tos.filter((to) => at(from, to) > 0).map((to) => [name(from), name(to), at(from, to)]),
        ),
      )
    return table(
      ['原网格 ＼ 新网格', ...tos.map(name), '合计'],
      froms.map((from) => [name(from), ...tos.map((to) => at(from, to)), sum(tos.map((to) => at(from, to)))]),
      [
        '合计',
        ...tos.map((to) => sum(froms.map((from) => at(from, to)))),
        sum(froms.flatMap((from) => tos.map((to) => at(from, to)))),
      ],
    )
  })
  return (
    shown.join('\n') +
    quiet(
      '行为原网格，列为新网格，编码前为序号；同一编码的交叉处为留在本网格的农户。每表内的网格相互牵连，须一并审批。',
    )
  )
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

function gridTable(grids: readonly GridChange[], numbers: ReadonlyMap<string, number>): string {
  if (grids.length === 0) return quiet('各网格均无变动。')
  return table(
    ['序号', '编码', '名称', '类别', '变化', '原户数', '新户数', '划入', '划出', '原公顷', '新公顷'],
    grids.map((grid) => {
      const { code, before, after } = grid
      const shown = (after ?? before)!
      return [
        numbers.get(code) ?? null,
        code,
        shown.name,
        kindWords[shown.kind],
        changeWord(grid, true),
        before && grid.householdsBefore,
        after && grid.householdsAfter,
        grid.householdsGained,
        grid.householdsLost,
        before && Number(hectares(grid.areaBeforeSquareMetres)),
        after && Number(hectares(grid.areaAfterSquareMetres)),
      ]
    }),
  )
}

function codeTable({ codes }: PlanComparison): string {
  const row = (word: string, list: readonly string[]): Cell[] => [word, list.length, list.join('、') || null]
  return (
    table(
      ['', '个数', '编码'],
      [row('沿用', codes.kept), row('新设', codes.created), row('撤销', codes.retired)],
    ) + quiet('撤销的编码不再使用。')
  )
}

function workerTable({ workers }: PlanComparison): string {
  if (workers.length === 0) return quiet('没有人员受影响。')
  return table(
    ['网格员', '负责网格', '其中撤销', '原负责户数', '新负责户数', '移出的联系户', '保留的联系户'],
    workers.map((one) => [
      one.worker,
      one.grids.join('、') || null,
      one.retiredGrids.join('、') || null,
      one.householdsBefore,
      one.householdsAfter,
      one.rosterLeaving.length,
      one.rosterStaying,
    ]),
  )
}

const signatures = (): string =>
  `<table class="sign"><tbody>${['编制', '审核', '批准']
    .map((role) => `<tr><th>${role}</th><td>签名（盖章）：</td><td>日期：　　　　年　　月　　日</td></tr>`)
    .join('')}</tbody></table>`
