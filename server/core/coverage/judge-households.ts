import { bbox } from '@turf/bbox'
import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon'
import Flatbush from 'flatbush'
import type { MultiPolygon, Polygon } from 'geojson'
import type { HouseholdPoint } from '../values.ts'
import type { Location } from './locate.ts'

/** Where each household belongs. */
export interface Placement {
  /** Grids that have each household, ascending: none, one or several. */
  readonly grids: readonly (readonly number[])[]
  /** Households of each grid that are in no other. */
  readonly perGrid: Int32Array
}

/**
 * Finds the grids of every household. A household exactly on a common edge belongs to the grid that sorts first by code; so does
 * one within an unmatched edge, where two neighbours draw one line twice.
 * @param area the owner that is the area and never counts, or -1
 * @param seams ground narrower than the tolerance, with the grids along it
 */
export function placeHouseholds(
  households: readonly HouseholdPoint[],
  grids: number,
  locate: (longitude: number, latitude: number) => Location,
  area: number,
  seams: readonly { readonly owners: readonly number[]; readonly ground: MultiPolygon }[],
): Placement {
  const seamAt = groundIndex(seams.map(({ ground }) => ground))
  const perGrid = new Int32Array(grids)
  const placed = households.map(({ longitude, latitude }) => {
    const { inside, on } = locate(longitude, latitude)
    const covering = inside.filter((owner) => owner !== area)
    const touching = on.filter((owner) => owner !== area)
    let own = covering.length > 0 ? covering : touching.slice(0, 1)
    if (own.length !== 1) {
      const [seam] = seamAt(longitude, latitude)
      if (seam !== undefined)
        own = [...new Set([...own, ...seams[seam]!.owners])].toSorted((a, b) => a - b).slice(0, 1)
    }
    if (own.length === 1) perGrid[own[0]!]!++
    return own
  })
  return { grids: placed, perGrid }
}

/** A function that lists which of the grounds hold a point, edges included, ascending. */
export function groundIndex(
  grounds: readonly MultiPolygon[],
): (longitude: number, latitude: number) => number[] {
  const polygons = grounds.flatMap((ground, owner) =>
    ground.coordinates.map((coordinates) => ({
      owner,
      polygon: { type: 'Polygon', coordinates } satisfies Polygon,
    })),
  )
  if (polygons.length === 0) return () => []
  const index = new Flatbush(polygons.length)
  for (const { polygon } of polygons) {
    const [west, south, east, north] = bbox(polygon)
    index.add(west, south, east, north)
  }
  index.finish()
  return (x, y) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return []
    const owners = index
      .search(x, y, x, y)
      .map((i) => polygons[i]!)
      .filter(({ polygon }) => booleanPointInPolygon([x, y], polygon))
      .map(({ owner }) => owner)
    return [...new Set(owners)].toSorted((a, b) => a - b)
  }
}
