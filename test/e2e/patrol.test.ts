/** The patrol screen in a real browser on the real server with the demo township. */
import { describe, expect, it } from 'vitest'
import type { Assessments } from '../../server/contract/assessment.ts'
import type { PatrolDayDetail, PatrolDays } from '../../server/contract/patrols.ts'
import { demoTests } from '../support/browser-tests.ts'
import { pixelsOf } from '../support/map-picture.ts'

const town = '990427103'
const day = '2026-10-13'
/** #1B9E77, the trace inside the grid. */
const insideColor = [0x1b, 0x9e, 0x77] as const

const demo = demoTests()
const { visit, parameter } = demo
const drawer = () => demo.page.getByRole('complementary', { name: '详情' })
const workers = () => demo.page.getByRole('table', { name: '网格员列表' })
const workerRow = (id: string) => workers().locator('[data-index]').filter({ hasText: id })
/** Pixels of traces inside their grid: some 400 of all of the day's, some 600 of W012's, to which the map goes. */
const traced = () => pixelsOf(demo.page, insideColor)
const ask = <T>(path: string): Promise<T> => demo.ask(`/api/areas/${town}/${path}`)

describe('a day', () => {
  it('lists its workers, those who need attention first, and draws all traces', async () => {
    const days = await ask<PatrolDays>(`patrol-days?from=${day}&to=2026-10-14`)
    await visit(`/patrol?area=${town}&day=${day}`)
    await workers().locator('[data-index="0"]').waitFor()
    const people = new Set(days.rows.map((row) => row.worker))
    expect(await workers().getAttribute('aria-rowcount')).toBe(String(people.size + 1))
    const unmet = new Set(days.rows.filter((row) => row.met === false).map((row) => row.worker))
    // data/demo/truths.json: W012 and W032 walked too little, W031 and W035 sat.
    expect([...unmet].toSorted()).toEqual(['W012', 'W031', 'W032', 'W035'])
    const first = await workers().locator('[data-index]').allInnerTexts()
    const topmost = first.slice(0, 4).map((text) => /W\d{3}/.exec(text)?.[0])
    expect(new Set(topmost)).toEqual(unmet)
    expect(first.slice(0, 4).every((text) => text.includes('未达标'))).toBe(true)
    await expect.poll(traced).toBeGreaterThan(200)
  })

  it('one worker: the map goes to the trace, and the figures in the drawer are the service’s', async () => {
    const detail = await ask<PatrolDayDetail>(`workers/W012/days/${day}`)
    const [row] = detail.days
    await visit(`/patrol?area=${town}&day=${day}`)
    await workerRow('W012').click()
    await drawer().getByRole('heading', { level: 1, name: detail.name }).waitFor()
    expect(parameter('select')).toBe('worker:W012')
    const card = drawer().locator('[data-rule="kilometres"]')
    const required = row?.rules.find((rule) => rule.rule === 'kilometres')
    expect(required?.met).toBe(false)
    // The rule that was not met explains itself unasked.
    expect(await card.innerText()).toContain('未达标')
    expect(await card.innerText()).toContain(`${required?.actual.toFixed(2)} km`)
    expect(await card.innerText()).toContain(
      `${row?.metres.inside.toLocaleString('en-US', { minimumFractionDigits: 1 })} m`,
    )
    expect(await card.getByText('移动门槛').isVisible()).toBe(true)
    // 2.61 ± 2.53 km against 3 km: said in the rule, in the list, and listed by itself.
    expect(required?.within_error).toBe(true)
    expect(await card.getByTestId('within-error').innerText()).toContain(
      `误差 ± ${required?.error?.toFixed(2)} km`,
    )
    expect(await workerRow('W012').innerText()).toContain('误差范围内')
    expect(await drawer().getByText(`/ ${row?.households.total}`).count()).toBeGreaterThan(0)
    await expect.poll(traced).toBeGreaterThan(500)
  })

  it('lists those whose verdict lies within the error, met or not', async () => {
    const close = (await ask<PatrolDays>(`patrol-days?from=${day}&to=2026-10-14`)).rows.filter(
      (row) => row.within_error,
    )
    expect(close.map(({ worker }) => worker)).toContain('W012')
    expect(close.some(({ met }) => met)).toBe(true)
    await visit(`/patrol?area=${town}&day=${day}&show=within`)
    const listed = async () => {
      const rows = await workers().locator('[data-index]').allInnerTexts()
      return new Set(rows.map((text) => /W\d{3}/.exec(text)?.[0]))
    }
    await expect.poll(listed).toEqual(new Set(close.map(({ worker }) => worker)))
  })

  it('a link shows the same: worker, day, and the marked part of the trace', async () => {
    await visit(`/patrol?area=${town}&day=${day}&select=worker:W031&span=32400-36000`)
    const foot = demo.page.locator('.foot')
    const shown = async (): Promise<string> => {
      await foot.getByText('选中 09:00–10:00').waitFor()
      await drawer().locator('[data-rule="hours"]').waitFor()
      return drawer().innerText()
    }
    // The names of worker and grid come in answers of their own.
    await expect.poll(shown).toContain('东桥社区第三网格')
    const before = await shown()
    await demo.page.reload()
    await expect.poll(shown).toBe(before)
    expect(await workerRow('W031').getAttribute('aria-selected')).toBe('true')
  })

  it('the timeline is walked by keyboard and marked with Shift', async () => {
    await visit(`/patrol?area=${town}&day=${day}&select=worker:W012&span=32400-32460`)
    const timeline = demo.page.getByRole('slider')
    await drawer().locator('[data-rule="hours"]').waitFor()
    await timeline.focus()
    await demo.page.keyboard.press('ArrowRight')
    expect(await timeline.getAttribute('aria-valuenow')).toBe('32460')
    // The service's strip has a stay at that moment.
    expect(await timeline.getAttribute('aria-valuetext')).toContain('09:01')
    await demo.page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => parameter('span')).toBe('32400-32520')
    await demo.page.keyboard.press('Escape')
    await expect.poll(() => parameter('span')).toBeNull()
    expect(parameter('select')).toBe('worker:W012')
  })

  it('a stay in the list is selected with its worker, and Back undoes it', async () => {
    await visit(`/patrol?area=${town}&day=${day}&select=worker:W012`)
    const stays = drawer().locator('.stretches').first().getByRole('button')
    await stays.first().click()
    await expect.poll(() => parameter('select')).toMatch(/^stretch:W012\/\d+-\d+$/)
    await expect.poll(() => stays.first().getAttribute('aria-pressed')).toBe('true')
    expect(await workerRow('W012').getAttribute('aria-selected')).toBe('true')
    await demo.page.goBack()
    await expect.poll(() => parameter('select')).toBe('worker:W012')
  })

  it('without a patrol says so, and leads to the last one', async () => {
    await visit(`/patrol?area=${town}&day=2026-12-25`)
    await demo.page.getByText('12月25日 周五 没有巡查').waitFor()
    await demo.page.getByRole('button', { name: /看最近的巡查日/ }).click()
    await workers().locator('[data-index="0"]').waitFor()
    expect(parameter('day')).toBe('2026-10-30')
  })
})

