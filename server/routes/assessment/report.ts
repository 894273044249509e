/** The monthly sheet as it is filed: a page to be printed and signed, also as PDF and as a workbook. */
import { z } from 'zod'
import { reportMonth } from '../../commands/assessment/month-report.ts'
import { requireRole } from '../../commands/authority.ts'
import { monthReportQuery, monthSchema } from '../../contract/assessment.ts'
import { codeSchema } from '../../contract/values.ts'
import { monthPage } from '../../formats/month-report/month-page.ts'
import type { MonthReport } from '../../formats/month-report/month-report.ts'
import { words } from '../../formats/month-report/words.ts'
import type { PageLink } from '../../formats/print-page.ts'
import { loadArea } from '../area.ts'
import { pdfAnswer } from '../posters/load.ts'
import { type Call, defineRoute } from '../route.ts'

const params = z.object({ code: codeSchema, month: monthSchema })
type ReportCall = Pick<
  Call<z.output<typeof params>, z.output<typeof monthReportQuery>, undefined>,
  'db' | 'now' | 'viewer' | 'params' | 'query'
>

async function load(call: ReportCall): Promise<MonthReport> {
  const { db, now, viewer, query } = call
  const { code, month } = call.params
  requireRole(viewer, ['administrator', 'supervisor'], {
    zh: '打印全区考核表',
    en: 'print the sheet of an area',
  })
  const { lang: language = 'zh', reveal = false } = query
  return reportMonth(db, await loadArea(db, code), { month, language, reveal, now })
}

async function reportPage(call: ReportCall): Promise<string> {
  const { params: given, query } = call
  const report = await load(call)
  const { language } = report
  const path = `/reports/assessments/${encodeURIComponent(given.code)}/${given.month}`
  const address = (changes: Partial<typeof query>, ending = ''): string => {
    const all = Object.entries({ ...query, ...changes }).filter(([, value]) => value !== undefined)
    return `${path}${ending}?${new URLSearchParams(all.map(([name, value]) => [name, String(value)]))}`
  }
  const links: PageLink[] = [
    { text: 'PDF', href: address({}, '.pdf') },
    { text: 'XLSX', href: address({}, '.xlsx') },
    { text: words.otherLanguage[language], href: address({ lang: language === 'zh' ? 'en' : 'zh' }) },
    ...(query.reveal ? [] : [{ text: words.reveal[language], href: address({ reveal: true }) }]),
  ]
  return monthPage(report, links)
}

const fileName = ({ code, month }: z.output<typeof params>): string => `assessment-${code}-${month}`

const report = { params, query: monthReportQuery, method: 'get', tag: 'assessment' } as const

export const monthReportRoute = defineRoute({
  ...report,
  path: '/reports/assessments/{code}/{month}',
  summary: { zh: '月度考核表（打印）', en: 'The monthly sheet of an area, a page to be printed and signed' },
  answer: { status: 200, description: 'Pages of A4, lying', type: 'text/html; charset=utf-8' },
  handle: async (call) => ({ type: 'text/html; charset=utf-8', body: await reportPage(call) }),
})

export const monthReportPdfRoute = defineRoute({
  ...report,
  path: '/reports/assessments/{code}/{month}.pdf',
  summary: {
    zh: '月度考核表，PDF',
    en: 'The monthly sheet of an area as PDF; 501 without a Chromium on the server',
  },
  answer: { status: 200, description: 'Pages of A4, lying', type: 'application/pdf' },
  async handle(call) {
    const html = await reportPage(call)
    return pdfAnswer(await call.services.printer.print(html, call.signal), html, fileName(call.params))
  },
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const monthReportXlsxRoute = defineRoute({
  ...report,
  path: '/reports/assessments/{code}/{month}.xlsx',
  summary: {
    zh: '月度考核表，XLSX',
    en: 'The monthly sheet of an area as a workbook: the table to be signed, every day of every worker, the rules',
  },
  answer: { status: 200, description: 'A workbook', type: xlsx },
  async handle(call) {
    return {
      type: xlsx,
      body: await call.services.thread.run('monthWorkbook', await load(call), call.signal),
      headers: {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName(call.params))}.xlsx`,
      },
      cacheControl: 'no-store',
    }
  },
})
