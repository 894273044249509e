/** What one worker's row says: the columns that the rules in force call for, each with its figure and its sum. Workbook and page share them. */
import type { MonthSheet } from '../../core/assessment/values.ts'
import type { DayTarget } from '../../core/policy/assessment-policy.ts'
import type { CellValue, ColumnFormat } from '../write-workbook.ts'
import type { Language, MonthReport, WorkerMonth } from './month-report.ts'
import { cardWords, gradeWords, lossWords, periodTargetWords, periodUnits, say, words } from './words.ts'

export interface SheetColumn {
  readonly header: string
  /** In characters of the standard digit. */
  readonly width: number
  readonly format: ColumnFormat
  readonly value: (one: WorkerMonth, index: number) => CellValue
  /** Added up below. */
  readonly isSummed?: boolean
}

/** Nothing is shown that no rule asks for: no hours, subsidies or stars where the place does without. */
export function sheetColumns(report: MonthReport): SheetColumn[] {
  const { language, rules, workers, isCounty } = report
  const tell = (message: (typeof words)[keyof typeof words], values = {}): string =>
    say(language, message, values)
  const has = (figure: (sheet: MonthSheet) => unknown): boolean =>
    workers.some(({ sheet }) => figure(sheet) !== null)
  const text = (header: string, width: number, value: SheetColumn['value']): SheetColumn => ({
    header,
    width,
    format: 'text',
    value,
  })
  const sum = (
    header: string,
    format: ColumnFormat,
    value: (one: WorkerMonth) => number | null,
  ): SheetColumn => ({
    header,
    // Room for the sum: 138,000.
    width: format === 'money' ? 11 : 9,
    format,
    value,
    isSummed: true,
  })
  const asksOfDays = rules.some(({ policy }) => policy.dayTargets.length > 0)
  const stars = workers.some((one) => one.stars !== null)
  return [
    { header: tell(words.number), width: 6, format: 'count', value: (_, index) => index + 1 },
    ...(isCounty ? [text(tell(words.town), 14, ({ town }) => town)] : []),
    text(tell(words.name), 10, ({ name }) => name),
    text(tell(words.worker), 10, ({ worker }) => worker),
    text(tell(words.grids), 22, ({ grids }) => grids.join(comma(language))),
    ...(asksOfDays
      ? [
          sum(tell(words.asked), 'count', ({ sheet }) => sheet.counts.met + sheet.counts.not_met),
          sum(tell(words.met), 'count', ({ sheet }) => sheet.counts.met),
          sum(tell(words.excused), 'count', ({ sheet }) => sheet.counts.excused),
          sum(tell(words.notMet), 'count', ({ sheet }) => sheet.counts.not_met),
          text(tell(words.notMetDays), 20, ({ sheet }) => shortDays(daysNotMet(sheet), language)),
        ]
      : []),
    ...periodColumns(report, sum),
    ...(['patrol', 'information', 'tasks'] as const).flatMap((key) =>
      has((sheet) => sheet[key])
        ? [sum(tell(words[key]), 'money', ({ sheet }) => sheet[key]?.amount ?? null)]
        : [],
    ),
    ...(has(({ total }) => total) ? [sum(tell(words.total), 'money', ({ sheet }) => sheet.total)] : []),
    ...(has(({ score }) => score)
      ? [
          {
            header: tell(words.score),
            width: 9,
            format: 'hundredths' as const,
            value: ({ sheet }: WorkerMonth) => sheet.score,
          },
        ]
      : []),
    ...(has(({ grade }) => grade)
      ? [text(tell(words.grade), 8, ({ sheet }) => sheet.grade && gradeWords[sheet.grade][language])]
      : []),
    ...(has(({ card }) => card)
      ? [
          // Room for “yellow”, which must not be broken.
          text(tell(words.card), 11, ({ sheet: { card } }) =>
            card === null || card === 'none' ? null : cardWords[card][language],
          ),
        ]
      : []),
    ...(stars
      ? [
          text(tell(words.stars), 9, (one) => (one.stars ? '★'.repeat(one.stars.stars) || null : null)),
          sum(tell(words.reward), 'money', (one) => one.stars?.reward ?? null),
        ]
      : []),
    text(tell(words.notes), 24, (one) => notesOf(one, report).join(semicolon(language)) || null),
    text(tell(words.signature), 12, () => null),
  ]
}

