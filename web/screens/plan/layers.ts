/** What the plan screen draws: pure, from data to layers and legends. */
import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { CheckProblem, CheckReport } from '../../../server/contract/check.ts'
import type { BandStatus, Grid, Grids } from '../../../server/contract/grids.ts'
import { formatNumber } from '../../i18n/format.ts'
import type { Say } from '../../i18n/language.ts'
import { bandWords } from '../../i18n/words.ts'
import { bboxOf } from '../../map/bbox.ts'
import { grounds } from '../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../map/layer.ts'
import { type GridLabel, gridLabels, gridLayers } from '../../map/layers/grids.ts'
import type { LegendDescription, Swatch } from '../../map/legend-entry.ts'
import { bandColors, type Theme } from '../../map/palette.ts'
import { type Family, familyColors, isSize, problemKindOf } from './problem-kinds.ts'
import { text } from './text.ts'

export const bandOrder: readonly BandStatus[] = [
  'far_below',
  'below',
  'in_band',
  'above',
  'far_above',
  'not_applicable',
]

const bandPatterns: Partial<Record<BandStatus, string>> = {
  far_below: 'hatch-far-below',
  below: 'hatch-below',
  above: 'hatch-above',
  far_above: 'hatch-far-above',
}

/** Arrows say in the label what colour and hatching say in the fill. */
export const bandMarks: Readonly<Record<BandStatus, string>> = {
  far_below: ' ▼▼',
  below: ' ▼',
  in_band: '',
  above: ' ▲',
  far_above: ' ▲▲',
  not_applicable: '',
}

const codesOf = (grids: readonly Grid[], status: BandStatus): string[] =>
  grids.filter((grid) => grid.band_status === status).map((grid) => grid.code)

/** The grids filled by how their households stand against the band. */
export const bandLayer = (grids: Grids, day: string, theme: Theme, toggle: Toggle): MapLibreDescription =>
  gridLayers({
    id: 'plan',
    theme,
    day,
    toggle,
    classes: bandOrder.map((status) => {
      const pattern = bandPatterns[status]
      return {
        color: bandColors[theme][status],
        codes: codesOf(grids.grids, status),
        ...(pattern !== undefined && { pattern }),
        quiet: status === 'in_band',
      }
    }),
  })

/** Names with households; grids outside the band are named first where room is scarce. */
export function bandLabels(grids: Grids, theme: Theme, say: Say, toggle: Toggle): MapLibreDescription {
  const labels = grids.grids
    .filter((grid) => grid.kind !== 'microgrid')
    .map(
      (grid): GridLabel => ({
        code: grid.code,
        position: grid.label_point,
        name: grid.name ?? grid.code,
        detail: `${say(text.householdsN, { n: formatNumber(grid.households) })}${bandMarks[grid.band_status]}`,
        order: grid.band_status === 'in_band' || grid.band_status === 'not_applicable' ? 1 : 0,
      }),
    )
  return gridLabels('plan', theme, labels, toggle)
}

export function bandLegend(grids: Grids, theme: Theme, say: Say, toggle: string): LegendDescription {
  const { band } = grids
  const present = bandOrder.filter(
    (status) => status !== 'not_applicable' || codesOf(grids.grids, status).length > 0,
  )
  return {
    toggle,
    title: say(text.layerBand),
    unit: band
      ? say(text.bandOf, { from: formatNumber(band.from), to: formatNumber(band.to) })
      : say(text.noBand),
    count: say(text.gridsN, { n: formatNumber(grids.grids.length) }),
    entries: present.map((status) => {
      const pattern = bandPatterns[status]
      return {
        swatch: { kind: 'fill', color: bandColors[theme][status], ...(pattern !== undefined && { pattern }) },
        label: `${say(bandWords[status])}${bandMarks[status]}`,
        count: formatNumber(codesOf(grids.grids, status).length),
      }
    }),
    ...(grids.households_in_no_grid !== null &&
      grids.households_in_no_grid > 0 && {
        leftOut: say(text.inNoGrid, { n: formatNumber(grids.households_in_no_grid) }),
      }),
  }
}

/** Where a problem is; undefined when it has no place of its own. */
export const placeOf = (problem: CheckProblem): Geometry | undefined =>
  (problem.geometry as Geometry | null | undefined) ?? undefined

/**
 * Problems: areas in the colour of their family, overlaps hatched, edges as lines, households as rings; and, since most are too
 * small to be seen from afar, a mark at each one's middle until it is large enough itself.
 */
