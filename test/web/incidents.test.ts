/** The incidents screen's pure parts: classes of a measure, hot spots, hexagon layer and legend, coverage. */
import fc from 'fast-check'
import { cellToLatLng, gridDisk, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import type { Analysis, AnalysisCell } from '../../server/contract/analysis.ts'
import { breaksOf } from '../../server/core/analysis/legend.ts'
import { sayIn } from '../../web/i18n/language.ts'
import { densityColors } from '../../web/map/palette.ts'
import { cellLegend } from '../../web/screens/incidents/analysis/legends.ts'
import { measures, readLook } from '../../web/screens/incidents/analysis/look.ts'
import { cellColor, type Picture, pictureOf } from '../../web/screens/incidents/analysis/picture.ts'
import { filterCoverage, shareOf } from '../../web/screens/incidents/coverage-table.tsx'
import { cardAsJson } from '../../web/screens/incidents/hexagon-card.tsx'
import { hexagonFeatures, hexagonLayer, incidentPoints } from '../../web/screens/incidents/layers.ts'
import {
  cellLabel,
  classColors,
  classLabels,
  classOf,
  formatProbability,
} from '../../web/screens/incidents/measures.ts'
import { spotsOf } from '../../web/screens/incidents/spots.ts'

const say = sayIn('en')
const toggle = { id: 'hexagons', label: 'Hexagons', shown: true }

const centre = latLngToCell(29.93, 119.61, 9)
const ring = gridDisk(centre, 1).filter((h3) => h3 !== centre)
/** Far enough that nothing touches. */
const elsewhere = latLngToCell(29.98, 119.7, 9)

const cell = (h3: string, changes: Partial<AnalysisCell> = {}): AnalysisCell => ({
  h3,
  count: 0,
  expected: 7.7,
  per_km2: 0,
  rate: 0,
  households: 100,
  value: changes.count ?? 0,
  z: 0,
  p: 1,
  q: 1,
  class: 'none',
  ...changes,
})
const hot = (h3: string, count: number, z: number): AnalysisCell =>
  cell(h3, { count, per_km2: count * 10, z, p: 1e-6, q: 1e-5, class: 'hot_0.01' })

const cells: readonly AnalysisCell[] = [
  hot(centre, 50, 5),
  hot(ring[0]!, 4, 6),
  cell(ring[3]!, { count: 3, per_km2: 30, rate: null, households: 0 }),
  hot(elsewhere, 20, 8),
  ...gridDisk(elsewhere, 1)
    .filter((h3) => h3 !== elsewhere)
    .map((h3) => cell(h3)),
]

const excluded = { refused: 0, no_position: 2, outside: 1, other_category: 0, other_period: 0 }
const reason = (zh: string, en: string, count: number) => ({ reason: en, count, message: { zh, en } })
const answer: Analysis = {
  statistic: 'gi-star',
  unit: 'hexagon',
  resolution: 9,
  n: 10,
  parameters: { rings: 1 },
  study_area: { cells: 10, occupied: 4, area_km2: 1 },
  totals: { records: 80, counted: 77, per_km2: 77, households: null },
  excluded: { ...excluded, other_severity: 0, other_status: 0, other_hour: 0, in_no_unit: 0 },
  references: { statistic: 'Ord & Getis 1995' },
  cells: [...cells],
  classes: [],
  legend: {
    measure: 'count',
    unit: { zh: '起 / 六边形', en: 'incidents a hexagon' },
    breaks: [5, 10],
    breaks_from: 'period',
    largest: 50,
    without_value: 0,
  },
  steps: null,
  compared: null,
  global: null,
  bandwidth: null,
  contours: null,
  clusters: null,
  bands: null,
  accuracy: null,
  card: {
    title: { zh: '热点', en: 'Hot spots' },
    data: { area: '330', name: null, source: 'database', files: [], version: '7', fingerprint: 'ab' },
    filter: {
      from: '2026-01-01',
      to: '2026-11-01',
      categories: null,
      severities: null,
      statuses: null,
      hours: null,
      weekdays: null,
    },
    counts: {
      read: 80,
      counted: 77,
      excluded: [reason('没有坐标', 'without a position', 2), reason('在区域外', 'outside the area', 1)],
    },
    n: 10,
    parameters: {},
    seed: null,
    software: { name: 'wangge', version: '0' },
    formula: 'z',
    references: [],
    command: 'wangge hotspots',
    address: null,
    notes: [],
    reading: { zh: '读', en: 'Read' },
  },
}
const interval = { from: '2026-01-01', to: '2026-10-31' }
const pictureWith = (choices: Record<string, string>, changes: Partial<Analysis> = {}): Picture =>
  pictureOf(
    { answer: { ...answer, ...changes }, look: readLook(choices), interval, query: {} },
    'light',
    null,
  )

describe('classes of an amount', () => {
  it('lie between neighbouring members of 1, 2, 5, 10, …, the uppermost one that is reached', () => {
    expect(breaksOf([1, 7, 221])).toEqual([10, 20, 50, 100, 200])
    expect(breaksOf([1, 2, 3])).toEqual([2])
    expect(breaksOf([0.3, 4.9])).toEqual([0.5, 1, 2])
    // 5 lies below the only value: no class of its own.
    expect(breaksOf([6])).toEqual([])
    expect(breaksOf([0, null])).toEqual([])
  })

  it('hold every positive value once, none of them beyond reach, whatever the values', () => {
    const value = fc.oneof(fc.constant(null), fc.constant(0), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const breaks = breaksOf(values)
        const positive = values.filter((one) => one !== null && one > 0) as number[]
        expect(breaks).toEqual(breaks.toSorted((a, b) => a - b))
        expect(breaks.length).toBeLessThan(densityColors.light.length)
        expect(classColors(breaks, 'light')).toHaveLength(breaks.length + 1)
        expect(classLabels(breaks, false, say)).toHaveLength(breaks.length + 1)
        for (const one of positive) expect(classOf(one, breaks)).toBeGreaterThanOrEqual(0)
        // Neither the uppermost class is empty nor the lowest: a break that nothing lies below is no break.
        const classes = positive.map((one) => classOf(one, breaks))
        expect(Math.max(0, ...classes)).toBe(breaks.length)
        expect(Math.min(breaks.length, ...classes)).toBe(0)
      }),
    )
  })

  it('are labelled with whole numbers where things are counted', () => {
    expect(classLabels([5, 10, 20], true, say)).toEqual(['1 – 4', '5 – 9', '10 – 19', '≥ 20'])
    expect(classLabels([1, 2], true, say)[1]).toBe('1')
    expect(classLabels([5, 10], false, say)).toEqual(['< 5', '5 – 10', '≥ 10'])
    expect([0, 4, 5, 10, 11].map((value) => classOf(value, [5, 10]))).toEqual([-1, 0, 1, 2, 2])
  })

  it('have the strongest colour uppermost, however few they are', () => {
    expect(classColors([2], 'light')).toEqual(densityColors.light.slice(-2))
  })
})

