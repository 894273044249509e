/** The plan screen in a real browser on the real server with the demo township. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { formatArea } from '../../web/i18n/format.ts'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { servedDemo } from '../support/served-demo.ts'

// WebGL in software on a shared machine: slow is not wrong.
vi.setConfig({ testTimeout: 240_000 })

const town = '990427103'

interface Planted {
  readonly code: string
  readonly grids: readonly string[]
  readonly area_m2: number
  readonly households: readonly string[]
}
const truths = JSON.parse(readFileSync(new URL('../../data/demo/truths.json', import.meta.url), 'utf8')) as {
  readonly division: {
    readonly problems: readonly Planted[]
    readonly counts: Readonly<Record<string, number>>
  }
}
/** The planted problem of a code that touches most households. */
const planted = (code: string): Planted => {
  const [first] = truths.division.problems
    .filter((problem) => problem.code === code)
    .toSorted((a, b) => b.households.length - a.households.length)
  if (!first) throw new Error(`no ${code} is planted`)
  return first
}
const gap = planted('gap')
const overlap = planted('overlap')
/** As the list calls it: the last six digits of its grids. */
const titleOf = (problem: Planted): string => problem.grids.map((code) => code.slice(-6)).join(' · ')

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
// Whatever a test looks at: nothing may have asked another host, and the page may not have failed.
afterEach(async () => {
  await watched.finish()
})

const problems = () => page.getByRole('treeitem', { level: 2 })
/** The list filtered to what concerns a problem's first grid; the problem's own row. */
async function find(problem: Planted) {
  await problems().first().waitFor()
  await page.getByRole('textbox', { name: '按网格编码或户号筛选' }).fill(problem.grids[0] ?? '')
  return problems()
    .filter({ hasText: titleOf(problem) })
    .first()
}
const drawer = () => page.getByRole('complementary', { name: '详情' })
const select = (): string | null => new URL(page.url()).searchParams.get('select')

/** How many colours the map's picture has: one or two before it is drawn. */
async function colorsOnMap(): Promise<number> {
  const picture = await page.locator('.map-canvas').screenshot()
  return page.evaluate(async (png) => {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const canvas = new OffscreenCanvas(64, 64)
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, 64, 64)
    return new Set(new Uint32Array(context?.getImageData(0, 0, 64, 64).data.buffer ?? new ArrayBuffer(0)))
      .size
  }, picture.toString('base64'))
}

describe('problems', () => {
  it('are listed by kind; one clicked is shown in the drawer, the address and on the map, and Back undoes it', async () => {
    await page.goto(`/plan?area=${town}`)
    const row = await find(gap)
    await row.click()
    await drawer().getByRole('heading', { level: 1, name: '空白' }).waitFor()
    const figures = await drawer().getByRole('definition').allInnerTexts()
    expect(figures.slice(0, 3)).toEqual([
      formatArea(gap.area_m2),
      expect.stringMatching(/ m$/),
      String(gap.households.length),
    ])
    expect(await row.getAttribute('aria-selected')).toBe('true')
    expect(select()).toMatch(/^problem:/)
    // The map went there: near enough to see a gap of some dozen metres.
    const zoom = (): number => Number(new URL(page.url()).searchParams.get('at')?.split('/')[0])
    await expect.poll(zoom).toBeGreaterThan(15)

    await page.goBack()
    await drawer().waitFor({ state: 'detached' })
    expect(select()).toBeNull()
    await page.goForward()
    await drawer().getByRole('heading', { level: 1, name: '空白' }).waitFor()
  })

  it('can be shared: a link opens the same problem, and the grid it concerns is one click away', async () => {
    await page.goto(`/plan?area=${town}`)
    await (await find(overlap)).click()
    await drawer().getByRole('heading', { level: 1, name: '重叠' }).waitFor()
    const link = page.url()
    const { page: other, finish } = await openPage(browser, origin)
    await other.goto(link)
    const there = other.getByRole('complementary', { name: '详情' })
    await there.getByRole('heading', { level: 1, name: '重叠' }).waitFor()
    await there.getByRole('button', { name: overlap.grids[0]?.slice(-6) ?? '' }).click()
    await there
      .getByText(overlap.grids[0] ?? '')
      .first()
      .waitFor()
    expect(new URL(other.url()).searchParams.get('select')).toBe(`grid:${overlap.grids[0]}`)
    await finish()
  })

  it('are gone through by keyboard', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type(gap.grids.join(' ').slice(0, 15))
    await problems()
      .filter({ hasText: titleOf(gap) })
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('treeitem', { level: 1 }).first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await drawer().getByRole('heading', { level: 1 }).waitFor()
    expect(select()).toMatch(/^problem:/)
    await page.keyboard.press('Escape')
    await drawer().waitFor({ state: 'detached' })
    expect(select()).toBeNull()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: '快捷键' }).waitFor()
  })
})

describe('the frame', () => {
  it('speaks English when asked, keeps what is shown, and the link says so', async () => {
    await page.goto(`/plan?area=${town}`)
    await (await find(gap)).click()
    await drawer().getByRole('heading', { name: '空白' }).waitFor()
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

  it('counts what is planted, kind by kind', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    // Folded, all kinds are in sight.
    const kinds = page.getByRole('treeitem', { level: 1 })
    for (let index = 0; index < Object.keys(truths.division.counts).length; index++) {
      await kinds.nth(index).click()
      await expect.poll(() => kinds.nth(index).getAttribute('aria-expanded')).toBe('false')
    }
    const texts = await kinds.allInnerTexts()
    const counts = texts.map((text) => Number(/\n(\d+)/.exec(text)?.[1]))
    expect(counts.toSorted((a, b) => a - b)).toEqual(
      Object.values(truths.division.counts).toSorted((a, b) => a - b),
    )
  })

  it('draws the map', async () => {
    await page.goto(`/plan?area=${town}`)
    await problems().first().waitFor()
    await page.locator('.busy-bar').waitFor({ state: 'detached' })
    await expect.poll(colorsOnMap).toBeGreaterThan(20)
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
    await expect.poll(async () => (await households())[0]).toBeLessThan(300)
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
