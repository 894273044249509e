/** The planner's editor in a real browser on the real server: a demo village redrawn from the division in force to its submission. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Drawing, isVillageLine } from '../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { LngLat } from '../../server/core/values.ts'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { servedDemo } from '../support/served-demo.ts'

// WebGL in software on a shared machine: slow is not wrong.
vi.setConfig({ testTimeout: 300_000 })

const village = '990427103001'
/** Where the map stands all the while: all of the village is in sight. */
const view = { zoom: 15.3, latitude: 29.9345, longitude: 119.6145 }

let browser: Browser
let origin: string
let watched: WatchedPage
let page: Page
let plan: string
/** The drawing as it began. */
let first: Drawing

beforeAll(async () => {
  ;[browser, origin] = await Promise.all([launchBrowser(), servedDemo()])
  watched = await openPage(browser, origin, { viewport: { width: 1440, height: 900 } })
  page = watched.page
  page.setDefaultTimeout(60_000)
}, 320_000)
afterAll(async () => {
  await watched?.finish()
  await browser?.close()
})

const api = async (path: string): Promise<Response> => {
  const response = await fetch(`${origin}${path}`)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}
/** The drawing as the server has it. */
const stored = async (): Promise<{ drawing: Drawing; revision: number }> => {
  const response = await api(`/api/plans/${plan}/drawing`)
  return { drawing: fromJson(await response.text()), revision: Number(response.headers.get('x-revision')) }
}

/** Web Mercator at 512 px a tile: degrees to pixels of the whole world at the view's zoom. */
function worldPixel([longitude, latitude]: LngLat): [number, number] {
  const size = 512 * 2 ** view.zoom
  const y = Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360))
  return [((longitude + 180) / 360) * size, (0.5 - y / (2 * Math.PI)) * size]
}
/** Where a place stands on the page. */
async function onPage(place: LngLat): Promise<[number, number]> {
  const box = await page.locator('.maplibregl-canvas').boundingBox()
  if (!box) throw new Error('no map')
  const [x, y] = worldPixel(place)
  const [cx, cy] = worldPixel([view.longitude, view.latitude])
  return [box.x + box.width / 2 + x - cx, box.y + box.height / 2 + y - cy]
}
async function moveTo(place: LngLat): Promise<void> {
  await page.mouse.move(...(await onPage(place)), { steps: 4 })
}
async function clickAt(place: LngLat): Promise<void> {
  await moveTo(place)
  await page.mouse.click(...(await onPage(place)))
}
async function drag(from: LngLat, to: LngLat, release = true): Promise<void> {
  await moveTo(from)
  await page.mouse.down()
  await moveTo(to)
  if (release) await page.mouse.up()
}
const tool = (name: string) =>
  page.getByRole('toolbar', { name: '绘制工具' }).getByRole('button', { name, exact: true })
const bar = () => page.locator('.pointer-bar')
const savedAt = async (revision: number): Promise<void> => {
  await page.getByText(`已保存 · 第 ${revision} 版`).waitFor()
}

/** An arc's vertices in the order of a half-arc. */
function verticesOf(drawing: Drawing, half: number): LngLat[] {
  const { path } = drawing.arcs[half >> 1]!
  const vertices = Array.from({ length: path.length / 2 }, (_, i): LngLat => [path[2 * i]!, path[2 * i + 1]!])
  return (half & 1) === 0 ? vertices : vertices.toReversed()
}

const degreesBetween = ([ax, ay]: LngLat, [bx, by]: LngLat): number => Math.hypot(bx - ax, by - ay)

/** A junction of three grids inside the village with no other vertex within 20 m, and where its lines end. */
function innerJunction(drawing: Drawing): { at: LngLat; ends: LngLat[] } {
  for (const halves of drawing.nodes) {
    const arcs = halves.map((half) => drawing.arcs[half >> 1]!)
    const sides = arcs.flatMap((arc) => [arc.left, arc.right].map((atom) => drawing.atoms[atom]?.grid ?? ''))
    const lines = halves.map((half) => verticesOf(drawing, half))
    const [at] = lines[0] ?? []
    if (!at || new Set(sides).size < 3 || sides.includes('')) continue
    if (arcs.some((arc) => isVillageLine(drawing, arc))) continue
    if (lines.every((line) => line.slice(1).every((one) => degreesBetween(at, one) > 2e-4)))
      return { at, ends: lines.map((line) => line.at(-1)!) }
  }
  throw new Error('no junction of three grids')
}