describe('hot spots', () => {
  it('are hot hexagons that touch; the strongest first, named by where most happened', () => {
    const spots = spotsOf(cells)
    expect(spots.map((spot) => [spot.id, spot.cells.length, spot.count, spot.z])).toEqual([
      [elsewhere, 1, 20, 8],
      [centre, 2, 54, 6],
    ])
  })

  it('hold each hot hexagon once and nothing else; no two of them touch; the order of the answer does not matter', () => {
    const field = gridDisk(centre, 4)
    fc.assert(
      fc.property(fc.subarray(field, { minLength: 1 }), fc.infiniteStream(fc.nat(50)), (some, counts) => {
        const given = some.map((h3, i) => hot(h3, counts.next().value as number, i))
        const spots = spotsOf([...given, cell(elsewhere)])
        const held = spots.flatMap((spot) => spot.cells.map((one) => one.h3))
        expect(new Set(held)).toEqual(new Set(some))
        expect(held).toHaveLength(some.length)
        const spotOf = new Map(spots.flatMap((spot) => spot.cells.map((one) => [one.h3, spot.id])))
        for (const h3 of some)
          for (const near of gridDisk(h3, 1)) expect([undefined, spotOf.get(h3)]).toContain(spotOf.get(near))
        expect(spotsOf(given.toReversed())).toEqual(spots)
      }),
      { numRuns: 60 },
    )
  })
})

describe('figures of a hexagon', () => {
  it('on the map: the measure shown; nothing where there is nothing or nothing significant', () => {
    const one = cell(centre, { count: 3, value: 35.96, z: 2.345, class: 'hot_0.05' })
    const label = (of: AnalysisCell, measure: (typeof measures)[number]) =>
      cellLabel(of, { measure }, null, say)
    expect(label(one, 'density')).toBe('36')
    expect(label(one, 'significance')).toBe('2.3')
    expect(label({ ...one, value: null }, 'rate')).toBe('')
    expect(label({ ...one, class: 'new_hot' }, 'significance')).toBe('new')
    expect(measures.map((measure) => label(cell(centre), measure))).toEqual(['', '', '', '', ''])
  })

  it('probabilities are readable and never 0', () => {
    expect([null, 1, 0.0499, 0.00123, 1e-18].map(formatProbability)).toEqual([
      '—',
      '1.000',
      '0.050',
      '0.0012',
      '< 0.0001',
    ])
  })

  it('copied as JSON they carry what they were computed from', () => {
    const copied = JSON.parse(cardAsJson({ answer }, cells[0]!, undefined)) as Analysis
    expect(copied.cells).toEqual([cells[0]])
    expect([copied.card.command, copied.n, copied.parameters['rings']]).toEqual(['wangge hotspots', 10, 1])
  })
})

