/**
 * What a planner's editor does beside the one long walk (redraw.test.ts), on the real server with the demo village: a plan begun
 * from the division in force, its history, somebody else's save, its codes. One page, walked through.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CreatedPlan } from '../../server/contract/plans.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import { demoTests } from '../support/browser-tests.ts'
import { Desk, homesOf, middleLine, verticesOf, viewParameter } from '../support/drawing-desk.ts'

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
