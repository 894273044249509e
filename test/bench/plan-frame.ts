/**
 * A plan of 300 grids and 5,000 atoms under a planner's hand, in a real browser: script in each frame while a junction is dragged,
 * against the 16 ms of a frame; and the live check after an edit, as its worker measures it, against 50 ms.
 *
 * Chromium's trace says how much processor time each script of the page's main thread took, whatever else the machine does. The
 * graphics card's work is left out: it is done in software here, and a frame would take seconds.
 */
import type { Page } from 'playwright-core'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { isVillageLine } from '../../server/core/planning/drawing/drawing.ts'
import { toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { LngLat } from '../../server/core/values.ts'
import { createChecker, type FromChecker } from '../../web/screens/plan/editor/checker.ts'
import { drawTown, smallTown } from '../core/planning/drawing-town.ts'
import { launchBrowser, openPage } from '../support/browser.ts'
import { Desk, degreesBetween, verticesOf, viewParameter } from '../support/drawing-desk.ts'
import { quantile, scriptOfFrames, withoutDrawing } from '../support/frame-times.ts'
import { serveDemoWith, signInPage } from '../support/users.ts'
import type { BenchRow } from './bench-row.ts'

const FRAME_MILLISECONDS = 16
const EDIT_CHECK_MILLISECONDS = 50
const village = '990427103001'

export async function bench(): Promise<BenchRow[]> {
  // 100 × 50 atoms, 17 side by side make a grid (16 or so at the villages' edges).
  const drawing = drawTown(
    smallTown({ columns: 100, rows: 50, inner: 3, households: 12_000, gridColumns: 17 }),
  )
  const vertices = drawing.arcs.reduce((sum, arc) => sum + (arc ? arc.path.length / 2 : 0), 0)
  const note = `${drawing.grids.size} grids, ${drawing.atoms.length} atoms, ${vertices} vertices, 12,000 households`
  const frames = await framesOfDrag(drawing)
  const checks = checksOfEdits(drawing)
  return [
    row('script in a frame of a drag, the middle one', quantile(frames, 0.5), FRAME_MILLISECONDS, note),
    row(
      'script in a frame of a drag, one in twenty is slower',
      quantile(frames, 0.95),
      FRAME_MILLISECONDS,
      note,
    ),
    row('live check after an edit, the middle one', quantile(checks, 0.5), EDIT_CHECK_MILLISECONDS, note),
  ]
}

const row = (what: string, milliseconds: number, budget: number, note: string): BenchRow => ({
  name: `plan: ${what}, against ${budget} ms`,
  ours: milliseconds,
  theirs: budget,
  ratio: milliseconds / budget,
  target: '<= 1',
  unit: 'ms',
  note,
})

/** Milliseconds of each live check while atoms all over the town go over to the grid beside theirs. */
function checksOfEdits(drawing: Drawing): number[] {
  const found: number[] = []
  const hear = createChecker((message: FromChecker) => {
    if (message.type === 'failed') throw new Error(message.reason)
    if (message.type === 'checked' && message.applied > 0) found.push(message.milliseconds)
  })
  hear({ type: 'open', document: toJson(drawing), band: { from: 300, to: 500 } })
  for (let i = 0; i < 60; i++) {
    const atom = drawing.atoms[37 * i]!
    const neighbour = drawing.figures
      .get(atom.grid!)!
      .neighbours.find(({ grid }) => drawing.grids.get(grid)!.village === atom.village)!
    hear({ type: 'apply', steps: [{ type: 'assign', atoms: [atom.id], grid: neighbour.grid }] })
  }
  return found
}

/** Milliseconds of script in each frame, in all but the first of which the pointer moved. */
async function framesOfDrag(drawing: Drawing): Promise<number[]> {
  const at = innerJunction(drawing)
  const view = { zoom: 13.2, longitude: at[0], latitude: at[1] }
  const served = await serveDemoWith([{ login: 'zhang', role: 'planner', areas: [village] }])
  const browser = await launchBrowser()
  try {
    const { page } = await openPage(browser, served.origin)
    await withoutDrawing(page)
    await signInPage(page, served.origin, 'zhang')
    const made = await page.request.post(`/api/areas/${village}/plans`, {
      data: { name: 'bench', from: { source: 'division' } },
    })
    const { id } = (await made.json()) as { id: string }
    const document = toJson(drawing)
    await page.route('**/drawing', (route) =>
      route.fulfill({ contentType: 'application/json', headers: { 'x-revision': '1' }, body: document }),
    )
    const address = new URLSearchParams({ area: village, plan: id, tab: 'plans', at: viewParameter(view) })
    await page.goto(`/plan?${address}`)
    const desk = new Desk(page, view)
    await desk.savedAt(1)
    await desk.tool('移动界点').click()
    // Until every village is checked and all names stand.
    await page.locator('.busy-bar').waitFor({ state: 'detached' })
    await page.waitForTimeout(3000)
    await desk.drag(at, [at[0] + 0.0002, at[1]], false)
    await moveInEveryFrame(page, 60)
    const frames = await scriptOfFrames(browser, page, () => moveInEveryFrame(page, 180))
    // Nothing of it is to be saved: the server's plan is another.
    await page.keyboard.press('Escape')
    return frames
  } finally {
    await browser.close()
    await served.close()
  }
}

/** A junction inside a village in the middle of the town. */
function innerJunction(drawing: Drawing): LngLat {
  const isInner = (half: number): boolean => !isVillageLine(drawing, drawing.arcs[half >> 1]!)
  const isOfGrids = (halves: readonly number[]): boolean =>
    new Set(
      halves.flatMap((half) => {
        const { left, right } = drawing.arcs[half >> 1]!
        return [drawing.atoms[left]?.grid, drawing.atoms[right]?.grid]
      }),
    ).size > 2
  return drawing.nodes
    .filter((halves) => halves.length > 2 && halves.every(isInner) && isOfGrids(halves))
    .map((halves) => verticesOf(drawing, halves[0]!)[0]!)
    .toSorted((a, b) => degreesBetween(a, [112.1, 28.5]) - degreesBetween(b, [112.1, 28.5]))[0]!
}

/** The pointer goes around the middle of the map, one move a frame: more than a hand that waits for its picture. */
async function moveInEveryFrame(page: Page, frames: number): Promise<void> {
  const box = await page.locator('.maplibregl-canvas').boundingBox()
  if (!box) throw new Error('no map')
  const around = { x: box.x + box.width / 2, y: box.y + box.height / 2, steps: frames }
  await page.evaluate(async ({ x, y, steps }) => {
    const canvas = document.querySelector('.maplibregl-canvas')!
    for (let step = 0; step < steps; step++) {
      await new Promise(requestAnimationFrame)
      const [clientX, clientY] = [x + 15 * Math.cos(step / 9), y + 15 * Math.sin(step / 9)]
      const how = { bubbles: true, cancelable: true, buttons: 1, view: window, clientX, clientY }
      canvas.dispatchEvent(new MouseEvent('mousemove', how))
    }
  }, around)
}
