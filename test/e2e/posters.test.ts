/** Posters in a real browser: what it draws lies where it was planned, on one page, as text that can be searched. */
import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { usualDuties } from '../../server/core/posters/notice-policy.ts'
import { noticeLayout, noticePoster } from '../../server/core/posters/notice-poster.ts'
import { posterPage } from '../../server/core/posters/poster-page.ts'
import { shortName, villageLayout, villagePoster } from '../../server/core/posters/village-poster.ts'
import type { Language } from '../../server/core/posters/words.ts'
import { type DemoVillage, demoGround, demoVillages } from '../core/posters/demo-ground.ts'
import { browserTests } from '../support/browser-tests.ts'

const browser = browserTests()
let page: Page
beforeAll(async () => {
  // No server is asked: what a poster needs is in its page. Its type is measured, so pixels are as fine as ever.
  page = await browser.open('http://wangge.test', { deviceScaleFactor: 1 })
})

const about = (village: DemoVillage, language: Language) => ({
  village: village.name,
  above: ['枕溪县', '漱石镇'],
  grids: village.grids,
  day: '2026-11-01',
  made: '2026-11-02',
  language,
})

function villagePage(village: DemoVillage, language: Language, size: 'a3' | 'a0'): string {
  const layout = villageLayout(village.outline, size)
  const svg = villagePoster(
    { ...about(village, language), outline: village.outline },
    demoGround(village.code),
    layout,
  )
  return posterPage({ title: village.name, language, sheet: layout.sheet, svg, links: [], notices: [] })
}

function noticePage(village: DemoVillage, language: Language): string {
  const grid = village.grids[0]!
  const layout = noticeLayout(grid, 'a4')
  const team = ['leader', 'full_time', 'instructor', 'part_time', 'part_time', 'informant'].map(
    (role, i) => ({
      id: `w${i}`,
      name: ['王小明', '欧阳小明', '李四光'][i % 3]!,
      role,
      phone: '13812345678',
    }),
  )
  const svg = noticePoster(
    {
      ...about(village, language),
      grid,
      areaSquareMetres: 1e5,
      team,
      policy: { duties: usualDuties, supervisoryPhone: '0575-12345678' },
      link: 'http://wangge.test/plan',
    },
    demoGround(village.code),
    layout,
  )
  return posterPage({ title: village.name, language, sheet: layout.sheet, svg, links: [], notices: [] })
}

/** Pairs of upright texts whose letters the browser draws over one another, and texts that leave the sheet. */
const faultsIn = (): Promise<string[]> =>
  page.evaluate(() => {
    const sheet = document.querySelector('main')!.getBoundingClientRect()
    const drawn = [...document.querySelectorAll('text')]
      .filter((one) => !one.hasAttribute('transform'))
      .map((one) => ({ text: one.textContent ?? '', box: one.getBoundingClientRect() }))
      // The box of a line of type is taller than its letters: an eighth at the top and foot is air.
      .map(({ text, box }) => ({
        text,
        left: box.left,
        right: box.right,
        top: box.top + box.height / 5,
        foot: box.bottom - box.height / 5,
      }))
    const faults = drawn
      .filter(
        (one) =>
          one.left < sheet.left || one.right > sheet.right || one.top < sheet.top || one.foot > sheet.bottom,
      )
      .map((one) => `${one.text} leaves the sheet`)
    for (const [i, a] of drawn.entries())
      for (const b of drawn.slice(i + 1))
        if (a.left < b.right && b.left < a.right && a.top < b.foot && b.top < a.foot)
          faults.push(`${a.text} × ${b.text}`)
    return faults
  })

const [first] = demoVillages
if (!first) throw new Error('the demo has no village')

describe('drawn by the browser', () => {
  it.each([
    ...demoVillages.map(
      (village) => [`${village.name}, a3, zh`, () => villagePage(village, 'zh', 'a3')] as const,
    ),
    [`${first.name}, notice, en`, () => noticePage(first, 'en')] as const,
    [`${first.name}, a0, en`, () => villagePage(first, 'en', 'a0')] as const,
    [`${first.name}, notice, zh`, () => noticePage(first, 'zh')] as const,
  ])('%s: no text on another, none off the sheet, no request', async (_, make) => {
    await page.setContent(make())
    expect(await faultsIn()).toEqual([])
  })
})

const hasPdfToText = ((): boolean => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe('printed', () => {
  const pdfs: Buffer[] = []
  beforeAll(async () => {
    for (const html of [villagePage(first, 'zh', 'a3'), noticePage(first, 'zh')]) {
      await page.setContent(html)
      pdfs.push(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
    }
  })

  it('a village is one page of A3, a notice one page of A4', () => {
    const sizes = pdfs.map((bytes) => {
      const pdf = bytes.toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1)
      // No picture in it: lines and letters only.
      expect(pdf).not.toMatch(/\/Subtype\s*\/Image/)
      const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? []
      // In points of 1/72 inch.
      return [Number(width) / 72, Number(height) / 72].map((inches) => Math.round(inches * 25.4))
    })
    expect(sizes).toEqual([
      [297, 420],
      [210, 297],
    ])
  })

  it.skipIf(!hasPdfToText)('its Chinese can be searched (skipped without pdftotext of poppler-utils)', () => {
    const [village] = pdfs
    if (!village) throw new Error('nothing was printed')
    const found = execFileSync('pdftotext', ['-layout', '-', '-'], { input: village, encoding: 'utf8' })
    for (const wanted of [
      '枕溪县漱石镇漱石社区网格图',
      '图例',
      '比例尺',
      ...first.grids.map((grid) => shortName(grid, first.name)),
    ])
      expect(found).toContain(wanted)
  })
})
