/** What stands above and below the table, in the workbook and on paper alike. */
import { dayBounds, localDayOf } from '../../core/trajectories/local-day.ts'
import { semicolon } from './figures.ts'
import { isFinal, type MonthReport } from './month-report.ts'
import { say, words } from './words.ts'

/** 临溪镇2026年10月网格员考核表（未定稿） */
export function titleOf(report: MonthReport): string {
  const { area, month, language } = report
  const [year = '', number = ''] = month.split('-')
  const name = say(language, words.title, {
    area,
    year,
    month: language === 'zh' ? Number(number) : number,
  })
  return isFinal(report) ? name : name + words.draft[language]
}

/** By which rules, who made it and when, who closed it and when. */
export function linesAbove(report: MonthReport): string[] {
  const { language, rules, made, madeBy, workers } = report
  const list = rules.map(({ policy, from }) =>
    say(language, from === null ? words.rulesWithout : words.rulesFrom, {
      title: policy.title[language],
      name: policy.name,
      day: from ?? '',
    }),
  )
  const closings = [
    ...new Set(
      workers.flatMap(({ closed }) =>
        closed ? [say(language, words.closed, { who: closed.by, when: momentOf(closed.at) })] : [],
      ),
    ),
  ]
  return [
    say(language, words.rulesBy, { list: list.join(semicolon(language)) }),
    [
      say(language, words.made, { who: madeBy, when: momentOf(made) }),
      ...closings,
      ...(isFinal(report) ? [] : [words.open[language]]),
    ].join('　'),
  ]
}

/** What the figures leave out and where they come from; the lines to sign on come after. */
export function remarks(report: MonthReport): string {
  const { language, rules, workers } = report
  const ranks = rules.some(({ policy }) => policy.stars !== null)
  const isRanked = workers.some(({ stars }) => stars !== null)
  const asksOfDays = rules.some(({ policy }) => policy.dayTargets.length > 0)
  return [
    words.remarks,
    ...(asksOfDays ? [words.remarkAsked] : []),
    ...(workers.some(({ sheet }) => sheet.days.some(({ withinError }) => withinError))
      ? [words.remarkError]
      : []),
    ...(isRanked ? [words.remarkTotal] : ranks ? [words.remarkStars] : []),
    report.isCounty ? words.remarkTowns : words.remarkDays,
  ]
    .map((one) => one[language])
    .join(language === 'zh' ? '' : ' ')
}

/** 2026-11-02 12:00, Asia/Shanghai. */
export function momentOf(at: number): string {
  const day = localDayOf(at)
  const minutes = Math.floor((at - dayBounds(day).from) / 60_000)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${day} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
