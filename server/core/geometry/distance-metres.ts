import geographiclib from 'geographiclib-geodesic'
import {
  ECCENTRICITY_SQUARED,
  EQUATORIAL_RADIUS_METRES,
  RADIANS_PER_DEGREE,
  SECOND_ECCENTRICITY_SQUARED,
} from './ellipsoid.ts'

const { Geodesic } = geographiclib

/** Up to here, about 30 km, Gauss's formula stands within 0.01 mm of the exact geodesic below 80° of latitude. */
const NEAR_DEGREES = 0.3
const HIGH_LATITUDE_DEGREES = 80

/**
 * Length in metres of the geodesic between two points on WGS 84. Numbers in, number out, no allocation for near points.
 *
 * Near points: Gauss's mid-latitude formulae with their second-order terms (Torge & Müller, Geodesy, 4th ed., §6.3.3).
 * Others: Karney's exact solution (geographiclib), some fifty times slower.
 * Not a number when a coordinate is not a number. The antimeridian is crossed the short way.
 */
export function distanceMetres(
  longitude1: number,
  latitude1: number,
  longitude2: number,
  latitude2: number,
): number {
  const longitudeStep = longitude2 - longitude1
  const latitudeStep = latitude2 - latitude1
  const middle = (latitude1 + latitude2) / 2
  if (
    Math.abs(longitudeStep) <= NEAR_DEGREES &&
    Math.abs(latitudeStep) <= NEAR_DEGREES &&
    Math.abs(middle) <= HIGH_LATITUDE_DEGREES
  ) {
    return gaussMidLatitudeMetres(
      longitudeStep * RADIANS_PER_DEGREE,
      latitudeStep * RADIANS_PER_DEGREE,
      middle * RADIANS_PER_DEGREE,
    )
  }
  return Geodesic.WGS84.Inverse(latitude1, longitude1, latitude2, longitude2).s12 ?? Number.NaN
}

function gaussMidLatitudeMetres(longitudeStep: number, latitudeStep: number, middle: number): number {
  const sine = Math.sin(middle)
  const cosine = Math.cos(middle)
  const w2 = 1 - ECCENTRICITY_SQUARED * sine * sine
  const normalRadius = EQUATORIAL_RADIUS_METRES / Math.sqrt(w2)
  const meridianRadius = (normalRadius * (1 - ECCENTRICITY_SQUARED)) / w2
  const eta2 = SECOND_ECCENTRICITY_SQUARED * cosine * cosine
  const eta2Tangent2 = SECOND_ECCENTRICITY_SQUARED * sine * sine
  const v4 = (1 + eta2) * (1 + eta2)
  const longitude2 = longitudeStep * longitudeStep
  const latitude2 = latitudeStep * latitudeStep
  const east =
    normalRadius *
    cosine *
    longitudeStep *
    (1 - (longitude2 * sine * sine) / 24 + ((1 + eta2 - 9 * eta2Tangent2) * latitude2) / (24 * v4))
  // cos(Δλ/2), written as its series: the next term is Δλ⁴/384 < 2e-12 here.
  const north =
    meridianRadius *
    latitudeStep *
    (1 - longitude2 / 8) *
    (1 +
      ((1 - 2 * eta2) * longitude2 * cosine * cosine) / 24 +
      ((eta2 - eta2Tangent2) * latitude2) / (8 * v4))
  return Math.sqrt(east * east + north * north)
}
