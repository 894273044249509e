/**
 * An incident's whole life in real browsers, over the National Day holiday of 2026 (off from 1 to 7 October, Saturday the 10th worked):
 * reported on a phone before it, late in being taken on after it, resolved by one, verified by another, told, filed.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserTests } from '../support/browser-tests.ts'
import { useDatabase } from '../support/database.ts'
import { seedSmallTown, town } from '../support/small-town.ts'
import { addPeople, type Served, serveOn, signInPage } from '../support/users.ts'

const at = (text: string): number => Date.parse(`${text}:00+08:00`)
/** The service's clock. */
let now = at('2026-09-30T10:00')
const id = 'SJ20260930-0001'

const test = useDatabase()
let served: Served
beforeAll(async () => {
  await seedSmallTown(test.db)
  await addPeople(
    test.db,
    [
      { login: 'wang', role: 'worker', areas: [town] },
      { login: 'li', role: 'supervisor', areas: [town] },
      { login: 'zhao', role: 'supervisor', areas: [town] },
      { login: 'chen', role: 'analyst', areas: [town] },
    ],
    now,
  )
  served = await serveOn(test.db, () => now)
})
afterAll(() => served?.close())

const browser = browserTests()
let wang: Page
let li: Page
let zhao: Page
beforeAll(async () => {
  wang = await browser.open(served.origin, { viewport: { width: 390, height: 844 } })
  li = await browser.open(served.origin)
  zhao = await browser.open(served.origin)
})

const drawer = (page: Page) => page.getByRole('complementary', { name: '详情' })
const work = `/incidents?area=${town}&tab=work`
const row = (page: Page) =>
  page.getByRole('table', { name: '待办事件' }).locator('[data-index]').filter({ hasText: id })

/** A session ends after twelve hours without a request: whoever comes back days later signs in again. */
async function comesBack(page: Page, login: string, time: string, path: string): Promise<void> {
  now = at(time)
  await signInPage(page, served.origin, login)
  await page.goto(path)
}

/** Presses the button of a step, says what is to be said, sends it, and waits for the step in the history. */
async function step(
  page: Page,
  button: string,
  said: Readonly<Record<string, string>>,
  done: string,
): Promise<void> {
  const next = drawer(page).getByRole('region', { name: '下一步' })
  await next.getByRole('button', { name: button, exact: true }).click()
  for (const [label, value] of Object.entries(said)) await next.getByLabel(label).fill(value)
  await next.getByRole('button', { name: button, exact: true }).click()
  await drawer(page).locator('.life-steps li').first().getByText(done, { exact: true }).waitFor()
}

describe('over the holiday', () => {
  it('a worker reports on a phone, pressing on the map', async () => {
    await comesBack(wang, 'wang', '2026-09-30T10:00', work)
    await wang.getByRole('button', { name: '上报事件' }).click()
    const form = drawer(wang)
    await form.getByRole('button', { name: '上报事件' }).click()
    // What is missing stands beside its field.
    await form.getByText('请在地图上点选位置').waitFor()
    const map = await wang.locator('.map-canvas').boundingBox()
    if (!map) throw new Error('the map is not shown')
    // West of the middle: the western village.
    await wang.mouse.click(map.x + 0.4 * map.width, map.y + 60)
    await form.getByText(/119\.60\d{3}°E 29\.90\d{3}°N/).waitFor()
    expect(await form.getByText('请在地图上点选位置').count()).toBe(0)
    await form.getByRole('combobox', { name: '类别' }).click()
    await wang.locator('.ant-select-item-option').filter({ hasText: '矛盾纠纷' }).click()
    await form.getByLabel('情况描述').fill('宅基地界址纠纷')
    await form.getByLabel('发生时间').fill('2026-09-30 09:30')
    await form.getByLabel('反映人').fill('王小明')
    await form.getByLabel('联系电话').fill('13812345678')
    await form.getByRole('button', { name: '上报事件' }).click()
    await form.getByText(`矛盾纠纷 · ${id}`).waitFor()
    const told = await form.innerText()
    expect(told).toContain('王*明 138****5678')
    expect(told).toContain(`回执 HZ-${id}-1`)
    expect(told).toMatch(/10[12]/)
    expect(told).toContain('10月13日 周二 17:30 前')
    // Nothing hangs out of a narrow screen.
    expect(await wang.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it('no working time passes; after it, it is late on the Saturday that is worked', async () => {
    await comesBack(li, 'li', '2026-10-07T20:00', work)
    await row(li).getByText('还有 3.0 个工作日').waitFor()
    await comesBack(li, 'li', '2026-10-12T09:30', `${work}&work=overdue`)
    // Due on Saturday at 17:30; an hour was worked since.
    await row(li).getByText('逾期 1.0 个工作小时').waitFor()
    await row(li).click()
    await step(li, '受理', {}, '受理')
    await drawer(li).locator('[data-deadline="take_on"]').getByText('超期完成').waitFor()
    await step(li, '办结', { 情况或理由: '双方签了调解协议' }, '办结')
    await drawer(li).locator('[data-deadline="answer"]').getByText('按时').waitFor()
    // Who resolved it cannot verify it.
    expect(await drawer(li).getByRole('button', { name: '核实通过' }).count()).toBe(0)
  })

  it('another verifies, tells whoever reported, and files it', async () => {
    await comesBack(zhao, 'zhao', '2026-10-12T15:00', `${work}&select=incident:${id}`)
    await drawer(zhao).getByRole('button', { name: '查看反映人（留痕）' }).click()
    await drawer(zhao).getByText('王小明 13812345678').waitFor()
    await step(zhao, '核实通过', { 情况或理由: '现场看过' }, '核实通过')
    expect(await drawer(zhao).getByRole('button', { name: '归档' }).count()).toBe(0)
    await step(zhao, '告知反映人', { 情况或理由: '电话告知，表示满意' }, '告知反映人')
    await step(zhao, '归档', {}, '归档')
    expect(await drawer(zhao).locator('.life-steps li b').allInnerTexts()).toEqual([
      '归档',
      '告知反映人',
      '核实通过',
      '办结',
      '受理',
      '上报',
    ])
    await expect.poll(() => row(zhao).count()).toBe(0)
  })
})

describe('households on this screen', () => {
  it('one is found for a report with the keyboard: by grid and house number', async () => {
    await comesBack(li, 'li', '2026-10-12T16:00', `${work}&select=report:new`)
    const form = drawer(li)
    const field = form.getByRole('combobox', { name: '户' })
    await field.focus()
    await li.keyboard.type('102 12号')
    await li
      .locator('.ant-select-item-option')
      .filter({ hasText: '王*明 · 临溪镇桥头*** · 102 · h21' })
      .waitFor()
    await li.keyboard.press('Enter')
    await form.getByTitle('王*明 · 临溪镇桥头*** · 102 · h21').waitFor()
    expect(await li.locator('.ant-select-item-option:visible').count()).toBe(0)
  })

  it('an analyst reads why a grid does not say who was reached', async () => {
    await comesBack(wang, 'chen', '2026-10-12T16:30', `/incidents?area=${town}&tab=coverage&select=grid:201`)
    await drawer(wang).getByText('走访覆盖情况仅限负责走访、划分和管理的人员查看').waitFor()
    expect(await drawer(wang).getByRole('alert').count()).toBe(0)
    await drawer(wang)
      .getByText(/^户数：/)
      .waitFor()
  })
})
