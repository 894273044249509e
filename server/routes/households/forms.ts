/** The grid ledger and the annexes as they are filed: pages to be printed, also as PDF and as workbooks. */
import { z } from 'zod'
import { fillForm } from '../../commands/households/household-form.ts'
import { householdFormQuery, householdForms } from '../../contract/households.ts'
import { codeSchema } from '../../contract/values.ts'
import { localDayOf } from '../../core/trajectories/local-day.ts'
import type { HouseholdForm } from '../../formats/household-forms/form.ts'
import { formPage } from '../../formats/household-forms/write-form.ts'
import { loadArea } from '../area.ts'
import { pdfAnswer } from '../posters/load.ts'
import { type Call, defineRoute } from '../route.ts'

const params = z.object({ code: codeSchema, form: z.enum(householdForms) })
type FormCall = Pick<
  Call<z.output<typeof params>, z.output<typeof householdFormQuery>, undefined>,
  'db' | 'now' | 'params' | 'query'
>

async function load({ db, now, params: { code, form }, query }: FormCall): Promise<HouseholdForm> {
  const { day = localDayOf(now), reveal = false } = query
  return fillForm(db, await loadArea(db, code), { form, day, reveal, now })
}

async function page(call: FormCall): Promise<string> {
  const { code, form } = call.params
  const given = Object.entries(call.query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  const address = (ending: string): string =>
    `/reports/households/${encodeURIComponent(code)}/${form}${ending}${search === '' ? '' : `?${search}`}`
  return formPage(await load(call), [
    { text: 'PDF', href: address('.pdf') },
    { text: 'XLSX', href: address('.xlsx') },
  ])
}

const fileName = ({ code, form }: z.output<typeof params>): string => `${form}-${code}`
const shared = { params, query: householdFormQuery, method: 'get', tag: 'coverage' } as const

export const householdFormRoute = defineRoute({
  ...shared,
  path: '/reports/households/{code}/{form}',
  summary: { zh: '网格台账与附件（打印）', en: 'The grid ledger or an annex, a page to be printed' },
  answer: { status: 200, description: 'Pages of A4', type: 'text/html; charset=utf-8' },
  handle: async (call) => ({
    type: 'text/html; charset=utf-8',
    body: await page(call),
    cacheControl: 'no-store',
  }),
})

export const householdFormPdfRoute = defineRoute({
  ...shared,
  path: '/reports/households/{code}/{form}.pdf',
  summary: {
    zh: '网格台账与附件，PDF',
    en: 'The grid ledger or an annex as PDF; 501 without a Chromium on the server',
  },
  answer: { status: 200, description: 'Pages of A4', type: 'application/pdf' },
  async handle(call) {
    const html = await page(call)
    return {
      ...pdfAnswer(await call.services.printer.print(html, call.signal, false), html, fileName(call.params)),
      cacheControl: 'no-store',
    }
  },
})

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const householdFormXlsxRoute = defineRoute({
  ...shared,
  path: '/reports/households/{code}/{form}.xlsx',
  summary: { zh: '网格台账与附件，XLSX', en: 'The grid ledger or an annex as a workbook' },
  answer: { status: 200, description: 'A workbook', type: xlsx },
  async handle(call) {
    return {
      type: xlsx,
      body: await call.services.thread.run('formWorkbook', await load(call), call.signal),
      headers: {
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName(call.params))}.xlsx`,
      },
      cacheControl: 'no-store',
    }
  },
})
