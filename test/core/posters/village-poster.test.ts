import { bbox } from '@turf/bbox'
import { bboxPolygon } from '@turf/turf'
import { describe, expect, it } from 'vitest'
import { boxesOverlap } from '../../../server/core/posters/boxes.ts'
import { drawMap } from '../../../server/core/posters/draw-map.ts'
import { usualDuties } from '../../../server/core/posters/notice-policy.ts'
import { noticeLayout, noticePoster } from '../../../server/core/posters/notice-poster.ts'
import { paperSizes } from '../../../server/core/posters/sheet.ts'
import { tintsOf } from '../../../server/core/posters/tints.ts'
import { shortName, villageLayout, villagePoster } from '../../../server/core/posters/village-poster.ts'
import type { Language } from '../../../server/core/posters/words.ts'
import { demoGround, demoVillages, shareVertices } from './demo-ground.ts'

const [village] = demoVillages
if (!village) throw new Error('the demo has no village')
const ground = demoGround(village.code)
const about = (language: Language) => ({
  village: village.name,
  above: ['枕溪县', '漱石镇'],
  outline: village.outline,
  grids: village.grids,
  day: '2026-11-01',
  made: '2026-11-02',
  language,
})
/** Contents of the text elements. */
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '')
/** A map of the village as on its poster, with what each label covers. */
const mapOf = (one: (typeof demoVillages)[number], size: (typeof paperSizes)[number]) => {
  const { view, sheet } = villageLayout(one.outline, size)
  return drawMap(
    {
      view,
      unit: sheet.unit,
      ground: demoGround(one.code),
      outline: one.outline,
      outlineStyle: 'village',
      grids: one.grids.map((grid) => ({
        ...grid,
        lines: [shortName(grid, one.name), '300 户'],
        tint: '#FFFFFF',
      })),
    },
    { scale: '比例尺', north: '北' },
  )
}

describe('the map of each village of the demo', () => {
  it.each(demoVillages.map((one) => [one.name, one] as const))(
    '%s: no two labels overlap and every grid is named',
    (_, one) => {
      const { boxes, leftOut, svg } = mapOf(one, 'a3')
      const overlaps = boxes.flatMap((mine, i) =>
        boxes.slice(i + 1).filter((others) => mine.some((a) => others.some((b) => boxesOverlap(a, b)))),
      )
      expect(overlaps).toEqual([])
      expect(leftOut.grids).toBe(0)
      for (const grid of one.grids) expect(textsOf(svg)).toContain(shortName(grid, one.name))
    },
  )

  it('says as much or more on larger paper', () => {
    const missing = (size: 'a3' | 'a0'): number => {
      const { streets, places, villages } = mapOf(demoVillages[4] ?? village, size).leftOut
      return streets + places + villages
    }
    expect(missing('a0')).toBeLessThanOrEqual(missing('a3'))
  })
})

