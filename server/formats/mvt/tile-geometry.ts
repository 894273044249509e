/**
 * Geometry of a vector tile (MVT 2.1 § 4.3): moves and lines between integer points, zigzag-encoded.
 * Shapes come in units of the tile, as WKB from the database or as rings.
 */

export const geometryTypes = { point: 1, line: 2, polygon: 3 } as const
export type GeometryType = (typeof geometryTypes)[keyof typeof geometryTypes]

export interface TileGeometry {
  readonly type: GeometryType
  readonly commands: readonly number[]
}

/** x0, y0, x1, y1, … */
type Flat = readonly number[]

const zigzag = (n: number): number => (n << 1) ^ (n >> 31)

/** Appends to the command list, keeping the cursor between parts. */
class CommandWriter {
  readonly commands: number[] = []
  #x = 0
  #y = 0

  points(points: Flat): void {
    if (points.length === 0) return
    this.commands.push(((points.length / 2) << 3) | 1)
    for (let i = 0; i < points.length; i += 2) this.#to(points[i]!, points[i + 1]!)
  }

  /** One part; the last point of a ring is not repeated. */
  path(points: Flat, closed: boolean): void {
    this.commands.push(9)
    this.#to(points[0]!, points[1]!)
    this.commands.push(((points.length / 2 - 1) << 3) | 2)
    for (let i = 2; i < points.length; i += 2) this.#to(points[i]!, points[i + 1]!)
    if (closed) this.commands.push(15)
  }

  #to(x: number, y: number): void {
    this.commands.push(zigzag(x - this.#x), zigzag(y - this.#y))
    this.#x = x
    this.#y = y
  }
}

/** Twice the signed area by the surveyor's formula; positive when clockwise on screen (y down): an outer ring of MVT. */
function doubleArea(ring: Flat): number {
  let sum = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!
  return sum
}

function reversed(points: Flat): number[] {
  const out: number[] = []
  for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i]!, points[i + 1]!)
  return out
}

/** Polygons as rings, the outer one first; open or closed, in either direction. Null when nothing has an area. */
export function polygonGeometry(polygons: readonly (readonly Flat[])[]): TileGeometry | null {
  const writer = new CommandWriter()
  for (const rings of polygons) {
    for (const [index, given] of rings.entries()) {
      const ring = withoutRepeats(given, true)
      const area = ring.length < 6 ? 0 : doubleArea(ring)
      const isOuter = index === 0
      // A hole without its outer ring would cut into the polygon before it.
      if (area === 0 && isOuter) break
      if (area !== 0) writer.path(area > 0 === isOuter ? ring : reversed(ring), true)
    }
  }
  return writer.commands.length === 0 ? null : { type: geometryTypes.polygon, commands: writer.commands }
}

function lineGeometry(lines: readonly Flat[]): TileGeometry | null {
  const writer = new CommandWriter()
  for (const given of lines) {
    const line = withoutRepeats(given, false)
    if (line.length >= 4) writer.path(line, false)
  }
  return writer.commands.length === 0 ? null : { type: geometryTypes.line, commands: writer.commands }
}

function pointGeometry(points: Flat): TileGeometry | null {
  const writer = new CommandWriter()
  writer.points(points)
  return points.length === 0 ? null : { type: geometryTypes.point, commands: writer.commands }
}

/** Without points that repeat the one before, and for a ring without the closing point. */
function withoutRepeats(points: Flat, closed: boolean): Flat {
  const out: number[] = []
  for (let i = 0; i < points.length; i += 2) {
    const n = out.length
    if (n >= 2 && out[n - 2] === points[i] && out[n - 1] === points[i + 1]) continue
    out.push(points[i]!, points[i + 1]!)
  }
  if (closed) while (out.length > 2 && out[0] === out.at(-2) && out[1] === out.at(-1)) out.length -= 2
  return out
}

/**
 * WKB (little or big endian, two dimensions) in units of the tile. Of a mixed collection, which clipping can leave, the parts of
 * the highest dimension count. Null when nothing is left to draw.
 */
export function geometryFromWkb(wkb: Uint8Array): TileGeometry | null {
  const parts: Parts = { points: [], lines: [], polygons: [] }
  readGeometry({ view: new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength), at: 0 }, parts)
  if (parts.polygons.length > 0) return polygonGeometry(parts.polygons)
  if (parts.lines.length > 0) return lineGeometry(parts.lines)
  return pointGeometry(parts.points)
}

interface Parts {
  readonly points: number[]
  readonly lines: Flat[]
  readonly polygons: Flat[][]
}

interface Cursor {
  readonly view: DataView
  at: number
}

function readGeometry(cursor: Cursor, parts: Parts): void {
  const little = cursor.view.getUint8(cursor.at) === 1
  const type = cursor.view.getUint32(cursor.at + 1, little)
  cursor.at += 5
  switch (type) {
    case 1: {
      const point = readPoints(cursor, 1, little)
      // An empty point is written as NaN NaN.
      if (point.every(Number.isFinite)) parts.points.push(...point)
      return
    }
    case 2:
      parts.lines.push(readPoints(cursor, readCount(cursor, little), little))
      return
    case 3: {
      const rings = Array.from({ length: readCount(cursor, little) }, () =>
        readPoints(cursor, readCount(cursor, little), little),
      )
      if (rings.length > 0) parts.polygons.push(rings)
      return
    }
    case 4:
    case 5:
    case 6:
    case 7:
      for (let n = readCount(cursor, little); n > 0; n--) readGeometry(cursor, parts)
      return
    default:
      throw new RangeError(`WKB of type ${type} is not drawn`)
  }
}

function readCount(cursor: Cursor, little: boolean): number {
  cursor.at += 4
  return cursor.view.getUint32(cursor.at - 4, little)
}

function readPoints(cursor: Cursor, count: number, little: boolean): number[] {
  const out = new Array<number>(2 * count)
  for (let i = 0; i < out.length; i++, cursor.at += 8)
    out[i] = Math.round(cursor.view.getFloat64(cursor.at, little))
  return out
}
