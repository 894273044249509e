/**
 * Where each record lies: the hexagon or grid it counts in. Made once for records and ground, used by every filter of them.
 *
 * Hexagons of an analysis are those whose centre lies in the study area, with incidents or without (leaving out the zeros would
 * change every z), and those that hold a counted incident, so that none is lost along the edge.
 */
import Flatbush from 'flatbush'
import { areaSquareMetres } from '../geometry/area-square-metres.ts'
import { labelPoint } from '../geometry/label-point.ts'
import { membershipOf } from '../hexagons/area-membership.ts'
import type { Positioned } from '../hexagons/hazard-density.ts'
import { diskSize, hexagonAreaSquareKm, hexagonCentre, pointToHexagon } from '../hexagons/hexagon.ts'
import { hexagonsCovering, hullOf } from '../hexagons/study-area.ts'
import type { AreaGeometry } from '../values.ts'
import type { RecordTable } from './records.ts'
import type { AnalysisGrid, Unit } from './values.ts'

/** Pairs of neighbours one question may ask for: some ten seconds' work. */
const mostPairs = 20_000_000
const usualRings = 5

export interface Ground {
  readonly unit: Unit
  readonly resolution: number
  /** Rings that will be asked for at most, which bound the hexagons; 5 when absent, as the service lets. */
  readonly rings?: number
  /** Where an incident could have been reported; null: the hull of those that were. */
  readonly studyArea: AreaGeometry | null
  /** In force, without grids inside grids; looked at where the unit is the grid. */
  readonly grids: readonly AnalysisGrid[]
  /** Null: no rates. */
  readonly households: readonly Positioned[] | null
}

/** A record without a position, outside the study area, and in the area but in no grid. */
export const placeless = { noPosition: -1, outside: -2, inNoUnit: -3 } as const

export interface PlacedRecords {
  readonly unit: Unit
  readonly resolution: number
  readonly studyArea: 'given' | 'hull'
  readonly outline: AreaGeometry | null
  /** Ascending by id. */
  readonly cells: readonly string[]
  readonly names: readonly (string | null)[]
  readonly geometries: readonly AreaGeometry[] | null
  /** 1: part of every analysis; 0: only where it holds a counted incident. */
  readonly always: Uint8Array
  readonly areaSquareKm: Float64Array
  readonly centreLongitude: Float64Array
  readonly centreLatitude: Float64Array
  /** Households of each cell; null without household data. */
  readonly households: Float64Array | null
  readonly householdTally: { readonly total: number; readonly noPosition: number } | null
  /** For each record its cell, or one of {@link placeless}. */
  readonly cellOf: Int32Array
}

/**
 * @param counted rows that the hull is made of where there is no study area; all of them when absent
 * @throws StudyAreaTooLarge
 */
export function placeRecords(table: RecordTable, ground: Ground, counted?: Uint32Array): PlacedRecords {
  return ground.unit === 'grid' ? placeInGrids(table, ground) : placeInHexagons(table, ground, counted)
}

function placeInHexagons(table: RecordTable, ground: Ground, counted?: Uint32Array): PlacedRecords {
  const { resolution } = ground
  const isInArea = ground.studyArea === null ? () => true : membershipOf(ground.studyArea)
  const indexOf = new Map<string, number>()
  const found: string[] = []
  const cellOf = new Int32Array(table.size)
  for (let row = 0; row < table.size; row++) {
    const [longitude, latitude] = [table.longitude[row]!, table.latitude[row]!]
    if (Number.isNaN(longitude)) cellOf[row] = placeless.noPosition
    else if (!isInArea(longitude, latitude)) cellOf[row] = placeless.outside
    else {
      const hexagon = pointToHexagon(longitude, latitude, resolution)
      let index = indexOf.get(hexagon)
      if (index === undefined) {
        index = found.push(hexagon) - 1
        indexOf.set(hexagon, index)
      }
      cellOf[row] = index
    }
  }
  const outline = ground.studyArea ?? hullOf(cellsOf(counted, cellOf, found))
  const covered =
    outline === null
      ? []
      : hexagonsCovering(outline, resolution, Math.floor(mostPairs / diskSize(ground.rings ?? usualRings)))
  const inArea = new Set(covered)
  const cells = [...new Set([...covered, ...found])].sort()
  const rank = new Map(cells.map((hexagon, i) => [hexagon, i]))
  const moved = Int32Array.from(found, (hexagon) => rank.get(hexagon)!)
  for (let row = 0; row < cellOf.length; row++) if (cellOf[row]! >= 0) cellOf[row] = moved[cellOf[row]!]!
  const centres = cells.map(hexagonCentre)
  const households =
    ground.households &&
    countPoints(ground.households, cells.length, (longitude, latitude) =>
      isInArea(longitude, latitude) ? rank.get(pointToHexagon(longitude, latitude, resolution)) : undefined,
    )
  return {
    unit: 'hexagon',
    resolution,
    studyArea: ground.studyArea === null ? 'hull' : 'given',
    outline,
    cells,
    names: cells.map(() => null),
    geometries: null,
    always: Uint8Array.from(cells, (hexagon) => (inArea.has(hexagon) ? 1 : 0)),
    areaSquareKm: Float64Array.from(cells, hexagonAreaSquareKm),
    centreLongitude: Float64Array.from(centres, ([longitude]) => longitude),
    centreLatitude: Float64Array.from(centres, ([, latitude]) => latitude),
    households: households && households.counts,
    householdTally: households && households.tally,
    cellOf,
  }
}