describe('the hexagon layer', () => {
  const picture = pictureWith({})
  const features = hexagonFeatures(cells, (one) => cellColor(one, picture))

  it('draws closed polygons around their centres; what has no value has no colour', () => {
    const layer = hexagonLayer({ features, opacity: 1, theme: 'light', toggle, pickable: true, outlined: [] })
    expect(layer.source.type === 'geojson' && layer.source.data).toBe(features)
    for (const { properties, geometry } of features.features) {
      const [outline] = geometry.type === 'Polygon' ? geometry.coordinates : []
      expect(outline?.[0]).toEqual(outline?.at(-1))
      const [latitude, longitude] = cellToLatLng(String(properties?.['h3']))
      const xs = (outline ?? []).map(([x]) => x as number)
      const ys = (outline ?? []).map(([, y]) => y as number)
      expect(Math.min(...xs) < longitude && longitude < Math.max(...xs)).toBe(true)
      expect(Math.min(...ys) < latitude && latitude < Math.max(...ys)).toBe(true)
    }
    // 50, 20, 4 and 3 incidents; six hexagons have none.
    expect(features.features.filter((one) => one.properties?.['color'])).toHaveLength(4)
  })

  it('colours by the same breaks as the legend says', () => {
    const colorOf = (count: number) => cellColor(cell(centre, { count, value: count }), picture)
    expect([4, 5, 9, 10].map(colorOf)).toEqual([
      densityColors.light[3],
      densityColors.light[4],
      densityColors.light[4],
      densityColors.light[5],
    ])
    const legend = cellLegend(picture, 'hexagons', say)
    const byColor = new Map(
      legend.entries.map((entry) => [entry.swatch.kind === 'fill' && entry.swatch.color, entry]),
    )
    expect(byColor.get(densityColors.light[4] ?? '')?.label).toBe('5 – 9')
    expect(byColor.get(densityColors.light[5] ?? '')?.count).toBe('2')
  })

  it('the legend counts every cell, has a unit, and says what is left out', () => {
    for (const measure of measures.filter((one) => one !== 'change')) {
      const legend = cellLegend(pictureWith({ measure }), 'hexagons', say)
      const counted = legend.entries.reduce((sum, entry) => sum + Number(entry.count), 0)
      expect(counted).toBe(cells.length)
      expect(legend.unit).not.toBe('')
      expect(legend.leftOut).toContain('without a position 2')
    }
    const withoutValue = cells.map((one) => (one.rate === null ? { ...one, value: null } : one))
    expect(
      cellLegend(pictureWith({ measure: 'rate' }, { cells: withoutValue }), 'hexagons', say).leftOut,
    ).toContain('1 without households')
  })

  it('incidents without a position are not drawn', () => {
    const incident = {
      id: 'E1',
      category: 'fire',
      severity: null,
      occurred_at: '2026-10-01T00:00:00Z',
      status: 'closed',
      description: null,
      grid: null,
      declared_grid: null,
      lon: 119.6,
      lat: 29.9,
    }
    const layer = incidentPoints([incident, { ...incident, id: 'E2', lon: null }], 'light', toggle)
    expect(layer.source.type === 'geojson' && layer.source.data.features).toHaveLength(1)
  })
})

describe('coverage', () => {
  const one = {
    grid: '101',
    name: '东网格',
    households: 400,
    reached: 300,
    must_visit: 0,
    must_visit_reached: 0,
  }

  it('of nobody is not known, not 0', () => {
    expect(shareOf(300, 400)).toBe(0.75)
    expect(shareOf(0, 0)).toBeNull()
  })

  it('is filtered by name and code', () => {
    expect(filterCoverage([one, { ...one, grid: '202', name: null }], '东')).toHaveLength(1)
    expect(filterCoverage([one, { ...one, grid: '202', name: null }], '20')).toHaveLength(1)
    expect(filterCoverage([one], ' ')).toHaveLength(1)
  })
})
