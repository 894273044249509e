/**
 * What a planner's editor does beside the one long walk (redraw.test.ts), on the real server with the demo village: a plan begun
 * from the division in force, its history, somebody else's save, its codes. One page, walked through.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { PlanStreets } from '../../server/contract/plan-streets.ts'
import type { CreatedPlan } from '../../server/contract/plans.ts'
import { nearestOnPath } from '../../server/core/planning/drawing/along-path.ts'
import { applyEdit } from '../../server/core/planning/drawing/apply-edit.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { LngLat } from '../../server/core/values.ts'
import { lineRole } from '../../web/screens/plan/editor/places.ts'
import { demoTests } from '../support/browser-tests.ts'
import {
  Desk,
  degreesBetween,
  homesOf,
  middleLine,
  verticesOf,
  viewParameter,
} from '../support/drawing-desk.ts'

const village = '990427103001'
/** Where the map stands while it is drawn on: all of the village is in sight. */
const view = { zoom: 15.3, latitude: 29.9345, longitude: 119.6145 }

const demo = demoTests({ viewport: { width: 1440, height: 900 } })
const { visit, parameter, ask, send } = demo
let desk: Desk
beforeAll(() => {
  desk = new Desk(demo.page, view)
})

const addressOf = (plan: string): string => `/plan?area=${village}&plan=${plan}&tab=plans`
const drawingOf = async (plan: string): Promise<Drawing> =>
  fromJson(JSON.stringify(await ask(`/api/plans/${plan}/drawing`)))
/** A plan of the village, begun by a program. */
const begun = async (name: string): Promise<string> =>
  (await send<CreatedPlan>(`/api/areas/${village}/plans`, { name, from: { source: 'division' } })).id
const edit = (plan: string, revision: number, what: object): Promise<unknown> =>
  send(`/api/plans/${plan}/edits`, {
    revision,
    batch: 'somebody-else',
    operations: [{ op: 'edit', edit: what }],
  })

describe('a plan', () => {
  let plan = ''
  let first: Drawing

  it('begins with the division in force, with the figures the service has', async () => {
    await visit(`/plan?area=${village}&tab=plans&at=${viewParameter(view)}`)
    await demo.page.getByRole('button', { name: '新建方案' }).click()
    await demo.page.getByRole('textbox', { name: '名称' }).fill('浏览器里的方案')
    await demo.page.getByRole('button', { name: '建立' }).click()
    await demo.page.getByRole('toolbar', { name: '绘制工具' }).waitFor()
    await desk.savedAt(1)
    plan = parameter('plan') ?? ''
    first = await drawingOf(plan)
    const row = demo.page.getByRole('row').filter({ hasText: '001102' })
    await row.waitFor()
    expect(await row.innerText()).toContain(String(first.figures.get(`${village}102`)?.households))
  })

  it('keeps its history across a reload', async () => {
    const [from, to] = middleLine(first, `${village}102`)
    await demo.page.keyboard.press('s')
    await desk.clickAt(from)
    await desk.clickAt(to)
    await demo.page.keyboard.press('Enter')
    await desk.savedAt(2)
    const cut = await drawingOf(plan)
    expect(cut.grids.size).toBe(first.grids.size + 1)

    await demo.page.reload()
    const [undo, redo] = ['撤销', '重做'].map((name) => demo.page.getByRole('button', { name }))
    await undo!.click()
    await desk.savedAt(3)
    expect(toJson(await drawingOf(plan))).toBe(toJson(first))
    expect([await undo!.isDisabled(), await redo!.isEnabled()]).toEqual([true, true])
    await redo!.click()
    await desk.savedAt(4)
    expect(toJson(await drawingOf(plan))).toBe(toJson(cut))
    await undo!.click()
    await desk.savedAt(5)
  })

  it('says who saved meanwhile, and makes one’s own edit again on theirs', async () => {
    await edit(plan, 5, { type: 'lock', grid: `${village}105`, locked: true })
    // The gap in the division goes to one of its neighbours: all that lies wholly in a box around it.
    const drawing = await drawingOf(plan)
    const free = drawing.atoms.flatMap((atom) =>
      atom?.grid === null ? atom.rings.flat().flatMap((half) => verticesOf(drawing, half)) : [],
    )
    const [west, east] = [Math.min(...free.map(([x]) => x)), Math.max(...free.map(([x]) => x))]
    const [south, north] = [Math.min(...free.map(([, y]) => y)), Math.max(...free.map(([, y]) => y))]
    // Selected on the map, which stays where it is.
    await desk.clickAt(homesOf(drawing, `${village}102`)[0]!)
    await demo.page.getByRole('complementary', { name: '详情' }).waitFor()
    await desk.tool('框选').click()
    await desk.drag([west - 1e-4, south - 1e-4], [east + 1e-4, north + 1e-4])
    const alert = demo.page.getByRole('alert')
    await alert.getByText('没有保存：方案已被他人改动').waitFor()
    expect(await alert.innerText()).toContain('锁定或解锁')
    await alert.getByRole('button', { name: '载入新版并重做' }).click()
    await desk.savedAt(7)
    const both = await drawingOf(plan)
    expect(both.grids.get(`${village}105`)?.locked).toBe(true)
    expect(both.atoms.filter((atom) => atom?.grid === null)).toEqual([])
  })
})

