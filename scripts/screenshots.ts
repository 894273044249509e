/**
 * Pictures of every screen, to be looked at: light and dark, Chinese and English, wide to phone, full and empty.
 * `tsx scripts/screenshots.ts ORIGIN [FOLDER] [NAME…]`: ORIGIN of a running server with the demo, FOLDER (default: shots in the
 * system's temporary folder), and NAMEs to take only some.
 */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { launchBrowser, openPage } from '../test/support/browser.ts'

const town = '990427103'
const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const dark: BrowserContextOptions = { colorScheme: 'dark' }
const narrow: BrowserContextOptions = { viewport: { width: 1090, height: 800 } }

interface Shot {
  readonly path: string
  readonly options?: BrowserContextOptions
  readonly act?: (page: Page) => Promise<void>
}

/** Filters the list, which holds only what is in sight, and clicks the first problem whose title has the text. */
const openProblem =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await page.locator('[data-search] input, input[data-search]').fill(text)
    await page.getByRole('treeitem', { level: 2 }).filter({ hasText: text }).first().click()
  }

async function openFirstRow(page: Page): Promise<void> {
  await page.locator('[data-index="0"]').click()
}

async function openPolicies(page: Page): Promise<void> {
  await page.locator('.bar-button:has(.person-icon)').click()
  await page.getByRole('button', { name: /查看与设定政策|See and set policies/ }).click()
  await page.locator('.policy button').first().click()
}

/** Who looked, after somebody did. */
async function openAccesses(page: Page): Promise<void> {
  for (const worker of ['W012', 'W031'])
    await page.request.get(
      `${origin}/api/areas/${town}/workers/${worker}/days/2026-10-13?reveal=${worker === 'W012'}`,
    )
  await page.locator('.bar-button:has(.person-icon)').click()
  await page.getByRole('button', { name: /谁查阅了个人信息|Who read personal data/ }).click()
}

/** In the form of a report, words among households or places; the list stands open. */
const findSubject =
  (field: string, words: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).click()
    await page.keyboard.type(words)
    await page.waitForTimeout(1500)
  }

/** The day at 300 times its speed, some minutes of it gone by. */
async function playDay(page: Page): Promise<void> {
  await page.getByText('300×').click()
  await page.getByRole('button', { name: /^(回放|Play)/ }).click()
  await page.waitForTimeout(6000)
}

/** Phones in the grid and outside, just now, late and long silent. */
async function reportPositions(page: Page): Promise<void> {
  const answer = await page.request.get(`${origin}/api/areas/${town}/grids`)
  const { grids } = (await answer.json()) as { grids: { label_point: [number, number] }[] }
  const fixes = [0, 1, 25, 300].map((minutes, i) => ({
    worker: `W0${12 + i}`,
    time: new Date(Date.now() - minutes * 60_000).toISOString(),
    lon: grids[i]?.label_point[0],
    lat: grids[i]?.label_point[1],
    accuracy: 6,
  }))
  const headers = { 'idempotency-key': `shots-${Date.now()}` }
  const sent = await page.request.post(`${origin}/ingest/fixes?town=${town}`, { data: fixes, headers })
  if (!sent.ok()) throw new Error(await sent.text())
  await page.waitForTimeout(3000)
}

/** As in a new installation. */
async function empty(page: Page): Promise<void> {
  await page.route('**/api/areas', (route) => route.fulfill({ json: { areas: [] } }))
}

