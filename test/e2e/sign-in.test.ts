/** Signing in and out in a real browser: people of two roles, a session that ends in the middle, one's own password. In order. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteAccess } from '../../server/db/access.ts'
import { statement } from '../../server/db/sql.ts'
import { browserTests } from '../support/browser-tests.ts'
import { useDatabase } from '../support/database.ts'
import { otherTown, seedSmallTown, town } from '../support/small-town.ts'
import { addPeople, password, type Served, serveOn, signInPage } from '../support/users.ts'

const test = useDatabase()
let served: Served
beforeAll(async () => {
  await seedSmallTown(test.db)
  await addPeople(test.db, [
    { login: 'zhang', role: 'planner', areas: [town], name: '张三' },
    { login: 'li', role: 'supervisor', areas: [otherTown], name: '李四' },
    { login: 'wei', role: 'worker', areas: [town], worker: 'w1', name: '魏五' },
  ])
  served = await serveOn(test.db)
}, 320_000)
afterAll(() => served?.close())

const browser = browserTests()
/** Each with cookies of their own. */
let zhang: Page
let li: Page
beforeAll(async () => {
  zhang = await browser.open(served.origin)
  li = await browser.open(served.origin)
})

const account = (page: Page, name: string) => page.getByRole('button', { name: `账号：${name}` })
async function fillAndSend(page: Page, login: string, secret: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(secret)
  await page.keyboard.press('Enter')
}

describe('a stranger', () => {
  it('is asked to sign in, told what is wrong, and comes out at the address that was asked for', async () => {
    const address = `/patrol?area=${town}&day=2026-10-09`
    await zhang.goto(address)
    await expect
      .poll(() => zhang.getByLabel('登录名').evaluate((field) => field === document.activeElement))
      .toBe(true)
    expect(await zhang.getByRole('navigation').count()).toBe(0)

    await fillAndSend(zhang, 'zhang', 'not the password')
    await expect.poll(() => zhang.getByRole('alert').innerText()).toContain('登录名或密码不正确')
    await fillAndSend(zhang, 'zhang', password)
    await account(zhang, '张三').waitFor()
    expect(new URL(zhang.url()).pathname + new URL(zhang.url()).search).toBe(address)
    expect(await zhang.getByLabel('登录名').count()).toBe(0)
  })

  it('can read the page in English', async () => {
    await li.goto('/plan')
    await li.getByRole('button', { name: '切换到 English' }).click()
    await li.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await li.getByRole('heading').innerText()).toBe('Wangge')
  })
})

describe('two people', () => {
  it('at the same time each see their own town', async () => {
    await signInPage(li, served.origin, 'li')
    // In the browser's language again.
    await li.evaluate(() => localStorage.clear())
    await li.goto('/plan')
    await account(zhang, '张三').click()
    await expect.poll(() => zhang.getByRole('tooltip').innerText()).toMatch(/规划[\s\S]*临溪镇/)
    await account(li, '李四').click()
    await expect.poll(() => li.getByRole('tooltip').innerText()).toMatch(/督导[\s\S]*邻镇/)
    await account(li, '李四').click()
    await zhang.getByRole('button', { name: '退出登录' }).click()
    await zhang.getByLabel('登录名').waitFor()
    const [left, stays] = await Promise.all([zhang, li].map((page) => page.request.get('/api/session')))
    expect([left?.status(), stays?.status()]).toEqual([401, 200])
  })
})

describe('a session that ends in the middle', () => {
  it('is begun anew over the work, which stays as it was', async () => {
    await fillAndSend(zhang, 'zhang', password)
    await account(zhang, '张三').waitFor()
    // A mark on the page itself: loading it anew would lose it.
    await zhang.evaluate(() => document.body.setAttribute('data-mark', 'here'))
    await test.db.system().none(statement(`delete from wangge.sessions where login = 'zhang'`))
    // What was known of the session is fresh for two seconds.
    await zhang.waitForTimeout(2500)
    await zhang.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await zhang.getByText('登录已失效').waitFor()
    expect(await zhang.getByLabel('登录名').inputValue()).toBe('zhang')
    await fillAndSend(zhang, 'zhang', password)
    await expect.poll(() => zhang.getByLabel('登录名').count()).toBe(0)
    await account(zhang, '张三').waitFor()
    expect(await zhang.locator('body[data-mark]').count()).toBe(1)
  })
})

describe('one’s own password', () => {
  it('is changed, after what is wrong with the new one was told', async () => {
    await account(li, '李四').click()
    await li.getByRole('button', { name: '修改密码' }).click()
    const dialog = li.getByRole('dialog')
    const focused = () => dialog.getByLabel('当前密码').evaluate((field) => field === document.activeElement)
    await expect.poll(focused).toBe(true)
    const type = async (current: string, next: string, repeat: string): Promise<void> => {
      await dialog.getByLabel('当前密码').fill(current)
      await dialog.getByLabel('新密码', { exact: true }).fill(next)
      await dialog.getByLabel('再次输入新密码').fill(repeat)
      await li.keyboard.press('Enter')
    }
    await type(password, 'a new password', 'another one')
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('不一致')
    await type('not the password', 'a new password', 'a new password')
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('当前密码不正确')
    await type(password, 'a new password', 'a new password')
    await li.getByText('密码已修改').waitFor()
    const again = await li.request.post(`${served.origin}/api/session`, {
      data: { login: 'li', password: 'a new password' },
    })
    expect(again.status()).toBe(200)
  })
})

describe('a worker', () => {
  it('sees who looked at where they went, and nobody else’s', async () => {
    const wei = await browser.open(served.origin)
    await signInPage(wei, served.origin, 'wei')
    const at = Date.now() - 60_000
    for (const [viewer, subject] of [
      ['zhang', 'worker:w1/2026-10-09'],
      ['zhang', 'worker:w2/2026-10-09'],
    ] as const)
      await noteAccess(test.db.system(), { town, at, viewer, action: 'trace', subject })
    await wei.goto('/patrol')
    await account(wei, '魏五').click()
    await wei.getByRole('button', { name: '谁看过我的轨迹' }).click()
    const drawer = wei.getByRole('dialog', { name: '谁看过我的轨迹' })
    const words = async (): Promise<string> => (await drawer.getByRole('listitem').allInnerTexts()).join('\n')
    await expect.poll(words).toMatch(/查看轨迹：网格员 w1 · 2026年10月9日 周五的巡查\s*zhang · /)
    expect(await words()).not.toContain('w2')
    await drawer.getByLabel('种类').click()
    await wei.locator('.ant-select-item-option').filter({ hasText: '查看疑点' }).click()
    await drawer.getByText('无人查阅').waitFor()
  })
})

describe('a planner', () => {
  it('is not offered what decides over people, and asks for none of it', async () => {
    const refused: string[] = []
    zhang.on('response', (response) => {
      if (response.status() === 403) refused.push(response.url())
    })
    for (const view of ['sheets', 'evidence', 'month']) {
      await zhang.goto(`/patrol?area=${town}&day=2026-10-09&view=${view}&select=worker:w1`)
      await zhang.getByRole('radiogroup', { name: '视图' }).waitFor()
      await zhang.getByRole('complementary', { name: '详情' }).getByText('w1').first().waitFor()
      await zhang.waitForLoadState('networkidle')
    }
    const offered = await zhang.getByRole('radiogroup', { name: '视图' }).innerText()
    expect(offered.split(/\s+/)).toEqual(['实时', '日', '月', '覆盖'])
    expect(refused).toEqual([])
  })
})