/** Of a weekly target the weeks, of a monthly one what was visited: each beside how many there were. */
function periodColumns(
  { language, rules }: MonthReport,
  sum: (header: string, format: ColumnFormat, value: (one: WorkerMonth) => number | null) => SheetColumn,
): SheetColumn[] {
  const seen = new Set<string>()
  return rules
    .flatMap(({ policy }) => policy.periodTargets)
    .filter(({ target, per }) => !seen.has(`${target} ${per}`) && seen.add(`${target} ${per}`))
    .flatMap(({ target, per }) => {
      const name = periodTargetWords[target][language]
      // Where there is nothing to visit, nothing is asked.
      const own = ({ sheet }: WorkerMonth) =>
        sheet.periods.filter((one) => one.target === target && one.total > 0 && isPer(one, per))
      if (per === 'week')
        return [
          sum(
            say(language, words.weeksMet, { target: name }),
            'count',
            (one) => own(one).filter(({ met }) => met).length,
          ),
          sum(say(language, words.weeks, { target: name }), 'count', (one) => own(one).length),
        ]
      const unit = periodUnits[target][language]
      const added = (one: WorkerMonth, figure: 'actual' | 'total'): number =>
        own(one).reduce((all, period) => all + period[figure], 0)
      const heading = (what: keyof typeof words): string =>
        `${name}${language === 'zh' ? '' : ' '}${say(language, words[what])}${unit}`
      return [
        sum(heading('actual'), 'count', (one) => added(one, 'actual')),
        sum(heading('of'), 'count', (one) => added(one, 'total')),
      ]
    })
}

/** A week has seven days. */
const isPer = (
  { from, to }: { readonly from: string; readonly to: string },
  per: 'week' | 'month',
): boolean => (Date.parse(to) - Date.parse(from) === 7 * 86_400_000) === (per === 'week')

export const daysNotMet = ({ days }: MonthSheet): string[] =>
  days.flatMap(({ day, status }) => (status === 'not_met' ? [day] : []))

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** 10月9日, 9 Oct: the year stands in the title. */
export function shortDay(day: string, language: Language): string {
  const [month, date] = [Number(day.slice(5, 7)), Number(day.slice(8))]
  return language === 'zh' ? `${month}月${date}日` : `${date} ${months[month - 1]}`
}
const shortDays = (days: readonly string[], language: Language): string | null =>
  days.map((day) => shortDay(day, language)).join(comma(language)) || null

/** Between the things of a list. */
export const comma = (language: Language): string => (language === 'zh' ? '、' : ', ')

export const semicolon = (language: Language): string => (language === 'zh' ? '；' : '; ')

function notesOf(one: WorkerMonth, { language, workers }: MonthReport): string[] {
  const { sheet, closed, differs, openObjections } = one
  const close = sheet.days.filter(({ status, withinError }) => status === 'not_met' && withinError).length
  const losses = [sheet.patrol, sheet.information, sheet.tasks].flatMap((payment) => payment?.lost ?? [])
  return [
    ...losses.map(({ reason }) => lossWords[reason][language]),
    // Open for everybody stands at the head already.
    ...(!closed && workers.some((other) => other.closed) ? [words.noteOpen[language]] : []),
    ...(differs ? [words.noteDiffers[language]] : []),
    ...(sheet.notes.includes('nothing_received') ? [words.noteNothingReceived[language]] : []),
    ...(sheet.notes.includes('few_tasks_dispatched') ? [words.noteFewTasks[language]] : []),
    ...(close > 0 ? [say(language, words.noteWithinError, { n: close })] : []),
    ...(openObjections > 0 ? [say(language, words.noteObjections, { n: openObjections })] : []),
  ]
}

/** The targets that were asked of any day, in the order of the rules. */
export const dayTargetsOf = ({ rules }: MonthReport): DayTarget['target'][] => [
  ...new Set(rules.flatMap(({ policy }) => policy.dayTargets.map(({ target }) => target))),
]

/** The last row of the table: sums where figures add up. */
export function totalsOf(report: MonthReport, columns: readonly SheetColumn[]): CellValue[] {
  return columns.map(({ isSummed, value }, column) => {
    if (!isSummed) return column === 0 ? null : column === 1 ? words.sum[report.language] : null
    // Adding yuan of whole fen: no rounding error may show.
    return Math.round(100 * report.workers.reduce((all, one, i) => all + Number(value(one, i) ?? 0), 0)) / 100
  })
}
