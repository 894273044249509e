import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import ExcelJS, { type Worksheet } from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { assessMonth } from '../../../server/core/assessment/assess-month.ts'
import type { MonthFacts } from '../../../server/core/assessment/values.ts'
import { type AssessmentPolicy, assessmentPresets } from '../../../server/core/policy/assessment-policy.ts'
import { monthPage } from '../../../server/formats/month-report/month-page.ts'
import type { MonthReport, WorkerMonth } from '../../../server/formats/month-report/month-report.ts'
import { writeMonthXlsx } from '../../../server/formats/month-report/write-month-xlsx.ts'
import { createPrinter } from '../../../server/routes/posters/printer.ts'
import { monthOf } from '../../core/assessment/month-facts.ts'

/** 2 November 2026, noon in Shanghai. */
const made = Date.parse('2026-11-02T12:00:00+08:00')

function workerMonth(
  facts: MonthFacts,
  policy: AssessmentPolicy,
  more: Partial<WorkerMonth> = {},
): WorkerMonth {
  return {
    town: '临溪镇',
    worker: facts.worker,
    name: '王*明',
    grids: ['一网格'],
    sheet: assessMonth(facts, policy),
    credits: new Map(),
    openObjections: 0,
    stars: null,
    closed: { by: 'li', at: made },
    closings: [],
    differs: false,
    ...more,
  }
}

const reportOf = (
  workers: readonly WorkerMonth[],
  policy: AssessmentPolicy,
  more: Partial<MonthReport> = {},
): MonthReport => ({
  area: '云岭县临溪镇',
  isCounty: false,
  month: '2026-10',
  language: 'zh',
  made,
  madeBy: 'li',
  rules: [{ policy, from: '2026-01-01', towns: ['临溪镇'] }],
  workers,
  ...more,
})

async function open(report: MonthReport): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load((await writeMonthXlsx(report)).buffer as ArrayBuffer)
  return workbook
}

const cells = (sheet: Worksheet | undefined): unknown[][] => {
  const rows: unknown[][] = []
  sheet!.eachRow((row) => {
    rows.push(Array.from({ length: sheet!.columnCount }, (_, i) => row.getCell(i + 1).value))
  })
  return rows
}

/** By header: the rows below the one that begins with the given header. */
function records(sheet: Worksheet | undefined, first: string): Record<string, unknown>[] {
  const rows = cells(sheet)
  const at = rows.findIndex(([one]) => one === first)
  const header = rows[at]!.map(String)
  return rows.slice(at + 1).map((row) => Object.fromEntries(row.map((value, i) => [header[i], value])))
}

const rule004 = assessmentPresets['004']
/** Short on the 9th and 20th; on leave from 26 to 28 October. */
const facts: MonthFacts = monthOf('2026-10', ['2026-10-09', '2026-10-20'], {
  excuses: [{ id: 'e1', kind: 'leave', from: '2026-10-26', to: '2026-10-29', reason: '病假条' }],
  periods: [{ target: 'key_persons', from: '2026-10-01', to: '2026-11-01', actual: 9, total: 12 }],
})

