/** `wangge assess --month YYYY-MM [--area CODE] [--format text|json]` */
import { assessArea } from '../commands/assessment/assess-area.ts'
import { presentSheet } from '../contract/assessment.ts'
import type { MonthSheet } from '../core/assessment/values.ts'
import { findArea } from '../db/areas.ts'
import { listRoots } from '../db/imports.ts'
import { withDatabase } from './open-for-verb.ts'
import { UsageError, type Verb, type VerbArgs } from './verb.ts'

export const assess: Verb = {
  name: 'assess',
  usage: '--month YYYY-MM [--area CODE] [--format text|json]',
  summary: {
    zh: '专职网格员的月度考核表：天数、补贴、黄红牌，每个数字都有依据',
    en: 'monthly sheets of the full-time workers: days, subsidies, cards, each figure with its evidence',
  },
  options: {
    month: { type: 'string', value: 'YYYY-MM', help: { zh: '月份', en: 'the month' } },
    area: {
      type: 'string',
      value: 'CODE',
      help: { zh: '区域，缺省为全部', en: 'the area; all when absent' },
    },
    format: {
      type: 'string',
      value: 'text|json',
      help: { zh: '输出格式，默认 text', en: 'of the output, text by default' },
    },
  },
  async run(args, io) {
    const month = monthOf(args)
    const format = args.text('format') ?? 'text'
    if (format !== 'text' && format !== 'json')
      throw new UsageError({ zh: '--format 应为 text 或 json', en: '--format wants text or json' })
    return withDatabase(io, async (db, viewer) => {
      const scoped = db.as(viewer)
      const asked = args.text('area')
      const codes = asked === undefined ? await listRoots(db.system()) : [asked]
      const sheets: MonthSheet[] = []
      for (const code of codes) {
        const area = await findArea(scoped, code)
        if (!area) throw new UsageError({ zh: `没有区域 ${code}`, en: `there is no area ${code}` })
        const { policy, workers } = await assessArea(scoped, area, { month, worker: null, now: io.now() })
        io.err(`${area.name} ${month} · ${policy.name} ${policy.title.zh} · ${policy.title.en}\n`)
        sheets.push(...workers.map(({ sheet }) => sheet))
      }
      io.out(format === 'json' ? `${JSON.stringify(sheets.map(presentSheet), null, 1)}\n` : textOf(sheets))
      return sheets.some(({ counts }) => counts.not_met > 0) ? 1 : 0
    })
  },
}

function monthOf(args: VerbArgs): string {
  const month = args.text('month') ?? ''
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return month
  throw new UsageError({ zh: '--month 应为月份，如 2026-10', en: '--month wants a month like 2026-10' })
}

const heading = [
  'worker',
  'met',
  'not met',
  'excused',
  'patrol',
  'information',
  'tasks',
  'total',
  'card',
  'score',
]

function textOf(sheets: readonly MonthSheet[]): string {
  const money = (amount: number | null | undefined): string =>
    amount === null || amount === undefined ? '–' : `${amount}`
  const rows = sheets.map((sheet) => [
    sheet.worker,
    `${sheet.counts.met}`,
    `${sheet.counts.not_met}`,
    `${sheet.counts.excused}`,
    money(sheet.patrol?.amount),
    money(sheet.information?.amount),
    money(sheet.tasks?.amount),
    money(sheet.total),
    sheet.card ?? '–',
    money(sheet.score),
  ])
  const widths = heading.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)))
  return [heading, ...rows]
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}
