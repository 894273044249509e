/** A comparison on the map: the grids of a side, and the households that move. Pure. */
import type { Feature, Geometry } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { BandStatus } from '../../../../server/contract/grids.ts'
import type { ComparedGrid, ComparisonGround } from '../../../../server/contract/plan-comparison.ts'
import { formatNumber } from '../../../i18n/format.ts'
import type { Say } from '../../../i18n/language.ts'
import { bandWords } from '../../../i18n/words.ts'
import { bboxOf } from '../../../map/bbox.ts'
import { grounds } from '../../../map/ground.ts'
import type { MapLibreDescription, Toggle } from '../../../map/layer.ts'
import { gridLabels } from '../../../map/layers/grids.ts'
import type { LegendDescription } from '../../../map/legend-entry.ts'
import { bandColors, type Theme } from '../../../map/palette.ts'
import { mapFontBold } from '../../../map/style.ts'
import type { Bbox } from '../../../state.ts'
import { bandMarks, bandOrder } from '../layers.ts'
import { flowId } from './figures.ts'
import { text } from './text.ts'

/** A grid's name, or what tells its code from its neighbours'. */
export const nameIn = (grids: readonly ComparedGrid[], code: string): string =>
  grids.find((grid) => grid.code === code)?.name ?? code.slice(-6)

const lit = (selected: number, hovered: number, usual: number): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', 'selected'], false],
  selected,
  ['boolean', ['feature-state', 'hover'], false],
  hovered,
  usual,
]

/** The grids of one side, filled by how their households stand against the band; those that change have the stronger line. */
export function sideLayer(grids: readonly ComparedGrid[], theme: Theme, toggle: Toggle): MapLibreDescription {
  const ground = grounds[theme]
  const features = grids.map(
    ({ code, band_status, changed, geometry }): Feature => ({
      type: 'Feature',
      properties: { code, color: bandColors[theme][band_status], quiet: band_status === 'in_band', changed },
      geometry: geometry as unknown as Geometry,
    }),
  )
  const round = { 'line-join': 'round' } as const
  return {
    id: 'compare-grids',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    toggle,
    pick: { kind: 'grid', property: 'code' },
    layers: [
      {
        id: 'compare-fill',
        slot: 'fill',
        type: 'fill',
        paint: {
          'fill-color': ['get', 'color'],
          'fill-opacity': ['case', ['get', 'quiet'], 0.4, 0.62],
          'fill-antialias': false,
        },
      },
      {
        id: 'compare-inside',
        slot: 'fill',
        type: 'fill',
        paint: { 'fill-color': ground.accent, 'fill-opacity': lit(0.16, 0.1, 0), 'fill-antialias': false },
      },
      {
        id: 'compare-line',
        slot: 'line',
        type: 'line',
        layout: round,
        paint: {
          'line-color': ['case', ['get', 'changed'], ground.text, ground.grid],
          'line-width': ['case', ['get', 'changed'], 2.2, 1],
        },
      },
      {
        id: 'compare-lit',
        slot: 'line',
        type: 'line',
        layout: round,
        paint: { 'line-color': ground.accent, 'line-width': lit(3, 2, 0) },
      },
    ],
  }
}

/** Names and households of a side; grids that change are named first where room is scarce. */
export function sideLabels(
  grids: readonly ComparedGrid[],
  theme: Theme,
  say: Say,
  toggle: Toggle,
): MapLibreDescription {
  const labels = grids.map((grid) => ({
    code: grid.code,
    position: grid.label_point,
    name: nameIn([grid], grid.code),
    detail: `${say(text.householdsN, { n: formatNumber(grid.households) })}${bandMarks[grid.band_status]}`,
    order: grid.changed ? 0 : 1,
  }))
  return gridLabels('compare', theme, labels, toggle)
}

type Moved = ComparisonGround['moved']

