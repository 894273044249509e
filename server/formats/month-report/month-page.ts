/** The monthly sheet of an area as a page for A4, lying: read on the screen, printed by any browser, signed by hand. */
import { policyInWords } from '../../core/assessment/policy-words.ts'
import type { DayVerdict, Excuse } from '../../core/assessment/values.ts'
import { escapeText } from '../../core/posters/svg.ts'
import { cssString, fonts } from '../plan-report/page-style.ts'
import { type PageLink, printPage } from '../print-page.ts'
import type { CellValue, ColumnFormat } from '../write-workbook.ts'
import { closingSteps } from './closings.ts'
import { comma, dayTargetsOf, sheetColumns, shortDay, totalsOf } from './figures.ts'
import { linesAbove, remarks, titleOf } from './headings.ts'
import { hasDays, isFinal, type MonthReport, type WorkerMonth } from './month-report.ts'
import { dayTargetWords, excuseWords, periodTargetWords, say, words } from './words.ts'

/** The whole document, without scripts and without outside requests. @param links above the page, on the screen only */
export function monthPage(report: MonthReport, links: readonly PageLink[]): string {
  const { language } = report
  const title = titleOf(report)
  const sections = [
    signedTable(report),
    hasDays(report) ? dayMatrix(report) : '',
    visitTable(report),
    exceptionTable(report),
    closingTable(report),
    ruleTable(report),
  ].filter((one) => one !== '')
  return printPage({
    title,
    language,
    style: style(title, report),
    links,
    body: `<h1>${escapeText(title)}</h1>
${linesAbove(report)
  .map((line) => `<p class="quiet">${escapeText(line)}</p>`)
  .join('\n')}
${sections.join('\n')}`,
  })
}

/** Title and state at the head of every page, its number at the foot (Chromium 131 and later). */
function style(title: string, report: MonthReport): string {
  const [before = '', between = '', after = ''] = words.pages[report.language].split(/\{pages?\}/)
  const number = `${cssString(before)} counter(page) ${cssString(between)} counter(pages) ${cssString(after)}`
  return `
@page {
  size: A4 landscape; margin: 15mm 12mm;
  @top-right { content: ${cssString(title)}; font: 8pt ${fonts}; color: ${isFinal(report) ? '#5c626b' : '#b42318'} }
  @bottom-center { content: ${number}; font: 8pt ${fonts}; color: #5c626b }
}
html, body { margin: 0; padding: 0; -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { font: 9.5pt/1.5 ${fonts}; font-variant-numeric: tabular-nums; color: #1f2329 }
main { width: 273mm; background: #fff }
h1 { font-size: 17pt; line-height: 1.3; text-align: center; margin: 0 0 2mm }
h2 { font-size: 12pt; margin: 0 0 2mm; break-before: page }
p { margin: 0 0 1mm }
.quiet { font-size: 8.5pt; color: #5c626b }
h1 ~ .quiet { text-align: center }
/* Half of its outer lines lies beyond its width. */
table { width: calc(100% - 0.4mm); border-collapse: collapse; font-size: 8.5pt; line-height: 1.35; margin: 2mm 0 }
th, td { border: 0.2mm solid #b9bdc4; padding: 0.8mm 1.2mm; text-align: left; vertical-align: middle; overflow-wrap: anywhere }
thead th { background: #f2f3f5; font-weight: 600; text-align: center; padding: 0.8mm 0.4mm; font-size: 8pt; overflow-wrap: normal }
tbody tr:last-child.sum td { font-weight: 600 }
tr { break-inside: avoid }
.n { text-align: right; white-space: nowrap; overflow-wrap: normal }
.sign { height: 9mm }
.matrix { font-size: 6.5pt; line-height: 1.25; table-layout: fixed }
.matrix th, .matrix td { padding: 0.4mm 0.3mm }
.matrix td { text-align: center; vertical-align: top }
.matrix .who { width: 17mm; text-align: left }
.matrix .off { background: #f2f3f5 }
.matrix .not { background: #fde8e4; font-weight: 600 }
.signatures { margin-top: 6mm; white-space: pre-wrap }
nav { font-size: 14px; padding: 12px 16px; display: flex; gap: 16px } nav a { color: #1456f0 }
@media screen { html { background: #f5f6f7 } main { margin: 0 16px 16px; padding: 12mm; box-shadow: 0 2px 12px #0002 } }
@media print { nav { display: none } }
`
}

