/** The monthly sheet of an area as a workbook: the table to be signed, every day, every visit target, the rules. */
import { policyInWords } from '../../core/assessment/policy-words.ts'
import type { DayVerdict } from '../../core/assessment/values.ts'
import { type CellValue, type ReportSheet, writeWorkbook } from '../write-workbook.ts'
import { closingSteps } from './closings.ts'
import { comma, dayTargetsOf, sheetColumns, totalsOf } from './figures.ts'
import { linesAbove, remarks, titleOf } from './headings.ts'
import { hasDays, type MonthReport, type WorkerMonth } from './month-report.ts'
import {
  dayTargetWords,
  excuseWords,
  kindWords,
  periodTargetWords,
  say,
  statusWords,
  words,
} from './words.ts'

/** The bytes of an XLSX file: 考核表, 逐日明细, 走访达标 where visits are asked for, 结账记录 once it was closed, 考核办法. */
export const writeMonthXlsx = (report: MonthReport): Promise<Uint8Array> =>
  writeWorkbook(
    titleOf(report),
    report.made,
    [
      signedSheet(report),
      ...(hasDays(report) ? [daySheet(report)] : []),
      ...(report.rules.some(({ policy }) => policy.periodTargets.length > 0) ? [visitSheet(report)] : []),
      ...(report.workers.some(({ closings }) => closings.length > 0) ? [closingSheet(report)] : []),
      ruleSheet(report),
    ],
    report.language,
  )

function signedSheet(report: MonthReport): ReportSheet {
  const { language, workers } = report
  const columns = sheetColumns(report)
  return {
    name: words.sheet[language],
    columns,
    heading: [titleOf(report), ...linesAbove(report)],
    rows: [...workers.map((one, i) => columns.map(({ value }) => value(one, i))), totalsOf(report, columns)],
    footerRows: 1,
    frozenColumns: report.isCounty ? 3 : 2,
    // It is signed by hand: ruled, with room to write.
    isForm: true,
    closing: [
      ...(workers.length === 0 ? [words.nobody[language]] : []),
      remarks(report),
      words.signatures[language],
    ],
  }
}

/** Midnight UTC: a spreadsheet knows no time zones, and this is the day it shows. */
const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`)

function daySheet(report: MonthReport): ReportSheet {
  const { language } = report
  const targets = dayTargetsOf(report)
  return {
    name: words.daySheet[language],
    columns: [
      ...whoColumns(report),
      { header: words.date[language], width: 12, format: 'day' },
      { header: words.kind[language], width: 10 },
      ...targets.flatMap((target) => [
        { header: dayTargetWords[target][language], width: 11, format: 'number' as const },
        {
          header: say(language, words.required, { what: dayTargetWords[target][language] }),
          width: 11,
          format: 'number' as const,
        },
      ]),
      { header: words.status[language], width: 10 },
      { header: words.withinError[language], width: 10 },
      { header: words.excuse[language], width: 10 },
      { header: words.reason[language], width: 24 },
      { header: words.creditMinutes[language], width: 10, format: 'number' },
      { header: words.creditKilometres[language], width: 10, format: 'number' },
    ],
    rows: report.workers.flatMap((one) =>
      one.sheet.days.map((day): CellValue[] => [
        ...who(one, false),
        dateOf(day.day),
        kindWords[day.kind][language],
        ...targets.flatMap((target) => reachedAndAsked(day, target)),
        statusWords[day.status][language],
        day.withinError ? words.withinErrorYes[language] : null,
        day.excuse && excuseWords[day.excuse.kind][language],
        day.excuse?.reason ?? null,
        ...credit(one, day.day),
      ]),
    ),
    frozenColumns: 3,
  }
}

function reachedAndAsked({ targets }: DayVerdict, target: string): [CellValue, CellValue] {
  const found = targets.find((one) => one.target === target)
  if (!found) return [null, null]
  // Of being online only whether it was so is asked, not the count of positions.
  return [target === 'online' ? Number(found.met) : found.actual, found.required]
}

function credit({ credits }: WorkerMonth, day: string): [CellValue, CellValue] {
  const found = credits.get(day)
  return found ? [Math.round(found.seconds / 6) / 10, Math.round(found.metres) / 1000] : [null, null]
}

const whoColumns = ({ language, isCounty }: MonthReport): ReportSheet['columns'] => [
  ...(isCounty ? [{ header: words.town[language], width: 14 }] : []),
  { header: words.name[language], width: 10 },
  { header: words.worker[language], width: 10 },
]

const who = ({ town, name, worker }: WorkerMonth, isCounty: boolean): CellValue[] => [
  ...(isCounty ? [town] : []),
  name,
  worker,
]

function visitSheet(report: MonthReport): ReportSheet {
  const { language, isCounty } = report
  return {
    name: words.visitSheet[language],
    columns: [
      ...whoColumns(report),
      { header: words.target[language], width: 18 },
      { header: words.from[language], width: 12, format: 'day' },
      { header: words.to[language], width: 12, format: 'day' },
      { header: words.actual[language], width: 8, format: 'count' },
      { header: words.of[language], width: 8, format: 'count' },
      { header: words.share[language], width: 10, format: 'share' },
      { header: words.status[language], width: 12 },
    ],
    rows: report.workers.flatMap((one) =>
      one.sheet.periods
        // Where there is nothing to visit, nothing is asked.
        .filter(({ total }) => total > 0)
        .map((period): CellValue[] => [
          ...who(one, isCounty),
          periodTargetWords[period.target][language],
          dateOf(period.from),
          // People write the last day, not the one after it.
          new Date(dateOf(period.to).getTime() - 86_400_000),
          period.actual,
          period.total,
          period.requiredShare,
          words[period.met ? 'yes' : period.isRunning ? 'running' : 'no'][language],
        ]),
    ),
    frozenColumns: isCounty ? 3 : 2,
  }
}

function closingSheet(report: MonthReport): ReportSheet {
  const { language } = report
  return {
    name: words.closingSheet[language],
    columns: [
      { header: words.closingWhen[language], width: 18 },
      { header: words.closingStep[language], width: 8 },
      { header: words.closingWho[language], width: 16 },
      { header: words.closingSaid[language], width: 50 },
      { header: words.closingFor[language], width: 40 },
    ],
    rows: closingSteps(report).map((one) => [one.when, one.step, one.who, one.said, one.workers]),
  }
}

function ruleSheet({ language, rules }: MonthReport): ReportSheet {
  return {
    name: words.ruleSheet[language],
    columns: [
      { header: words.ruleSheet[language], width: 24 },
      { header: words.townsOf[language], width: 18 },
      { header: words.rule[language], width: 90 },
    ],
    rows: rules.flatMap(({ policy, from, towns }) =>
      policyInWords(policy).map((rule): CellValue[] => [
        say(language, from === null ? words.rulesWithout : words.rulesFrom, {
          title: policy.title[language],
          name: policy.name,
          day: from ?? '',
        }),
        towns.join(comma(language)),
        rule[language],
      ]),
    ),
  }
}
