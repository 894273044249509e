/** The incidents screen in a real browser on the real server with the demo township. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Hotspots } from '../../server/contract/hotspots.ts'
import type { HouseholdCoverage } from '../../server/contract/incidents.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { demoTests } from '../support/browser-tests.ts'
import { over, pixelsOf } from '../support/map-picture.ts'

const town = '990427103'
const truths = JSON.parse(readFileSync(new URL('../../data/demo/truths.json', import.meta.url), 'utf8')) as {
  readonly hot_spots: readonly { readonly name: string; readonly lon: number; readonly lat: number }[]
}

const land = [0xf7, 0xf7, 0xf4] as const
/** #B2182B at 72 %: hot at q < 0.01. */
const hot = over([0xb2, 0x18, 0x2b], land, 0.72)
/** #B30000 at 78 %: the uppermost class of an amount. */
const most = over([0xb3, 0, 0], land, 0.78)

const demo = demoTests()
const { visit, parameter } = demo
const drawer = () => demo.page.getByRole('complementary', { name: '详情' })
const spots = () => demo.page.getByRole('treeitem', { level: 1 })
const legend = () => demo.page.getByRole('region', { name: '图层与图例' })
const ask = <T>(path: string): Promise<T> => demo.ask(`/api/areas/${town}/${path}`)
const measure = (name: string) => demo.page.locator('.ant-segmented-item').filter({ hasText: name })

describe('hot spots', () => {
  it('are the two that are planted, in words, each named by where it is', async () => {
    await visit(`/incidents?area=${town}`)
    await spots().nth(1).waitFor()
    expect(await spots().count()).toBe(2)
    const found = new Set<string | undefined>()
    for (const index of [0, 1]) {
      await spots().nth(index).click()
      await expect.poll(() => parameter('select')).toMatch(/^spot:/)
      found.add(parameter('select')?.slice('spot:'.length))
      await demo.page.keyboard.press('Escape')
      await expect.poll(() => parameter('select')).toBeNull()
    }
    // The heart of a spot is the hexagon with most incidents: the one its planted middle lies in.
    expect(found).toEqual(new Set(truths.hot_spots.map(({ lon, lat }) => pointToHexagon(lon, lat, 9))))
  })

  it('and hexagons of a list are named by one question, none asked about by itself', async () => {
    const asked: string[] = []
    const note = (request: { url(): string }): void => void asked.push(request.url())
    demo.page.on('request', note)
    await visit(`/incidents?area=${town}&measure=change&from=2026-10-01&to=2026-10-31`)
    await expect.poll(() => spots().count()).toBeGreaterThan(2)
    // By the name of a grid, not by its own.
    await expect.poll(() => spots().first().locator('b').innerText()).not.toMatch(/^8[0-9a-f]{14}$/)
    demo.page.off('request', note)
    expect(asked.filter((url) => url.includes('hexagon='))).toEqual([])
    const named = asked.filter((url) => url.includes('/hexagon-grids?'))
    expect(named.length).toBeGreaterThan(0)
    expect(named).toHaveLength(new Set(named).size)
  })

  it('open a card whose figures are the service’s, with method, incidents and team; a link shows the same', async () => {
    const hotspots = await ask<Hotspots>('hotspots?from=2025-11-01&to=2026-11-01&resolution=9&rings=1')
    const cell = hotspots.cells.toSorted((a, b) => b.count - a.count)[0]
    await visit(`/incidents?area=${town}&select=hexagon:${cell?.h3}`)
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
    await demo.page.reload()
    await expect.poll(() => facts.innerText()).toBe(text)
  })

  it('of one category differ from those of all', async () => {
    await visit(`/incidents?area=${town}&category=public_order`)
    await expect.poll(() => spots().count()).toBe(1)
  })
})