/** Households that move as dots, all of a flow one target; at the heart of each flow, where it goes. */
export function movedLayer(
  { moved, after }: Pick<ComparisonGround, 'moved' | 'after'>,
  theme: Theme,
  say: Say,
  toggle: Toggle,
): MapLibreDescription {
  const nameOf = (code: string | null): string | null => (code === null ? null : nameIn(after, code))
  const ground = grounds[theme]
  const dots = moved.map(
    ({ household, position, from, to }): Feature => ({
      type: 'Feature',
      properties: { id: household, flow: flowId({ from, to }) },
      geometry: { type: 'Point', coordinates: position },
    }),
  )
  const hearts = flowHearts(moved).map(
    ({ id, position, to, n }): Feature => ({
      type: 'Feature',
      properties: {
        flow: id,
        n,
        label: say(text.flowLabel, { to: nameOf(to) ?? say(text.noGrid), n: formatNumber(n) }),
      },
      geometry: { type: 'Point', coordinates: [...position] },
    }),
  )
  return {
    id: 'compare-moved',
    kind: 'maplibre',
    source: { type: 'geojson', data: { type: 'FeatureCollection', features: [...dots, ...hearts] } },
    toggle,
    pick: { kind: 'flow', property: 'flow' },
    layers: [
      {
        id: 'compare-moved-lit',
        slot: 'top',
        type: 'circle',
        filter: ['has', 'id'],
        paint: {
          'circle-radius': 9,
          'circle-color': ground.accent,
          'circle-opacity': lit(0.35, 0.35, 0),
        },
      },
      {
        id: 'compare-moved-dots',
        slot: 'top',
        type: 'circle',
        filter: ['has', 'id'],
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 2, 15, 3.5, 18, 6],
          'circle-color': ground.accent,
          'circle-stroke-color': ground.land,
          'circle-stroke-width': 1,
        },
      },
      {
        id: 'compare-moved-flows',
        slot: 'top',
        type: 'symbol',
        filter: ['has', 'label'],
        layout: {
          'text-field': ['get', 'label'],
          'text-font': mapFontBold,
          'text-size': 13,
          'text-padding': 4,
          // Where room is scarce the larger flow keeps its label.
          'symbol-sort-key': ['-', 0, ['get', 'n']],
        },
        // It stands among its dots.
        paint: { 'text-color': ground.text, 'text-halo-color': ground.halo, 'text-halo-width': 3 },
      },
    ],
  }
}

export interface FlowHeart {
  readonly id: string
  readonly to: string | null
  readonly n: number
  /** The household nearest to the middle of them all, so that the label never stands where nobody moves. */
  readonly position: readonly [number, number]
}

export function flowHearts(moved: Moved): FlowHeart[] {
  return [...flowGroups(moved)].map(([id, homes]) => {
    const mean = (axis: 0 | 1): number =>
      homes.reduce((sum, one) => sum + one.position[axis], 0) / homes.length
    const [x, y] = [mean(0), mean(1)]
    const shrink = Math.cos((y * Math.PI) / 180)
    const away = ({ position: [longitude, latitude] }: Moved[number]): number =>
      ((longitude - x) * shrink) ** 2 + (latitude - y) ** 2
    const [nearest] = homes.toSorted((a, b) => away(a) - away(b) || (a.household < b.household ? -1 : 1))
    return { id, to: nearest!.to, n: homes.length, position: nearest!.position }
  })
}

/** The box around the households of a flow. */
export function flowBox(moved: Moved, id: string): Bbox | undefined {
  const coordinates = (flowGroups(moved).get(id) ?? []).map((one) => one.position)
  return bboxOf({ type: 'MultiPoint', coordinates })
}

function flowGroups(moved: Moved): Map<string, Moved> {
  const groups = new Map<string, Moved>()
  for (const one of moved) {
    const group = groups.get(flowId(one))
    if (group) group.push(one)
    else groups.set(flowId(one), [one])
  }
  return groups
}

/** How many grids of each status, before → after, and what the lines mean. */
export function sideLegend(
  { before, after }: Pick<ComparisonGround, 'before' | 'after'>,
  theme: Theme,
  say: Say,
  toggle: Toggle,
): LegendDescription {
  const count = (grids: readonly ComparedGrid[], status: BandStatus): number =>
    grids.filter((grid) => grid.band_status === status).length
  const ground = grounds[theme]
  return {
    toggle: toggle.id,
    title: say(text.layerGrids),
    entries: [
      ...bandOrder.flatMap((status) => {
        const [was, is] = [count(before, status), count(after, status)]
        if (was + is === 0) return []
        return [
          {
            swatch: { kind: 'fill' as const, color: bandColors[theme][status] },
            label: `${say(bandWords[status])}${bandMarks[status]}`,
            count: `${formatNumber(was)} → ${formatNumber(is)}`,
          },
        ]
      }),
      { swatch: { kind: 'line', color: ground.text, width: 2.2 }, label: say(text.lineChanged) },
      { swatch: { kind: 'line', color: ground.grid, width: 1 }, label: say(text.lineSame) },
    ],
  }
}

export const movedLegend = (moved: Moved, theme: Theme, say: Say, toggle: Toggle): LegendDescription => ({
  toggle: toggle.id,
  title: say(text.layerMoved),
  entries: [
    {
      swatch: { kind: 'dot', color: grounds[theme].accent },
      label: say(text.oneHome),
      count: formatNumber(moved.length),
    },
  ],
})
