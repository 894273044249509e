/** Geometries within a filter: the part of WKT that cql2.bnf has. Heights are read. */
import type { Geometry, Position } from 'geojson'
import type { Cursor } from './tokens.ts'

const readers: ReadonlyMap<string, (cursor: Cursor) => Geometry> = new Map([
  ['POINT', (cursor: Cursor): Geometry => ({ type: 'Point', coordinates: pointIn(cursor) })],
  ['LINESTRING', (cursor) => ({ type: 'LineString', coordinates: line(cursor) })],
  ['POLYGON', (cursor) => ({ type: 'Polygon', coordinates: polygon(cursor) })],
  ['MULTIPOINT', (cursor) => ({ type: 'MultiPoint', coordinates: listOf(cursor, pointIn) })],
  ['MULTILINESTRING', (cursor) => ({ type: 'MultiLineString', coordinates: polygon(cursor) })],
  ['MULTIPOLYGON', (cursor) => ({ type: 'MultiPolygon', coordinates: listOf(cursor, polygon) })],
  ['GEOMETRYCOLLECTION', (cursor) => ({ type: 'GeometryCollection', geometries: listOf(cursor, tagged) })],
])

/** Whether a geometry begins here: its word, and a bracket after it or after `Z`. */
export const isGeometry = ({ token, after }: Cursor): boolean =>
  token.kind === 'name' &&
  readers.has(token.text.toUpperCase()) &&
  (after.text === '(' || after.text.toUpperCase() === 'Z')

/** The geometry that begins here. @throws FilterRefused */
export function readGeometry(cursor: Cursor): Geometry {
  const read = readers.get(cursor.take().text.toUpperCase())!
  cursor.word('Z')
  return read(cursor)
}

function tagged(cursor: Cursor): Geometry {
  if (!isGeometry(cursor) || cursor.isWord('GEOMETRYCOLLECTION'))
    cursor.refuse({ zh: '几何图形', en: 'A geometry' })
  return readGeometry(cursor)
}

/** BBOX(…): four numbers, or six with heights. @throws FilterRefused */
export const readBox = (cursor: Cursor): number[] => {
  const numbers = listOf(cursor, (one) => one.expectNumber())
  if (numbers.length !== 4 && numbers.length !== 6)
    cursor.refuse({ zh: '四个或六个数值', en: 'A box of four or six numbers' })
  return numbers
}

const line = (cursor: Cursor): Position[] => listOf(cursor, point)
const polygon = (cursor: Cursor): Position[][] => listOf(cursor, line)

function pointIn(cursor: Cursor): Position {
  cursor.expectSign('(')
  const read = point(cursor)
  cursor.expectSign(')')
  return read
}

function point(cursor: Cursor): Position {
  const position = [cursor.expectNumber(), cursor.expectNumber()]
  if (!cursor.isSign(',', ')')) position.push(cursor.expectNumber())
  return position
}

function listOf<T>(cursor: Cursor, read: (cursor: Cursor) => T): T[] {
  cursor.expectSign('(')
  const items = [read(cursor)]
  while (cursor.sign(',')) items.push(read(cursor))
  cursor.expectSign(')')
  return items
}
