/** The .shp of a shapefile (ESRI Shapefile Technical Description, 1998): records → GeoJSON-like geometries. */
import type { Geometry, Position } from 'geojson'
import type { Message } from '../../core/values.ts'
import { assemblePolygons } from './assemble-polygons.ts'

/** One shape in the order of the file: a geometry, null for a null shape, or why it cannot be read. */
export type Shape = { readonly geometry: Geometry | null } | { readonly problem: Message }

const headerBytes = 100
const magic = 9994

const problem = (zh: string, en: string): { problem: Message } => ({ problem: { zh, en } })

/** Shape types with their Z and M variants (+10, +20); Z and M are dropped. */
const family: Readonly<Record<number, 'null' | 'point' | 'polyline' | 'polygon' | 'multipoint'>> = {
  0: 'null',
  1: 'point',
  3: 'polyline',
  5: 'polygon',
  8: 'multipoint',
}

/** True when the bytes begin like a .shp. */
export const isShp = (bytes: Buffer): boolean => bytes.length >= headerBytes && bytes.readInt32BE(0) === magic

/** Yields the shapes; after one that says the file is cut off nothing follows. */
export function* readShapes(bytes: Buffer): Generator<Shape> {
  const stated = bytes.readInt32BE(24) * 2
  let at = headerBytes
  while (at < Math.min(stated, bytes.length)) {
    const length = at + 8 <= bytes.length ? bytes.readInt32BE(at + 4) * 2 : -1
    const end = at + 8 + length
    if (length < 4 || end > bytes.length) {
      yield problem(
        '.shp 在此记录处中断（文件不完整）',
        'the .shp breaks off at this record: the file is incomplete',
      )
      return
    }
    yield readShape(bytes.subarray(at + 8, end))
    at = end
  }
  if (stated > bytes.length)
    yield problem('.shp 比文件头所述的短', 'the .shp is shorter than its header says')
}

function readShape(content: Buffer): Shape {
  const type = content.readInt32LE(0)
  const kind = family[type > 10 && type < 30 ? type % 10 : type]
  if (kind === undefined) return problem(`不支持的图形类型 ${type}`, `shape type ${type} is not supported`)
  if (kind === 'null') return { geometry: null }
  try {
    if (kind === 'point') return { geometry: { type: 'Point', coordinates: positionAt(content, 4) } }
    if (kind === 'multipoint') {
      const count = content.readInt32LE(36)
      return { geometry: { type: 'MultiPoint', coordinates: positions(content, 40, count) } }
    }
    const parts = readParts(content)
    if (parts.length === 0) return { geometry: null }
    if (kind === 'polygon') return { geometry: assemblePolygons(parts) }
    return {
      geometry:
        parts.length === 1
          ? { type: 'LineString', coordinates: parts[0]! }
          : { type: 'MultiLineString', coordinates: parts },
    }
  } catch (error) {
    // A count that points beyond the record; anything else is a mistake of ours.
    if (!(error instanceof RangeError)) throw error
    return problem('图形记录与其所述点数不符', 'the record does not hold the points it states')
  }
}

function readParts(content: Buffer): Position[][] {
  const partCount = content.readInt32LE(36)
  const pointCount = content.readInt32LE(40)
  const first = 44 + partCount * 4
  if (partCount < 0 || pointCount < 0 || first + pointCount * 16 > content.length) throw new RangeError()
  const starts = Array.from({ length: partCount }, (_, i) => content.readInt32LE(44 + i * 4))
  return starts.map((start, i) => {
    const count = (starts[i + 1] ?? pointCount) - start
    if (start < 0 || count < 0) throw new RangeError()
    return positions(content, first + start * 16, count)
  })
}

function positions(content: Buffer, from: number, count: number): Position[] {
  if (count < 0 || from + count * 16 > content.length) throw new RangeError()
  return Array.from({ length: count }, (_, i) => positionAt(content, from + i * 16))
}

const positionAt = (content: Buffer, at: number): Position => [
  content.readDoubleLE(at),
  content.readDoubleLE(at + 8),
]
