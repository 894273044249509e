/**
 * A supervisor's work in a real browser, on a demo of its own with people who sign in: from the live map to a household nobody reached and
 * to its worker's day; from the sheet to a day behind a figure, an objection entered by one and decided by another, the month closed
 * and exported. In order: each step goes on from the one before.
 */
import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Assessments, MonthSheetAnswer } from '../../server/contract/assessment.ts'
import type { Overdue } from '../../server/contract/coverage.ts'
import type { PatrolDays } from '../../server/contract/patrols.ts'
import { browserTests, visit } from '../support/browser-tests.ts'
import { type Served, serveDemoWith, signInPage } from '../support/users.ts'

const town = '990427103'
const month = '2026-10'
/** data/demo/truths.json: W012 walked too little on the 13th. */
const [worker, day] = ['W012', '2026-10-13']
/** The day after the first whole week: who was not reached in it is overdue. */
const monday = '2026-10-19'

let served: Served
beforeAll(async () => {
  served = await serveDemoWith([
    { login: 'wang', role: 'worker', areas: [town], name: '王小明', worker },
    { login: 'unbound', role: 'worker', areas: [town] },
    { login: 'li', role: 'supervisor', areas: [town], name: '李四' },
  ])
}, 320_000)
afterAll(() => served?.close())

const browser = browserTests()
/** The worker's browser, and the supervisor's. */
let wang: Page
let li: Page
beforeAll(async () => {
  wang = await browser.open(served.origin)
  li = await browser.open(served.origin)
  await signInPage(wang, served.origin, 'wang')
  await signInPage(li, served.origin, 'li')
})

const drawer = (page: Page) => page.getByRole('complementary', { name: '详情' })
const sheets = () => li.getByRole('table', { name: '月度考核表' })
const rowOf = (id: string) => sheets().locator('[data-index]').filter({ hasText: id })
const kilometres = (sheet: MonthSheetAnswer) =>
  sheet.days.find((one) => one.day === day)!.targets.find(({ target }) => target === 'kilometres')!

async function assessments(): Promise<MonthSheetAnswer[]> {
  const response = await li.request.get(`${served.origin}/api/areas/${town}/assessments/${month}`)
  return ((await response.json()) as Assessments).sheets
}
const sheetOf = async (): Promise<MonthSheetAnswer> =>
  (await assessments()).find((one) => one.worker === worker)!

describe('a day', () => {
  const send = async (path: string, data: object): Promise<void> => {
    const response = await li.request.post(`${served.origin}/api/areas/${town}/${path}`, { data })
    if (!response.ok()) throw new Error(`${path}: ${await response.text()}`)
  }
  const overdue = async (): Promise<Overdue['rows']> => {
    const response = await li.request.get(
      `${served.origin}/api/areas/${town}/coverage/overdue?kind=household&day=${monday}`,
    )
    return ((await response.json()) as Overdue).rows
  }

  it('begins with who is where just now', async () => {
    await send('devices', { id: 'e2e-phone', kind: 'osmand' })
    const from = new Date(Date.now() - 3_600_000).toISOString()
    await send('devices/e2e-phone/binding', { worker, from })
    await visit(li, `/patrol?area=${town}&view=live`)
    await li.locator('.live-line.is-live').waitFor()
    const timestamp = Math.floor(Date.now() / 1000) - 5
    const query = `id=e2e-phone&lat=29.93&lon=119.62&timestamp=${timestamp}&accuracy=6`
    expect((await fetch(`${served.origin}/ingest/osmand?${query}`)).status).toBe(200)
    const live = li.getByRole('table', { name: '实时网格员列表' })
    await live.locator('[data-index]').filter({ hasText: worker }).click()
    await drawer(li).getByText('误差半径').waitFor()
  })

  it('goes on to a household that nobody reached in time, and to the day of who patrols there', async () => {
    const [missed] = await overdue()
    expect(missed).toBeDefined()
    await visit(li, `/patrol?area=${town}&day=${monday}&view=coverage&list=households`)
    const list = li.getByRole('table', { name: '逾期未走访的户' })
    await list.locator('[data-index="0"]').waitFor()
    await li.keyboard.press('/')
    await li.keyboard.type(missed!.id)
    await list.locator('[data-index]').filter({ hasText: missed!.id }).click()
    await drawer(li).getByText(`${missed!.overdue_days} 天`).first().waitFor()
    const days = await li.request.get(
      `${served.origin}/api/areas/${town}/patrol-days?from=${monday}&to=2026-10-20`,
    )
    const out = ((await days.json()) as PatrolDays).rows.find((one) => one.grid === missed!.grid)!
    await drawer(li)
      .getByRole('button', { name: `看 ${out.name} 的这一天` })
      .click()
    await drawer(li).locator('[data-rule="kilometres"]').waitFor()
    expect(new URL(li.url()).searchParams.get('select')).toBe(`worker:${out.worker}`)
    expect(await drawer(li).innerText()).toContain('走到的街巷')

    // What the worker reported at that door is a visit, whatever the trace says.
    await send('incidents', {
      key: 'e2e-visit',
      category: 'dispute',
      occurred_at: `${monday}T02:00:00Z`,
      description: '上门调解',
      household: missed!.id,
      worker: out.worker,
    })
    await li.reload()
    const visits = drawer(li).getByTestId('day-visits')
    await visits.getByRole('button', { name: missed!.id }).waitFor()
    await visits.getByText('事件上报').waitFor()
    expect((await overdue()).map(({ id }) => id)).not.toContain(missed!.id)
  })
})