export function problemLayer(
  problems: readonly CheckProblem[],
  theme: Theme,
  toggle: Toggle,
): MapLibreDescription {
  const features = problems.flatMap((problem): Feature[] => {
    const geometry = placeOf(problem)
    const bbox = geometry && bboxOf(geometry)
    if (!geometry || !bbox) return []
    const { family } = problemKindOf(problem.code)
    // Ground of which no grid is near is the area itself: filled, it would hide all that is on it.
    const properties = { id: problem.id, family, isBare: problem.grids.length === 0 }
    const middle = { type: 'Point' as const, coordinates: [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] }
    const shape: Feature = { type: 'Feature', properties: { ...properties, part: 'shape' }, geometry }
    const mark: Feature = { type: 'Feature', properties: { ...properties, part: 'mark' }, geometry: middle }
    // A grid of the wrong size is the grid's own fill; only its mark is a problem's.
    return isSize(family) ? [] : [shape, mark]
  })
  const data: FeatureCollection = { type: 'FeatureCollection', features }
  const color = ['match', ['get', 'family'], ...Object.entries(familyColors).flat(), '#000000'] as never
  const lit = (yes: number, hoveredTo: number, no: number) =>
    [
      'case',
      ['boolean', ['feature-state', 'selected'], false],
      yes,
      ['boolean', ['feature-state', 'hover'], false],
      hoveredTo,
      no,
    ] as never
  const isShape = ['==', ['get', 'part'], 'shape'] as const
  const isArea = ['==', ['geometry-type'], 'Polygon'] as const
  const ground = grounds[theme]
  return {
    id: 'plan-problems',
    kind: 'maplibre',
    source: { type: 'geojson', data },
    pick: { kind: 'problem', property: 'id' },
    toggle,
    layers: [
      {
        id: 'plan-problem-fill',
        slot: 'line',
        type: 'fill',
        filter: [
          'all',
          isShape,
          isArea,
          ['!=', ['get', 'family'], 'overlap'],
          ['!', ['get', 'isBare']],
        ] as never,
        paint: { 'fill-color': color, 'fill-opacity': 0.6 },
      },
      {
        id: 'plan-problem-hatch',
        slot: 'line',
        type: 'fill',
        filter: ['all', isShape, isArea, ['==', ['get', 'family'], 'overlap']] as never,
        paint: { 'fill-pattern': 'hatch-overlap' },
      },
      {
        id: 'plan-problem-line',
        slot: 'line',
        type: 'line',
        filter: ['all', isShape, ['!=', ['geometry-type'], 'Point']] as never,
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-color': color, 'line-width': lit(5, 4, 2) },
      },
      {
        id: 'plan-problem-mark',
        slot: 'top',
        type: 'circle',
        maxzoom: 16,
        filter: ['all', ['==', ['get', 'part'], 'mark'], ['!=', ['get', 'family'], 'household']] as never,
        paint: {
          'circle-color': color,
          'circle-radius': lit(9, 8, 6),
          'circle-stroke-color': ground.land,
          'circle-stroke-width': 2,
        },
      },
      {
        id: 'plan-problem-household',
        slot: 'top',
        type: 'circle',
        filter: ['all', ['==', ['get', 'part'], 'mark'], ['==', ['get', 'family'], 'household']] as never,
        paint: {
          'circle-color': color,
          'circle-radius': lit(7, 6, 4),
          'circle-stroke-color': ground.text,
          'circle-stroke-width': 2,
        },
      },
    ],
  }
}

const familyLabels: readonly Family[] = ['gap', 'inlet', 'overlap', 'outside', 'edge', 'household']

export function problemLegend(
  report: CheckReport,
  say: Say,
  toggle: string,
  theme: Theme,
): LegendDescription {
  const drawn = report.problems.filter((problem) => !isSize(problemKindOf(problem.code).family))
  const of = (family: Family): CheckProblem[] =>
    drawn.filter((problem) => problemKindOf(problem.code).family === family)
  const withoutPlace = drawn.filter((problem) => placeOf(problem) === undefined).length
  return {
    toggle,
    title: say(text.layerProblems),
    entries: familyLabels
      .filter((family) => of(family).length > 0)
      .map((family) => ({
        swatch: problemSwatch(family, theme),
        label: [...new Set(of(family).map((problem) => say(problemKindOf(problem.code).name)))].join(' · '),
        count: formatNumber(of(family).length),
      })),
    ...(withoutPlace > 0 && { leftOut: say(text.withoutPlace, { n: formatNumber(withoutPlace) }) }),
  }
}

export function problemSwatch(family: Family, theme: Theme): Swatch {
  const color = familyColors[family]
  if (family === 'overlap')
    return { kind: 'fill', color: 'transparent', pattern: 'hatch-overlap', outline: color }
  if (family === 'edge') return { kind: 'line', color, width: 3 }
  if (isSize(family)) return { kind: 'fill', color, pattern: `hatch-${family}` }
  if (family === 'household') return { kind: 'dot', color, ring: grounds[theme].text }
  return { kind: 'fill', color, outline: color }
}

/** The grids of a file that was only checked. */
export function fileGridsLayer(grids: FeatureCollection, theme: Theme, toggle: Toggle): MapLibreDescription {
  const ground = grounds[theme]
  return {
    id: 'plan-file-grids',
    kind: 'maplibre',
    source: { type: 'geojson', data: grids },
    toggle,
    layers: [
      {
        id: 'plan-file-fill',
        slot: 'fill',
        type: 'fill',
        paint: { 'fill-color': ground.accent, 'fill-opacity': 0.08 },
      },
      {
        id: 'plan-file-line',
        slot: 'line',
        type: 'line',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': ground.accent, 'line-width': 1.2 },
      },
    ],
  }
}