function* cellsOf(
  rows: Uint32Array | undefined,
  cellOf: Int32Array,
  found: readonly string[],
): Generator<string> {
  if (rows === undefined) yield* found
  else {
    const seen = new Set<number>()
    for (const row of rows) if (cellOf[row]! >= 0) seen.add(cellOf[row]!)
    for (const cell of seen) yield found[cell]!
  }
}

function placeInGrids(table: RecordTable, ground: Ground): PlacedRecords {
  const grids = ground.grids.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const find = gridFinder(grids)
  const isInArea = ground.studyArea === null ? () => true : membershipOf(ground.studyArea)
  const cellOf = new Int32Array(table.size)
  for (let row = 0; row < table.size; row++) {
    const [longitude, latitude] = [table.longitude[row]!, table.latitude[row]!]
    if (Number.isNaN(longitude)) cellOf[row] = placeless.noPosition
    else {
      const grid = find(longitude, latitude)
      cellOf[row] = grid ?? (isInArea(longitude, latitude) ? placeless.inNoUnit : placeless.outside)
    }
  }
  const households = ground.households && countPoints(ground.households, grids.length, find)
  const centres = grids.map((grid) => labelPoint(grid.geometry))
  return {
    unit: 'grid',
    resolution: ground.resolution,
    studyArea: 'given',
    outline: ground.studyArea,
    cells: grids.map((grid) => grid.code),
    names: grids.map((grid) => grid.name),
    geometries: grids.map((grid) => grid.geometry),
    always: new Uint8Array(grids.length).fill(1),
    areaSquareKm: Float64Array.from(grids, (grid) => areaSquareMetres(grid.geometry) / 1e6),
    centreLongitude: Float64Array.from(centres, ([longitude]) => longitude),
    centreLatitude: Float64Array.from(centres, ([, latitude]) => latitude),
    households: households && households.counts,
    householdTally: households && households.tally,
    cellOf,
  }
}

/** The grid a point lies in; on a common edge that with the lower code. */
function gridFinder(
  grids: readonly AnalysisGrid[],
): (longitude: number, latitude: number) => number | undefined {
  if (grids.length === 0) return () => undefined
  const boxes = new Flatbush(grids.length)
  for (const { geometry } of grids) {
    const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number]
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    for (const [x, y] of polygons.flatMap((rings) => rings[0] ?? []) as [number, number][]) {
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    }
    boxes.add(...box)
  }
  boxes.finish()
  const contains = grids.map((grid) => membershipOf(grid.geometry))
  return (longitude, latitude) =>
    boxes
      .search(longitude, latitude, longitude, latitude)
      .sort((a, b) => a - b)
      .find((i) => contains[i]!(longitude, latitude))
}

function countPoints(
  points: readonly Positioned[],
  size: number,
  cellAt: (longitude: number, latitude: number) => number | undefined,
): { counts: Float64Array; tally: { total: number; noPosition: number } } {
  const counts = new Float64Array(size)
  let noPosition = 0
  for (const { longitude, latitude } of points) {
    if (longitude === null || latitude === null) noPosition++
    else {
      const cell = cellAt(longitude, latitude)
      if (cell !== undefined) counts[cell]!++
    }
  }
  return { counts, tally: { total: points.length, noPosition } }
}
