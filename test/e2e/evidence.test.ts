/** From the month's list of what is to be looked into, to a worker's day, both traces on the map, and a note. */
import { expect, it } from 'vitest'
import type { EvidenceList } from '../../server/contract/evidence.ts'
import { demoTests } from '../support/browser-tests.ts'
import { pixelsOf } from '../support/map-picture.ts'

const town = '990427103'
/** #6A3D9A, the other trace. */
const otherColor = [0x6a, 0x3d, 0x9a] as const

const demo = demoTests()
const drawer = () => demo.page.getByRole('complementary', { name: '详情' })
const list = () => demo.page.getByRole('tree', { name: '疑点列表' })
const others = () => pixelsOf(demo.page, otherColor, 12)

it('the list leads to the day, the map shows both traces, and what was found out is noted', async () => {
  const path = `/api/areas/${town}/evidence?from=2026-10-01&to=2026-11-01`
  const { evidence } = await demo.ask<EvidenceList>(path)
  // data/demo/truths.json: 6 days replayed, 6 driven through, 6 phones carried, told of both who are together.
  expect(evidence).toHaveLength(6 + 6 + 2 * 6)
  await demo.visit(`/patrol?area=${town}&day=2026-10-13&view=evidence`)
  await list().locator('[data-index="0"]').waitFor()
  await demo.page.getByText('2026-10：24 条').waitFor()
  expect(await demo.page.locator('body').innerText()).not.toMatch(/作弊|造假|得分/)

  await list().locator('[data-index]').filter({ hasText: 'W018' }).click()
  await drawer().getByRole('heading', { level: 1 }).waitFor()
  await expect.poll(() => demo.parameter('day')).toBe('2026-10-15')
  const piece = drawer().locator('[data-evidence="carried_together"]')
  await piece.getByText(/W034 .*供核实，不作结论。/).waitFor()
  await piece.getByText('两人结伴巡查但没有登记联合巡查').waitFor()
  await expect.poll(others).toBeGreaterThan(60)
  await piece.getByRole('button', { name: '收起对照' }).click()
  await expect.poll(others).toBeLessThan(20)
  await piece.getByRole('button', { name: '在地图上对照' }).click()

  await piece.getByRole('textbox').fill('手机损坏，托 W034 带着')
  await piece.getByRole('button', { name: '登记已说明' }).click()
  await piece.getByText('手机损坏，托 W034 带着').last().waitFor()
  await piece.getByText(/^已说明 · /).waitFor()
  const noted = await demo.ask<EvidenceList>(`${path}&noted=true`)
  expect(noted.evidence.map((one) => [one.worker, one.day, one.notes[0]?.state])).toEqual([
    ['W018', '2026-10-15', 'explained'],
  ])

  await piece.getByRole('button', { name: /打开 .* 的轨迹/ }).click()
  await expect.poll(() => demo.parameter('select')).toBe('worker:W034')
})

it('two who patrol together are registered, are asked about no more, and again once that is withdrawn', async () => {
  const path = `/api/areas/${town}/evidence?from=2026-10-16&to=2026-10-17&kind=carried_together`
  const asked = async (): Promise<number> => (await demo.ask<EvidenceList>(path)).evidence.length
  const before = await asked()
  expect(before).toBeGreaterThanOrEqual(2)
  await demo.visit(`/patrol?area=${town}&day=2026-10-16&view=evidence&select=worker:W020`)
  const piece = drawer().locator('[data-evidence="carried_together"]')
  await piece.getByRole('button', { name: '登记为联合巡查' }).click()
  await piece.getByText(/W020 与 .*W025，10月16日 周五/).waitFor()
  await piece.getByRole('textbox', { name: /联合巡查的原因/ }).fill('防汛值守，两人一组')
  await piece.getByRole('button', { name: '登记', exact: true }).click()
  const registered = drawer().locator('.joint-patrol')
  await registered.getByText('防汛值守，两人一组').waitFor()
  // The piece of each of the two.
  await expect.poll(asked, { timeout: 60_000 }).toBe(before - 2)
  await piece.waitFor({ state: 'detached' })

  await registered.getByRole('button', { name: '撤销' }).click()
  await demo.page.getByRole('tooltip').getByRole('button', { name: '撤销' }).click()
  await registered.waitFor({ state: 'detached' })
  await expect.poll(asked, { timeout: 60_000 }).toBe(before)
  await piece.waitFor()
})
