/** The plan screen in a real browser on the real server with the demo township. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { servedDemo } from '../support/served-demo.ts'

const town = '990427103'

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
  page.setDefaultTimeout(45_000)
})
// Whatever a test looks at: nothing may have asked another host, and the page may not have failed.
afterEach(async () => {
  await page.context().close()
  watched.assertNothingLeft()
})

const problems = () => page.getByRole('treeitem', { level: 2 })
const drawer = () => page.getByRole('complementary', { name: '详情' })
const select = (): string | null => new URL(page.url()).searchParams.get('select')

/** What the map shows under its middle, asked from the picture itself: not all of one colour once it is drawn. */
const colorsOnMap = () =>
  page.locator('.maplibregl-canvas').evaluate(async (canvas: HTMLCanvasElement) => {
    // The drawing buffer can be read only within the frame that drew it.
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const picture = document.createElement('canvas')
    picture.width = 64
    picture.height = 64
    const context = picture.getContext('2d')
    const image = new Image()
    image.src = canvas.toDataURL()
    await image.decode()
    context?.drawImage(image, 0, 0, 64, 64)
    const pixels = new Uint32Array(context?.getImageData(0, 0, 64, 64).data.buffer ?? new ArrayBuffer(0))
    return new Set(pixels).size
  })

describe('problems', () => {
  it('are listed by kind; one clicked is shown in the drawer, the address and on the map, and Back undoes it', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    const counts = await page.getByRole('treeitem', { level: 1 }).allInnerTexts()
    // data/demo/truths.json: three gaps and two overlaps are planted.
    expect(counts.some((text) => /^▾?\s*空白\s*3\s/.test(text))).toBe(true)
    expect(counts.some((text) => /^▾?\s*重叠\s*2\s/.test(text))).toBe(true)

    const gap = page.getByRole('treeitem', { level: 2 }).filter({ hasText: '001103 · 001106' })
    await gap.click()
    await drawer().getByRole('heading', { level: 1, name: '空白' }).waitFor()
    // Planted with 2,302 m² and four households.
    await drawer().getByText('2,302 m²').waitFor()
    expect(await gap.getAttribute('aria-selected')).toBe('true')
    expect(select()).toMatch(/^problem:/)
    await page.waitForFunction(() => new URL(location.href).searchParams.has('at'))

    await page.goBack()
    await drawer().waitFor({ state: 'detached' })
    expect(select()).toBeNull()
    await page.goForward()
    await drawer().getByRole('heading', { level: 1, name: '空白' }).waitFor()
  })

  it('can be shared: a link opens the same problem, and the grid it concerns is one click away', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().filter({ hasText: '002103 · 002104' }).click()
    await drawer().getByRole('heading', { level: 1, name: '重叠' }).waitFor()
    const link = page.url()
    const { page: other, assertNothingLeft } = await openPage(browser, origin)
    await other.goto(link)
    const there = other.getByRole('complementary', { name: '详情' })
    await there.getByRole('heading', { level: 1, name: '重叠' }).waitFor({ timeout: 45_000 })
    await there.getByRole('button', { name: /002103/ }).click()
    await there.getByText('990427103002103').first().waitFor({ timeout: 45_000 })
    expect(new URL(other.url()).searchParams.get('select')).toBe('grid:990427103002103')
    await other.context().close()
    assertNothingLeft()
  })

  it('are gone through by keyboard', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('001103')
    await page.waitForFunction(
      () => document.querySelectorAll('[role="treeitem"][aria-level="2"]').length === 1,
    )
    await page.keyboard.press('Escape')
    await page.getByRole('treeitem', { level: 1 }).first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await drawer().getByText('2,302 m²').waitFor()
    await page.keyboard.press('Escape')
    await drawer().waitFor({ state: 'detached' })
    expect(select()).toBeNull()
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('快捷键').waitFor()
  })
})