describe('a month', () => {
  it('has a cell a day; a cell without a fix opens that day and says so', async () => {
    await visit(`/patrol?area=${town}&day=${day}&view=month`)
    const table = demo.page.getByRole('table', { name: '每人每天' })
    await table.locator('[data-index="0"]').waitFor()
    // data/demo/truths.json: 629 worker-days met, 82 not, 9 absent.
    await demo.page.getByText('711 个巡查日，629 个达标；9 个工作日无定位').waitFor()
    await demo.page.keyboard.press('/')
    await demo.page.keyboard.type('W035')
    await table.getByRole('button', { name: '10月8日 周四：工作日无定位' }).click()
    await drawer()
      .getByText(/10月8日 周四 没有收到/)
      .waitFor()
    expect([parameter('day'), parameter('select')]).toEqual(['2026-10-08', 'worker:W035'])
  })
})

describe('the sheets of a month', () => {
  it('say what is paid and why; a day of the evidence opens that day', async () => {
    const { sheets } = await ask<Assessments>('assessments/2026-10?worker=W003')
    const paid = sheets[0]!.patrol!
    // data/demo/truths.json: W003 stayed away on the 9th and met the rule on the other 17 days: 800 − 25.
    expect([paid.amount, paid.deductions[0]?.evidence]).toEqual([775, ['2026-10-09']])
    await visit(`/patrol?area=${town}&day=${day}&view=sheets`)
    const table = demo.page.getByRole('table', { name: '月度考核表' })
    await table.locator('[data-index="0"]').waitFor()
    await demo.page.getByText('应计 720 个工作日，达标 629 个').waitFor()
    await demo.page.keyboard.press('/')
    await demo.page.keyboard.type('W003')
    await table.locator('[data-index]').filter({ hasText: 'W003' }).click()
    await drawer()
      .getByRole('heading', { name: /巡查补贴\s*775 元/ })
      .waitFor()
    await drawer().getByRole('button', { name: '10月9日' }).first().click()
    await drawer()
      .getByText(/10月9日 周五 没有收到/)
      .waitFor()
    expect([parameter('day'), parameter('view')]).toEqual(['2026-10-09', null])
  })
})