describe('the workbook of rule 004', () => {
  let workbook: ExcelJS.Workbook
  beforeAll(async () => {
    const credited = new Map([['2026-10-12', { seconds: 1800, metres: 250 }]])
    workbook = await open(
      reportOf(
        [
          workerMonth(facts, rule004, { credits: credited, openObjections: 1 }),
          workerMonth({ ...monthOf('2026-10'), worker: 'w2' }, rule004, { differs: true }),
        ],
        rule004,
      ),
    )
  })

  it('is titled, made by somebody, closed, with its header in sight and, being wide, on A3 lying', () => {
    const sheet = workbook.getWorksheet('考核表')!
    expect(sheet.getCell('A1').value).toBe('云岭县临溪镇2026年10月网格员考核表')
    expect(sheet.getCell('A2').value).toBe(`考核办法：${rule004.title.zh}（004，2026-01-01 起施行）`)
    expect(sheet.getCell('A3').value).toBe('制表：li，2026-11-02 12:00　已结账：li，2026-11-02 12:00')
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 4 })
    expect(sheet.pageSetup).toMatchObject({
      paperSize: 8,
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '4:4',
    })
    expect(sheet.headerFooter.oddFooter).toBe('&C第 &P 页，共 &N 页')
  })

  it('has a row a worker in figures, and their sums', () => {
    const [first, second, sums, remarks, signatures] = records(workbook.getWorksheet('考核表'), '序号')
    // 18 working days less 3 of leave are 15, of which 2 not met: 800 − 2 × 25.
    expect(first).toMatchObject({
      序号: 1,
      姓名: '王*明',
      编号: 'w1',
      网格: '一网格',
      '应巡日（天）': 15,
      '达标日（天）': 13,
      '请假等免考（天）': 3,
      '未达标日（天）': 2,
      未达标日期: '10月9日、10月20日',
      '必访户走访完成（户）': 9,
      '必访户走访总数（户）': 12,
      '巡查补贴（元）': 750,
      '信息补贴（元）': 200,
      '任务奖励（元）': 200,
      '合计（元）': 1150,
      备注: '1 件申诉待裁定',
      签字: null,
    })
    expect(second).toMatchObject({ '应巡日（天）': 18, '合计（元）': 1200, 备注: '结账后数据有变' })
    expect(sums).toMatchObject({ 姓名: '合计', '应巡日（天）': 33, '达标日（天）': 31, '合计（元）': 2350 })
    expect(String(remarks!['序号'])).toContain('星级按季度评定')
    expect(String(signatures!['序号'])).toContain('负责人（盖章）')
    expect(workbook.getWorksheet('考核表')!.getCell('A5').numFmt).toBe('#,##0')
  })

  it('has every day of every worker: dates as dates, what was reached and asked, excuses, what was credited', () => {
    const rows = records(workbook.getWorksheet('逐日明细'), '姓名')
    expect(rows).toHaveLength(2 * 31)
    expect(rows[8]).toEqual({
      姓名: '王*明',
      编号: 'w1',
      日期: new Date('2026-10-09T00:00:00Z'),
      日类: '工作日',
      '在线（1 是 0 否）': 1,
      '要求（在线（1 是 0 否））': 1,
      '网格内时长（小时）': 3.9,
      '要求（网格内时长（小时））': 4,
      '网格内里程（公里）': 3.3,
      '要求（网格内里程（公里））': 3,
      结果: '未达标',
      误差范围内: null,
      免考事由: null,
      登记说明: null,
      '申诉计入（分钟）': null,
      '申诉计入（公里）': null,
    })
    expect(rows[11]).toMatchObject({ '申诉计入（分钟）': 30, '申诉计入（公里）': 0.25 })
    expect(rows[25]).toMatchObject({ 结果: '免考', 免考事由: '请假', 登记说明: '病假条' })
    expect(rows[0]).toMatchObject({ 日类: '节假日', 结果: '不考核', '网格内时长（小时）': null })
    expect(workbook.getWorksheet('逐日明细')!.getCell('C2').numFmt).toBe('yyyy-mm-dd')
  })

  it('has the visits by period, to the last day, and the rules as sentences', () => {
    expect(records(workbook.getWorksheet('走访达标'), '姓名')).toEqual([
      {
        姓名: '王*明',
        编号: 'w1',
        项目: '必访户走访',
        起: new Date('2026-10-01T00:00:00Z'),
        止: new Date('2026-10-31T00:00:00Z'),
        完成: 9,
        总数: 12,
        要求比例: 1,
        结果: '未达标',
      },
    ])
    const rules = records(workbook.getWorksheet('考核办法'), '考核办法').map((row) => String(row['内容']))
    // The day's targets, what a working day is, two visits, three payments, cards, stars, objections.
    expect(rules).toHaveLength(10)
    expect(rules.join('')).toContain('连续 3 天或当月累计 5 天未达标的，当月不发')
    expect(rules.join('')).toContain('第 6–10 名 2 星，奖励 200 元')
  })
})