/** How far the nearest junction is from a place, in degrees. */
const nearestJunction = (drawing: Drawing, place: LngLat): number =>
  Math.min(
    ...drawing.nodes.flatMap((halves) =>
      halves.map((half) => degreesBetween(verticesOf(drawing, half)[0]!, place)),
    ),
  )

const between = ([ax, ay]: LngLat, [bx, by]: LngLat, share: number): LngLat => [
  ax + (bx - ax) * share,
  ay + (by - ay) * share,
]

describe('a plan of a village', () => {
  it('begins with the division in force; its flaws are found as they are in the stored one', async () => {
    await page.goto(`/plan?area=${village}&tab=plans&at=${view.zoom}/${view.latitude}/${view.longitude}`)
    await page.getByRole('button', { name: '新建方案' }).click()
    await page.getByRole('textbox', { name: '名称' }).fill('浏览器里的方案')
    await page.getByRole('button', { name: '建立' }).click()
    await page.getByRole('toolbar', { name: '绘制工具' }).waitFor()
    plan = new URL(page.url()).searchParams.get('plan') ?? ''
    const { drawing, revision } = await stored()
    expect(revision).toBe(1)
    first = drawing
    const row = page.getByRole('row').filter({ hasText: '001102' })
    await row.waitFor()
    expect(await row.innerText()).toContain(String(drawing.figures.get(`${village}102`)?.households))
    await savedAt(1)
  })

  it('says what a drag would do to both grids, moves a junction with all its lines, and saves', async () => {
    const before = (await stored()).drawing
    const { at, ends } = innerJunction(before)
    const to = between(at, ends[0]!, 0.2)
    await tool('移动界点').click()
    await drag(at, to, false)
    await expect.poll(() => bar().innerText()).toMatch(/\d+ → \d+ 户/)
    await page.mouse.up()
    await savedAt(2)
    const { drawing } = await stored()
    // A pixel is 3 m here, 0.00003°.
    expect(nearestJunction(before, to)).toBeGreaterThan(6e-5)
    expect(nearestJunction(drawing, to)).toBeLessThan(3e-5)
  })

  it('refuses an illegal drag while it lasts, with the reason, and changes nothing', async () => {
    const before = (await stored()).drawing
    const { at, ends } = innerJunction(before)
    // Beyond the next junction: lines would cross there.
    const beyond = between(at, ends[1]!, 1.6)
    await drag(at, beyond, false)
    await expect.poll(() => bar().innerText()).toContain('不能这样改')
    expect(
      await page.locator('.maplibregl-canvas').evaluate((canvas) => getComputedStyle(canvas).cursor),
    ).toBe('not-allowed')
    await page.mouse.up()
    await page.getByRole('alert').getByText('不能这样改').waitFor()
    expect(toJson((await stored()).drawing)).toBe(toJson(before))
  })

  it('splits a grid by a line without losing a household, takes it back to the byte, and makes it again', async () => {
    const { drawing: before } = await stored()
    const code = `${village}102`
    const spots = (before.members.get(code) ?? []).flatMap((atom) =>
      before.atoms[atom]!.households.map(
        (row): LngLat => [before.households.longitudes[row]!, before.households.latitudes[row]!],
      ),
    )
    const [west, east] = [Math.min(...spots.map(([x]) => x)), Math.max(...spots.map(([x]) => x))]
    const [south, north] = [Math.min(...spots.map(([, y]) => y)), Math.max(...spots.map(([, y]) => y))]
    const middle = (south + north) / 2
    const wide = (east - west) * 0.4
    await page.keyboard.press('s')
    await clickAt([west - wide, middle])
    await clickAt([east + wide, middle])
    await page.keyboard.press('Enter')
    await savedAt(3)
    const { drawing: cut } = await stored()
    const fresh = [...cut.grids.keys()].find((grid) => !before.grids.has(grid)) ?? ''
    const households = (grid: string): number => cut.figures.get(grid)?.households ?? 0
    expect(households(fresh)).toBeGreaterThan(0)
    // Split: nobody is lost and nobody counted twice.
    expect(households(fresh) + households(code)).toBe(before.figures.get(code)?.households)

    await page.keyboard.press('Control+z')
    await savedAt(4)
    expect(toJson((await stored()).drawing)).toBe(toJson(before))
    await page.keyboard.press('Control+y')
    await savedAt(5)
    expect(toJson((await stored()).drawing)).toBe(toJson(cut))
  })

  it('keeps its history across a reload', async () => {
    await page.goto(
      `/plan?area=${village}&plan=${plan}&tab=plans&at=${view.zoom}/${view.latitude}/${view.longitude}`,
    )
    await page.getByRole('toolbar', { name: '绘制工具' }).waitFor()
    const undo = page.getByRole('button', { name: '撤销' })
    await undo.click()
    await savedAt(6)
    await undo.click()
    await savedAt(7)
    // The split and the junction are taken back: the drawing is that of the first revision.
    expect(await undo.isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: '重做' }).isEnabled()).toBe(true)
    const { drawing } = await stored()
    expect(toJson(drawing)).toBe(toJson(first))
  })

  it('says who saved meanwhile, and makes one’s own edit again on theirs', async () => {
    const edit = { type: 'lock', grid: `${village}105`, locked: true }
    const other = await fetch(`${origin}/api/plans/${plan}/edits`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ revision: 7, batch: 'somebody-else', operations: [{ op: 'edit', edit }] }),
    })
    expect(other.status).toBe(200)
    // The gap in the division goes to one of its neighbours: all that lies wholly in a box around it.
    const { drawing } = await stored()
    const free = drawing.atoms.flatMap((atom) =>
      atom?.grid === null ? atom.rings.flat().flatMap((half) => verticesOf(drawing, half)) : [],
    )
    const [west, east] = [Math.min(...free.map(([x]) => x)), Math.max(...free.map(([x]) => x))]
    const [south, north] = [Math.min(...free.map(([, y]) => y)), Math.max(...free.map(([, y]) => y))]
    // Selected on the map, which stays where it is.
    const [home] = drawing.members.get(`${village}102`)!.flatMap((atom) => drawing.atoms[atom]!.households)
    await clickAt([drawing.households.longitudes[home!]!, drawing.households.latitudes[home!]!])
    await page.getByRole('complementary', { name: '详情' }).waitFor()
    await tool('框选').click()
    await drag([west - 1e-4, south - 1e-4], [east + 1e-4, north + 1e-4])
    const alert = page.getByRole('alert')
    await alert.getByText('没有保存：方案已被他人改动').waitFor()
    expect(await alert.innerText()).toContain('锁定或解锁')
    await alert.getByRole('button', { name: '载入新版并重做' }).click()
    await savedAt(9)
    const { drawing: both } = await stored()
    expect(both.grids.get(`${village}105`)?.locked).toBe(true)
    expect(both.atoms.filter((atom) => atom?.grid === null)).toEqual([])
  })

  it('compares with the division in force, and is submitted; then it is only read', async () => {
    await page.getByRole('tab', { name: '对比' }).click()
    // The gap's households were in no grid and are in one now.
    const inNone = first.atoms.reduce((n, atom) => n + (atom?.grid === null ? atom.households.length : 0), 0)
    expect(inNone).toBeGreaterThan(0)
    const entered = page.locator('.changes .figure').filter({ hasText: '新纳入' })
    await expect.poll(() => entered.innerText()).toContain(String(inNone))
    await page.getByRole('tab', { name: '流程' }).click()
    await page.getByRole('button', { name: '提交审批' }).click()
    await page.locator('.edit-head').getByText('已提交').waitFor()
    await page.getByRole('toolbar', { name: '绘制工具' }).waitFor({ state: 'detached' })
    const { status } = (await (await api(`/api/plans/${plan}`)).json()) as { status: string }
    expect(status).toBe('submitted')
  })
})
