/** Coordinate systems a file may declare, and the way from each to WGS 84. */
import gcoord from 'gcoord'
import proj4 from 'proj4'
import type { Message, Place } from '../core/values.ts'
import { FileRefused, flaw } from './flaw-codes.ts'

export interface CoordinateSystem {
  readonly name: string
  /** Longitude and latitude in degrees, so a range can be checked before converting. */
  readonly geographic: boolean
  /** Absent: the coordinates are WGS 84 already. Longitude (easting) first in and out. */
  readonly toWgs84?: (x: number, y: number) => [number, number]
  /** The way back, of a system given by code or definition. */
  readonly fromWgs84?: (longitude: number, latitude: number) => [number, number]
}

export const wgs84: CoordinateSystem = { name: 'EPSG:4326', geographic: true }

/** What an error message offers. */
export const knownSystems =
  'EPSG:4326, 4490, 3857, 4491–4554 (CGCS2000 Gauss–Krüger), 326xx, 327xx, 26901–26923, 2232, 26971; GCJ-02, BD-09; +proj=…'

/**
 * CGCS2000 stands within centimetres of WGS 84, NAD 83 within 1–2 m (no public fixed shift): as in PROJ, no shift.
 * Parameters from the EPSG registry.
 */
function definitionOf(code: number): string | undefined {
  const gaussKruger = (meridian: number, falseEasting: number): string =>
    `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`
  const within = (from: number, to: number): boolean => code >= from && code <= to
  if (code === 4326 || code === 4490 || code === 4269 || code === 4258) return '+proj=longlat +datum=WGS84'
  if (code === 3857 || code === 900913 || code === 102100)
    return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs'
  // 6-degree zones 13–23, then the same by central meridian without the zone number before the easting.
  if (within(4491, 4501)) return gaussKruger((code - 4491) * 6 + 75, (code - 4491 + 13) * 1e6 + 500_000)
  if (within(4502, 4512)) return gaussKruger((code - 4502) * 6 + 75, 500_000)
  // 3-degree zones 25–45, likewise.
  if (within(4513, 4533)) return gaussKruger((code - 4513) * 3 + 75, (code - 4513 + 25) * 1e6 + 500_000)
  if (within(4534, 4554)) return gaussKruger((code - 4534) * 3 + 75, 500_000)
  if (within(32601, 32660)) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m +no_defs`
  if (within(32701, 32760)) return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m +no_defs`
  if (within(26901, 26923)) return `+proj=utm +zone=${code - 26900} +datum=NAD83 +units=m +no_defs`
  if (code === 2232)
    return '+proj=lcc +lat_0=37.8333333333333 +lon_0=-105.5 +lat_1=39.75 +lat_2=38.45 +x_0=914401.828803658 +y_0=304800.609601219 +datum=NAD83 +units=us-ft +no_defs'
  if (code === 26971)
    return '+proj=tmerc +lat_0=36.6666666666667 +lon_0=-88.3333333333333 +k=0.999975 +x_0=300000 +y_0=0 +datum=NAD83 +units=m +no_defs'
  return olderDefinitionOf(code)?.definition
}

