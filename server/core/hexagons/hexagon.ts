/**
 * H3 in the product's words: longitude first, GeoJSON, square kilometres. A hexagon is its H3 index as text
 * (`8930e1d8c0fffff`). (Twelve of each resolution are pentagons, all out at sea.)
 */

import type { Polygon } from 'geojson'
import { cellArea, cellToBoundary, cellToLatLng, getResolution, gridDisk, latLngToCell } from 'h3-js'
import type { LngLat } from '../values.ts'

/** The hexagon a point lies in. @throws for a resolution outside 0–15 or a coordinate that is no number. */
export const pointToHexagon = (longitude: number, latitude: number, resolution: number): string =>
  latLngToCell(latitude, longitude, resolution)

export const resolutionOf = (hexagon: string): number => getResolution(hexagon)

export function hexagonCentre(hexagon: string): LngLat {
  const [latitude, longitude] = cellToLatLng(hexagon)
  return [longitude, latitude]
}

/** The outline as GeoJSON: closed, counterclockwise, longitude first. */
export const hexagonBoundary = (hexagon: string): Polygon => ({
  type: 'Polygon',
  coordinates: [cellToBoundary(hexagon, true)],
})

/**
 * The area of this very hexagon in km²; hexagons of one resolution are not equally large (at 9: 0.0751 in Beijing,
 * 0.1029 in Shenzhen), so a density must never be taken from the resolution's average.
 *
 * As H3 measures it, on the sphere with the earth's surface; on the ellipsoid the same outline is 0.11 % larger at 40° N
 * and 0.26 % smaller at 22° N. Kept, so that anybody's H3 gives the same density.
 */
export const hexagonAreaSquareKm = (hexagon: string): number => cellArea(hexagon, 'km2')

/** Edge of the regular hexagon of its area, in metres: A = 3√3/2 · a². Hexagons of H3 are regular within some per cent. */
export const hexagonEdgeMetres = (hexagon: string): number =>
  Math.sqrt((2 * hexagonAreaSquareKm(hexagon) * 1e6) / (3 * Math.sqrt(3)))

/** How many hexagons lie at most `rings` steps from one, itself included. */
export const diskSize = (rings: number): number => 1 + 3 * rings * (rings + 1)

/** The hexagons at most `rings` steps away, itself included. */
export const hexagonsWithin = (hexagon: string, rings: number): string[] => gridDisk(hexagon, rings)