const figures: Readonly<Partial<Record<ColumnFormat, Intl.NumberFormatOptions>>> = {
  count: {},
  money: { maximumFractionDigits: 2 },
  hundredths: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
}

function written(value: CellValue, format: ColumnFormat): string {
  if (value === null) return ''
  if (typeof value === 'number') return value.toLocaleString('en-US', figures[format] ?? {})
  return escapeText(value instanceof Date ? value.toISOString().slice(0, 10) : value)
}

function signedTable(report: MonthReport): string {
  const { language, workers } = report
  const columns = sheetColumns(report)
  const row = (cells: readonly CellValue[], className = ''): string =>
    `<tr${className}>${cells
      .map((value, i) => {
        const { format } = columns[i]!
        const kind = i === columns.length - 1 ? 'sign' : format === 'text' ? '' : 'n'
        return `<td${kind === '' ? '' : ` class="${kind}"`}>${written(value, format)}</td>`
      })
      .join('')}</tr>`
  const total = columns.reduce((sum, { width }) => sum + width, 0)
  return `<table>
<colgroup>${columns.map(({ width }) => `<col style="width:${((100 * width) / total).toFixed(2)}%">`).join('')}</colgroup>
<thead><tr>${columns.map(({ header }) => `<th>${escapeText(header)}</th>`).join('')}</tr></thead>
<tbody>
${workers.map((one, i) => row(columns.map(({ value }) => value(one, i)))).join('\n')}
${row(totalsOf(report, columns), ' class="sum"')}
</tbody>
</table>
${workers.length === 0 ? `<p>${words.nobody[language]}</p>` : ''}
<p class="quiet">${escapeText(remarks(report))}</p>
<p class="signatures">${words.signatures[language]}</p>`
}

