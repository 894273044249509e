/** From the coverage of the grids to a household overdue, to its worker's day; the list as a file and on paper. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Coverage, Overdue } from '../../server/contract/coverage.ts'
import type { PatrolDays } from '../../server/contract/patrols.ts'
import { demoTests } from '../support/browser-tests.ts'

const town = '990427103'
/** A Monday: what was asked of the week before is overdue now. */
const day = '2026-10-19'

const demo = demoTests()
const drawer = () => demo.page.getByRole('complementary', { name: '详情' })
const table = () => demo.page.getByRole('table', { name: '逾期未走访的户' })
const asked = (): Promise<Overdue> =>
  demo.ask<Overdue>(`/api/areas/${town}/coverage/overdue?day=${day}&kind=household&which=overdue&limit=2000`)

it('leads from the grids to a household overdue, to the map, to the day of its worker', async () => {
  const { rows } = await asked()
  expect(rows.length).toBeGreaterThan(0)
  await demo.visit(`/patrol?area=${town}&day=${day}&view=coverage`)
  await demo.page.getByRole('table', { name: '网格', exact: true }).locator('[data-index="0"]').waitFor()
  // Category by category, the figures of the service; only categories of which something is asked.
  const { categories } = await demo.ask<Coverage>(`/api/areas/${town}/coverage?day=${day}`)
  const ofCategories = demo.page.getByTestId('coverage-categories')
  await ofCategories.locator('summary').click()
  expect(
    await ofCategories
      .locator('tbody tr')
      .evaluateAll((trs) =>
        trs.map((tr) =>
          [...tr.querySelectorAll('td')].map((td) => Number(td.textContent.replaceAll(',', ''))),
        ),
      ),
  ).toEqual(
    categories
      .filter((one) => one.asked > 0)
      .map((one) => [one.asked, one.done, one.pending, one.missed, one.interval_not_kept, one.overdue]),
  )
  expect(await ofCategories.locator('tbody tr').count()).toBeGreaterThan(0)

  await demo.page.getByRole('combobox', { name: '覆盖清单' }).focus()
  await demo.page.keyboard.press('ArrowDown')
  await demo.page.locator('.ant-select-item-option-active').waitFor()
  await demo.page.keyboard.press('ArrowDown')
  await demo.page.keyboard.press('Enter')
  await table().locator('[data-index="0"]').waitFor()
  expect(await table().getAttribute('aria-rowcount')).toBe(String(rows.length + 1))

  const patrols = await demo.ask<PatrolDays>(`/api/areas/${town}/patrol-days?from=${day}&to=2026-10-20`)
  const chosen = rows.find(({ grid, contact }) => contact && patrols.rows.some((row) => row.grid === grid))!
  const worker = patrols.rows.find((row) => row.grid === chosen.grid)?.worker
  await demo.page.getByRole('textbox', { name: '按名称、编号或网格筛选' }).fill(chosen.id)
  const found = table().locator('[data-index]').filter({ hasText: chosen.id })
  await found.first().click()
  expect(demo.parameter('select')).toBe(`household:${chosen.id}`)
  await drawer().getByText(`${chosen.contact?.name} ${chosen.contact?.worker}`).first().waitFor()
  expect(await drawer().innerText()).toContain(`${chosen.overdue_days} 天`)
  // The map stands at the household: latitude and longitude of its middle, about a street's length away at most.
  const middle = (): string[] => (demo.parameter('at') ?? '').split('/').slice(1)
  await expect.poll(() => Math.abs(Number(middle()[0]) - chosen.lat)).toBeLessThan(0.001)
  expect(Math.abs(Number(middle()[1]) - chosen.lon)).toBeLessThan(0.001)

  await drawer()
    .getByText(new RegExp(`^\\S+ ${worker}$`))
    .first()
    .waitFor()
  await drawer()
    .getByRole('button', { name: /的这一天/ })
    .click()
  await drawer().locator('[data-rule]').first().waitFor()
  expect([demo.parameter('select'), demo.parameter('day'), demo.parameter('view')]).toEqual([
    `worker:${worker}`,
    day,
    null,
  ])
})

it('the list is the same as a file and on paper', async () => {
  const { rows } = await asked()
  const ids = rows.map(({ id }) => id)
  await demo.visit(`/patrol?area=${town}&day=${day}&view=coverage&list=households`)
  await table().locator('[data-index="0"]').waitFor()
  const saving = demo.page.waitForEvent('download')
  await demo.page.getByRole('button', { name: '导出 CSV' }).click()
  const file = await saving
  expect(file.suggestedFilename()).toBe(`households-${day}.csv`)
  const [head, ...lines] = readFileSync(await file.path(), 'utf8')
    .split('\r\n')
    .filter((line) => line !== '')
  expect(head?.startsWith('\uFEFF类别,编号')).toBe(true)
  // No id of the demo has a comma.
  expect(lines.map((line) => line.split(',')[1])).toEqual(ids)

  // The dialog of the browser would stay; what it would print is looked at instead.
  await demo.page.emulateMedia({ media: 'print' })
  const printed = await demo.page.evaluate(
    () =>
      new Promise<{ rows: string[]; isAlone: boolean }>((resolve) => {
        window.print = () => {
          const sheet = document.querySelector<HTMLElement>('.print-sheet')
          resolve({
            rows: [...(sheet?.querySelectorAll('tbody tr') ?? [])].map(
              (row) => (row as HTMLElement).innerText,
            ),
            isAlone: [...document.body.children].every(
              (one) => one === sheet || getComputedStyle(one).display === 'none',
            ),
          })
        }
        const button = [...document.querySelectorAll('button')].find((one) => one.textContent === '打印')
        button?.click()
      }),
  )
  await demo.page.emulateMedia({ media: 'screen' })
  expect(printed.isAlone).toBe(true)
  expect(printed.rows).toHaveLength(ids.length)
  expect(ids.every((id) => printed.rows.some((row) => row.includes(id)))).toBe(true)
  expect(await demo.page.locator('.print-sheet').count()).toBe(0)
})
