/** Between the plane of the drawing and WGS 84: an equirectangular frame on the ellipsoid at the township's origin. */
import geographiclib from 'geographiclib-geodesic'
import type { Line, Point } from './plane.ts'

export const origin = { longitude: 119.618, latitude: 29.934 }

const semiMajorMetres = 6378137
const eccentricitySquared = 0.0066943799901413165
const sine = Math.sin((origin.latitude * Math.PI) / 180)
const root = 1 - eccentricitySquared * sine * sine
const metresPerLatitude = ((semiMajorMetres * (1 - eccentricitySquared)) / root ** 1.5) * (Math.PI / 180)
const metresPerLongitude =
  (semiMajorMetres / Math.sqrt(root)) * Math.cos((origin.latitude * Math.PI) / 180) * (Math.PI / 180)

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals))

/** [longitude, latitude]; 7 decimals are 1 cm, enough for outlines. */
export const toDegrees = (p: Point, decimals = 7): [number, number] => [
  rounded(origin.longitude + p[0] / metresPerLongitude, decimals),
  rounded(origin.latitude + p[1] / metresPerLatitude, decimals),
]

/** A ring as GeoJSON has it: its first position repeated at the end. */
export function closedRing(ring: Line): [number, number][] {
  const degrees = ring.map((p) => toDegrees(p))
  return [...degrees, degrees[0]!]
}

/** Area on the ellipsoid of a closed ring in degrees (Karney 2013), m². */
export function ringAreaSquareMetres(ring: readonly (readonly number[])[]): number {
  const polygon = geographiclib.Geodesic.WGS84.Polygon(false)
  for (const [longitude, latitude] of ring.slice(0, -1)) polygon.AddPoint(latitude!, longitude!)
  return Math.abs(polygon.Compute(false, true).area ?? 0)
}