describe('villagePoster', () => {
  const layout = villageLayout(village.outline, 'a3')
  const svg = villagePoster(about('zh'), ground, layout)

  it('names every grid in the map and in the list, with code, households and four bounds', () => {
    const texts = textsOf(svg)
    for (const grid of village.grids) {
      const name = shortName(grid, village.name)
      expect(texts.filter((text) => text === name)).toHaveLength(2)
      expect(texts.filter((text) => text.startsWith(grid.code))).toHaveLength(1)
      expect(texts.filter((text) => text === `${grid.households} 户`)).toHaveLength(2)
    }
    // One for the village, one for each grid.
    expect(texts.filter((text) => text.startsWith('东至'))).toHaveLength(village.grids.length + 1)
  })

  it('draws every house, and the symbols that the legend explains', () => {
    expect(svg).toContain(`data-count="${ground.buildings.length}"`)
    const texts = textsOf(svg)
    for (const entry of ['学校、幼儿园', '医院、卫生室', '房屋', '道路', '水系', '网格界', '村（社区）界'])
      expect(texts).toContain(entry)
    expect(texts).not.toContain('铁路')
    expect(texts).not.toContain('微网格界')
  })

  it('keeps everything on the sheet and fits every paper, in both languages', () => {
    for (const size of ['a3', 'a2', 'a1', 'a0'] as const)
      for (const language of ['zh', 'en'] as const) {
        const at = villageLayout(village.outline, size)
        const drawn = villagePoster(about(language), ground, at)
        for (const [, x, y] of drawn.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"/g)) {
          expect(Number(x)).toBeGreaterThan(0)
          expect(Number(x)).toBeLessThan(at.sheet.width)
          expect(Number(y)).toBeLessThan(at.sheet.height)
        }
        expect(textsOf(drawn)).toContain(language === 'zh' ? '图例' : 'Legend')
      }
  })

  it('lists sixty grids too, smaller and without their bounds, and says so', () => {
    const [west, south, east, north] = bbox(village.outline)
    const [width, height] = [(east - west) / 10, (north - south) / 6]
    const many = Array.from({ length: 60 }, (_, i) => {
      const [x, y] = [west + (i % 10) * width, south + Math.floor(i / 10) * height]
      const geometry = bboxPolygon([x, y, x + width, y + height]).geometry
      return { ...village.grids[0]!, code: `G${i}`, name: `第${i}网格`, geometry }
    })
    const texts = textsOf(villagePoster({ ...about('zh'), grids: many }, { ...ground, roads: [] }, layout))
    expect(texts).toContain('各网格四至见其公示牌')
    expect(texts).toContain('图例')
    expect(texts.filter((text) => /^G\d+$/.test(text)).length).toBeGreaterThan(20)
  })

  it('does not depend on the order of its input', () => {
    const reversed = villagePoster(
      about('zh'),
      { ...ground, roads: ground.roads.toReversed(), places: ground.places.toReversed() },
      layout,
    )
    // Paths are the same lines in another order; every text stands where it stood.
    const texts = (drawn: string): string[] => (drawn.match(/<text.*?<\/text>/g) ?? []).toSorted()
    expect(texts(reversed)).toEqual(texts(svg))
  })

  it('escapes what it is given', () => {
    const evil = { ...village.grids[0]!, name: '<script>alert("1")</script>&' }
    const drawn = villagePoster({ ...about('zh'), grids: [evil] }, ground, layout)
    expect(drawn).not.toContain('<script')
    expect(drawn).toContain('&lt;script&gt;')
  })
})

describe('tintsOf', () => {
  it('gives neighbours different tints, in every village', () => {
    const same = demoVillages.flatMap(({ grids }) => {
      const colors = tintsOf(grids)
      return grids.flatMap((p, i) =>
        grids.filter((q, j) => i < j && shareVertices(p.geometry, q.geometry) > 0 && colors[i] === colors[j]),
      )
    })
    expect(same).toEqual([])
  })
})

describe('noticePoster', () => {
  const [grid] = village.grids
  if (!grid) throw new Error('the village has no grid')
  const notice = (team: Parameters<typeof noticePoster>[0]['team'], phone: string | null) =>
    textsOf(
      noticePoster(
        {
          ...about('zh'),
          grid,
          areaSquareMetres: 123_456,
          team,
          policy: { duties: usualDuties, supervisoryPhone: phone },
          link: 'http://wangge.test/plan?area=1&select=grid:2',
        },
        ground,
        noticeLayout(grid, 'a4'),
      ),
    )
  const member = (i: number, role: string) => ({
    id: `w${i}`,
    name: `成员${i}`,
    role,
    phone: i % 2 ? `1380000000${i}` : null,
  })

  it('shows the team with room for photos, and which of the three posts is vacant', () => {
    const texts = notice([member(1, 'part_time'), member(2, 'leader')], '0575-12345678')
    expect(texts.filter((text) => text === '一寸照片')).toHaveLength(2)
    expect(texts.filter((text) => text === '暂缺')).toHaveLength(2)
    expect(texts.indexOf('成员2')).toBeLessThan(texts.indexOf('成员1'))
    for (const text of [
      '网格长',
      '专职网格员',
      '网格指导员',
      '兼职网格员',
      '电话 13800000001',
      '电话：未登记',
      '0575-12345678',
      '12.3 公顷',
    ])
      expect(texts).toContain(text)
    for (const duty of usualDuties) expect(texts.join('')).toContain(duty.zh)
  })

  it('names everybody of a team of twelve, those without room for a photo in a line', () => {
    const team = ['leader', 'full_time', 'instructor', ...Array.from({ length: 9 }, () => 'part_time')].map(
      (role, i) => member(i, role),
    )
    const texts = notice(team, null)
    for (const { name } of team) expect(texts.join('')).toContain(name)
    expect(texts.filter((text) => text === '一寸照片')).toHaveLength(8)
    expect(texts).toContain('（由镇、街道填写）')
  })
})
