/** The incidents screen in a real browser on the real server with the demo township. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Hotspots } from '../../server/contract/hotspots.ts'
import type { HouseholdCoverage } from '../../server/contract/incidents.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { over, pixelsOf } from '../support/map-picture.ts'
import { servedDemo } from '../support/served-demo.ts'

const town = '990427103'
const truths = JSON.parse(readFileSync(new URL('../../data/demo/truths.json', import.meta.url), 'utf8')) as {
  readonly hot_spots: readonly { readonly name: string; readonly lon: number; readonly lat: number }[]
}

const land = [0xf7, 0xf7, 0xf4] as const
/** #B2182B at 72 %: hot at q < 0.01. */
const hot = over([0xb2, 0x18, 0x2b], land, 0.72)
/** #B30000 at 78 %: the uppermost class of an amount. */
const most = over([0xb3, 0, 0], land, 0.78)

let browser: Browser
let origin: string
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  ;[browser, origin] = await Promise.all([launchBrowser(), servedDemo()])
}, 320_000)
afterAll(() => browser?.close())

beforeEach(async () => {
  watched = await openPage(browser, origin)
  page = watched.page
})
afterEach(async () => {
  await watched.finish()
})

const drawer = () => page.getByRole('complementary', { name: '详情' })
const spots = () => page.getByRole('treeitem', { level: 1 })
const legend = () => page.getByRole('region', { name: '图层与图例' })
const parameter = (name: string): string | null => new URL(page.url()).searchParams.get(name)
const ask = async <T>(path: string): Promise<T> =>
  (await (await page.request.get(`/api/areas/${town}/${path}`)).json()) as T
const measure = (name: string) => page.locator('.ant-segmented-item').filter({ hasText: name })

describe('hot spots', () => {
  it('are the two that are planted, in words, each named by where it is', async () => {
    await page.goto(`/incidents?area=${town}`)
    await spots().nth(1).waitFor()
    expect(await spots().count()).toBe(2)
    const found = new Set<string | undefined>()
    for (const index of [0, 1]) {
      await spots().nth(index).click()
      await expect.poll(() => parameter('select')).toMatch(/^spot:/)
      found.add(parameter('select')?.slice('spot:'.length))
      await page.keyboard.press('Escape')
    }
    // The heart of a spot is the hexagon with most incidents: the one its planted middle lies in.
    expect(found).toEqual(new Set(truths.hot_spots.map(({ lon, lat }) => pointToHexagon(lon, lat, 9))))
  })

  it('open a card whose figures are the service’s, with method, incidents and team; a link shows the same', async () => {
    const hotspots = await ask<Hotspots>('hotspots?from=2025-11-01&to=2026-11-01&resolution=9&rings=1')
    const cell = hotspots.cells.toSorted((a, b) => b.count - a.count)[0]
    await page.goto(`/incidents?area=${town}&select=hexagon:${cell?.h3}`)
    const facts = drawer().locator('.facts').first()
    await facts.waitFor()
    const text = await facts.innerText()
    expect(text).toContain(String(cell?.count))
    expect(text).toContain(`${cell?.per_km2.toLocaleString('en-US', { maximumFractionDigits: 1 })} 起/km²`)
    expect(text).toContain(cell?.z?.toFixed(2))
    expect(text).toContain('没有农户，不计算')
    await drawer().getByText(`${hotspots.n} 个六边形`).first().waitFor()
    await drawer().getByText(`20 / ${cell?.count}`).waitFor()
    await drawer().getByRole('button', { name: '再看 20 起' }).click()
    await drawer().getByText(`40 / ${cell?.count}`).waitFor()
    await page.reload()
    await facts.waitFor()
    expect(await facts.innerText()).toBe(text)
  })

  it('of one category differ from those of all', async () => {
    await page.goto(`/incidents?area=${town}&category=public_order`)
    await spots().first().waitFor()
    expect(await spots().count()).toBe(1)
  })
})

describe('an interval without incidents', () => {
  it('says so, and leads back to the year', async () => {
    await page.goto(`/incidents?area=${town}&from=2025-11-05&to=2025-11-06`)
    await page.getByText('这段时间没有事件').waitFor()
    await page.getByRole('button', { name: '显示近一年、全部类别' }).click()
    await spots().first().waitFor()
    expect(parameter('from')).toBeNull()
  })
})

