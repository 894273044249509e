/** Features → text, streaming: GeoJSON, newline-delimited GeoJSON, CSV. */
import type { Geometry, Position } from 'geojson'
import { byteOrderMark, csvLine } from './csv-line.ts'

export interface OutputFeature {
  readonly id?: string
  /** WGS 84, longitude first. */
  readonly geometry: Geometry | null
  readonly properties: Readonly<Record<string, unknown>>
}

export type Features = Iterable<OutputFeature> | AsyncIterable<OutputFeature>

const featureText = ({ id, geometry, properties }: OutputFeature): string =>
  JSON.stringify({ type: 'Feature', ...(id === undefined ? {} : { id }), properties, geometry })

/** A FeatureCollection (RFC 7946), one feature a line. */
export async function* writeGeoJson(features: Features): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n'
  let separator = ''
  for await (const feature of features) {
    yield separator + featureText(feature)
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** One feature a line, without a frame. */
export async function* writeGeoJsonLines(features: Features): AsyncGenerator<string> {
  for await (const feature of features) yield `${featureText(feature)}\n`
}

export interface CsvOptions {
  /** Properties to write, in order; those of the first feature when absent. */
  readonly columns?: readonly string[]
  /** `lon,lat` for points (others stay blank there), or `wkt` for any geometry; by the first feature when absent. */
  readonly geometry?: 'lonlat' | 'wkt'
  /** Begin with a byte order mark, for Excel. */
  readonly bom?: boolean
}

/** CSV (RFC 4180, CRLF) with the geometry in the last columns. Nested values are written as JSON. */
export async function* writeCsv(features: Features, options: CsvOptions = {}): AsyncGenerator<string> {
  let columns = options.columns
  let form = options.geometry
  const header = (): string =>
    (options.bom ? byteOrderMark : '') +
    csvLine([...(columns ?? []), ...(form === 'wkt' ? ['wkt'] : ['lon', 'lat'])])
  let begun = false
  for await (const { geometry, properties } of features) {
    if (!begun) {
      columns ??= Object.keys(properties)
      form ??= geometry === null || geometry.type === 'Point' ? 'lonlat' : 'wkt'
      yield header()
      begun = true
    }
    const position = geometry?.type === 'Point' ? geometry.coordinates : []
    const shape = form === 'wkt' ? [geometry ? toWkt(geometry) : ''] : [position[0] ?? '', position[1] ?? '']
    yield csvLine([...(columns ?? []).map((column) => properties[column]), ...shape])
  }
  if (!begun) yield header()
}

/** Well-known text of a geometry (OGC 06-103r4 §7). */
export function toWkt(geometry: Geometry): string {
  const at = (position: Position): string => `${position[0]} ${position[1]}`
  const line = (positions: readonly Position[]): string => `(${positions.map(at).join(', ')})`
  const lines = (many: readonly (readonly Position[])[]): string => `(${many.map(line).join(', ')})`
  switch (geometry.type) {
    case 'Point':
      return `POINT (${at(geometry.coordinates)})`
    case 'MultiPoint':
      return `MULTIPOINT ${line(geometry.coordinates)}`
    case 'LineString':
      return `LINESTRING ${line(geometry.coordinates)}`
    case 'MultiLineString':
      return `MULTILINESTRING ${lines(geometry.coordinates)}`
    case 'Polygon':
      return `POLYGON ${lines(geometry.coordinates)}`
    case 'MultiPolygon':
      return `MULTIPOLYGON (${geometry.coordinates.map(lines).join(', ')})`
    default:
      return `GEOMETRYCOLLECTION (${geometry.geometries.map(toWkt).join(', ')})`
  }
}
