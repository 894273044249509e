/** Signing in and out in a real browser: people of two roles, a session that ends in the middle, one's own password. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { statement } from '../../server/db/sql.ts'
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts'
import { useDatabase } from '../support/database.ts'
import { otherTown, seedSmallTown, town } from '../support/small-town.ts'
import { addPeople, password, type Served, serveOn, signInPage } from '../support/users.ts'

vi.setConfig({ testTimeout: 240_000 })

const test = useDatabase()
let browser: Browser
let served: Served
const open: WatchedPage[] = []

beforeAll(async () => {
  await seedSmallTown(test.db)
  await addPeople(test.db, [
    { login: 'zhang', role: 'planner', areas: [town], name: '张三' },
    { login: 'li', role: 'supervisor', areas: [otherTown], name: '李四' },
  ])
  ;[browser, served] = await Promise.all([launchBrowser(), serveOn(test.db)])
}, 320_000)
afterEach(async () => {
  for (const one of open.splice(0)) await one.finish()
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** A page with cookies of its own. */
async function newPage(): Promise<Page> {
  const watched = await openPage(browser, served.origin, {})
  open.push(watched)
  return watched.page
}
const account = (page: Page, name: string) => page.getByRole('button', { name: `账号：${name}` })
async function fillAndSend(page: Page, login: string, secret: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(secret)
  await page.keyboard.press('Enter')
}

describe('a stranger', () => {
  it('is asked to sign in, told what is wrong, and comes out at the address that was asked for', async () => {
    const page = await newPage()
    const address = `/patrol?area=${town}&day=2026-10-09`
    await page.goto(address)
    await expect
      .poll(() => page.getByLabel('登录名').evaluate((field) => field === document.activeElement))
      .toBe(true)
    expect(await page.getByRole('navigation').count()).toBe(0)

    await fillAndSend(page, 'zhang', 'not the password')
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('登录名或密码不正确')
    await fillAndSend(page, 'zhang', password)
    await account(page, '张三').waitFor()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(address)
    expect(await page.getByLabel('登录名').count()).toBe(0)
  })

  it('can read the page in English', async () => {
    const page = await newPage()
    await page.goto('/plan')
    await page.getByRole('button', { name: '切换到 English' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    expect(await page.getByRole('heading').innerText()).toBe('Wangge')
  })
})

describe('two people', () => {
  it('at the same time each see their own town', async () => {
    const [zhang, li] = [await newPage(), await newPage()]
    await signInPage(zhang, served.origin, 'zhang')
    await signInPage(li, served.origin, 'li')
    for (const page of [zhang, li]) {
      await page.goto('/plan')
      await page.waitForLoadState('networkidle')
    }
    await account(zhang, '张三').click()
    await expect.poll(() => zhang.getByRole('tooltip').innerText()).toMatch(/规划[\s\S]*临溪镇/)
    await account(li, '李四').click()
    await expect.poll(() => li.getByRole('tooltip').innerText()).toMatch(/督导[\s\S]*邻镇/)
    await zhang.getByRole('button', { name: '退出登录' }).click()
    await zhang.getByLabel('登录名').waitFor()
    const [left, stays] = await Promise.all([zhang, li].map((page) => page.request.get('/api/session')))
    expect([left?.status(), stays?.status()]).toEqual([401, 200])
  })
})

describe('a session that ends in the middle', () => {
  it('is begun anew over the work, which stays as it was', async () => {
    const page = await newPage()
    await signInPage(page, served.origin, 'zhang')
    await page.goto(`/plan?area=${town}`)
    await account(page, '张三').waitFor()
    // A mark on the page itself: loading it anew would lose it.
    await page.evaluate(() => document.body.setAttribute('data-mark', 'here'))
    await test.db.system().none(statement(`delete from wangge.sessions where login = 'zhang'`))
    // What was known of the session is fresh for two seconds.
    await page.waitForTimeout(2500)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.getByText('登录已失效').waitFor()
    expect(await page.getByLabel('登录名').inputValue()).toBe('zhang')
    await fillAndSend(page, 'zhang', password)
    await expect.poll(() => page.getByLabel('登录名').count()).toBe(0)
    await account(page, '张三').waitFor()
    expect(await page.locator('body[data-mark]').count()).toBe(1)
  })
})

describe('one’s own password', () => {
  it('is changed, after what is wrong with the new one was told', async () => {
    const page = await newPage()
    await signInPage(page, served.origin, 'li')
    await page.goto('/plan')
    await account(page, '李四').click()
    await page.getByRole('button', { name: '修改密码' }).click()
    const dialog = page.getByRole('dialog')
    const focused = () => dialog.getByLabel('当前密码').evaluate((field) => field === document.activeElement)
    await expect.poll(focused).toBe(true)
    const type = async (current: string, next: string, repeat: string): Promise<void> => {
      await dialog.getByLabel('当前密码').fill(current)
      await dialog.getByLabel('新密码', { exact: true }).fill(next)
      await dialog.getByLabel('再次输入新密码').fill(repeat)
      await page.keyboard.press('Enter')
    }
    await type(password, 'a new password', 'another one')
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('不一致')
    await type('not the password', 'a new password', 'a new password')
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('当前密码不正确')
    await type(password, 'a new password', 'a new password')
    await page.getByText('密码已修改').waitFor()
    const again = await page.request.post(`${served.origin}/api/session`, {
      data: { login: 'li', password: 'a new password' },
    })
    expect(again.status()).toBe(200)
  })
})