/** Beijing 1954 and Xi'an 1980: defined, but usable only with a shift the user gives. */
function olderDefinitionOf(code: number): { datum: string; definition: string } | undefined {
  const xian = { datum: "Xi'an 1980 (西安80)", ellipsoid: '+a=6378140 +rf=298.257' }
  const beijing = { datum: 'Beijing 1954 (北京54)', ellipsoid: '+ellps=krass' }
  const build = (
    { datum, ellipsoid }: typeof xian,
    meridian: number,
    falseEasting: number,
  ): { datum: string; definition: string } => ({
    datum,
    definition: `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 ${ellipsoid} +units=m +no_defs`,
  })
  const within = (from: number, to: number): boolean => code >= from && code <= to
  if (code === 4610) return { datum: xian.datum, definition: `+proj=longlat ${xian.ellipsoid} +no_defs` }
  if (code === 4214)
    return { datum: beijing.datum, definition: `+proj=longlat ${beijing.ellipsoid} +no_defs` }
  if (within(2327, 2337)) return build(xian, (code - 2327) * 6 + 75, (code - 2327 + 13) * 1e6 + 500_000)
  if (within(2338, 2348)) return build(xian, (code - 2338) * 6 + 75, 500_000)
  if (within(2349, 2369)) return build(xian, (code - 2349) * 3 + 75, (code - 2349 + 25) * 1e6 + 500_000)
  if (within(2370, 2390)) return build(xian, (code - 2370) * 3 + 75, 500_000)
  if (within(21413, 21423))
    return build(beijing, (code - 21413) * 6 + 75, (code - 21413 + 13) * 1e6 + 500_000)
  if (within(2401, 2421)) return build(beijing, (code - 2401) * 3 + 75, (code - 2401 + 25) * 1e6 + 500_000)
  if (within(2422, 2442)) return build(beijing, (code - 2422) * 3 + 75, 500_000)
  return undefined
}

/**
 * A coordinate system by the name `--crs`, a GeoJSON `crs` member or a .prj gives: `EPSG:4547`, `4547`,
 * `urn:ogc:def:crs:EPSG::4547`, `CRS84`, `GCJ-02`, `BD-09`, `EPSG:2363 +towgs84=…`, `+proj=…`, or WKT.
 * @throws FileRefused with `crs_unknown`, or `crs_datum_shift_unknown` for Beijing 1954 and Xi'an 1980 without a shift
 */