describe('an interval without incidents', () => {
  it('says so, and leads back to the year', async () => {
    await visit(`/incidents?area=${town}&from=2025-11-05&to=2025-11-06`)
    await demo.page.getByText('这段时间没有事件').waitFor()
    await demo.page.getByRole('button', { name: '显示近一年、全部类别' }).click()
    await spots().first().waitFor()
    expect(parameter('from')).toBeNull()
  })
})

describe('the map', () => {
  it('shows another measure in its own colours and units, and keeps the view', async () => {
    await visit(`/incidents?area=${town}`)
    await spots().first().waitFor()
    await expect.poll(() => pixelsOf(demo.page, most, 14)).toBeGreaterThan(40)
    expect(await legend().innerText()).toContain('起 / 六边形')
    await demo.page.getByRole('button', { name: '放大' }).click()
    await demo.page.waitForFunction(() => new URL(location.href).searchParams.has('at'))
    const view = parameter('at')

    await measure('密度').click()
    await expect.poll(() => legend().innerText()).toMatch(/起\s?\/\s?(km²|平方公里)/)
    await measure('显著性').click()
    await expect.poll(() => legend().innerText()).toContain('Gi*')
    await expect.poll(() => pixelsOf(demo.page, hot, 14)).toBeGreaterThan(500)
    expect(parameter('measure')).toBe('significance')
    expect(parameter('at')).toBe(view)
  })

  it('keeps its breaks while filtering, unless asked', async () => {
    await visit(`/incidents?area=${town}`)
    const labels = async (): Promise<string[]> => {
      const entries = await legend().locator('li span:nth-child(2)').allInnerTexts()
      return entries.filter((text) => /\d/.test(text))
    }
    await spots().first().waitFor()
    await expect.poll(async () => (await labels()).length).toBe(6)
    const before = await labels()
    await visit(`/incidents?area=${town}&category=forest`)
    await demo.page.getByText(/^141 起，/).waitFor()
    await expect.poll(labels).toEqual(before)
    await demo.page.getByRole('checkbox', { name: '按当前筛选重新分级' }).check()
    await expect.poll(labels).not.toEqual(before)
    expect(parameter('breaks')).toBe('own')
  })
})

describe('time', () => {
  it('a brush on the histogram sets the interval, Esc goes back to the year', async () => {
    await visit(`/incidents?area=${town}`)
    await spots().first().waitFor()
    const timeline = demo.page.getByRole('slider')
    // The year's first weeks have no incident, and so no bar to be seen.
    await timeline.locator('.timeline-bar').nth(30).waitFor()
    const box = await timeline.boundingBox()
    if (!box) throw new Error('the timeline is not shown')
    await demo.page.mouse.move(box.x + box.width * 0.7, box.y + 30)
    await demo.page.mouse.down()
    await demo.page.mouse.move(box.x + box.width * 0.8, box.y + 30, { steps: 4 })
    await demo.page.mouse.up()
    await expect.poll(() => parameter('from')).toMatch(/^2026-0[78]-/)
    const [from, to] = [parameter('from') ?? '', parameter('to') ?? '']
    expect(from < to).toBe(true)
    const after = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10)
    const { totals } = await ask<Hotspots>(`hotspots?from=${from}&to=${after}`)
    await demo.page.getByText(new RegExp(`^${totals.counted.toLocaleString('en-US')} 起，`)).waitFor()
    await timeline.focus()
    await demo.page.keyboard.press('Escape')
    await expect.poll(() => parameter('from')).toBeNull()
  })
})

describe('coverage', () => {
  it('says how many households of each grid were reached, least first, and opens a grid', async () => {
    const coverage = await ask<HouseholdCoverage>('household-coverage?day=2026-10-31&days=30')
    await visit(`/incidents?area=${town}&tab=coverage&days=30`)
    const { reached, households } = coverage.totals
    const n = (value: number): string => value.toLocaleString('en-US')
    await demo.page.getByText(`农户走访到 ${n(reached)} / ${n(households)}`).waitFor()
    const table = demo.page.getByRole('table', { name: '各网格走访覆盖' })
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
