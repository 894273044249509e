/** The layers of a printed map that carry no text, from the ground up. */
import { polygonsOf } from '../coverage/ring-table.ts'
import type { AreaGeometry } from '../values.ts'
import { groupBy } from './group-by.ts'
import type { MapGrid, PosterGround } from './map-input.ts'
import { boundaryLines } from './map-lines.ts'
import { accent, ground as colors, roadStyle } from './map-style.ts'
import type { MapView } from './map-view.ts'
import { element, numeral, pathOf } from './svg.ts'

export interface GroundInput {
  readonly view: MapView
  /** Millimetres of this sheet for one of the design. */
  readonly unit: number
  readonly ground: PosterGround
  readonly grids: readonly MapGrid[]
  /** What the map is about; the rest is veiled. */
  readonly outline: AreaGeometry
  /** How the outline is drawn: a village's border, or a grid picked out. */
  readonly outlineStyle: 'village' | 'grid'
}

/** Land, water, tints, houses, roads, the veil over what lies outside, boundaries; clipped to the frame by the caller. */
export function drawGround(input: GroundInput): string {
  const { view, ground, grids, outline } = input
  const { x, y, width, height } = view.frame
  const area = (geometry: AreaGeometry): string => pathOf(polygonsOf(geometry).flat(), view.project, true)
  const kindOf = (kind: 'water' | 'green'): string =>
    ground.land
      .filter((one) => one.kind === kind)
      .map((one) => area(one.geometry))
      .join('')
  const tinted = grids.filter((grid) => grid.tint !== null && grid.kind !== 'microgrid')
  const frame = `M${numeral(x)} ${numeral(y)}H${numeral(x + width)}V${numeral(y + height)}H${numeral(x)}Z`
  return [
    element('path', { d: frame, fill: colors.land }),
    element('path', { d: kindOf('green'), fill: colors.green }),
    ...tinted.map(({ geometry, tint, code }) =>
      element('path', {
        d: area(geometry),
        fill: tint ?? undefined,
        'fill-rule': 'evenodd',
        'fill-opacity': 0.85,
        'data-grid': code,
      }),
    ),
    element('path', {
      d: kindOf('water'),
      fill: colors.water,
      stroke: colors.waterLine,
      'stroke-width': 0.2 * input.unit,
    }),
    drawHouses(input, area),
    drawRoads(input),
    element('path', {
      d: frame + area(outline),
      fill: '#FFFFFF',
      'fill-rule': 'evenodd',
      'fill-opacity': 0.55,
    }),
    drawBoundaries(input),
  ].join('')
}

/** Footprints; where none is known a square for each household. */
function drawHouses({ view, unit, ground }: GroundInput, area: (geometry: AreaGeometry) => string): string {
  const side = 0.9 * unit
  const squares = ground.households
    .map(([longitude, latitude]) => view.project(longitude, latitude))
    .map(([x, y]) => element('rect', { x: x - side / 2, y: y - side / 2, width: side, height: side }))
  const houses =
    ground.buildings.length > 0
      ? element('path', { d: ground.buildings.map(area).join(''), 'fill-rule': 'evenodd' })
      : squares.join('')
  return element(
    'g',
    {
      fill: colors.building,
      stroke: colors.buildingLine,
      'stroke-width': 0.12 * unit,
      'data-layer': 'houses',
      'data-count': ground.buildings.length || ground.households.length,
    },
    houses,
  )
}

/** All casings first, then all carriageways, the wide ones last, so that crossings are open. */
function drawRoads({ view, unit, ground }: GroundInput): string {
  const byStyle = groupBy(ground.roads, (road) => roadStyle(road.class))
  const styles = [...byStyle].toSorted(([p], [q]) => p.width - q.width)
  const path = (roads: PosterGround['roads']): string =>
    pathOf(
      roads.flatMap((road) => road.path.coordinates),
      view.project,
      false,
    )
  const line = (d: string, stroke: string, width: number, dash?: string): string =>
    element('path', { d, stroke, 'stroke-width': width * unit, 'stroke-dasharray': dash })
  const dashes = (...lengths: number[]): string => lengths.map((mm) => numeral(mm * unit)).join(' ')
  const casings = styles.flatMap(([style, roads]) =>
    style.width > 0
      ? [line(path(roads), colors.casing, style.width + 0.3)]
      : [
          line(
            path(roads),
            style.isRail ? colors.rail : colors.path,
            style.isRail ? 0.6 : 0.25,
            dashes(0.9, 0.6),
          ),
        ],
  )
  const carriageways = styles.flatMap(([style, roads]) =>
    style.width > 0 ? [line(path(roads), colors.road, style.width)] : [],
  )
  return element(
    'g',
    { fill: 'none', 'stroke-linejoin': 'round', 'data-layer': 'roads' },
    [...casings, ...carriageways].join(''),
  )
}

/** Microgrids dashed, grids solid, villages dash-dot; the outline on top of all. */
function drawBoundaries({ view, unit, ground, grids, outline, outlineStyle }: GroundInput): string {
  const line = (
    geometries: readonly AreaGeometry[],
    without: readonly AreaGeometry[],
    stroke: string,
    width: number,
    dash: readonly number[],
  ): string =>
    element('path', {
      d: pathOf(boundaryLines(geometries, without), view.project, false),
      stroke,
      'stroke-width': width * unit,
      'stroke-dasharray': dash.length > 0 ? dash.map((mm) => numeral(mm * unit)).join(' ') : undefined,
    })
  const isMicro = (grid: MapGrid): boolean => grid.kind === 'microgrid'
  const large = grids.filter((grid) => !isMicro(grid)).map((grid) => grid.geometry)
  const small = grids.filter(isMicro).map((grid) => grid.geometry)
  const villages = ground.villages.map((one) => one.geometry)
  const dashDot = [3, 1, 0.6, 1]
  return element(
    'g',
    { fill: 'none', 'stroke-linejoin': 'round', 'data-layer': 'boundaries' },
    [
      line(small, [outline, ...large], colors.grid, 0.22, [1.2, 0.8]),
      line(villages, [outline], colors.border, 0.4, dashDot),
      line(large, [outline], colors.grid, 0.4, []),
      outlineStyle === 'village'
        ? line([outline], [], '#FFFFFF', 1.5, []) + line([outline], [], colors.border, 0.7, dashDot)
        : line([outline], [], accent, 0.9, []),
    ].join(''),
  )
}
