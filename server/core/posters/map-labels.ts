/** Every name that a map wants to carry, by importance, with the spots where it may stand. */
import { bboxClip } from '@turf/turf'
import type { AreaGeometry } from '../values.ts'
import { areaSpots, contains } from './area-spots.ts'
import type { GroundInput } from './draw-ground.ts'
import { groupBy } from './group-by.ts'
import type { LabelSpot, Point } from './label-block.ts'
import { lineSpots } from './line-spots.ts'
import type { LeftOut } from './map-input.ts'
import { streetLines } from './map-lines.ts'
import { ground as colors, ink, type MapSymbol, symbolOf } from './map-style.ts'
import { type MapView, ringsOnSheet } from './map-view.ts'
import type { LabelRequest } from './place-labels.ts'
import { pointSpots } from './point-spots.ts'

export interface MapLabel extends LabelRequest<LabelSpot> {
  readonly lines: readonly string[]
  readonly fill: string
  readonly isBold: boolean
  /** What it counts as when it finds no room; null: what lies outside the outline is not missed. */
  readonly kind: keyof LeftOut | null
}

/** A place that is shown by its symbol. */
export interface ShownPlace {
  readonly id: string
  readonly name: string
  readonly symbol: MapSymbol
  readonly x: number
  readonly y: number
}

/** Radius of a place's disc on A3. */
export const SYMBOL_RADIUS = 1.7

type Sheet = readonly (readonly (readonly Point[])[])[]

/** Places of the outline that have a symbol, the important ones first. */
export function placesOnSheet({ view, ground }: GroundInput, subject: Sheet): ShownPlace[] {
  return ground.places
    .flatMap(({ id, kind, name, position }) => {
      const symbol = symbolOf(kind)
      const [x, y] = view.project(...position)
      return symbol && subject.some((rings) => contains(rings, x, y)) ? [{ id, name, symbol, x, y }] : []
    })
    .toSorted((p, q) => p.symbol.rank - q.symbol.rank || (p.id < q.id ? -1 : 1))
}

/** All labels but those of symbols that were not drawn. */
export function labelsOf(input: GroundInput, subject: Sheet, places: readonly ShownPlace[]): MapLabel[] {
  const { unit } = input
  return [
    ...gridLabels(input),
    ...places.map(
      ({ id, name, symbol, x, y }): MapLabel => ({
        id: `place ${id}`,
        priority: symbol.rank === 0 ? 1 : 3 + symbol.rank,
        lines: [name],
        fill: symbol.color,
        isBold: symbol.rank === 0,
        kind: 'places',
        spots: pointSpots(x, y, SYMBOL_RADIUS * unit, [name], 2.4 * unit),
      }),
    ),
    ...streetLabels(input, subject),
    ...waterLabels(input),
    ...naturalVillageLabels(input, subject),
    ...neighbourLabels(input),
  ]
}

function gridLabels({ view, unit, grids }: GroundInput): MapLabel[] {
  return grids.map((grid) => {
    const isMain = grid.tint !== null && grid.kind !== 'microgrid'
    const size = (isMain ? 4.4 : 2.6) * unit
    const seen = isMain ? grid.geometry : clipped(grid.geometry, view)
    return {
      id: `grid ${grid.code}`,
      priority: isMain ? 0 : 6,
      lines: grid.lines,
      fill: isMain ? ink : colors.quiet,
      isBold: isMain,
      kind: isMain ? 'grids' : null,
      spots: areaSpots(ringsOnSheet(seen, view.project), grid.lines, {
        sizes: isMain ? [size, size * 0.85, size * 0.72] : [size],
        leaderMm: isMain ? 80 * unit : 0,
      }),
    }
  })
}

/** How far from the outline streets are still named: around a single grid people look for their way, around a village not. */
const STREET_REACH = { village: 3, grid: 30 } as const

