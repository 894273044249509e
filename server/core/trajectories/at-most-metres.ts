/** No degree on WGS 84 is longer: of latitude, at the poles; of longitude, at the equator. */
const longestDegreeMetres = 111_700

/**
 * A bound no distance between the two points exceeds, without trigonometry: most questions of a walk ("nearer than
 * 100 m?", "slower than 15 m/s?") are answered by it. Metres; degrees, not across the antimeridian.
 */
export const atMostMetres = (
  longitude1: number,
  latitude1: number,
  longitude2: number,
  latitude2: number,
): number => (Math.abs(longitude2 - longitude1) + Math.abs(latitude2 - latitude1)) * longestDegreeMetres
