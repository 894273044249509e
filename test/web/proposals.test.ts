/** What the editor says of feasibility and proposals, and what it shows of a proposal on the map. */
import { describe, expect, it } from 'vitest'
import type { Feasibility, Proposal } from '../../server/contract/proposals.ts'
import { drawingOf } from '../../server/core/planning/drawing/build-drawing.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { feasibilityLines, restSummary, withNames } from '../../web/screens/plan/editor/feasibility-lines.ts'
import { comparedFigures } from '../../web/screens/plan/editor/proposal-figures.ts'
import { proposedDrawing } from '../../web/screens/plan/editor/proposed-drawing.ts'

const [zh, en] = [sayIn('zh'), sayIn('en')]
const sizes = { from: 300, to: 500 }
const judged = (part: Partial<Feasibility>): Feasibility => ({
  village: '001',
  component: 'a',
  households: 1842,
  verdict: 'feasible',
  grids: { from: 4, to: 6 },
  fewest_out_of_band: 0,
  proofs: [],
  relaxations: [],
  message: { zh: '', en: '' },
  ...part,
})
const nameOf = (code: string): string => ({ '001': '西村', '002': '东村' })[code] ?? code

describe('lines of feasibility', () => {
  const line = (part: Partial<Feasibility>, say = zh): string | undefined =>
    feasibilityLines([judged(part)], sizes, nameOf, say)[0]?.line

  it('say how many grids there can be, or that there can be none', () => {
    expect(line({})).toBe('1,842 户可分 4–6 个网格')
    expect(line({}, en)).toBe('1,842 households make 4–6 grids')
    expect(line({ grids: { from: 4, to: 4 } })).toBe('1,842 户可分 4 个网格')
    expect(line({ verdict: 'unknown' })).toContain('按户数可分 4–6 个网格')
    expect(line({ verdict: 'impossible', grids: null, households: 550 })).toBe(
      '550 户无法分成 300–500 户的网格',
    )
    // The numbers would do, a unit that may not be divided is in the way.
    expect(line({ verdict: 'impossible' })).toBe('1,842 户无法分成 300–500 户的网格')
  })

  it('call villages by their names wherever their codes stand, and ground by its village', () => {
    const name = (code: string): string => (code === '990427103001' ? '西村' : code)
    const said = (message: string): string => withNames(message, name, zh)
    expect(said('990427103001 的土地；123456789012 不详')).toBe('西村 的土地；123456789012 不详')
    expect(said('与相邻的 990427103001 990427103001-04mq5fr1g72l1m~1 一带合并')).toBe(
      '与相邻的 西村 一带合并',
    )
    expect(said('批准分割 990427103001-04mq5fr1g72l1m（520 户）')).toBe('批准分割 西村一处地块（520 户）')
  })

  it('tell what is sure from what only a search can tell', () => {
    const lines = (...verdicts: Feasibility['verdict'][]) =>
      feasibilityLines(
        verdicts.map((verdict) => judged({ verdict })),
        sizes,
        nameOf,
        zh,
      )
    expect(restSummary(lines('feasible', 'feasible'), zh)).toBe('2 处可以划分')
    expect(restSummary(lines('feasible', 'unknown', 'unknown'), zh)).toBe('1 处可以划分，2 处待定')
  })

  it('put what is impossible first, and number the parts of a village', () => {
    const lines = feasibilityLines(
      [
        judged({ component: 'a' }),
        judged({ component: 'b', village: '002' }),
        judged({ component: 'c', village: '002', verdict: 'impossible', grids: null }),
      ],
      sizes,
      nameOf,
      zh,
    )
    expect(lines.map((one) => one.where)).toEqual([
      '东村（第 2 块，共 2 块）',
      '西村',
      '东村（第 1 块，共 2 块）',
    ])
  })
})

const figures = (part: Partial<Proposal['figures']>): Proposal => ({
  number: 1,
  grids: [],
  assignment: [],
  figures: {
    grids: 5,
    out_of_band: 0,
    households_outside: 0,
    moved_households: null,
    boundary_m: 1000,
    barrier_share: 0.5,
    compactness: 0.4,
    top_to_bottom: 0.1,
    maximal_deviation: 0.1,
    groups_split: 0,
    ...part,
  },
})