export function coordinateSystem(name: string, place: Place): CoordinateSystem {
  const text = name.trim()
  const plain = text.toUpperCase().replace(/[\s_-]/g, '')
  if (/^(GCJ02|AMAP|火星坐标系?)$/.test(plain)) return chinese('GCJ-02', gcoord.GCJ02)
  if (/^(BD09|BD09LL|BAIDU|百度坐标系?)$/.test(plain)) return chinese('BD-09', gcoord.BD09)
  if (/(^|[:/])(CRS84|WGS84|WGS1984)H?$/.test(plain)) return wgs84
  if (/^CGCS2000$/.test(plain)) return { ...wgs84, name: 'EPSG:4490' }
  const shift = /\s(\+towgs84=[-\d.,e]+)$/i.exec(text)?.[1]
  const code =
    /^(?:(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[\d.]*:)?|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/)?(\d{4,6})(?=$|\s)/i.exec(
      text,
    )?.[1]
  if (code !== undefined) return byCode(Number(code), shift, place, name)
  if (text.startsWith('+proj=')) return projected(text, text, place)
  if (/^(PROJ|GEOG|GEODETIC|BOUND)\w*\[/i.test(text)) return fromWkt(text, place)
  throw new FileRefused(flaw('crs_unknown', place, { known: knownSystems }, name))
}

function byCode(code: number, shift: string | undefined, place: Place, given: string): CoordinateSystem {
  const definition = definitionOf(code)
  if (definition === undefined)
    throw new FileRefused(flaw('crs_unknown', place, { known: knownSystems }, given))
  const older = olderDefinitionOf(code)
  if (older && shift === undefined)
    throw new FileRefused(flaw('crs_datum_shift_unknown', place, { datum: older.datum }, given))
  const name = `EPSG:${code}`
  if (definition === '+proj=longlat +datum=WGS84') return { ...wgs84, name }
  return projected(name, shift === undefined ? definition : `${definition} ${shift}`, place)
}

function fromWkt(wkt: string, place: Place): CoordinateSystem {
  const name = /\[\s*"([^"]*)"/.exec(wkt)?.[1] ?? 'WKT'
  if (!/TOWGS84\[/i.test(wkt)) {
    if (/Xian_?1980|西安/i.test(wkt))
      throw new FileRefused(flaw('crs_datum_shift_unknown', place, { datum: "Xi'an 1980 (西安80)" }, name))
    if (/Beijing_?1954|北京/i.test(wkt))
      throw new FileRefused(flaw('crs_datum_shift_unknown', place, { datum: 'Beijing 1954 (北京54)' }, name))
  }
  if (
    /^GEOG/i.test(wkt) &&
    /WGS_?(19)?84|CGCS_?2000|China_2000|China_Geodetic_Coordinate_System_2000/i.test(wkt)
  )
    return { ...wgs84, name }
  return projected(name, wkt, place)
}

function projected(name: string, definition: string, place: Place): CoordinateSystem {
  try {
    const converter = proj4(definition, '+proj=longlat +datum=WGS84')
    const geographic = /^(\+proj=longlat|GEOG)/i.test(definition)
    return {
      name,
      geographic,
      toWgs84: (x, y) => converter.forward<[number, number]>([x, y]),
      fromWgs84: (longitude, latitude) => converter.inverse<[number, number]>([longitude, latitude]),
    }
  } catch {
    throw new FileRefused(flaw('crs_unknown', place, { known: knownSystems }, name))
  }
}

/** The two obfuscated Chinese systems. gcoord inverts them by iteration to 1e-6 degree (0.1 m). */
function chinese(name: string, from: typeof gcoord.GCJ02 | typeof gcoord.BD09): CoordinateSystem {
  return {
    name,
    geographic: true,
    toWgs84: (x, y) => gcoord.transform<[number, number]>([x, y], from, gcoord.WGS84),
  }
}

/** What projected-looking numbers might be, for the message: Gauss–Krüger as surveyed in China, or Web Mercator. */
export function projectedHint(x: number, y: number): Message {
  const gaussKruger = (easting: number, northing: number): string | undefined => {
    const zone = Math.floor(easting / 1e6)
    if (northing < 0.3e6 || northing > 6.2e6) return undefined
    if (zone >= 25 && zone <= 45) return `EPSG:${4513 + zone - 25}`
    if (zone >= 13 && zone <= 23) return `EPSG:${4491 + zone - 13}`
    return undefined
  }
  // Web Mercator of China runs from 8.1 to 15.1 million, where the eastings of 6-degree zones 13–15 also lie.
  const mayBeMercator = x > 8.1e6 && x < 15.1e6
  const prefixed = gaussKruger(x, y)
  if (prefixed !== undefined && mayBeMercator)
    return {
      zh: `可能是 Web 墨卡托（--crs EPSG:3857），或 CGCS2000 高斯-克吕格投影（--crs ${prefixed}）`,
      en: `It may be Web Mercator (--crs EPSG:3857), or CGCS2000 Gauss–Krüger (--crs ${prefixed})`,
    }
  if (prefixed !== undefined)
    return {
      zh: `东坐标带有带号，可能是 CGCS2000 高斯-克吕格投影：--crs ${prefixed}`,
      en: `The easting begins with a zone number; it may be CGCS2000 Gauss–Krüger: --crs ${prefixed}`,
    }
  const swapped = gaussKruger(y, x)
  if (swapped !== undefined)
    return {
      zh: `可能是 CGCS2000 高斯-克吕格投影 ${swapped}，但 X（北）与 Y（东）颠倒`,
      en: `It may be CGCS2000 Gauss–Krüger ${swapped} with northing and easting swapped`,
    }
  if (x > 1e5 && x < 9e5 && y > 0.3e6 && y < 6.2e6)
    return {
      zh: '可能是不带带号的高斯-克吕格投影（--crs EPSG:4534–4554，取决于中央子午线）或 UTM（EPSG:326xx）',
      en: 'It may be Gauss–Krüger without a zone number (--crs EPSG:4534–4554, by central meridian) or UTM (EPSG:326xx)',
    }
  if (Math.abs(x) <= 20037509 && Math.abs(y) <= 20037509 && Math.abs(x) > 1e6)
    return { zh: '可能是 Web 墨卡托：--crs EPSG:3857', en: 'It may be Web Mercator: --crs EPSG:3857' }
  return { zh: '请用 --crs 说明坐标系', en: 'State the coordinate system with --crs' }
}
