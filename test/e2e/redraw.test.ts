/**
 * One village from the file of its grids to new grids in force, as its people do it: a planner imports, finds, repairs, draws,
 * proposes, compares and submits; a supervisor approves and puts in force; the patrol screen has the new grids from that day.
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CreatedPlan } from '../../server/contract/plans.ts'
import type { Proposals } from '../../server/contract/proposals.ts'
import type { Drawing } from '../../server/core/planning/drawing/drawing.ts'
import { fromJson, toJson } from '../../server/core/planning/drawing/drawing-json.ts'
import type { Edit } from '../../server/core/planning/drawing/edit.ts'
import { statement } from '../../server/db/sql.ts'
import { truths } from '../demo/demo-township.ts'
import { browserTests, visit } from '../support/browser-tests.ts'
import {
  bentBoundary,
  between,
  Desk,
  homeApart,
  innerJunction,
  middleLine,
  nearestJunction,
  viewParameter,
} from '../support/drawing-desk.ts'
import { gridsInTiles } from '../support/grids-in-tiles.ts'
import { type Served, serveDemoWith, signInPage } from '../support/users.ts'

const town = '990427103'
const village = '990427103001'
/** Where the map stands while it is drawn on: all of the village is in sight. */
const view = { zoom: 15.3, latitude: 29.9345, longitude: 119.6145 }
/** Days of the clock on the wall: a plan is put in force from today on at the earliest. */
const dayOf = (instant: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(instant)
const today = dayOf(Date.now())
const yesterday = dayOf(Date.now() - 86_400_000)
const gap = truths.division.problems.find((one) => one.code === 'gap' && one.grids[0]?.startsWith(village))

interface Grids {
  readonly type: 'FeatureCollection'
  readonly features: readonly {
    readonly properties: { readonly code: string; readonly village_code: string }
  }[]
}
const stored = JSON.parse(
  readFileSync(new URL('../../data/demo/grids.geojson', import.meta.url), 'utf8'),
) as Grids
/** The village's grids as somebody drew them, with the gap that is planted between two of them. */
const file = { ...stored, features: stored.features.filter((one) => one.properties.village_code === village) }

let served: Served
beforeAll(async () => {
  served = await serveDemoWith([
    { login: 'zhang', role: 'planner', areas: [town], name: '张规划' },
    { login: 'li', role: 'supervisor', areas: [town], name: '李督导' },
  ])
  // The village before anybody drew a grid in it.
  await served.db.system().none(statement('delete from wangge.grids where village_code = $1'), [village])
}, 320_000)
afterAll(() => served?.close())

const browser = browserTests()
let planner: Page
let supervisor: Page
let desk: Desk
let plan = ''
beforeAll(async () => {
  planner = await pageOf('zhang')
  supervisor = await pageOf('li')
  desk = new Desk(planner, view)
})

/** A page of somebody who has signed in. */
async function pageOf(login: string): Promise<Page> {
  const page = await browser.open(served.origin, { viewport: { width: 1440, height: 900 } })
  await signInPage(page, served.origin, login)
  return page
}

const api = async (path: string) => {
  const response = await planner.request.get(path)
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`)
  return response
}
/** The drawing as the server has it. */
const drawn = async (of = plan): Promise<Drawing> =>
  fromJson(await (await api(`/api/plans/${of}/drawing`)).text())
const addressOf = (of: string): string =>
  `/plan?area=${village}&plan=${of}&tab=plans&at=${viewParameter(view)}`
const households = (drawing: Drawing, grid: string): number => drawing.figures.get(grid)?.households ?? 0
const tab = (page: Page, name: string) => page.getByRole('tab', { name })

describe('a village', () => {
  it('without grids takes them from a file', async () => {
    await planner.goto(`/plan?area=${village}`)
    await planner.getByText('未入网格的户').first().waitFor()
    await tab(planner, '导入').click()
    await planner.locator('input[type=file]').setInputFiles({
      name: '漱石社区网格.geojson',
      mimeType: 'application/geo+json',
      buffer: Buffer.from(JSON.stringify(file)),
    })
    await planner.getByRole('combobox', { name: '用途' }).click()
    await planner
      .locator('.ant-select-item-option')
      .filter({ hasText: /^网格$/ })
      .click()
    await planner.getByRole('button', { name: '导入', exact: true }).click()
    await planner
      .getByText(/已导入|完成/)
      .first()
      .waitFor()
    await tab(planner, '网格').click()
    await expect
      .poll(() => planner.getByRole('table').locator('[data-index]').count())
      .toBe(file.features.length)
  })

  it('has the problem that is in the file, and is repaired in a plan', async () => {
    await tab(planner, '问题').click()
    const problem = planner
      .getByRole('treeitem', { level: 2 })
      .filter({ hasText: gap?.grids.map((code) => code.slice(-6)).join(' · ') ?? '' })
    await problem.first().click()
    const drawer = planner.getByRole('complementary', { name: '详情' })
    await drawer.getByRole('heading', { level: 1, name: '空白' }).waitFor()
    // One way for each neighbour of the gap at the least.
    await expect.poll(() => drawer.getByRole('radio').count()).toBeGreaterThanOrEqual(2)
    await drawer.getByRole('button', { name: '加入修复' }).click()
    await planner.getByRole('button', { name: '生成修复方案' }).click()
    await planner.getByRole('toolbar', { name: '绘制工具' }).waitFor()
    plan = new URL(planner.url()).searchParams.get('plan') ?? ''
    const drawing = await drawn()
    expect(drawing.atoms.filter((atom) => atom?.grid === null)).toEqual([])
    const { submittable } = (await (await api(`/api/plans/${plan}/check`)).json()) as { submittable: boolean }
    expect(submittable).toBe(true)
    await visit(planner, addressOf(plan))
    await desk.savedAt(1)
  })
})

describe('a plan', () => {
  it('has a junction moved with all its lines, and says meanwhile what that does', async () => {
    const before = await drawn()
    const { at, ends } = innerJunction(before)
    const to = between(at, ends[0]!, 0.2)
    await desk.tool('移动界点').click()
    await desk.drag(at, to, false)
    await expect.poll(() => desk.said()).toMatch(/\d+ → \d+ 户/)
    await planner.mouse.up()
    await desk.savedAt(2)
    // A pixel is 3 m here, 0.00003°.
    expect(nearestJunction(before, to)).toBeGreaterThan(6e-5)
    expect(nearestJunction(await drawn(), to)).toBeLessThan(3e-5)
  })

  it('refuses an illegal drag while it lasts, and stays as it was', async () => {
    const before = await drawn()
    const { at, ends } = innerJunction(before)
    // Beyond the next junction: lines would cross there.
    await desk.drag(at, between(at, ends[1]!, 1.6), false)
    await expect.poll(() => desk.said()).toContain('不能这样改')
    const canvas = planner.locator('.maplibregl-canvas')
    expect(await canvas.evaluate((one) => getComputedStyle(one).cursor)).toBe('not-allowed')
    await planner.mouse.up()
    await planner.getByRole('alert').getByText('不能这样改').waitFor()
    expect(toJson(await drawn())).toBe(toJson(before))
  })

  const [split, into] = [`${village}102`, `${village}103`]
  let part = ''

  it('has a grid split by a line, nobody lost, taken back to the byte and made again', async () => {
    const before = await drawn()
    const [from, to] = middleLine(before, split)
    await planner.keyboard.press('s')
    await desk.clickAt(from)
    await desk.clickAt(to)
    await planner.keyboard.press('Enter')
    await desk.savedAt(3)
    const cut = await drawn()
    part = [...cut.grids.keys()].find((code) => !before.grids.has(code)) ?? ''
    expect(households(cut, part)).toBeGreaterThan(0)
    expect(households(cut, part) + households(cut, split)).toBe(households(before, split))
    await planner.keyboard.press('Control+z')
    await desk.savedAt(4)
    expect(toJson(await drawn())).toBe(toJson(before))
    await planner.keyboard.press('Control+y')
    await desk.savedAt(5)
    expect(toJson(await drawn())).toBe(toJson(cut))
  })

  it('has two grids merged into one', async () => {
    const before = await drawn()
    const neighbours = new Set(
      before.arcs.flatMap((arc) => {
        const sides = arc ? [before.atoms[arc.left]?.grid, before.atoms[arc.right]?.grid] : []
        return sides.includes(part) ? sides.filter((code) => code !== part && code !== split) : []
      }),
    )
    const other = [...neighbours].find((code) => code && before.grids.get(code)?.kind === 'ordinary') ?? into
    await planner.keyboard.press('v')
    await desk.clickAt(homeApart(before, other))
    await planner.keyboard.press('m')
    await desk.clickAt(homeApart(before, part))
    await desk.savedAt(6)
    const merged = await drawn()
    expect(merged.grids.has(part)).toBe(false)
    expect(households(merged, other)).toBe(households(before, other) + households(before, part))
    // The new grid is wanted after all.
    await planner.keyboard.press('Control+z')
    await desk.savedAt(7)
    expect(toJson(await drawn())).toBe(toJson(before))
  })

  it('has proposals made beside it; one is looked at on the map, another plan made of it, and this one left', async () => {
    const before = await drawn()
    await tab(planner, '建议').click()
    // 2,606 households outside the school: 6 × 434 … 8 × 326.
    await planner.getByText(/2,606 户.*6–8 个网格/).waitFor()
    await planner.getByRole('button', { name: '生成建议' }).click()
    const choice = planner.getByRole('button', { name: '方案 1', exact: true })
    await choice.waitFor()
    const job = new URL(planner.url()).searchParams.get('proposals') ?? ''
    const { found } = (await (await api(`/api/proposals/${job}`)).json()) as Proposals
    const best = found?.proposals[0]
    if (!best) throw new Error('nothing was proposed')
    expect(best.figures).toMatchObject({ out_of_band: 0, groups_split: 0 })
    const all = String(best.figures.grids)
    const card = planner.locator('.proposal-card').first()
    expect(await card.innerText()).toContain(`${all} / ${all}`)
    const fitting = planner.locator('.legend li').filter({ hasText: '规模适度' })
    await choice.click()
    await expect.poll(() => fitting.innerText()).toMatch(new RegExp(`${all}$`))
    await choice.click()
    await planner.getByRole('tab', { name: '建议' }).hover() // what is pointed at is shown, too
    await expect.poll(() => fitting.innerText()).not.toMatch(new RegExp(`${all}$`))

    await card.getByRole('button', { name: '采用' }).click()
    await planner.getByText('· 建议 1').waitFor()
    const adopted = new URL(planner.url()).searchParams.get('plan') ?? ''
    expect(adopted).not.toBe(plan)
    const made = await drawn(adopted)
    expect(made.atoms.every((atom) => atom === null || atom.grid !== null)).toBe(true)
    const sizes = (grids: readonly { readonly kind: string; readonly households: number }[]): number[] =>
      grids
        .filter(({ kind }) => kind === 'ordinary')
        .map((grid) => grid.households)
        .toSorted((a, b) => a - b)
    const madeGrids = [...made.grids.values()].map(({ code, kind }) => ({
      kind,
      households: households(made, code),
    }))
    expect(sizes(madeGrids)).toEqual(sizes(best.grids))
    expect(toJson(await drawn())).toBe(toJson(before))
    await visit(planner, addressOf(plan))
    await desk.savedAt(7)
  })

  it('is compared with the division in force and submitted; its planner cannot approve it', async () => {
    await tab(planner, '对比').click()
    // The gap's households were in no grid.
    const entered = planner.locator('.figure').filter({ hasText: '新纳入' })
    await expect.poll(() => entered.innerText()).toContain(String(gap?.households?.length))
    await tab(planner, '流程').click()
    const day = planner.getByLabel('拟生效日期')
    await day.fill(today)
    await day.press('Enter')
    await planner.getByRole('button', { name: '提交审批' }).click()
    await planner.locator('.edit-head').getByText('已提交').waitFor()
    await planner.getByRole('toolbar', { name: '绘制工具' }).waitFor({ state: 'detached' })
    expect(await planner.getByRole('button', { name: '批准' }).count()).toBe(0)
  })
})

describe('the division', () => {
  it('is another on the patrol screen from the day on which a supervisor puts it in force, and not before', async () => {
    const fresh = [...(await drawn()).grids.keys()].find(
      (code) => !file.features.some((one) => one.properties.code === code),
    )
    await supervisor.goto(`/plan?area=${village}&plan=${plan}&tab=plans&part=flow`)
    await supervisor.getByRole('button', { name: '批准' }).click()
    await supervisor.locator('.edit-head').getByText('已批准').waitFor()
    await supervisor.getByRole('button', { name: '从该日起生效' }).click()
    await supervisor.locator('.edit-head').getByText('已生效').waitFor()

    // What no rule could settle, a person does: the new grid has nobody yet.
    const tasks = supervisor.getByRole('list', { name: '待办' })
    const own = tasks.getByRole('listitem').filter({ hasText: fresh?.slice(-6) ?? '' })
    const task = own.first()
    await task.getByRole('button', { name: /^已办/ }).click()
    await task.getByRole('textbox', { name: /^怎样办的/ }).fill('由韩副书记兼任')
    await task.getByRole('button', { name: '已办', exact: true }).click()
    const settled = tasks.getByRole('listitem').filter({ hasText: '由韩副书记兼任' })
    await settled.getByText(/^li 已办 · /).waitFor()
    expect(await settled.innerText()).toContain(fresh?.slice(-6))
    const codes = gridsInTiles(supervisor)
    await visit(supervisor, `/patrol?area=${village}&day=${today}`)
    await expect.poll(() => codes.has(fresh ?? '')).toBe(true)
    codes.clear()
    await visit(supervisor, `/patrol?area=${village}&day=${yesterday}`)
    await expect.poll(() => codes.has(`${village}101`)).toBe(true)
    await supervisor.locator('.busy-bar').waitFor({ state: 'detached' })
    expect(codes.has(fresh ?? '')).toBe(false)
  })
})

describe('a plan of two parts', () => {
  const other = '990427103206'
  it('is decided on part by part: one goes back with a reason, the other is approved, and so is the plan', async () => {
    const send = async <T>(path: string, data: object): Promise<T> => {
      const response = await planner.request.post(path, { data })
      if (!response.ok()) throw new Error(`${path}: ${await response.text()}`)
      return (await response.json()) as T
    }
    const { id } = await send<CreatedPlan>(`/api/areas/${other}/plans`, {
      name: '两处微调',
      from: { source: 'division' },
    })
    // A boundary bent, and far from it a grid that only has another name.
    const edits: Edit[] = [
      bentBoundary(await drawn(id), [`${other}101`, `${other}104`]),
      { type: 'rename', grid: `${other}103`, name: '老渡口网格' },
    ]
    const { revision } = await send<{ revision: number }>(`/api/plans/${id}/edits`, {
      revision: 1,
      batch: 'two-parts',
      operations: edits.map((edit) => ({ op: 'edit', edit })),
    })
    await send(`/api/plans/${id}/submit`, { revision, from: today, reason: null })

    await visit(supervisor, `/plan?area=${other}&plan=${id}&tab=plans&part=flow`)
    const groups = supervisor.getByRole('group', { name: '逐组审批' }).getByRole('listitem')
    await expect.poll(() => groups.count()).toBe(2)
    const [bend, rename] = [groups.first(), groups.last()]
    await rename.getByRole('checkbox').check()
    const back = supervisor.getByRole('button', { name: '退回选中的 1 组' })
    expect(await back.isDisabled()).toBe(true)
    await supervisor.getByRole('textbox', { name: /^意见/ }).fill('名称照旧')
    await back.click()
    await rename.getByText('已退回').waitFor()
    expect(await rename.getByRole('checkbox').count()).toBe(0)
    await bend.getByRole('checkbox').check()
    await supervisor.getByRole('button', { name: '批准选中的 1 组' }).click()
    await supervisor.locator('.edit-head').getByText('已批准').waitFor()
    await supervisor.getByText('名称照旧').waitFor()
  })
})
