/** WGS 84, the one ellipsoid of the product (CGCS2000 differs from it by 0.1 mm at the pole). */

/** Equatorial radius in metres. */
export const EQUATORIAL_RADIUS_METRES = 6_378_137

const FLATTENING = 1 / 298.257223563

/** First eccentricity squared, e². */
export const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)

/** Second eccentricity squared, e'² = e² / (1 − e²). */
export const SECOND_ECCENTRICITY_SQUARED = ECCENTRICITY_SQUARED / (1 - ECCENTRICITY_SQUARED)

export const RADIANS_PER_DEGREE = Math.PI / 180
