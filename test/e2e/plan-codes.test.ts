/** Renewing the codes of a plan, in a real browser on the real server. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { fromJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { servedDemo } from '../support/served-demo.ts'

// WebGL in software on a shared machine: slow is not wrong.
vi.setConfig({ testTimeout: 300_000 })

const village = '990427103001'

let browser: Browser
let origin: string
let watched: WatchedPage
beforeAll(async () => {
  ;[browser, origin] = await Promise.all([launchBrowser(), servedDemo()])
  watched = await openPage(browser, origin, { viewport: { width: 1440, height: 900 } })
  watched.page.setDefaultTimeout(60_000)
}, 320_000)
afterAll(async () => {
  await watched?.finish()
  await browser?.close()
})

const send = async (path: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json', origin }
  const response = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
const codesOf = async (plan: string): Promise<string[]> => [
  ...fromJson(await (await fetch(`${origin}/api/plans/${plan}/drawing`)).text()).grids.keys(),
]

it('a provisional code gives way to the one most of its households had', async () => {
  const { page } = watched
  const from = { source: 'division' }
  const plan = (await send(`/api/areas/${village}/plans`, { name: '编码', from })) as { id: string }
  const before = await codesOf(plan.id)
  const [code = ''] = before
  await send(`/api/plans/${plan.id}/edits`, {
    revision: 1,
    batch: 'provisional',
    operations: [{ op: 'edit', edit: { type: 'set-code', grid: code, code: 'provisional' } }],
  })
  await page.goto(`/plan?area=${village}&tab=plans&plan=${plan.id}`)
  await page.getByRole('button', { name: '重新编码' }).click()
  const preview = page.getByRole('region', { name: '重新编码' })
  await preview.getByRole('row').filter({ hasText: 'provisional' }).filter({ hasText: code }).waitFor()
  await preview.getByRole('button', { name: '采用' }).click()
  await page.getByText('已保存 · 第 3 版').waitFor()
  expect(await codesOf(plan.id)).toEqual(before)
})