describe('figures of proposals', () => {
  it('mark the best of each, where they differ', () => {
    const rows = comparedFigures(
      [
        figures({ out_of_band: 1, barrier_share: 0.9, moved_households: 30 }),
        figures({ barrier_share: 0.9, moved_households: 12 }),
        figures({ barrier_share: null, moved_households: 12 }),
      ],
      zh,
    )
    const of = (key: string) => rows.find((row) => row.key === key)
    expect(of('inBand')).toMatchObject({ values: ['4 / 5', '5 / 5', '5 / 5'], best: [false, true, true] })
    expect(of('moved')).toMatchObject({ values: ['30', '12', '12'], best: [false, true, true] })
    // Not known is neither best nor another value; all that are known are alike.
    expect(of('onBarriers')).toMatchObject({ values: ['90 %', '90 %', '—'], best: [false, false, false] })
  })

  it('leave out what nobody has anything to say about', () => {
    expect(comparedFigures([figures({})], zh).map((row) => row.key)).toEqual([
      'inBand',
      'onBarriers',
      'compactness',
      'deviation',
    ])
    expect(comparedFigures([figures({ groups_split: 1 })], zh).map((row) => row.key)).toContain('split')
  })
})

describe('a proposal on the map', () => {
  /** Three squares in a row, of 1, 2 and 3 households; the first two make grid g1, the third is nobody's. */
  const square = (i: number) => ({
    id: `a${i}`,
    village: 'v',
    site: null,
    group: null,
    households: 0,
    persons: 0,
    mustVisit: 0,
    geometry: {
      type: 'Polygon' as const,
      coordinates: [
        [
          [119.6 + i / 1000, 29.9],
          [119.601 + i / 1000, 29.9],
          [119.601 + i / 1000, 29.901],
          [119.6 + i / 1000, 29.901],
          [119.6 + i / 1000, 29.9],
        ].map(([x = 0, y = 0]) => [Number(x.toFixed(6)), y]),
      ],
    },
  })
  const grid = (code: string) => ({
    code,
    name: null,
    kind: 'ordinary' as const,
    village: 'v',
    parent: null,
    locked: false,
  })
  const households = [0, 1, 1, 2, 2, 2].map((i, n) => ({
    id: `h${n}`,
    longitude: 119.6005 + i / 1000,
    latitude: 29.9005,
    persons: 3,
    mustVisit: false,
  }))
  const drawing = drawingOf(
    { atoms: [0, 1, 2].map(square), borders: [] },
    [grid('g1'), grid('g2')],
    ['g1', 'g1', null],
    households,
  )
  const proposed = (code: string, isNew: boolean): Proposal['grids'][number] => ({
    code,
    name: null,
    kind: 'ordinary',
    village: 'v',
    is_new: isNew,
    locked: false,
    at: [119.6, 29.9],
    households: 0,
    persons: 0,
    must_visit: 0,
    in_band: true,
    area_m2: 0,
    compactness: null,
    barrier_share: null,
    named_share: null,
  })

  it('has the grids of the proposal with their households; those it leaves are gone', () => {
    const shown = proposedDrawing(
      drawing,
      ['a0', 'a1', 'a2'],
      { grids: [proposed('g1', false), proposed('new-1', true)], assignment: [0, 1, 1] },
      (code) => `新 ${code.slice(4)}`,
    )
    expect([...shown.grids.values()].map((one) => [one.code, one.name])).toEqual([
      ['g1', null],
      ['new-1', '新 1'],
    ])
    expect([...shown.figures].map(([code, { households: n }]) => [code, n])).toEqual([
      ['g1', 1],
      ['new-1', 5],
    ])
    // The plan itself is what it was.
    expect(drawing.figures.get('g1')?.households).toBe(3)
  })

  it('leaves ground it does not speak of, and knows no ground that has been cut since', () => {
    const shown = proposedDrawing(
      drawing,
      ['a1', 'gone'],
      { grids: [proposed('new-1', true), proposed('g1', false)], assignment: [0, 0] },
      (code) => code,
    )
    expect(shown.atoms.map((atom) => atom?.grid)).toEqual(['g1', 'new-1', null])
  })
})