describe('the frame', () => {
  it('speaks English when asked, keeps what is shown, and the link says so', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().filter({ hasText: '001103 · 001106' }).click()
    await drawer().getByText('2,302 m²').waitFor()
    await page.getByRole('button', { name: '切换到 English' }).click()
    await page.getByRole('complementary', { name: 'Details' }).getByRole('heading', { name: 'Gap' }).waitFor()
    expect(new URL(page.url()).searchParams.get('lang')).toBe('en')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.getByRole('tab').allInnerTexts()).toEqual([
      expect.stringMatching(/^Problems/),
      expect.stringMatching(/^Grids/),
      'Import',
    ])
  })

  it('draws the map', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    await page.locator('.busy-bar').waitFor({ state: 'detached' })
    await expect.poll(colorsOnMap, { timeout: 30_000 }).toBeGreaterThan(8)
  })
})

describe('grids', () => {
  it('stand against the band, sort, filter and open', async () => {
    await page.goto(`/plan?area=${town}&tab=grids`)
    const table = page.getByRole('table')
    const households = async (): Promise<number[]> => {
      const cells = await table.locator('[data-index] [role="cell"]:nth-child(2)').allInnerTexts()
      return cells.map((text) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')))
    }
    await table.getByRole('row').nth(5).waitFor()
    const descending = await households()
    expect(descending.length).toBeGreaterThan(8)
    expect(descending).toEqual(descending.toSorted((a, b) => b - a))
    await table.getByRole('button', { name: /^户/ }).click()
    await expect.poll(households).toEqual(expect.arrayContaining([0]))
    const ascending = await households()
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b))

    await page.keyboard.press('/')
    await page.keyboard.type('990427103001101')
    await expect.poll(households).toHaveLength(1)
    await table.locator('[data-index="0"]').click()
    await drawer().getByRole('heading', { level: 1 }).waitFor()
    await drawer().getByRole('heading', { name: '相邻网格' }).waitFor()
    expect(await drawer().getByText('公共边').count()).toBeGreaterThan(0)
    expect(select()).toBe('grid:990427103001101')
  })
})

const square = (west: number, east: number) => [
  [
    [west, 29.93],
    [east, 29.93],
    [east, 29.935],
    [west, 29.935],
    [west, 29.93],
  ],
]

/** Two grids, the second of which begins some ten metres inside the first. */
const broken = JSON.stringify({
  type: 'FeatureCollection',
  features: [square(119.6, 119.605), square(119.6049, 119.61)].map((coordinates, index) => ({
    type: 'Feature',
    properties: { code: `7${index}` },
    geometry: { type: 'Polygon', coordinates },
  })),
})

describe('files', () => {
  it('dropped on the window are checked, shown, and not stored', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'broken.geojson', { type: 'application/geo+json' }))
      return data
    }, broken)
    await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
    await page.getByText('松开即可检查、匹配或导入').waitFor()
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
    await page.getByText('broken.geojson').waitFor()
    await page.getByRole('checkbox', { name: /边界为外边界/ }).uncheck()
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByText('地图上是文件里的划分，没有保存。').waitFor()
    await problems().filter({ hasText: '70 · 71' }).first().click()
    await drawer().getByRole('heading', { level: 1, name: '重叠' }).waitFor()
    const jobs = (await (await page.request.get('/api/jobs')).json()) as { jobs: unknown[] }
    expect(jobs.jobs).toEqual([])
  })

  it('that cannot be read say why', async () => {
    await page.goto(`/plan?area=${town}&tab=import`)
    await page.locator('input[type=file]').setInputFiles({
      name: 'grids.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from('{"type": "FeatureCollection", "features": ['),
    })
    await page.getByRole('button', { name: '检查', exact: true }).click()
    await page.getByRole('alert').getByText('已保存的数据没有变化。').waitFor()
    await page.getByRole('button', { name: '复制技术细节' }).waitFor()
    expect(await page.getByRole('alert').getByRole('listitem').count()).toBeGreaterThan(0)
  })
})