describe('a month', () => {
  let before: MonthSheetAnswer

  it('from the sheet to a worker’s row, and to a day behind a figure', async () => {
    before = await sheetOf()
    expect(kilometres(before).met).toBe(false)
    await visit(li, `/patrol?area=${town}&day=${day}&view=sheets`)
    await sheets().locator('[data-index="0"]').waitFor()
    await li.keyboard.press('/')
    await li.keyboard.type(worker)
    await rowOf(worker).click()
    await drawer(li)
      .getByRole('heading', { name: new RegExp(`巡查补贴\\s*${before.patrol!.amount} 元`) })
      .waitFor()
    await drawer(li).getByRole('button', { name: '10月13日' }).first().click()
    await drawer(li).locator('[data-rule="kilometres"]').waitFor()
    expect(new URL(li.url()).searchParams.get('day')).toBe(day)
  })

  it('a leave is recorded, put right and withdrawn; what is missing is said beside its field', async () => {
    await visit(li, `/patrol?area=${town}&day=${day}&view=sheets&select=worker:${worker}`)
    const records = drawer(li).getByRole('region', { name: '履职记录' })
    await records.getByRole('button', { name: '登记' }).click()
    await records.getByLabel('第一天').fill('2026-10-14')
    await records.getByLabel('最后一天').fill('2026-10-13')
    await records.getByRole('button', { name: '保存' }).click()
    await records.getByText('最后一天不能早于第一天').waitFor()
    await records.getByText('请填写说明').waitFor()
    expect(await records.getByLabel('最后一天').evaluate((one) => one === document.activeElement)).toBe(true)
    await records.getByLabel('最后一天').fill('2026-10-15')
    await records.getByLabel('说明').fill('病假条')
    await records.getByRole('button', { name: '保存' }).click()
    await records.getByText('请假 10月14日 – 10月15日').waitFor()
    await expect.poll(async () => (await sheetOf()).counts.excused).toBe(2)
    // The button has the focus back.
    expect(
      await records.getByRole('button', { name: '登记' }).evaluate((one) => one === document.activeElement),
    ).toBe(true)
    await records.getByRole('button', { name: '改 请假 10月14日 – 10月15日' }).click()
    await records.getByLabel('最后一天').fill('2026-10-14')
    await records.getByRole('button', { name: '保存' }).click()
    await records.getByRole('button', { name: '撤销 请假 10月14日', exact: true }).click()
    await li
      .getByRole('tooltip')
      .getByRole('button', { name: /撤\s*销/ })
      .click()
    await records.getByText('本月没有登记').waitFor()
    expect(await sheetOf()).toEqual(before)
  })

  it('is the worker’s own: they come to it, and are offered nobody else’s', async () => {
    await visit(wang, '/')
    await expect.poll(() => new URL(wang.url()).searchParams.get('select')).toBe(`worker:${worker}`)
    expect(new URL(wang.url()).pathname).toBe('/patrol')
    const list = wang.getByRole('table', { name: '网格员列表' })
    await list.locator('[data-index="0"]').waitFor()
    expect(await list.locator('[data-index]').allInnerTexts()).toEqual([expect.stringContaining(worker)])
    const views = wang.getByRole('radiogroup', { name: '视图' })
    expect(await views.getByText('实时').count()).toBe(0)
    await visit(wang, `/patrol?area=${town}&day=${day}&view=sheets&select=worker:${worker}`)
    const own = wang.getByRole('table', { name: '月度考核表' }).locator('[data-index]')
    await own.first().waitFor()
    expect(await own.count()).toBe(1)
    expect(await wang.getByRole('link', { name: '导出 XLSX' }).count()).toBe(0)
    await visit(wang, `/patrol?area=${town}&day=${day}&select=worker:W013`)
    await drawer(wang).getByText(`只能查看本人（${worker}）`).waitFor()
    await visit(wang, `/patrol?area=${town}&day=${monday}&view=coverage&list=households`)
    await wang.getByRole('combobox', { name: '覆盖清单' }).click()
    await wang.locator('.ant-select-item-option').first().waitFor()
    expect(await wang.locator('.ant-select-item-option').filter({ hasText: '可能需要帮助' }).count()).toBe(0)
  })

  it('is nobody’s to an account that is no worker’s yet, which says what to do', async () => {
    const page = await browser.open(served.origin)
    await signInPage(page, served.origin, 'unbound')
    await visit(page, `/patrol?area=${town}&day=${day}`)
    await page.getByText('wangge user worker unbound --worker').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('the worker objects to a part of the day, and cannot decide', async () => {
    await visit(wang, `/patrol?area=${town}&day=${day}&select=worker:${worker}`)
    const objections = drawer(wang).getByRole('region', { name: '申诉' })
    await objections.getByRole('button', { name: '提出申诉' }).click()
    await objections.getByLabel('从', { exact: true }).fill('10:00')
    await objections.getByLabel('到', { exact: true }).fill('10:00')
    await objections.getByLabel('理由').fill('沿河巡查，手机放在车上')
    await objections.getByRole('button', { name: '提交申诉' }).click()
    await objections.getByText('结束须晚于开始').waitFor()
    await objections.getByLabel('到', { exact: true }).fill('11:00')
    await objections.getByRole('button', { name: '提交申诉' }).click()
    await objections.getByText('待裁定').waitFor()
    await objections.getByRole('button', { name: '10:00–11:00' }).click()
    await drawer(wang).getByText('由主管裁定').waitFor()
    expect(await drawer(wang).getByRole('button', { name: '裁定' }).count()).toBe(0)
  })

  it('the supervisor upholds it, and the figure changes', async () => {
    const { required, actual } = kilometres(before)
    const missing = Math.ceil((required - actual) * 100) / 100
    await visit(li, `/patrol?area=${town}&day=${day}&view=sheets&part=objections`)
    await li.getByRole('table', { name: '申诉' }).locator('[data-index="0"]').click()
    await drawer(li).getByText('沿河巡查，手机放在车上').waitFor()
    await drawer(li).getByRole('button', { name: '裁定' }).click()
    const form = drawer(li).getByRole('region', { name: '裁定' })
    await form.getByLabel('计入时长（分钟）').fill('61')
    await form.getByLabel('计入里程（km）').fill(String(missing))
    await form.getByLabel('裁定理由').fill('同组人员证实')
    await form.getByRole('button', { name: '裁定' }).click()
    await form.getByText('请填 0 到 60 之间的数').waitFor()
    await form.getByLabel('计入时长（分钟）').fill('60')
    await form.getByRole('button', { name: '裁定' }).click()
    await drawer(li).getByRole('definition').filter({ hasText: '同组人员证实' }).waitFor()
    expect(await drawer(li).getByRole('definition').first().innerText()).toBe('采纳')
    await li.getByText(`2026年10月 没有待裁定的申诉`).waitFor()

    const after = await sheetOf()
    expect(kilometres(after)).toMatchObject({ met: true })
    expect(after.counts.not_met).toBe(before.counts.not_met - 1)
    expect(after.total).toBe(before.total! + 25)
    await visit(li, `/patrol?area=${town}&day=${day}&view=sheets&select=worker:${worker}`)
    await drawer(li)
      .getByRole('heading', { name: new RegExp(`巡查补贴\\s*${after.patrol!.amount} 元`) })
      .waitFor()
  })

  it('is closed; what is exported adds up to what the screen shows', async () => {
    await li.getByRole('button', { name: '本月结账' }).click()
    await li.getByRole('tooltip').getByLabel('备注').fill('月度例会已通报')
    await li.getByRole('tooltip').getByRole('button', { name: '本月结账' }).click()
    await drawer(li).getByText('已结账：li').waitFor()
    await drawer(li).getByTestId('closings').getByText('月度例会已通报').waitFor()
    await drawer(li).getByText('补登或改动须先重开').waitFor()
    const summary = await li.locator('.panel-summary').innerText()
    const shown = Number(/合计 ([\d,]+) 元/.exec(summary)![1]!.replaceAll(',', ''))

    const download = li.waitForEvent('download')
    await li.getByRole('link', { name: '导出 XLSX' }).click()
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.readFile(await (await download).path())
    const sheet = workbook.getWorksheet('考核表')!
    expect(sheet.getCell('A1').value).toBe('枕溪县漱石镇2026年10月网格员考核表')
    const header = sheet.getRow(4).values as (string | undefined)[]
    const total = header.indexOf('合计（元）')
    const all = await assessments()
    const amounts = all.map((_, i) => Number(sheet.getRow(5 + i).getCell(total).value))
    expect(amounts).toEqual(all.map((one) => one.total))
    expect(sheet.getRow(5 + all.length).getCell(total).value).toBe(shown)
    expect(amounts.reduce((sum, one) => sum + one, 0)).toBe(shown)
  })

  it('is taken up again with a reason', async () => {
    await drawer(li).getByRole('button', { name: '重开本月' }).click()
    await drawer(li).getByRole('button', { name: '重开本月' }).click()
    await drawer(li).getByRole('alert').waitFor()
    await drawer(li).getByLabel('重开的理由').fill('补登请假')
    await drawer(li).getByRole('button', { name: '重开本月' }).click()
    await drawer(li).getByText('已结账：li').waitFor({ state: 'detached' })
    expect((await assessments()).filter((one) => one.closed_by === null).map((one) => one.worker)).toEqual([
      worker,
    ])
  })
})