const shots: Readonly<Record<string, Shot>> = {
  plan: { path: `/plan?area=${town}` },
  'plan-dark': { path: `/plan?area=${town}`, options: dark },
  'plan-en': { path: `/plan?area=${town}&lang=en` },
  'plan-problem': { path: `/plan?area=${town}`, act: openProblem('001103') },
  'plan-grid': { path: `/plan?area=${town}&tab=grids&select=grid:990427103001102` },
  'plan-grid-dark': { path: `/plan?area=${town}&tab=grids&select=grid:990427103203102`, options: dark },
  'plan-near': { path: `/plan?area=${town}&at=16.6/29.934/119.6185` },
  'plan-import': { path: `/plan?area=${town}&tab=import` },
  'plan-1100': { path: `/plan?area=${town}`, options: narrow, act: openProblem('002103') },
  'plan-phone': { path: `/plan?area=${town}`, options: phone },
  'plan-phone-grid': { path: `/plan?area=${town}&select=grid:990427103001102`, options: phone },
  patrol: { path: `/patrol?area=${town}` },
  'patrol-worker': { path: `/patrol?area=${town}&day=2026-10-13&select=worker:W012` },
  'patrol-month': { path: `/patrol?area=${town}&day=2026-10-13&view=month` },
  'patrol-dark': { path: `/patrol?area=${town}&day=2026-10-13&select=worker:W031`, options: dark },
  'patrol-en': { path: `/patrol?area=${town}&lang=en` },
  policies: {
    path: `/patrol?area=${town}`,
    act: openPolicies,
  },
  'policies-en-dark': { path: `/patrol?area=${town}&lang=en`, options: dark, act: openPolicies },
  accesses: { path: `/patrol?area=${town}`, act: openAccesses },
  'accesses-phone-en': { path: `/patrol?area=${town}&lang=en`, options: phone, act: openAccesses },
  'patrol-phone': { path: `/patrol?area=${town}`, options: phone },
  'patrol-phone-worker': { path: `/patrol?area=${town}&day=2026-10-13&select=worker:W012`, options: phone },
  'patrol-1000-en': {
    path: `/patrol?area=${town}&day=2026-10-13&select=worker:W012&lang=en`,
    options: { viewport: { width: 1000, height: 760 } },
  },
  'patrol-live': { path: `/patrol?area=${town}&view=live` },
  'patrol-live-phone': { path: `/patrol?area=${town}&view=live`, options: phone },
  'patrol-sheets': { path: `/patrol?area=${town}&day=2026-10-13&view=sheets&select=worker:W003` },
  'patrol-sheets-en-dark': {
    path: `/patrol?area=${town}&day=2026-10-13&view=sheets&lang=en`,
    options: dark,
  },
  'patrol-month-dark': { path: `/patrol?area=${town}&day=2026-10-13&view=month`, options: dark },
  'patrol-phone-worker-en': {
    path: `/patrol?area=${town}&day=2026-10-13&select=worker:W012&lang=en`,
    options: phone,
  },
  'patrol-coverage': { path: `/patrol?area=${town}&day=2026-10-20&view=coverage`, act: openFirstRow },
  'patrol-coverage-en': {
    path: `/patrol?area=${town}&day=2026-10-20&view=coverage&list=households&lang=en`,
    act: openFirstRow,
  },
  'patrol-coverage-dark': {
    path: `/patrol?area=${town}&day=2026-10-20&view=coverage&list=lanes`,
    options: dark,
    act: openFirstRow,
  },
  'patrol-coverage-phone': {
    path: `/patrol?area=${town}&day=2026-10-20&view=coverage&list=households`,
    options: phone,
    act: openFirstRow,
  },
  'patrol-help': { path: `/patrol?area=${town}&day=2026-10-20&view=coverage&list=help` },
  'patrol-evidence': { path: `/patrol?area=${town}&day=2026-10-15&view=evidence&select=worker:W018` },
  'patrol-evidence-dark': {
    path: `/patrol?area=${town}&day=2026-10-15&view=evidence&select=worker:W018`,
    options: dark,
  },
  'patrol-sheets-before': { path: `/patrol?area=${town}&day=2026-03-10&view=sheets` },
  'patrol-month-phone-en': { path: `/patrol?area=${town}&day=2026-10-13&view=month&lang=en`, options: phone },
  'patrol-none': { path: `/patrol?area=${town}&day=2026-12-25` },
  'patrol-evidence-none': { path: `/patrol?area=${town}&day=2026-12-25&view=evidence` },
  incidents: { path: `/incidents?area=${town}` },
  'incidents-spot': { path: `/incidents?area=${town}&measure=significance&select=hexagon:8941929338bffff` },
  'incidents-charts': {
    path: `/incidents?area=${town}&tab=charts&compare=before&from=2026-10-01&to=2026-10-31`,
  },
  'incidents-charts-1280': {
    path: `/incidents?area=${town}&tab=charts&category=public_order`,
    options: { viewport: { width: 1280, height: 800 } },
  },
  'incidents-surface': { path: `/incidents?area=${town}&measure=density&method=kernel` },
  'incidents-heat': { path: `/incidents?area=${town}&measure=density&method=kernel&layers=-surface,%2Bheat` },
  'incidents-change': { path: `/incidents?area=${town}&measure=change&from=2026-10-01&to=2026-10-31` },
  'incidents-beside': {
    path: `/incidents?area=${town}&measure=change&beside=1&from=2026-10-01&to=2026-10-31`,
  },
  'incidents-emerging-dark': {
    path: `/incidents?area=${town}&measure=significance&method=emerging`,
    options: dark,
  },
  'incidents-scan-en': { path: `/incidents?area=${town}&measure=significance&method=scan&lang=en` },
  'incidents-card': { path: `/incidents?area=${town}&category=public_order&select=card:result` },
  'incidents-playback': { path: `/incidents?area=${town}&step=month&frame=2026-08-01` },
  'incidents-phone-charts': { path: `/incidents?area=${town}&tab=charts`, options: phone },
  'incidents-coverage': { path: `/incidents?area=${town}&tab=coverage&days=30` },
  'incidents-warnings': { path: `/incidents?area=${town}&tab=warnings`, act: openFirstRow },
  'incidents-warnings-en-dark': {
    path: `/incidents?area=${town}&tab=warnings&lang=en`,
    options: dark,
    act: openFirstRow,
  },
  'incidents-warnings-phone-en': { path: `/incidents?area=${town}&tab=warnings&lang=en`, options: phone },
  'incidents-knox': {
    path: `/incidents?area=${town}&measure=significance&method=knox&category=public_order`,
  },
  'incidents-knox-en-dark': {
    path: `/incidents?area=${town}&measure=significance&method=knox&category=public_order&lang=en`,
    options: dark,
  },
  'incidents-charts-dark': { path: `/incidents?area=${town}&tab=charts`, options: dark },
  'incidents-work': { path: `/incidents?area=${town}&tab=work` },
  'incidents-dark': { path: `/incidents?area=${town}`, options: dark },
  'incidents-en': { path: `/incidents?area=${town}&lang=en` },
  'incidents-phone': { path: `/incidents?area=${town}`, options: phone },
  'incidents-find-household': {
    path: `/incidents?area=${town}&tab=work&select=report:new`,
    act: findSubject('户', '3号'),
  },
  'incidents-find-place-en-dark': {
    path: `/incidents?area=${town}&tab=work&select=report:new&lang=en`,
    options: dark,
    act: findSubject('Place', '1'),
  },
  'incidents-find-none': {
    path: `/incidents?area=${town}&tab=work&select=report:new`,
    act: findSubject('户', '没有这一户'),
  },
  'patrol-playback': { path: `/patrol?area=${town}&day=2026-10-13&select=worker:W012`, act: playDay },
  'patrol-live-workers': { path: `/patrol?area=${town}&view=live`, act: reportPositions },
  'patrol-live-workers-en-dark': {
    path: `/patrol?area=${town}&view=live&select=worker:W014&lang=en`,
    options: dark,
    act: reportPositions,
  },
  empty: { path: '/plan' },
}

const [origin, folder = join(tmpdir(), 'shots'), ...names] = process.argv.slice(2)
if (!origin) throw new Error('usage: tsx scripts/screenshots.ts ORIGIN [FOLDER] [NAME…]')
mkdirSync(folder, { recursive: true })
const browser = await launchBrowser()
for (const [name, shot] of Object.entries(shots)) {
  if (names.length > 0 && !names.includes(name)) continue
  const { page, finish } = await openPage(browser, origin, {
    viewport: { width: 1440, height: 900 },
    ...shot.options,
  })
  if (name === 'empty') await empty(page)
  await page.goto(shot.path)
  await settled(page)
  await shot.act?.(page)
  await settled(page)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, timeout: 120_000 })
  await finish()
  console.log(path)
}
await browser.close()

/** Nothing is being loaded any more, and moving things have come to rest. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(1500)
  await page.locator('.busy-bar').waitFor({ state: 'detached', timeout: 120_000 })
  await page.waitForTimeout(500)
}
