/** OGC API – Features 1.0, Part 2: Coordinate Reference Systems by Reference (OGC 18-058r1). */

export interface OfferedSystem {
  readonly uri: string
  /** By the EPSG registry; CRS84 is 4326 with its axes turned. */
  readonly code: number
  /** Latitude or northing is its first axis, as the registry has it; coordinates stand in this order on the wire. */
  readonly northFirst: boolean
  /** Its coordinates are degrees. */
  readonly geographic: boolean
}

export const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
export const crsConformance = ['http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs']

const epsg = (code: number, northFirst: boolean, geographic: boolean): OfferedSystem => ({
  uri: `http://www.opengis.net/def/crs/EPSG/0/${code}`,
  code,
  northFirst,
  geographic,
})

/**
 * CRS84, WGS 84, CGCS2000, Web Mercator; CGCS2000 by Gauss–Krüger: 4491–4501 in zones of six degrees, 4502–4512 the same without the
 * zone's number, 4513–4533 and 4534–4554 in zones of three.
 */
export const offeredSystems: readonly OfferedSystem[] = [
  { uri: crs84, code: 4326, northFirst: false, geographic: true },
  epsg(4326, true, true),
  epsg(4490, true, true),
  epsg(3857, false, false),
  ...Array.from({ length: 4554 - 4491 + 1 }, (_, i) => epsg(4491 + i, true, false)),
]

export const offeredCrs: readonly string[] = offeredSystems.map(({ uri }) => uri)
