/** A plan beside another division: rows to be read, layers of both sides, the divider, two maps that go along. */
import { describe, expect, it } from 'vitest'
import type {
  ComparedGrid,
  ComparisonGround,
  PlanComparisonReport,
} from '../../server/contract/plan-comparison.ts'
import { sayIn } from '../../web/i18n/language.ts'
import type { MapLibreDescription } from '../../web/map/layer.ts'
import { syncMaps } from '../../web/map/sync-maps.ts'
import { reportAddress } from '../../web/screens/plan/comparison/data.ts'
import { dividerStep } from '../../web/screens/plan/comparison/divider.tsx'
import {
  changedGrids,
  figureRows,
  flowId,
  flowsOf,
  isSame,
} from '../../web/screens/plan/comparison/figures.ts'
import {
  flowBox,
  flowHearts,
  movedLayer,
  sideLayer,
  sideLegend,
} from '../../web/screens/plan/comparison/layers.ts'

const say = sayIn('en')
const toggle = { id: 'grids', label: 'Grids', shown: true }

type Figures = PlanComparisonReport['before']['figures']
const figures = (patch: Partial<Figures> = {}): Figures => ({
  grids: 3,
  counted: 3,
  households: 1200,
  households_in_none: 0,
  mean_households: 400,
  top_to_bottom: 0.25,
  maximal_deviation: 0.125,
  out_of_band: { grids: [], households: 0 },
  polsby_popper: 0.6,
  ...patch,
})
const rowsOf = (before: Partial<Figures>, after: Partial<Figures>) =>
  figureRows({
    before: { plan: null, figures: figures(before) },
    after: { plan: null, figures: figures(after) },
  })
const row = (rows: ReturnType<typeof rowsOf>, name: string) => rows.find((one) => one.name.en === name)

describe('figures of both sides', () => {
  it('are better where less is wished and less there is, or more where more is', () => {
    const rows = rowsOf(
      { households_in_none: 9, polsby_popper: 0.61 },
      { households_in_none: 2, polsby_popper: 0.4 },
    )
    expect(row(rows, 'Households in no grid')).toMatchObject({ before: '9', after: '2', better: 'after' })
    expect(row(rows, 'Compactness, median')).toMatchObject({
      before: '0.61',
      after: '0.40',
      better: 'before',
    })
  })

  it('are better on neither side where they read the same, are no merit, or one is unknown', () => {
    const rows = rowsOf(
      { polsby_popper: 0.6, grids: 3, out_of_band: null },
      { polsby_popper: 0.6004, grids: 4 },
    )
    expect(row(rows, 'Compactness, median')?.better).toBeNull()
    expect(row(rows, 'Grids')).toMatchObject({ before: '3', after: '4', better: null })
    expect(row(rows, 'Grids outside the band')).toMatchObject({ before: '—', after: '0', better: null })
  })
})

const move = (from: string | null, to: string | null, households: number, area_m2 = 1) => ({
  from,
  to,
  households: Array.from({ length: households }, (_, i) => `${from}${to}${i}`),
  persons: households * 3,
  area_m2,
})

describe('flows of households', () => {
  it('stand largest first, equal ones by code; ground nobody lives on is none', () => {
    const flows = flowsOf([move('b', 'a', 2), move('a', 'b', 2), move('c', null, 5), move('a', 'c', 0)])
    expect(flows.map(flowId)).toEqual(['c~', 'a~b', 'b~a'])
  })

  it('are none where only ground moves, which is a difference all the same', () => {
    const report = {
      moves: [move('a', 'b', 0, 12)],
      area_moved_m2: 12,
      codes: { kept: ['a', 'b'], created: [], retired: [] },
    }
    expect(flowsOf(report.moves)).toEqual([])
    expect(isSame(report)).toBe(false)
    expect(isSame({ ...report, moves: [], area_moved_m2: 0 })).toBe(true)
    expect(isSame({ ...report, area_moved_m2: 0, codes: { kept: [], created: ['c'], retired: ['a'] } })).toBe(
      false,
    )
  })

  it('leave grids out of which nothing changed', () => {
    const grid = (code: string, patch: object) => ({
      code,
      status: 'kept' as const,
      renamed: false,
      households_before: 4,
      households_after: 4,
      households_gained: 0,
      households_lost: 0,
      area_gained_m2: 0,
      area_lost_m2: 0,
      ...patch,
    })
    const grids = [
      grid('a', {}),
      grid('b', { renamed: true }),
      grid('c', { area_lost_m2: 3 }),
      grid('d', { status: 'created' }),
    ]
    expect(changedGrids({ grids }).map((one) => one.code)).toEqual(['b', 'c', 'd'])
  })
})

