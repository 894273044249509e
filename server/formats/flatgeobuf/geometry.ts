/** Geometries of FlatGeobuf → GeoJSON-like ones. Z and M are dropped. */
import type { Geometry, Position } from 'geojson'
import type { FlatTable } from './flat-tables.ts'

/** Numbers of the fields of a geometry (feature.fbs). */
const field = { ends: 0, xy: 1, type: 6, parts: 7 } as const

/** Deeper nesting than any real geometry has; stops hostile input from exhausting the stack. */
const deepest = 16

/**
 * @param headerType the type all features share; 0 where each states its own
 * @returns undefined for types GeoJSON has not (curves)
 */
export function geometryFrom(table: FlatTable, headerType: number, depth = 0): Geometry | undefined {
  if (depth > deepest) return undefined
  const type = table.number(field.type, 1, 0) || headerType
  const numbers = table.doubles(field.xy)
  const positions = Array.from({ length: numbers.length / 2 }, (_, i) => [
    numbers[2 * i]!,
    numbers[2 * i + 1]!,
  ])
  const parts = (): (Geometry | undefined)[] =>
    table.tables(field.parts).map((part) => geometryFrom(part, type === 6 ? 3 : 0, depth + 1))
  switch (type) {
    case 1:
      return { type: 'Point', coordinates: positions[0] ?? [] }
    case 2:
      return { type: 'LineString', coordinates: positions }
    case 3:
      return { type: 'Polygon', coordinates: split(positions, table) }
    case 4:
      return { type: 'MultiPoint', coordinates: positions }
    case 5:
      return { type: 'MultiLineString', coordinates: split(positions, table) }
    case 6:
      return {
        type: 'MultiPolygon',
        coordinates: parts().map((part) => (part?.type === 'Polygon' ? part.coordinates : [])),
      }
    case 7: {
      const geometries = parts()
      return geometries.every((one) => one !== undefined)
        ? { type: 'GeometryCollection', geometries }
        : undefined
    }
    default:
      return undefined
  }
}

/** Rings or lines: `ends` says after how many positions each ends; without it there is one. */
function split(positions: readonly Position[], table: FlatTable): Position[][] {
  const ends = table.unsigned(field.ends)
  if (ends.length === 0) return positions.length === 0 ? [] : [[...positions]]
  return ends.map((end, i) => positions.slice(i === 0 ? 0 : ends[i - 1], end))
}
