/** The plan screen in a real browser on the real server with the demo township: one page, walked through. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Job } from '../../server/contract/jobs.ts'
import { formatArea } from '../../web/i18n/format.ts'
import { demoTests } from '../support/browser-tests.ts'

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

const demo = demoTests()
const { visit, parameter } = demo

const problems = () => demo.page.getByRole('treeitem', { level: 2 })
const kinds = () => demo.page.getByRole('treeitem', { level: 1 })
/** The list filtered to what concerns a problem's first grid; the problem's own row. */
async function find(problem: Planted) {
  await problems().first().waitFor()
  await demo.page.getByRole('textbox', { name: '按网格编码或户号筛选' }).fill(problem.grids[0] ?? '')
  return problems()
    .filter({ hasText: titleOf(problem) })
    .first()
}
const drawerOf = (page: Page) => page.getByRole('complementary', { name: '详情' })
const drawer = () => drawerOf(demo.page)
const titled = (name: string) => drawer().getByRole('heading', { level: 1, name })

/** How many colours the map's picture has: one or two before it is drawn. */
async function colorsOnMap(): Promise<number> {
  const picture = await demo.page.locator('.map-canvas').screenshot()
  return demo.page.evaluate(async (png) => {
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

describe('the frame', () => {
  it('draws the map', async () => {
    await visit(`/plan?area=${town}`)
    await problems().first().waitFor()
    await demo.page.locator('.busy-bar').waitFor({ state: 'detached' })
    await expect.poll(colorsOnMap).toBeGreaterThan(20)
  })

  it('counts what is planted, kind by kind', async () => {
    await visit(`/plan?area=${town}`)
    await problems().first().waitFor()
    const fold = async (expanded: boolean): Promise<void> => {
      for (let index = 0; index < Object.keys(truths.division.counts).length; index++) {
        await kinds().nth(index).click()
        await expect.poll(() => kinds().nth(index).getAttribute('aria-expanded')).toBe(String(expanded))
      }
    }
    // Folded, all kinds are in sight.
    await fold(false)
    const texts = await kinds().allInnerTexts()
    const counts = texts.map((text) => Number(/\n(\d+)/.exec(text)?.[1]))
    expect(counts.toSorted((a, b) => a - b)).toEqual(
      Object.values(truths.division.counts).toSorted((a, b) => a - b),
    )
  })
})

describe('grids', () => {
  it('stand against the band, sort, filter and open', async () => {
    await visit(`/plan?area=${town}`)
    await demo.page.getByRole('tab', { name: /^网格/ }).click()
    const table = demo.page.getByRole('table')
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

    await demo.page.keyboard.press('/')
    await demo.page.keyboard.type('990427103001101')
    await expect.poll(households).toHaveLength(1)
    await table.locator('[data-index="0"]').click()
    await drawer().getByRole('heading', { level: 1 }).waitFor()
    await drawer().getByRole('heading', { name: '相邻网格' }).waitFor()
    expect(await drawer().getByText('公共边').count()).toBeGreaterThan(0)
    expect(parameter('select')).toBe('grid:990427103001101')
  })

  it('lead to their notice and to the map of their village', async () => {
    await visit(`/plan?area=${town}&select=grid:990427103001101`)
    for (const [link, title] of [
      ['打印公示牌', '第一网格公示牌'],
      ['打印网格图', '漱石社区网格图'],
    ] as const) {
      const click = drawer().getByRole('link', { name: link }).click()
      const [opened] = await Promise.all([demo.page.waitForEvent('popup'), click])
      await opened.waitForLoadState()
      expect(await opened.title()).toBe(title)
      await opened.close()
    }
  })
})

describe('problems', () => {
  it('are listed by kind; one clicked is shown in the drawer, the address and on the map, and Back undoes it', async () => {
    await visit(`/plan?area=${town}`)
    const row = await find(gap)
    await row.click()
    await titled('空白').waitFor()
    const figures = await drawer().getByRole('definition').allInnerTexts()
    expect(figures.slice(0, 3)).toEqual([
      formatArea(gap.area_m2),
      expect.stringMatching(/ m$/),
      String(gap.households.length),
    ])
    expect(await row.getAttribute('aria-selected')).toBe('true')
    expect(parameter('select')).toMatch(/^problem:/)
    // The map went there: near enough to see a gap of some dozen metres.
    await expect.poll(() => Number(parameter('at')?.split('/')[0])).toBeGreaterThan(15)

    await demo.page.goBack()
    await drawer().waitFor({ state: 'detached' })
    expect(parameter('select')).toBeNull()
    await demo.page.goForward()
    await titled('空白').waitFor()
  })

  it('can be shared: a link opens the same problem, and the grid it concerns is one click away', async () => {
    await visit(`/plan?area=${town}`)
    await (await find(overlap)).click()
    await titled('重叠').waitFor()
    const other = await demo.open(demo.page.url())
    const there = drawerOf(other)
    await there.getByRole('heading', { level: 1, name: '重叠' }).waitFor()
    await there.getByRole('button', { name: overlap.grids[0]?.slice(-6) ?? '' }).click()
    await there
      .getByText(overlap.grids[0] ?? '')
      .first()
      .waitFor()
    expect(new URL(other.url()).searchParams.get('select')).toBe(`grid:${overlap.grids[0]}`)
    await other.close()
  })

  it('are gone through by keyboard', async () => {
    const { keyboard } = demo.page
    await visit(`/plan?area=${town}`)
    await (await find(overlap)).waitFor()
    await keyboard.press('/')
    await keyboard.press('Control+a')
    await keyboard.type(gap.grids.join(' ').slice(0, 15))
    await problems()
      .filter({ hasText: titleOf(gap) })
      .first()
      .waitFor()
    await keyboard.press('Escape')
    await kinds().first().focus()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await drawer().getByRole('heading', { level: 1 }).waitFor()
    expect(parameter('select')).toMatch(/^problem:/)
    await keyboard.press('Escape')
    await drawer().waitFor({ state: 'detached' })
    expect(parameter('select')).toBeNull()
    await keyboard.press('?')
    const help = demo.page.getByRole('dialog', { name: '快捷键' })
    await help.waitFor()
    await keyboard.press('Escape')
    await help.waitFor({ state: 'hidden' })
  })

  it('are told in English when asked; what is shown stays, and the link says so', async () => {
    await visit(`/plan?area=${town}`)
    await (await find(gap)).click()
    await titled('空白').waitFor()
    await demo.page.getByRole('button', { name: '切换到 English' }).click()
    const details = demo.page.getByRole('complementary', { name: 'Details' })
    await details.getByRole('heading', { name: 'Gap' }).waitFor()
    expect(parameter('lang')).toBe('en')
    expect(await demo.page.locator('html').getAttribute('lang')).toBe('en')
    expect(await demo.page.getByRole('tab').allInnerTexts()).toEqual([
      expect.stringMatching(/^Problems/),
      expect.stringMatching(/^Grids/),
      'Plans',
      'Import',
    ])
    await demo.page.getByRole('button', { name: '切换到中文' }).click()
    await titled('空白').waitFor()
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
    await visit(`/plan?area=${town}`)
    await problems().first().waitFor()
    const transfer = await demo.page.evaluateHandle((content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], 'broken.geojson', { type: 'application/geo+json' }))
      return data
    }, broken)
    await demo.page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer })
    await demo.page.getByText('松开即可检查、匹配或导入').waitFor()
    await demo.page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
    await demo.page.getByText('broken.geojson').waitFor()
    await demo.page.getByRole('checkbox', { name: /边界为外边界/ }).uncheck()
    await demo.page.getByRole('button', { name: '检查', exact: true }).click()
    await demo.page.getByText('地图上是文件里的划分，没有保存。').waitFor()
    await problems().filter({ hasText: '70 · 71' }).first().click()
    await titled('重叠').waitFor()
    // Other files have proposals made on the same server.
    const { jobs } = await demo.ask<{ jobs: Job[] }>('/api/jobs')
    expect(jobs.filter((job) => job.kind !== 'proposals')).toEqual([])
  })

  it('that cannot be read say why', async () => {
    await visit(`/plan?area=${town}&tab=import`)
    await demo.page.locator('input[type=file]').setInputFiles({
      name: 'grids.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from('{"type": "FeatureCollection", "features": ['),
    })
    await demo.page.getByRole('button', { name: '检查', exact: true }).click()
    await demo.page.getByRole('alert').getByText('已保存的数据没有变化。').waitFor()
    await demo.page.getByRole('button', { name: '复制技术细节' }).waitFor()
    expect(await demo.page.getByRole('alert').getByRole('listitem').count()).toBeGreaterThan(0)
  })
})
