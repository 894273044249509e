import { describe, expect, it } from 'vitest'
import { comparePlans } from '../../../server/core/planning/compare-plans.ts'
import { gridOfHouseholds, groundBetween } from '../../../server/core/planning/compare-plans-ground.ts'
import { divisionFigures } from '../../../server/core/planning/division-figures.ts'
import type { AreaGeometry, Grid, HouseholdPoint } from '../../../server/core/values.ts'
import { comparisonPage } from '../../../server/formats/plan-report/comparison-page.ts'

/** A strip of land, 0.001° to a side, from one column to another. */
const strip = (from: number, to: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [120 + from / 1000, 30],
      [120 + to / 1000, 30],
      [120 + to / 1000, 30.001],
      [120 + from / 1000, 30.001],
      [120 + from / 1000, 30],
    ],
  ],
})

/** Grids as strips, one letter a column, and one household in the middle of each column. */
function division(text: string): { grids: Grid[]; households: HouseholdPoint[] } {
  const codes = [...new Set(text)]
  return {
    grids: codes.map((code) => ({
      code,
      geometry: strip(text.indexOf(code), text.lastIndexOf(code) + 1),
    })),
    households: Array.from(text, (_, i) => ({
      id: `h${i}`,
      longitude: 120 + (i + 0.5) / 1000,
      latitude: 30.0005,
    })),
  }
}

function page(before: string, after: string): string {
  const [was, is] = [division(before), division(after)]
  const compared = ({ grids }: typeof was) => ({
    grids: grids.map(({ code }) => ({
      code,
      name: `<${code}>`,
      kind: 'ordinary' as const,
      village: 'v',
      parent: null,
    })),
    gridOf: gridOfHouseholds(was.households, grids),
  })
  const [first, second] = [compared(was), compared(is)]
  const comparison = comparePlans({
    before: first,
    after: second,
    ground: groundBetween(was.grids, is.grids),
  })
  const figures = (grids: Grid[], gridOf: ReadonlyMap<string, string | null>) =>
    divisionFigures(
      grids.map((grid) => ({ ...grid, kind: 'ordinary' as const })),
      gridOf,
      null,
    )
  return comparisonPage({
    title: `'</style>村`,
    before: '原',
    after: '新',
    created: Date.parse('2026-10-15T16:30:00Z'),
    comparison,
    figures: {
      before: figures(was.grids, first.gridOf),
      after: figures(is.grids, second.gridOf),
      band: null,
    },
    area: '示范村',
    effectiveFrom: null,
    authors: ['甲', '乙'],
    ground: { before: was.grids, after: is.grids, outline: strip(0, before.length), moved: was.households },
    links: [],
  })
}

const part = (html: string, from: string, to: string): string =>
  html.slice(html.indexOf(`<h2>${from}`), html.indexOf(`<h2>${to}`))

describe('the page of a comparison', () => {
  it('numbers the grids that change alike in maps, matrix and table', () => {
    const html = page('AAABBCC', 'AABBBCC')
    expect(html.match(/<svg/g)).toHaveLength(2)
    for (const map of html.split('<svg').slice(1)) {
      const numbers = map.slice(map.indexOf('data-layer="numbers"'), map.indexOf('data-layer="north"'))
      expect(
        [...numbers.matchAll(/>(\d+)<\/text>/g)].map((match) => Number(match[1])).toSorted((p, q) => p - q),
      ).toEqual([1, 2])
    }
    const matrix = part(html, '四', '五')
    // A keeps two and gives one to B, which keeps two.
    expect(matrix).toContain('<td>1　A</td><td class="n">2</td><td class="n">1</td><td class="n">3</td>')
    expect(matrix).toContain('<td>合计</td><td class="n">2</td><td class="n">3</td><td class="n">5</td>')
    expect(part(html, '五', '六')).toContain('<td class="n">2</td><td>B</td><td>&lt;B&gt;</td>')
    expect(part(html, '五', '六')).not.toContain('<td>C</td>')
  })

  it('lists the flows where a matrix would be too wide', () => {
    const matrix = part(page('AAAAAAAAAAAA', 'BBCDEFGHIJKL'), '四', '五')
    expect(matrix).toContain('<th>原网格</th><th>新网格</th>')
    // A ends, B gets two households of its twelve; numbers go by code.
    expect(matrix).toContain('<td>1　A</td><td>2　B</td><td class="n">2</td>')
    expect(matrix.match(/<tr><td>/g)).toHaveLength(11)
  })

  it('says so when nothing changes', () => {
    const html = page('AABB', 'AABB')
    for (const said of ['没有农户更换网格。', '各网格均无变动。', '没有人员受影响。'])
      expect(html).toContain(said)
  })

  it('escapes what people named, in text and in style', () => {
    const html = page('AAB', 'ABB')
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html).toContain(`@top-right { content: '\\27 \\3c \\2f style\\3e 村'`)
    expect(html).not.toContain('<A>')
  })
})