describe('a boundary', () => {
  /** Metres from a place to the nearest of some lines. */
  const metresTo = (lines: readonly (readonly number[])[], [x, y]: LngLat): number =>
    Math.min(...lines.map((line) => nearestOnPath(line, x, y).distanceMetres))

  /** A line between grids in the middle of the map, and a place beside it, off every street, that it can be led through. */
  function courseOff(drawing: Drawing, streets: readonly (readonly number[])[]) {
    for (const [arc, one] of drawing.arcs.entries()) {
      if (!one || lineRole(drawing, one) !== 'grid') continue
      const line = verticesOf(drawing, 2 * arc)
      const [from, to] = [line[0]!, line.at(-1)!]
      const { longitude, latitude } = nearestOnPath(one.path, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2)
      const inSight = Math.abs(longitude - view.longitude) < 4e-3 && Math.abs(latitude - view.latitude) < 2e-3
      if (!inSight || degreesBetween(from, to) < 8e-4) continue
      for (const [east, north] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        // 0.0004° is some 40 m, 0.00006° some 6 m.
        const off: LngLat = [longitude + 4e-4 * east, latitude + 4e-4 * north]
        const near: LngLat = [longitude + 6e-5 * east, latitude + 6e-5 * north]
        const course = { type: 'reshape', arc, from: 0, to: line.length - 1, path: [off] } as const
        if (metresTo(streets, off) > 25 && !('code' in applyEdit(drawing, course)))
          return { arc, from, to, off, near }
      }
    }
    throw new Error('no line can be led off its street')
  }

  it('drawn anew from one junction to the next lies on the street that the hand followed', async () => {
    const plan = await begun('沿街')
    const { streets } = await ask<PlanStreets>(`/api/plans/${plan}/streets`)
    const lines = streets.map(({ path }) => path.flat())
    const { arc, from, to, off, near } = courseOff(await drawingOf(plan), lines)
    await visit(`${addressOf(plan)}&at=${viewParameter(view)}`)
    await desk.savedAt(1)
    await demo.page.keyboard.press('e')
    const inner = async (): Promise<readonly LngLat[]> =>
      verticesOf(await drawingOf(plan), 2 * arc).slice(1, -1)
    for (const place of [from, off, to]) await desk.clickAt(place)
    await desk.savedAt(2)
    // A pixel is 2 m here.
    expect(Math.max(...(await inner()).map((place) => metresTo(lines, place)))).toBeGreaterThan(20)

    for (const place of [from, near, to]) await desk.clickAt(place)
    await desk.savedAt(3)
    const laid = await inner()
    expect(laid.length).toBeGreaterThan(0)
    expect(Math.max(...laid.map((place) => metresTo(lines, place)))).toBeLessThan(0.1)
  })
})

describe('codes', () => {
  it('that are provisional give way to the one most of their households had', async () => {
    const plan = await begun('编码')
    const codesOf = async (): Promise<string[]> => [...(await drawingOf(plan)).grids.keys()]
    const before = await codesOf()
    const [code = ''] = before
    await edit(plan, 1, { type: 'set-code', grid: code, code: 'provisional' })
    await visit(addressOf(plan))
    await demo.page.getByRole('button', { name: '重新编码' }).click()
    const preview = demo.page.getByRole('region', { name: '重新编码' })
    await preview.getByRole('row').filter({ hasText: 'provisional' }).filter({ hasText: code }).waitFor()
    await preview.getByRole('button', { name: '采用' }).click()
    await desk.savedAt(3)
    expect(await codesOf()).toEqual(before)
  })
})
