/** Proposals in a real browser on the real server: what a demo village can be divided into, found, looked at, adopted. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { CreatedPlan } from '../../server/contract/plans.ts'
import type { Proposals } from '../../server/contract/proposals.ts'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { servedDemo } from '../support/served-demo.ts'

// WebGL in software on a shared machine: slow is not wrong.
vi.setConfig({ testTimeout: 300_000 })

const village = '990427103001'

let browser: Browser
let origin: string
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  ;[browser, origin] = await Promise.all([launchBrowser(), servedDemo()])
  watched = await openPage(browser, origin, { viewport: { width: 1440, height: 900 } })
  page = watched.page
  page.setDefaultTimeout(120_000)
}, 320_000)
afterAll(async () => {
  await watched?.finish()
  await browser?.close()
})

it('says what is possible, proposes, shows a proposal on the map and makes a plan of it', async () => {
  const made = await fetch(`${origin}/api/areas/${village}/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: '待改的方案', from: { source: 'division' } }),
  })
  const { id } = (await made.json()) as CreatedPlan
  await page.goto(`/plan?area=${village}&plan=${id}&tab=plans&part=proposals`)
  // 2,606 households outside the school: 6 × 434 … 8 × 326.
  await page.getByText(/2,606 户.*6–8 个网格/).waitFor()

  await page.getByRole('button', { name: '生成建议' }).click()
  await page.getByRole('button', { name: '方案 1', exact: true }).waitFor()
  const job = new URL(page.url()).searchParams.get('proposals') ?? ''
  const { found } = (await (await fetch(`${origin}/api/proposals/${job}`)).json()) as Proposals
  const best = found?.proposals[0]
  if (!best) throw new Error('nothing was proposed')
  expect(best.figures).toMatchObject({ out_of_band: 0, groups_split: 0 })
  const card = page.locator('.proposal-card').first()
  expect(await card.innerText()).toContain(`${best.figures.grids} / ${best.figures.grids}`)

  const legend = page.locator('.legend li').filter({ hasText: '规模适度' })
  expect(await legend.innerText()).toMatch(/4$/)
  await page.getByRole('button', { name: '方案 1', exact: true }).click()
  await expect.poll(() => legend.innerText()).toMatch(new RegExp(`${best.figures.grids}$`))

  await card.getByRole('button', { name: '采用' }).click()
  await page.waitForURL((url) => url.searchParams.get('plan') !== id)
  await page.getByText('待改的方案 · 建议 1').waitFor()
  const adopted = new URL(page.url()).searchParams.get('plan') ?? ''
  const drawing = fromJson(await (await fetch(`${origin}/api/plans/${adopted}/drawing`)).text())
  expect(drawing.atoms.every((atom) => atom === null || atom.grid !== null)).toBe(true)
  expect(
    [...drawing.grids.values()]
      .filter((grid) => grid.kind === 'ordinary')
      .map((grid) => drawing.figures.get(grid.code)?.households ?? 0)
      .toSorted((a, b) => a - b),
  ).toEqual(
    best.grids
      .flatMap((grid) => (grid.kind === 'ordinary' ? [grid.households] : []))
      .toSorted((a, b) => a - b),
  )
})
