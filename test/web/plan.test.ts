import { describe, expect, it } from 'vitest'
import { placeText } from '../../web/frame/flaw-place.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { bandColors } from '../../web/map/palette.ts'
import { patternNames } from '../../web/map/patterns.ts'
import { filterProblems, groupProblems, problemTitle, shortCodes } from '../../web/screens/plan/data.ts'
import { filterGrids } from '../../web/screens/plan/grid-table.tsx'
import { guessIntent } from '../../web/screens/plan/guess-intent.ts'
import {
  bandLabels,
  bandLayer,
  bandLegend,
  problemLayer,
  problemLegend,
} from '../../web/screens/plan/layers.ts'
import { grid, grids, problem, report } from './small-town.ts'

const say = sayIn('en')
const toggle = { id: 'band', label: 'Band', shown: true }

describe('problems', () => {
  it('come by kind, the kind that touches most households first, and so within a kind', () => {
    const groups = groupProblems(report.problems)
    expect(groups.map(({ code, households }) => [code, households])).toEqual([
      ['households_below', 250],
      ['overlap', 9],
      ['gap', 4],
      ['household_in_none', 1],
      ['code_malformed', 0],
    ])
    const gaps = groups.find((group) => group.code === 'gap')
    expect(gaps?.problems.map(({ id }) => id)).toEqual(['gap-large', 'gap-small'])
    expect(gaps?.areaSquareMetres).toBe(9010)
  })

  it('are filtered by grid, household and id', () => {
    const found = (words: string): string[] => filterProblems(report.problems, words).map(({ id }) => id)
    expect(found(' 103 ')).toEqual(['overlap'])
    expect(found('h0042')).toEqual(['lost'])
    expect(found('')).toHaveLength(report.problems.length)
    expect(found('nothing of the kind')).toEqual([])
  })

  it('are called by the household or the grids they concern', () => {
    expect(problemTitle(problem('x', { household: 'H7' }))).toBe('H7')
    expect(shortCodes(['990427103002103', '990427103002104'])).toBe('002103 · 002104')
    expect(problemTitle(problem('x', { grids: [] }))).toBe('—')
    expect(problemTitle(problem('x', { grids: [] }), '柳湾村')).toBe('柳湾村')
  })

  it('are drawn once as a shape and once as a mark; sizes and problems without a place are not', () => {
    const { source } = problemLayer(report.problems, 'light', toggle)
    if (source.type !== 'geojson') throw new Error('problems are drawn from data')
    const drawn = source.data.features.map((one) => `${one.properties?.['id']} ${one.properties?.['part']}`)
    expect(drawn).toEqual(
      ['gap-small', 'gap-large', 'overlap', 'lost'].flatMap((id) => [`${id} shape`, `${id} mark`]),
    )
  })

  it('ground near no grid is drawn by its outline alone', () => {
    const { source, layers } = problemLayer(
      [problem('gap', { grids: [] }), problem('gap', {})],
      'light',
      toggle,
    )
    if (source.type !== 'geojson') throw new Error('problems are drawn from data')
    expect(source.data.features.map(({ properties }) => properties?.['isBare'])).toEqual([
      true,
      true,
      false,
      false,
    ])
    const filters = (id: string) => JSON.stringify(layers.find((layer) => layer.id === id))
    expect(filters('plan-problem-fill')).toContain('isBare')
    expect(filters('plan-problem-line')).not.toContain('isBare')
  })

  it('have a legend that counts what is drawn and says what is not', () => {
    const legend = problemLegend(report, say, 'problems', 'light')
    expect(legend.entries.map(({ label, count }) => [label, count])).toEqual([
      ['Gap', '2'],
      ['Overlap', '1'],
      ['Malformed code', '1'],
      ['Household in no grid', '1'],
    ])
    expect(legend.leftOut).toBe('1 problems have no place and are not drawn')
  })
})

describe('grids', () => {
  it('are filled by where they stand against the band, in the legend’s own colours and patterns', () => {
    const layer = bandLayer(grids, '2026-10-15', 'light', toggle)
    const legend = bandLegend(grids, 'light', say, 'band')
    const paint = JSON.stringify(layer.layers[0]?.paint)
    for (const status of ['in_band', 'below', 'far_above', 'not_applicable'] as const)
      expect(paint).toContain(bandColors.light[status])
    expect(paint).not.toContain(bandColors.light.above)
    const shown = legend.entries.filter((entry) => entry.count !== '0').map(({ swatch }) => swatch)
    const fills = shown.filter((swatch) => swatch.kind === 'fill')
    expect(fills).toHaveLength(4)
    for (const { color } of fills) expect(paint).toContain(color)
    const patterns = fills.flatMap(({ pattern }) => pattern ?? [])
    expect(patterns).toEqual(['hatch-below', 'hatch-far-above'])
    expect(patternNames).toEqual(expect.arrayContaining(patterns))
    for (const pattern of patterns) expect(JSON.stringify(layer.layers[1])).toContain(pattern)
    expect(legend.entries.reduce((sum, entry) => sum + Number(entry.count), 0)).toBe(grids.grids.length)
    expect(legend.unit).toBe('Band 300–500 households')
    expect(legend.leftOut).toBe('3 households lie in no grid')
    expect(layer.source).toEqual({ type: 'tiles', layer: 'grids', query: 'day=2026-10-15' })
  })

  it('say it in the label too, and those outside the band are named first', () => {
    const { source } = bandLabels(grids, 'light', say, toggle)
    if (source.type !== 'geojson') throw new Error('labels are drawn from data')
    const labels = source.data.features.map((one) => one.properties)
    expect(labels.map((label) => label?.['detail'])).toEqual([
      '400 households',
      '250 households ▼',
      '700 households ▲▲',
      '0 households',
    ])
    expect(labels.map((label) => label?.['order'])).toEqual([1, 0, 0, 1])
  })

  it('are found by code, name and village', () => {
    const found = (words: string): string[] => filterGrids(grids.grids, words).map(({ code }) => code)
    expect(found('下村')).toEqual(['201'])
    expect(found('第102')).toEqual(['102'])
    expect(found('20')).toEqual(['201'])
    expect(filterGrids([grid('301', { name: null, village_name: null })], '301')).toHaveLength(1)
  })
})

describe('files', () => {
  it.each([
    [['grids.geojson'], 'check'],
    [['20081023025304.plt'], 'match'],
    [['w1.gpx'], 'match'],
    [['农户名单.xlsx'], 'households'],
    [['villages.geojson'], 'villages'],
    [['事件2026.csv'], 'incidents'],
    [[], 'check'],
  ] as const)('%j are probably for %s', (names, intent) => expect(guessIntent(names)).toBe(intent))

  it('a refused record says where it stands', () => {
    expect(placeText({ file: 'a.csv', line: 7, field: 'lon' }, sayIn('zh'))).toBe('a.csv 第 7 行 lon')
    expect(placeText({ record: 3, id: 'H1' }, say)).toBe('record 3 H1')
    expect(placeText({}, say)).toBe('')
  })
})