describe('the map', () => {
  it('shows another measure in its own colours and units, and keeps the view', async () => {
    await page.goto(`/incidents?area=${town}`)
    await spots().first().waitFor()
    await expect.poll(() => pixelsOf(page, most, 14)).toBeGreaterThan(100)
    expect(await legend().innerText()).toContain('起 / 六边形')
    await page.getByRole('button', { name: '放大' }).click()
    await page.waitForFunction(() => new URL(location.href).searchParams.has('at'))
    const view = parameter('at')

    await measure('密度').click()
    await expect.poll(() => legend().innerText()).toContain('起 / km²')
    await measure('显著性').click()
    await expect.poll(() => legend().innerText()).toContain('Gi*')
    await expect.poll(() => pixelsOf(page, hot, 14)).toBeGreaterThan(500)
    expect(parameter('measure')).toBe('significance')
    expect(parameter('at')).toBe(view)
  })

  it('keeps its breaks while filtering, unless asked', async () => {
    await page.goto(`/incidents?area=${town}`)
    const labels = async (): Promise<string[]> => {
      const entries = await legend().locator('li span:nth-child(2)').allInnerTexts()
      return entries.filter((text) => /\d/.test(text))
    }
    await spots().first().waitFor()
    await expect.poll(async () => (await labels()).length).toBe(6)
    const before = await labels()
    await page.goto(`/incidents?area=${town}&category=forest`)
    await page.getByText(/^134 起，/).waitFor()
    await expect.poll(labels).toEqual(before)
    await page.getByRole('checkbox', { name: '按当前筛选重新分级' }).check()
    await expect.poll(labels).not.toEqual(before)
    expect(parameter('breaks')).toBe('own')
  })
})

describe('time', () => {
  it('a brush on the histogram sets the interval, Esc goes back to the year', async () => {
    await page.goto(`/incidents?area=${town}`)
    await spots().first().waitFor()
    const timeline = page.getByRole('slider')
    // The year's first weeks have no incident, and so no bar to be seen.
    await timeline.locator('.timeline-bar').nth(30).waitFor()
    const box = await timeline.boundingBox()
    if (!box) throw new Error('the timeline is not shown')
    await page.mouse.move(box.x + box.width * 0.7, box.y + 30)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.8, box.y + 30, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => parameter('from')).toMatch(/^2026-0[78]-/)
    const [from, to] = [parameter('from') ?? '', parameter('to') ?? '']
    expect(from < to).toBe(true)
    const after = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10)
    const { totals } = await ask<Hotspots>(`hotspots?from=${from}&to=${after}`)
    await page.getByText(new RegExp(`^${totals.counted.toLocaleString('en-US')} 起，`)).waitFor()
    await timeline.focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => parameter('from')).toBeNull()
  })
})

describe('coverage', () => {
  it('says how many households of each grid were reached, least first, and opens a grid', async () => {
    const coverage = await ask<HouseholdCoverage>('household-coverage?day=2026-10-31&days=30')
    await page.goto(`/incidents?area=${town}&tab=coverage&days=30`)
    const { reached, households } = coverage.totals
    const n = (value: number): string => value.toLocaleString('en-US')
    await page.getByText(`农户走访到 ${n(reached)} / ${n(households)}`).waitFor()
    const table = page.getByRole('table', { name: '各网格走访覆盖' })
    await table.locator('[data-index="0"]').waitFor()
    const least = coverage.grids
      .filter((grid) => grid.households > 0)
      .toSorted(
        (a, b) => a.reached / a.households - b.reached / b.households || (a.grid < b.grid ? -1 : 1),
      )[0]
    expect(await table.locator('[data-index="0"]').innerText()).toContain(least?.grid)
    await table.locator('[data-index="0"]').click()
    await drawer()
      .getByRole('heading', { level: 1, name: least?.name ?? '' })
      .waitFor()
    expect(parameter('select')).toBe(`grid:${least?.grid}`)
  })
})