/** A name once, on the longest of its lines, rather inside the outline than beside it. */
function streetLabels({ view, unit, ground, outlineStyle }: GroundInput, subject: Sheet): MapLabel[] {
  const named = ground.roads.filter((road) => road.name !== null && road.name !== '')
  const reach = STREET_REACH[outlineStyle] * unit
  return [...groupBy(named, (road) => road.name!)].flatMap(([name, roads]): MapLabel[] => {
    const lines = streetLines(roads.flatMap((road) => road.path.coordinates))
    const onSheet = bboxClip({ type: 'MultiLineString', coordinates: lines }, [...view.bounds])
    const paths = linesOf(onSheet.geometry).map((line) => line.map((p) => view.project(p[0]!, p[1]!)))
    const spots = [...lineSpots(paths, name, 2.4 * unit)]
    const own = spots.filter((spot) => isNear(spot, subject, 0))
    const beside = spots.filter((spot) => !own.includes(spot) && isNear(spot, subject, reach))
    if (own.length + beside.length === 0) return []
    return [
      {
        id: `street ${name}`,
        priority: own.length > 0 ? 2 : 7,
        lines: [name],
        fill: colors.street,
        isBold: false,
        kind: own.length > 0 ? 'streets' : null,
        spots: [...own, ...beside],
      },
    ]
  })
}

/** Whether the middle of a spot lies in the outline, or one of eight points around it does. */
const isNear = ({ x, y }: LabelSpot, subject: Sheet, reach: number): boolean =>
  (reach === 0 ? [0] : [0, 1, 2, 3, 4, 5, 6, 7]).some((i) => {
    const [dx, dy] = [reach * Math.cos((i * Math.PI) / 4), reach * Math.sin((i * Math.PI) / 4)]
    return subject.some((rings) => contains(rings, x + dx, y + dy))
  })

function linesOf(geometry: GeoJSON.Geometry): GeoJSON.Position[][] {
  if (geometry.type === 'LineString') return geometry.coordinates.length > 1 ? [geometry.coordinates] : []
  return geometry.type === 'MultiLineString' ? geometry.coordinates.filter((line) => line.length > 1) : []
}

/** Rivers are named where they are wide; once a name. */
function waterLabels({ view, unit, ground }: GroundInput): MapLabel[] {
  const named = ground.land.filter((one) => one.kind === 'water' && one.name !== null && one.name !== '')
  return [...groupBy(named, (one) => one.name!)].map(([name, bodies]) => ({
    id: `water ${name}`,
    priority: 4,
    lines: [name],
    fill: colors.waterText,
    isBold: false,
    kind: null,
    spots: areaSpots(
      bodies.flatMap((one) => ringsOnSheet(clipped(one.geometry, view), view.project)),
      [name],
      { sizes: [3.2 * unit, 2.6 * unit, 2.2 * unit], leaderMm: 0 },
    ),
  }))
}

function naturalVillageLabels({ view, unit, ground }: GroundInput, subject: Sheet): MapLabel[] {
  return ground.naturalVillages.flatMap(({ id, name, geometry }) => {
    const polygons = ringsOnSheet(clipped(geometry, view), view.project)
    const spots = areaSpots(polygons, [name], { sizes: [3 * unit, 2.5 * unit], leaderMm: 12 * unit })
    const isOwn = polygons.some((rings) =>
      rings[0]?.some(([x, y]) => subject.some((of) => contains(of, x, y))),
    )
    if (!isOwn) return []
    return [
      {
        id: `natural village ${id}`,
        priority: 3,
        lines: [name],
        fill: colors.border,
        isBold: false,
        kind: 'villages' as const,
        spots,
      },
    ]
  })
}

function neighbourLabels({ view, unit, ground }: GroundInput): MapLabel[] {
  return ground.villages.map(({ code, name, geometry }) => ({
    id: `village ${code}`,
    priority: 5,
    lines: [name],
    fill: colors.quiet,
    isBold: true,
    kind: null,
    spots: areaSpots(ringsOnSheet(clipped(geometry, view), view.project), [name], {
      sizes: [4.2 * unit, 3.4 * unit, 2.8 * unit],
      leaderMm: 0,
    }),
  }))
}

/** What of an area the frame shows. */
function clipped(geometry: AreaGeometry, { bounds }: MapView): AreaGeometry {
  return bboxClip(geometry, [...bounds]).geometry as AreaGeometry
}
