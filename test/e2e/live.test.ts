/** The live view and the playback in a real browser: a phone reports, and a supervisor sees it without asking again. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Grids } from '../../server/contract/grids.ts'
import { browserTests, visit } from '../support/browser-tests.ts'
import { pixelsOf } from '../support/map-picture.ts'
import { type Served, serveDemoWith, signInPage } from '../support/users.ts'

const town = '990427103'
const day = '2026-10-13'
/** #1B9E77 and #D95F02, in and outside of the own grid. */
const [insideColor, outsideColor] = [[0x1b, 0x9e, 0x77] as const, [0xd9, 0x5f, 0x02] as const]

let served: Served
// A demo of its own: a position of today would be the last patrol day of everybody's.
beforeAll(async () => {
  served = await serveDemoWith([{ login: 'duban', role: 'supervisor', areas: [town] }])
}, 320_000)
afterAll(() => served.close())
const browser = browserTests()
let page: Page

const send = async (path: string, data: object): Promise<void> => {
  const response = await page.request.post(`${served.origin}/api/areas/${town}/${path}`, { data })
  if (!response.ok()) throw new Error(`${path}: ${await response.text()}`)
}
/** As Traccar Client sends it; the phone is signed in nowhere. */
const report = async ([longitude, latitude]: readonly [number, number], secondsAgo = 0): Promise<void> => {
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo
  const query = `id=e2e-phone&lat=${latitude}&lon=${longitude}&timestamp=${timestamp}&accuracy=6`
  const response = await fetch(`${served.origin}/ingest/osmand?${query}`)
  expect([response.status, await response.json()]).toMatchObject([200, { taken: 1 }])
}
const workers = () => page.getByRole('table', { name: '实时网格员列表' })
const row = () => workers().locator('[data-index]').filter({ hasText: 'W012' })
const drawer = () => page.getByRole('complementary', { name: '详情' })
const parameter = (name: string): string | null => new URL(page.url()).searchParams.get(name)

describe('the live view', () => {
  let home: readonly [number, number]
  let elsewhere: readonly [number, number]

  beforeAll(async () => {
    page = await browser.open(served.origin)
    await signInPage(page, served.origin, 'duban')
    await send('devices', { id: 'e2e-phone', kind: 'osmand' })
    await send('devices/e2e-phone/binding', {
      worker: 'W012',
      from: new Date(Date.now() - 3_600_000).toISOString(),
    })
    const { grids } = (await (
      await page.request.get(`${served.origin}/api/areas/${town}/grids`)
    ).json()) as Grids
    const days = await page.request.get(
      `${served.origin}/api/areas/${town}/patrol-days?from=${day}&to=2026-10-14&worker=W012`,
    )
    const own = ((await days.json()) as { rows: { grid: string }[] }).rows[0]?.grid
    const pointOf = (isOwn: boolean): readonly [number, number] => {
      const found = grids.find((grid) => (grid.code === own) === isOwn)
      if (!found) throw new Error('the demo has no such grid')
      return found.label_point
    }
    home = pointOf(true)
    elsewhere = pointOf(false)
  })

  it('says that nobody has sent anything, and then who is where, by itself', async () => {
    await visit(page, `/patrol?area=${town}&view=live`)
    await page.getByText('今天还没有人上传定位').waitFor()
    await page.locator('.live-line.is-live').waitFor()
    await report(home, 20)
    await row().getByText('在本网格', { exact: true }).waitFor()
    await report(elsewhere, 10)
    await row().getByText('在本网格外').waitFor()
    // A late one changes nothing; the next one does.
    await report(home, 15)
    await report(home, 5)
    await row().getByText('在本网格', { exact: true }).waitFor()
    expect(await row().getByText('在本网格外').count()).toBe(0)
  })

  it('list and map are one: the marker moves where the phone is', async () => {
    await row().click()
    expect(parameter('select')).toBe('worker:W012')
    await drawer().getByText('误差半径').waitFor()
    expect(await drawer().innerText()).toContain('6.0 m')
    // The map went to the marker: it is in the middle, green; then it has gone.
    await expect.poll(() => pixelsOf(page, insideColor)).toBeGreaterThan(10)
    await drawer().getByRole('switch').click()
    await report(elsewhere)
    await row().getByText('在本网格外').waitFor()
    await expect.poll(() => pixelsOf(page, outsideColor)).toBeGreaterThan(10)
    await expect.poll(() => pixelsOf(page, insideColor)).toBe(0)
  })

  it('goes on after an interruption', async () => {
    await page.context().setOffline(true)
    served.interrupt()
    await page.getByText('连接中断，正在重试').first().waitFor()
    await page.context().setOffline(false)
    await page.locator('.live-line.is-live').waitFor()
    await report(home)
    await row().getByText('在本网格', { exact: true }).waitFor()
    expect(await page.getByText('连接中断，正在重试').count()).toBe(0)
  })
})

describe('the playback', () => {
  it('moves the point along the day, and stops where it is told', async () => {
    await visit(page, `/patrol?area=${town}&day=${day}&select=worker:W012`)
    const timeline = page.getByRole('slider')
    const second = async (): Promise<number> => Number(await timeline.getAttribute('aria-valuenow'))
    await drawer().locator('[data-rule="hours"]').waitFor()
    await page.getByText('300×').click()
    await page.getByRole('button', { name: '回放' }).click()
    await page.locator('.playback-label:not([hidden])').waitFor()
    const early = await second()
    await expect.poll(second).toBeGreaterThan(early + 300)
    // The space bar is the playback's where nothing else wants it.
    await timeline.focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: '回放' }).waitFor()
    const stopped = await second()
    await page.waitForTimeout(600)
    expect(await second()).toBe(stopped)
    expect(await timeline.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d \S/)
  })
})
