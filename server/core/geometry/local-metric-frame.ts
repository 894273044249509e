import { ECCENTRICITY_SQUARED, EQUATORIAL_RADIUS_METRES, RADIANS_PER_DEGREE } from './ellipsoid.ts'

/**
 * A flat frame in metres around an origin: x east, y north. Straight lines in longitude and latitude stay straight.
 * Scale is exact at the origin's latitude; y away from it, east–west lengths are off by about y · tan(latitude) / 6,371 km
 * (at 40°: 0.013 % at 1 km, 0.13 % at 10 km). For widths, offsets and shapes of local things; lengths of paths and areas
 * have exact functions of their own.
 */
export interface LocalMetricFrame {
  readonly longitude: number
  readonly latitude: number
  readonly metresPerDegreeLongitude: number
  readonly metresPerDegreeLatitude: number
}

/** The frame around a point on WGS 84. */
export function localMetricFrame(longitude: number, latitude: number): LocalMetricFrame {
  const sine = Math.sin(latitude * RADIANS_PER_DEGREE)
  const w2 = 1 - ECCENTRICITY_SQUARED * sine * sine
  const normalRadius = EQUATORIAL_RADIUS_METRES / Math.sqrt(w2)
  const parallelRadius = normalRadius * Math.cos(latitude * RADIANS_PER_DEGREE)
  const meridianRadius = (normalRadius * (1 - ECCENTRICITY_SQUARED)) / w2
  return {
    longitude,
    latitude,
    metresPerDegreeLongitude: parallelRadius * RADIANS_PER_DEGREE,
    metresPerDegreeLatitude: meridianRadius * RADIANS_PER_DEGREE,
  }
}

/** Metres east of the frame's origin. */
export const eastMetres = (frame: LocalMetricFrame, longitude: number): number =>
  (longitude - frame.longitude) * frame.metresPerDegreeLongitude

/** Metres north of the frame's origin. */
export const northMetres = (frame: LocalMetricFrame, latitude: number): number =>
  (latitude - frame.latitude) * frame.metresPerDegreeLatitude

/** Longitude in degrees of a point `metres` east of the frame's origin. */
export const longitudeAt = (frame: LocalMetricFrame, metres: number): number =>
  frame.longitude + metres / frame.metresPerDegreeLongitude

/** Latitude in degrees of a point `metres` north of the frame's origin. */
export const latitudeAt = (frame: LocalMetricFrame, metres: number): number =>
  frame.latitude + metres / frame.metresPerDegreeLatitude
