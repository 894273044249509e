/** The analyst's walk in a real browser: from a filter to a hot spot to its card, and to the same numbers from the command line. */
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { hotspots } from '../../server/cli/hotspots.ts'
import { parseVerbArgs } from '../../server/cli/verb.ts'
import type { Analysis } from '../../server/contract/analysis.ts'
import { pointToHexagon } from '../../server/core/hexagons/hexagon.ts'
import { type Database, openDatabase } from '../../server/db/database.ts'
import { demoTests } from '../support/browser-tests.ts'
import { type TestPlace, testPlace } from '../support/place.ts'

const town = '990427103'
const truths = JSON.parse(readFileSync(new URL('../../data/demo/truths.json', import.meta.url), 'utf8')) as {
  readonly hot_spots: readonly { readonly lon: number; readonly lat: number }[]
}

const demo = demoTests()
const { visit, parameter } = demo
const drawer = () => demo.page.getByRole('complementary', { name: '详情' })
const spots = () => demo.page.getByRole('treeitem', { level: 1 })

/** The demo once more, beside the one that is served: an embedded database has one program at a time. */
let own: { readonly place: TestPlace; readonly db: Database } | undefined
afterAll(async () => {
  await own?.db.close()
  await own?.place.remove()
})

/** What a shell would give `wangge` of a card's command line, and what it prints. */
async function repeat(command: string): Promise<Analysis> {
  const place = own?.place ?? (await testPlace('demo'))
  own ??= { place, db: await openDatabase(place.options) }
  const { db } = own
  const words = (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'|'$/g, ''))
  expect(words.splice(0, 2)).toEqual(['wangge', 'hotspots'])
  let out = ''
  const code = await hotspots.run(parseVerbArgs(hotspots, words), {
    out: (text) => void (out += text),
    err: () => {},
    errIsTerminal: false,
    env: {},
    now: () => Date.now(),
    signal: new AbortController().signal,
    openDatabase: async () => ({ ...db, close: async () => {} }),
  })
  expect(code).toBe(0)
  return JSON.parse(out) as Analysis
}

describe('an analyst', () => {
  it('goes from a filter to a hot spot to its card, and repeats it by command line', async () => {
    await visit(`/incidents?area=${town}&tab=charts`)
    await demo.page.getByRole('region', { name: '按类别' }).getByRole('button', { name: '治安' }).click()
    await expect.poll(() => parameter('category')).toBe('public_order')
    const matrix = demo.page.getByRole('grid')
    await matrix.getByRole('button', { name: '周一' }).click()
    await expect.poll(() => parameter('weekdays')).toBe('1')
    await demo.page.getByRole('button', { name: '去掉：周一' }).click()
    await expect.poll(() => parameter('weekdays')).toBeNull()

    await demo.page.getByRole('tab', { name: '热点' }).click()
    await expect.poll(() => spots().count()).toBe(1)
    await spots().first().click()
    const planted = truths.hot_spots.map(({ lon, lat }) => pointToHexagon(lon, lat, 9))
    await expect.poll(() => parameter('select')).toMatch(/^spot:/)
    const heart = parameter('select')?.slice('spot:'.length) ?? ''
    expect(planted).toContain(heart)
    const reading = await drawer().locator('.reading').innerText()
    expect(reading).toMatch(/有治安 \d+ 起，按平均应有 [\d.]+ 起（[\d.]+ 倍）；校正后 q .*偶然难以解释/)

    await drawer().getByRole('button', { name: '成果卡' }).click()
    const command = await drawer().locator('.command').innerText()
    expect(command).toContain('--categories public_order')
    const again = await repeat(command)
    const cell = again.cells.find((one) => one.h3 === heart)
    // The very figures that the person reads are those of the command line.
    const total = again.cells.filter((one) => one.class?.startsWith('hot'))
    const summed = total.reduce((sum, one) => sum + one.count, 0)
    expect(reading).toContain(`${summed} 起`)
    expect(cell?.class).toMatch(/^hot/)
    const served = await demo.ask<Analysis>(again.card.address ?? '')
    expect(served.cells).toEqual(again.cells)
    await drawer().getByText(served.card.data.fingerprint.slice(0, 8)).waitFor()
    expect(again.card.data.fingerprint).toBe(served.card.data.fingerprint)
    expect(again.card.counts).toEqual(served.card.counts)
  })

  it('plays the weeks on one scale, and compares two periods', async () => {
    await visit(`/incidents?area=${town}&step=month&frame=2026-08-01`)
    const foot = demo.page.locator('.foot')
    await foot.getByText(/2026年8月1日.*2026年8月31日/).waitFor()
    const legend = demo.page.getByRole('region', { name: '图层与图例' })
    const labels = async (): Promise<string[]> => legend.locator('li span:nth-child(2)').allInnerTexts()
    const before = await labels()
    await foot.getByRole('button', { name: '下一步' }).click()
    await expect.poll(() => parameter('frame')).toBe('2026-09-01')
    expect(await labels()).toEqual(before)

    await visit(`/incidents?area=${town}&measure=change&from=2026-10-01&to=2026-10-31`)
    const answer = await demo.ask<Analysis>(
      `/api/areas/${town}/analysis?from=2026-10-01&to=2026-11-01&compare_from=2026-08-31&compare_to=2026-10-01`,
    )
    await demo.page
      .getByText(
        `本期 ${answer.totals.counted} 起，前期（2026-08-31 至 2026-09-30）${answer.compared?.count} 起`,
      )
      .waitFor()
  })
})
