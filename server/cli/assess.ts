/** `wangge assess --month YYYY-MM [--area CODE] [--format text|json|xlsx] [-o FILE]` */
import { assessArea } from '../commands/assessment/assess-area.ts'
import { reportMonth } from '../commands/assessment/month-report.ts'
import { presentSheet } from '../contract/assessment.ts'
import type { MonthSheet } from '../core/assessment/values.ts'
import { type AreaScope, findArea } from '../db/areas.ts'
import { listRoots } from '../db/imports.ts'
import type { Scoped } from '../db/scoped.ts'
import { writeMonthXlsx } from '../formats/month-report/write-month-xlsx.ts'
import { withDatabase } from './open-for-verb.ts'
import { UsageError, type Verb, type VerbArgs, type VerbIo } from './verb.ts'
import { writeOutput } from './write-output.ts'

export const assess: Verb = {
  name: 'assess',
  usage: '--month YYYY-MM [--area CODE] [--format text|json|xlsx] [-o FILE]',
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
      value: 'text|json|xlsx',
      help: {
        zh: '输出格式，默认 text；xlsx 为可签字归档的考核表，须给出 --area 和 -o',
        en: 'of the output, text by default; xlsx, the sheet to be signed and filed, needs --area and -o',
      },
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: { zh: 'xlsx 的输出文件', en: 'where the xlsx goes' },
    },
  },
  async run(args, io) {
    const month = monthOf(args)
    const format = formatOf(args)
    return withDatabase(io, async (db, viewer) => {
      const scoped = db.as(viewer)
      const asked = args.text('area')
      if (format === 'xlsx') return writeWorkbook(scoped, args, month, io)
      const codes = asked === undefined ? await listRoots(db.system()) : [asked]
      const sheets: MonthSheet[] = []
      for (const code of codes) {
        const area = await areaOf(scoped, code)
        const { policy, workers } = await assessArea(scoped, area, { month, worker: null, now: io.now() })
        io.err(`${area.name} ${month} · ${policy.name} ${policy.title.zh} · ${policy.title.en}\n`)
        sheets.push(...workers.map(({ sheet }) => sheet))
      }
      io.out(format === 'json' ? `${JSON.stringify(sheets.map(presentSheet), null, 1)}\n` : textOf(sheets))
      return sheets.some(({ counts }) => counts.not_met > 0) ? 1 : 0
    })
  },
}

/** @returns 1 where a day was not met, as for the other formats */
async function writeWorkbook(db: Scoped, args: VerbArgs, month: string, io: VerbIo): Promise<0 | 1> {
  const area = await areaOf(db, args.text('area') ?? '')
  const path = args.text('output') ?? ''
  const report = await reportMonth(db, area, { month, language: 'zh', reveal: false, now: io.now() })
  await writeOutput(path, await writeMonthXlsx(report), io)
  const { length } = report.workers
  const unmet = report.workers.filter(({ sheet }) => sheet.counts.not_met > 0).length
  io.err(
    `${path}：${length} 人，其中 ${unmet} 人有未达标日 · ${length} workers, ${unmet} of them with days not met\n`,
  )
  return unmet > 0 ? 1 : 0
}

async function areaOf(db: Scoped, code: string): Promise<AreaScope> {
  const area = await findArea(db, code)
  if (!area) throw new UsageError({ zh: `没有区域 ${code}`, en: `there is no area ${code}` })
  return area
}

function formatOf(args: VerbArgs): 'text' | 'json' | 'xlsx' {
  const format = args.text('format') ?? 'text'
  if (format !== 'text' && format !== 'json' && format !== 'xlsx')
    throw new UsageError({ zh: '--format 应为 text、json 或 xlsx', en: '--format wants text, json or xlsx' })
  const isFile = format === 'xlsx'
  if (isFile && (args.text('area') === undefined || args.text('output') === undefined))
    throw new UsageError({ zh: 'xlsx 须给出 --area 和 -o', en: 'xlsx needs --area and -o' })
  if (!isFile && args.text('output') !== undefined)
    throw new UsageError({ zh: '-o 只用于 xlsx', en: '-o is for xlsx only' })
  return format
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
  'within error',
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
    `${sheet.days.filter(({ withinError }) => withinError === true).length}`,
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
