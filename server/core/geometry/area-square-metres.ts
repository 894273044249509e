import type { Position } from 'geojson'
import type { AreaGeometry } from '../values.ts'
import { ECCENTRICITY_SQUARED, EQUATORIAL_RADIUS_METRES, RADIANS_PER_DEGREE } from './ellipsoid.ts'

const E = Math.sqrt(ECCENTRICITY_SQUARED)
const POLAR_RADIUS_SQUARED = EQUATORIAL_RADIUS_METRES * EQUATORIAL_RADIUS_METRES * (1 - ECCENTRICITY_SQUARED)

/**
 * Area in square metres on WGS 84, its edges straight in longitude and latitude as RFC 7946 §3.1.1 defines them (so a
 * vertex added on an edge changes nothing, and parts add up). Rings may be oriented either way; holes count as holes.
 */
export function areaSquareMetres(geometry: AreaGeometry): number {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  let total = 0
  for (const rings of polygons) {
    for (const [i, ring] of rings.entries()) {
      const area = Math.abs(signedRingAreaSquareMetres(ring))
      total += i === 0 ? area : -area
    }
  }
  return total
}

/** Signed area of one ring, closed or not, in square metres: positive when counterclockwise. */
export const signedRingAreaSquareMetres = (ring: readonly Position[]): number =>
  signedAreaOfVertices(
    ring.map((p) => p[0]!),
    ring.map((p) => p[1]!),
    0,
    ring.length,
  )

/** The same for the vertices from `start` to before `end` of flat arrays of longitudes and latitudes. */
export function signedAreaOfVertices(
  longitudes: ArrayLike<number>,
  latitudes: ArrayLike<number>,
  start: number,
  end: number,
): number {
  if (end <= start) return 0
  const zone = equalAreaZone(latitudes[start]!)
  let sum = 0
  let longitude1 = longitudes[end - 1]!
  let latitude1 = latitudes[end - 1]!
  let height1 = zone(latitude1)
  for (let i = start; i < end; i++) {
    const longitude2 = longitudes[i]!
    const latitude2 = latitudes[i]!
    const height2 = zone(latitude2)
    // Simpson along the edge; the height is as good as cubic in latitude over one.
    if (longitude1 !== longitude2)
      sum += (longitude1 - longitude2) * ((height1 + 4 * zone((latitude1 + latitude2) / 2) + height2) / 6)
    longitude1 = longitude2
    latitude1 = latitude2
    height1 = height2
  }
  return sum * RADIANS_PER_DEGREE
}

/**
 * Latitude → area in m² of the zone between `from` and it, per radian of longitude: Lambert's cylindrical equal-area
 * (authalic) height, q · a²/2 (Snyder, Map Projections: A Working Manual, eq. 3-12), written as a difference so that
 * a sliver's area keeps its digits.
 */
export function equalAreaZone(from: number): (latitude: number) => number {
  const sine0 = Math.sin(from * RADIANS_PER_DEGREE)
  const w0 = 1 - ECCENTRICITY_SQUARED * sine0 * sine0
  return (latitude) => {
    const sine = Math.sin(latitude * RADIANS_PER_DEGREE)
    const step =
      2 *
      Math.cos(((latitude + from) / 2) * RADIANS_PER_DEGREE) *
      Math.sin(((latitude - from) / 2) * RADIANS_PER_DEGREE)
    const w = 1 - ECCENTRICITY_SQUARED * sine * sine
    const ratio = (step * (1 + ECCENTRICITY_SQUARED * sine * sine0)) / (w * w0)
    const logarithm = Math.atanh((E * step) / (1 - ECCENTRICITY_SQUARED * sine * sine0)) / E
    return (POLAR_RADIUS_SQUARED / 2) * (ratio + logarithm)
  }
}
