/** Well-known binary (OGC 06-103r4 §8, ISO 13249-3, and PostGIS' flags) → GeoJSON-like geometry. Z and M are dropped. */
import type { Geometry, Position } from 'geojson'
import type { Message } from '../core/values.ts'

export type ParsedWkb = { readonly geometry: Geometry } | { readonly problem: Message }

/** Deeper nesting than any real geometry has; stops hostile input from exhausting the stack. */
const deepest = 16

/** Thrown and caught in this file only. */
class WkbProblem extends Error {
  readonly detail: Message

  constructor(detail: Message) {
    super(detail.en)
    this.name = 'WkbProblem'
    this.detail = detail
  }
}

const cutOff: Message = { zh: '图形数据（WKB）不完整', en: 'its geometry (WKB) breaks off' }

/** Parses one geometry; a point of NaN is empty, as GeoPackage writes it. */
export function parseWkb(bytes: Buffer): ParsedWkb {
  try {
    return { geometry: new Parser(bytes).geometry(0) }
  } catch (error) {
    if (error instanceof WkbProblem) return { problem: error.detail }
    if (error instanceof RangeError) return { problem: cutOff }
    throw error
  }
}

class Parser {
  readonly #bytes: Buffer
  #at = 0
  #little = true

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  geometry(depth: number): Geometry {
    this.#little = this.#bytes.readUInt8(this.#at) === 1
    this.#at += 1
    const stated = this.#count()
    // PostGIS flags Z, M and a reference system in the highest bits, ISO adds 1000, 2000, 3000.
    if ((stated & 0x20000000) !== 0) this.#at += 4
    const code = stated & 0x0fffffff
    const iso = Math.floor(code / 1000)
    const further =
      Number((stated & 0x80000000) !== 0 || iso === 1 || iso === 3) +
      Number((stated & 0x40000000) !== 0 || iso === 2 || iso === 3)
    const kind = code % 1000
    if (kind < 1 || kind > 7 || iso > 3 || depth > deepest)
      throw new WkbProblem({
        zh: `图形类型 ${stated} 不受支持（曲线请先转为折线）`,
        en: `geometry type ${stated} is not supported; make lines of curves first`,
      })
    switch (kind) {
      case 1: {
        const position = this.#position(further)
        return { type: 'Point', coordinates: position.every(Number.isNaN) ? [] : position }
      }
      case 2:
        return { type: 'LineString', coordinates: this.#line(further) }
      case 3:
        return { type: 'Polygon', coordinates: this.#many(4, () => this.#line(further)) }
      default: {
        const parts = this.#many(9, () => this.geometry(depth + 1))
        return kind === 7 ? { type: 'GeometryCollection', geometries: parts } : multi(kind, parts)
      }
    }
  }

  #count(): number {
    const at = this.#at
    this.#at += 4
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at)
  }

  #number(): number {
    const at = this.#at
    this.#at += 8
    return this.#little ? this.#bytes.readDoubleLE(at) : this.#bytes.readDoubleBE(at)
  }

  /** A stated number of parts, held against the bytes that are left before anything is allocated. */
  #many<T>(leastBytes: number, one: () => T): T[] {
    const count = this.#count()
    if (count * leastBytes > this.#bytes.length - this.#at) throw new WkbProblem(cutOff)
    return Array.from({ length: count }, one)
  }

  #line(further: number): Position[] {
    return this.#many(16 + 8 * further, () => this.#position(further))
  }

  #position(further: number): Position {
    const position = [this.#number(), this.#number()]
    this.#at += 8 * further
    return position
  }
}

function multi(kind: number, parts: readonly Geometry[]): Geometry {
  const type = kind === 4 ? 'MultiPoint' : kind === 5 ? 'MultiLineString' : 'MultiPolygon'
  const coordinates = parts.map((part) => {
    if (`Multi${part.type}` !== type)
      throw new WkbProblem({ zh: `${type} 中含 ${part.type}`, en: `a ${part.type} stands in a ${type}` })
    return 'coordinates' in part ? part.coordinates : []
  })
  return { type, coordinates } as Geometry
}
