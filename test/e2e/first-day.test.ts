/** What a new installation shows, and what the page does where the service is silent, gone or newer than the page. In order. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserTests } from '../support/browser-tests.ts'
import { useDatabase } from '../support/database.ts'
import { seedSmallTown, town } from '../support/small-town.ts'
import { type Served, serveOn } from '../support/users.ts'

const test = useDatabase()
let served: Served
beforeAll(async () => {
  served = await serveOn(test.db)
}, 320_000)
afterAll(() => served?.close())

const browser = browserTests()
let page: Page
beforeAll(async () => {
  page = await browser.open(served.origin)
})

describe('a new installation', () => {
  it('says what to run, and nothing runs on the page meanwhile', async () => {
    await page.goto('/incidents')
    await page.getByText('还没有区域').waitFor()
    await page.getByText('scripts/wangge import areas areas.geojson').waitFor()
    expect(await page.locator('.busy-bar').count()).toBe(0)
  })

  it('goes on when areas are there', async () => {
    await seedSmallTown(test.db)
    await page.getByRole('button', { name: '重新查看' }).click()
    await page.getByRole('tab', { name: /热点/ }).waitFor()
    expect(await page.getByText('还没有区域').count()).toBe(0)
  })

  it('does not call whole what has no grids, and leads to the files', async () => {
    // Before the first division came into force.
    await page.goto(`/plan?area=${town}&day=2025-12-01`)
    await page.getByText('这个区域还没有网格').waitFor()
    expect(await page.getByText('没有发现问题').count()).toBe(0)
    await page.getByRole('button', { name: '去导入' }).click()
    await page.getByRole('heading', { name: '检查或导入文件' }).waitFor()
  })
})

describe('a page that cannot go on', () => {
  it('shows that it waits while the service says nothing', async () => {
    const silent = await browser.open(served.origin)
    await silent.route('**/api/session', () => {})
    await silent.goto('/plan')
    await silent.locator('.entrance .ant-skeleton').waitFor()
    expect(await silent.getByRole('navigation').count()).toBe(0)
  })

  it('writes a dash, not none, of what it does not know', async () => {
    const cut = await browser.open(served.origin)
    await cut.route(/\/api\/areas\/\d+\/(incident|analysis)/, (route) => route.abort())
    await cut.goto(`/incidents?area=${town}`)
    await cut.getByText('连接不上服务器').waitFor()
    expect(await cut.locator('.foot-head').innerText()).toMatch(/，— 起/)
  })

  it('says so where a screen’s code does not come, as after an update, and offers to load again', async () => {
    const old = await browser.open(served.origin)
    await old.route(/\/assets\/screen-/, (route) => route.abort())
    await old.goto(`/patrol?area=${town}`)
    await expect.poll(() => old.getByRole('alert').innerText()).toContain('这一部分没能显示')
    await old.unroute(/\/assets\/screen-/)
    await old.getByRole('button', { name: '重新载入' }).click()
    await old.getByText('实时').waitFor()
  })

  it('says so where a link names an area there is none of', async () => {
    await page.goto('/plan?area=123456')
    const said = page.getByText('没有编码为 123456 的区域')
    await said.waitFor()
    expect(await said.innerText()).toContain('现在显示的是')
    expect(new URL(page.url()).searchParams.get('area')).not.toBe('123456')
  })

  it('opens the first tab where a link names one there is none of', async () => {
    await page.goto(`/patrol?area=${town}&view=nothing`)
    const day = page.getByRole('radio', { name: '日', exact: true })
    await day.waitFor({ state: 'attached' })
    expect(await day.isChecked()).toBe(true)
  })
})