const square = (x: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, 29.9],
      [x + 0.01, 29.9],
      [x + 0.01, 29.91],
      [x, 29.9],
    ],
  ],
})
const grid = (code: string, patch: Partial<ComparedGrid> = {}): ComparedGrid => ({
  code,
  name: null,
  kind: 'ordinary',
  households: 400,
  band_status: 'in_band',
  changed: false,
  label_point: [119.6, 29.9],
  geometry: square(119.6),
  ...patch,
})
const home = (household: string, x: number, from: string | null, to: string | null) => ({
  household,
  position: [x, 29.9] as [number, number],
  from,
  to,
})
const moved: ComparisonGround['moved'] = [
  home('h1', 119.6, 'a', 'b'),
  home('h2', 119.601, 'a', 'b'),
  home('h3', 119.609, 'a', 'b'),
  home('h4', 119.65, null, 'b'),
]

describe('a comparison on the map', () => {
  it('gives each side its grids, to be pointed at by their code', () => {
    const layer = sideLayer(
      [grid('a', { changed: true }), grid('b', { band_status: 'above' })],
      'light',
      toggle,
    )
    expect(layer.pick).toEqual({ kind: 'grid', property: 'code' })
    expect(dataOf(layer).map(({ properties }) => properties)).toMatchObject([
      { code: 'a', changed: true, quiet: true },
      { code: 'b', changed: false, quiet: false, color: '#FDB863' },
    ])
  })

  it('draws a dot for every household that moves, all of a flow one target, and names each flow once', () => {
    const after = [grid('b', { name: '二网格' })]
    const features = dataOf(movedLayer({ moved, after }, 'light', say, toggle)).map((one) => one.properties)
    expect(features.filter((one) => one?.['id']).map((one) => one?.['flow'])).toEqual([
      'a~b',
      'a~b',
      'a~b',
      '~b',
    ])
    expect(features.filter((one) => one?.['label']).map((one) => one?.['label'])).toEqual([
      '→ 二网格 · 3',
      '→ 二网格 · 1',
    ])
  })

  it('puts the label of a flow at a household: the one nearest to the middle of them', () => {
    // The mean of 119.600, 119.601 and 119.609 is 119.6033: nearest is the second.
    expect(flowHearts(moved)).toEqual([
      { id: 'a~b', to: 'b', n: 3, position: [119.601, 29.9] },
      { id: '~b', to: 'b', n: 1, position: [119.65, 29.9] },
    ])
  })

  it('knows the box around a flow, and of one that is not there none', () => {
    expect(flowBox(moved, 'a~b')).toEqual([119.6, 29.9, 119.609, 29.9])
    expect(flowBox(moved, 'x~y')).toBeUndefined()
  })

  it('counts both sides in the legend, and leaves out what neither has', () => {
    const ground = { before: [grid('a'), grid('b')], after: [grid('a'), grid('b', { band_status: 'below' })] }
    const { entries } = sideLegend(ground, 'light', say, toggle)
    expect(entries.map(({ label, count }) => [label, count])).toEqual([
      ['Below ▼', '0 → 1'],
      ['In the band', '2 → 1'],
      ['Grid that changes', undefined],
      ['Grid that stays', undefined],
    ])
  })

  const dataOf = ({ source }: MapLibreDescription) => (source.type === 'geojson' ? source.data.features : [])
})

describe('the divider', () => {
  it('goes by arrows, faster with Shift, to the ends, and never beyond', () => {
    expect(dividerStep('ArrowLeft', false, 50)).toBe(48)
    expect(dividerStep('ArrowRight', true, 50)).toBe(60)
    expect(dividerStep('ArrowRight', true, 95)).toBe(100)
    expect(dividerStep('Home', false, 50)).toBe(0)
    expect(dividerStep('End', false, 50)).toBe(100)
    expect(dividerStep('Tab', false, 50)).toBeNull()
  })
})

describe('two maps', () => {
  /** A map that tells of every move, also of one it was told to make, as MapLibre does. */
  function fakeMap() {
    let zoom = 10
    const listeners = new Set<() => void>()
    const goTo = (view: { zoom: number }): void => {
      zoom = view.zoom
      for (const listener of listeners) listener()
    }
    return {
      goTo,
      view: () => ({ longitude: 119.6, latitude: 29.9, zoom }),
      onFrame: (listener: () => void) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }
  }

  it('go along with each other, once each, until they are parted', () => {
    const [first, second] = [fakeMap(), fakeMap()]
    const part = syncMaps(first, second)
    first.goTo({ zoom: 12 })
    expect(second.view().zoom).toBe(12)
    second.goTo({ zoom: 15 })
    expect(first.view().zoom).toBe(15)
    part()
    first.goTo({ zoom: 9 })
    expect(second.view().zoom).toBe(15)
  })
})

it('the report is of the same comparison', () => {
  expect(reportAddress('p 1', null, '')).toBe('/reports/plans/p%201?with=in_force')
  expect(reportAddress('p1', 'p2', '.xlsx')).toBe('/reports/plans/p1.xlsx?with=p2')
})
