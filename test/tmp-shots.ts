import { launchBrowser, openPage } from './support/browser.ts'

const origin = 'http://127.0.0.1:4871',
  town = '990427103',
  d = 'day=2026-10-20'
const wide = { viewport: { width: 1440, height: 900 } },
  phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const shots: any = {
  grids: [`/patrol?area=${town}&${d}&view=coverage`, wide],
  lanes: [`/patrol?area=${town}&${d}&view=coverage&list=lanes&fill=lanes`, wide],
  hh: [`/patrol?area=${town}&${d}&view=coverage&list=households&lang=en`, wide],
  grid: [`/patrol?area=${town}&${d}&view=coverage&fill=lanes&select=grid:990427103001102`, wide],
  help: [`/patrol?area=${town}&${d}&view=coverage&list=help`, wide],
  phone: [`/patrol?area=${town}&${d}&view=coverage&list=places`, phone],
  day: [`/patrol?area=${town}&${d}&select=worker:W012&layers=%2Blanes`, wide],
}
const only = process.argv.slice(2)
const b = await launchBrowser()
for (const [n, [path, o]] of Object.entries(shots) as any) {
  if (only.length && !only.includes(n)) continue
  const { page, finish } = await openPage(b, origin, o)
  page.on('console', (m: any) => m.type() === 'error' && console.log(n, m.text()))
  page.on('pageerror', (e: any) => console.log(n, 'ERR', e.message))
  await page.goto(path)
  await page.waitForTimeout(2500)
  await page
    .locator('.busy-bar')
    .waitFor({ state: 'detached', timeout: 120000 })
    .catch(() => {})
  await page.waitForTimeout(2500)
  if (['lanes', 'hh', 'phone'].includes(n))
    await page
      .locator('.virtual-row')
      .first()
      .click()
      .catch((e: any) => console.log(n, e.message.slice(0, 200)))
  await page.waitForTimeout(2500)
  await page.screenshot({ path: `/tmp/cov/shot-${n}.png`, timeout: 120000 })
  await finish()
  console.log(n)
}
await b.close()