/** A row a worker, a column a day, as attendance is filed: in each cell what was reached, from the top down. */
function dayMatrix(report: MonthReport): string {
  const { language, workers } = report
  const targets = dayTargetsOf(report)
  if (targets.length === 0 || workers.length === 0) return ''
  // Being online is in the mark; where nothing else is asked, the mark is all.
  const shown = targets.filter((target) => target !== 'online')
  const days = workers[0]!.sheet.days
  const cell = (day: DayVerdict): string => {
    if (day.status === 'ahead') return '<td></td>'
    if (day.status === 'off' || day.status === 'unassigned') return '<td class="off">·</td>'
    const reached = shown.map((target) => day.targets.find((one) => one.target === target)?.actual ?? '')
    const mark = { met: shown.length === 0 ? '✓' : '', not_met: '✗', excused: words.excusedMark[language] }[
      day.status
    ]
    const last = day.withinError ? `${mark}±` : mark
    const lines = [...reached, ...(last === '' ? [] : [last])].join('<br>')
    return `<td${day.status === 'not_met' ? ' class="not"' : ''}>${lines}</td>`
  }
  const list = shown.map((target) => dayTargetWords[target][language]).join(comma(language))
  return `<h2>${words.daySheet[language]}</h2>
<p class="quiet">${escapeText(say(language, words.key, { list: list || dayTargetWords.online[language] }))}</p>
<table class="matrix">
<thead><tr><th class="who">${words.name[language]}</th>${days
    .map(
      ({ day, kind }) =>
        `<th${kind === 'rest' || kind === 'holiday' ? ' class="off"' : ''}>${Number(day.slice(8))}</th>`,
    )
    .join('')}</tr></thead>
<tbody>
${workers
  .map(
    ({ name, worker, sheet }) =>
      `<tr><th class="who">${escapeText(name)}<br>${escapeText(worker)}</th>${sheet.days.map(cell).join('')}</tr>`,
  )
  .join('\n')}
</tbody>
</table>`
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${header.map((one) => `<th>${escapeText(one)}</th>`).join('')}</tr></thead><tbody>
${rows.map((row) => `<tr>${row.map((one) => `<td>${escapeText(one)}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>`

function visitTable({ language, workers }: MonthReport): string {
  const rows = workers.flatMap(({ name, worker, sheet }) =>
    // Where there is nothing to visit, nothing is asked.
    sheet.periods
      .filter(({ total }) => total > 0)
      .map((one) => [
        name,
        worker,
        periodTargetWords[one.target][language],
        `${shortDay(one.from, language)} – ${shortDay(lastDay(one.to), language)}`,
        `${one.actual} / ${one.total}`,
        `${Math.round(one.requiredShare * 1000) / 10}%`,
        words[one.met ? 'yes' : one.isRunning ? 'running' : 'no'][language],
      ]),
  )
  if (rows.length === 0) return ''
  const header = [words.name, words.worker, words.target, words.date, words.actual, words.share, words.status]
  return `<h2>${words.visitSheet[language]}</h2>\n${table(
    header.map((one) => one[language]),
    rows,
  )}`
}

/** People write the last day, not the one after it. */
const lastDay = (to: string): string => new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10)

/** What the matrix has no room for: why days were excused, what objections added. */
function exceptionTable({ language, workers }: MonthReport): string {
  const rows = workers.flatMap((one) => {
    const said: (readonly [from: string, to: string, what: string])[] = [
      ...excusesOf(one).map(
        ({ excuse, first, last }) =>
          [first, last, `${excuseWords[excuse.kind][language]}：${excuse.reason}`] as const,
      ),
      ...[...one.credits.keys()].map((day) => [day, day, creditOf(one, day, language)] as const),
    ]
    return said
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, to, what]) => [
        one.name,
        one.worker,
        from === to ? shortDay(from, language) : `${shortDay(from, language)} – ${shortDay(to, language)}`,
        what,
      ])
  })
  if (rows.length === 0) return ''
  const header = [words.name, words.worker, words.date, words.reason].map((word) => word[language])
  return `<h2>${words.exceptions[language]}</h2>\n${table(header, rows)}`
}

/** Each excuse once, from the first day it excused to the last. */
function excusesOf({ sheet }: WorkerMonth): { excuse: Excuse; first: string; last: string }[] {
  const found = new Map<string, { excuse: Excuse; first: string; last: string }>()
  for (const { day, excuse } of sheet.days)
    if (excuse) found.set(excuse.id, { excuse, first: found.get(excuse.id)?.first ?? day, last: day })
  return [...found.values()]
}

function creditOf({ credits }: WorkerMonth, day: string, language: MonthReport['language']): string {
  const { seconds, metres } = credits.get(day) ?? { seconds: 0, metres: 0 }
  const [minutes, kilometres] = [Math.round(seconds / 6) / 10, Math.round(metres) / 1000]
  return say(language, words.credited, { minutes, kilometres })
}

/** Who signed it off, who took it up again and why. */
function closingTable(report: MonthReport): string {
  const { language } = report
  const steps = closingSteps(report)
  if (steps.length === 0) return ''
  const header = [
    words.closingWhen,
    words.closingStep,
    words.closingWho,
    words.closingSaid,
    words.closingFor,
  ].map((word) => word[language])
  return `<h2>${words.closingSheet[language]}</h2>\n${table(
    header,
    steps.map(({ when, step, who, said, workers }) => [when, step, who, said, workers]),
  )}`
}

function ruleTable({ language, rules, isCounty }: MonthReport): string {
  return `<h2>${words.ruleSheet[language]}</h2>
${rules
  .map(({ policy, towns }) =>
    table(
      [policy.title[language] + (isCounty ? `（${towns.join('、')}）` : '')],
      policyInWords(policy).map((rule) => [rule[language]]),
    ),
  )
  .join('\n')}`
}