describe('what the rules do not ask for', () => {
  it('does not stand on the sheet: places first has no hours, no money, no stars', async () => {
    const policy = assessmentPresets['places-first']
    const own = monthOf('2026-10', [], {
      periods: [
        { target: 'key_persons', from: '2026-10-01', to: '2026-11-01', actual: 3, total: 3 },
        { target: 'key_places', from: '2026-09-28', to: '2026-10-05', actual: 1, total: 2 },
        { target: 'key_places', from: '2026-10-05', to: '2026-10-12', actual: 2, total: 2 },
      ],
    })
    const workbook = await open(reportOf([workerMonth(own, policy)], policy))
    const [row] = records(workbook.getWorksheet('考核表'), '序号')
    expect(Object.keys(row!)).toEqual([
      '序号',
      '姓名',
      '编号',
      '网格',
      '必访户走访完成（户）',
      '必访户走访总数（户）',
      '重点场所走访达标（周）',
      '重点场所走访考核（周）',
      '到户完成（户）',
      '到户总数（户）',
      '得分（满分 100）',
      '备注',
      '签字',
    ])
    expect(row).toMatchObject({ '重点场所走访达标（周）': 1, '重点场所走访考核（周）': 2 })
    expect(monthPage(reportOf([workerMonth(own, policy)], policy), [])).not.toContain('逐日明细</h2>')
  })

  it('says which days lie within the error, and of how many not met that is so', async () => {
    const own = monthOf('2026-10', ['2026-10-09', '2026-10-20'])
    // 3.9 h of which 0.2 h may have been outside, or as much more inside: 4 h lie within.
    const days = own.days.map((day) => (day.day === '2026-10-09' ? { ...day, insideErrorSeconds: 720 } : day))
    const report = reportOf([workerMonth({ ...own, days }, rule004)], rule004)
    const book = await open(report)
    const rows = records(book.getWorksheet('逐日明细'), '姓名')
    expect([rows[8], rows[19]]).toMatchObject([{ 误差范围内: '是' }, { 误差范围内: null }])
    const [row, , remarks] = records(book.getWorksheet('考核表'), '序号')
    expect(row).toMatchObject({ '未达标日（天）': 2, 备注: '未达标日中 1 天在误差范围内' })
    expect(String(remarks!['序号'])).toContain('结果不因此改变')
    const page = monthPage(report, [])
    expect(page).toContain('<td class="not">3.9<br>3.3<br>✗±</td>')
    expect(page.match(/✗±/g)).toHaveLength(1)
  })

  it('of nobody is a sheet that says so', async () => {
    const [, , says] = records((await open(reportOf([], rule004))).getWorksheet('考核表'), '序号').map(
      (row) => row['序号'],
    )
    expect(says).toContain('说明')
    expect(monthPage(reportOf([], rule004), [])).toContain('本月没有专职网格员的任务')
  })
})

const chromium = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
)
const hasPdfToText = existsSync('/usr/bin/pdftotext')

describe('printed', () => {
  const many = reportOf(
    Array.from({ length: 120 }, (_, i) =>
      workerMonth({ ...facts, worker: `W${String(i + 1).padStart(3, '0')}` }, rule004, {
        closed: null,
        name: `王${'*'.repeat(i % 2)}明`,
      }),
    ),
    rule004,
  )

  it('escapes what people wrote, asks nothing of another host and runs no script', () => {
    const page = monthPage(
      reportOf([workerMonth(facts, rule004, { name: '<b>', grids: ['"一"&'] })], rule004),
      [{ text: 'PDF', href: '/x?a=1&b=2' }],
    )
    expect(page).toContain('&lt;b&gt;')
    expect(page).not.toMatch(/<script|<img|<link|@import|url\(|<b>/)
    expect(page).toContain('href="/x?a=1&amp;b=2"')
  })

  it.skipIf(!chromium || !hasPdfToText)(
    'all of 120 workers, each page numbered and marked as a draft (skipped without a Chromium and pdftotext of the system)',
    async () => {
      const printer = createPrinter({ chromium, folder: tmpdir() })
      const pdf = await printer.print(monthPage(many, []), new AbortController().signal)
      const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
      const pages = text.split('\f').slice(0, -1)
      expect(
        Buffer.from(pdf)
          .toString('latin1')
          .match(/\/Type\s*\/Page\b(?!s)/g),
      ).toHaveLength(pages.length)
      for (const [i, page] of pages.entries()) {
        expect(page).toContain('未定稿')
        expect(page.replaceAll(/\s/g, '')).toContain(`第${i + 1}页，共${pages.length}页`)
      }
      for (const { worker } of many.workers) expect(text.split(worker).length - 1).toBeGreaterThanOrEqual(3)
      // A4 lying, in points of 1/72 inch: 297 mm = 841.9.
      const [, width, height] =
        /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(Buffer.from(pdf).toString('latin1')) ?? []
      expect([Number(width), Number(height)].map((points) => Math.round((points / 72) * 25.4))).toEqual([
        297, 210,
      ])
      // 120 × 1,150.
      expect(text).toContain('138,000')
    },
    120_000,
  )
})
