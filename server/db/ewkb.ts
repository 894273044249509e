/**
 * GeoJSON geometry → hex EWKB (little endian, SRID 4326), the text form PostGIS reads fastest and without loss.
 * Altitudes are dropped: storage is two-dimensional.
 */
import type { MultiLineString, MultiPolygon, Point, Position } from 'geojson'

const srid = 4326
const sridFlag = 0x20000000
const code = { Point: 1, LineString: 2, Polygon: 3, MultiLineString: 5, MultiPolygon: 6 } as const

export type StoredGeometry = Point | MultiLineString | MultiPolygon

/** Bytes of a geometry's body without its header. */
function bodySize(geometry: StoredGeometry): number {
  switch (geometry.type) {
    case 'Point':
      return 16
    case 'MultiLineString':
      return 4 + geometry.coordinates.reduce((sum, line) => sum + 9 + 16 * line.length, 0)
    case 'MultiPolygon':
      return (
        4 +
        geometry.coordinates.reduce(
          (sum, polygon) => sum + 9 + polygon.reduce((rings, ring) => rings + 4 + 16 * ring.length, 0),
          0,
        )
      )
  }
}

class Writer {
  readonly bytes: Buffer
  private at = 0

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size)
  }

  header(type: number): void {
    this.at = this.bytes.writeUInt8(1, this.at)
    this.count(type)
  }

  count(value: number): void {
    this.at = this.bytes.writeUInt32LE(value, this.at)
  }

  position(position: Position): void {
    this.at = this.bytes.writeDoubleLE(position[0] ?? Number.NaN, this.at)
    this.at = this.bytes.writeDoubleLE(position[1] ?? Number.NaN, this.at)
  }

  positions(positions: readonly Position[]): void {
    this.count(positions.length)
    for (const position of positions) this.position(position)
  }
}

/** Hex EWKB with SRID 4326; cast it in SQL: `$1::text::geometry`. */
export function toHexEwkb(geometry: StoredGeometry): string {
  const writer = new Writer(9 + bodySize(geometry))
  writer.header(code[geometry.type] | sridFlag)
  writer.count(srid)
  switch (geometry.type) {
    case 'Point':
      writer.position(geometry.coordinates)
      break
    case 'MultiLineString':
      writer.count(geometry.coordinates.length)
      for (const line of geometry.coordinates) {
        writer.header(code.LineString)
        writer.positions(line)
      }
      break
    case 'MultiPolygon':
      writer.count(geometry.coordinates.length)
      for (const polygon of geometry.coordinates) {
        writer.header(code.Polygon)
        writer.count(polygon.length)
        for (const ring of polygon) writer.positions(ring)
      }
      break
  }
  return writer.bytes.toString('hex')
}
