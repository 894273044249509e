/** Well-known text (OGC 06-103r4 §7) → GeoJSON-like geometry, as wide as CSV files use it. */
import type { Geometry, Position } from 'geojson'

export type ParsedWkt = { readonly geometry: Geometry } | { readonly offset: number }

const types: Readonly<Record<string, Geometry['type']>> = {
  POINT: 'Point',
  MULTIPOINT: 'MultiPoint',
  LINESTRING: 'LineString',
  MULTILINESTRING: 'MultiLineString',
  POLYGON: 'Polygon',
  MULTIPOLYGON: 'MultiPolygon',
  GEOMETRYCOLLECTION: 'GeometryCollection',
}

const start =
  /^\s*(?:SRID=\d+;)?\s*(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)/i

/** True when a cell begins like well-known text. */
export const looksLikeWkt = (text: string): boolean => start.test(text)

/** Parses WKT or EWKT (its SRID is ignored: the file's CRS counts). `offset` counts characters from 1 at the error. */
export function parseWkt(text: string): ParsedWkt {
  const parser = new Parser(text)
  try {
    return { geometry: parser.whole() }
  } catch (error) {
    if (error === syntaxError) return { offset: parser.at + 1 }
    throw error
  }
}

/** Thrown and caught in this file only. */
const syntaxError = new Error('WKT')
/** Deeper nesting than any real geometry has; stops hostile input from exhausting the stack. */
const deepest = 16

class Parser {
  at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  whole(): Geometry {
    this.#skip(/\s*SRID=\d+;/iy)
    const geometry = this.#geometry(0)
    this.#skip(/\s*/y)
    if (this.at < this.#text.length) throw syntaxError
    return geometry
  }

  #geometry(depth: number): Geometry {
    const word = this.#skip(/\s*([A-Za-z]+)/y)?.[1]?.toUpperCase() ?? ''
    const type = types[word.replace(/(ZM|Z|M)$/, '')]
    if (!type || depth > deepest) throw syntaxError
    this.#skip(/\s*(?:ZM|Z|M)(?=[\s(])/iy)
    if (this.#skip(/\s*EMPTY/iy))
      return type === 'GeometryCollection' ? { type, geometries: [] } : { type, coordinates: [] }
    switch (type) {
      case 'Point':
        return { type, coordinates: this.#list(() => this.#position())[0]! }
      case 'MultiPoint':
        // MULTIPOINT (1 2, 3 4) and MULTIPOINT ((1 2), (3 4)) are both met.
        return {
          type,
          coordinates: this.#list(() =>
            this.#peek('(') ? this.#list(() => this.#position())[0]! : this.#position(),
          ),
        }
      case 'LineString':
        return { type, coordinates: this.#line() }
      case 'MultiLineString':
      case 'Polygon':
        return { type, coordinates: this.#list(() => this.#line()) }
      case 'MultiPolygon':
        return { type, coordinates: this.#list(() => this.#list(() => this.#line())) }
      default:
        return { type, geometries: this.#list(() => this.#geometry(depth + 1)) }
    }
  }

  #line(): Position[] {
    return this.#list(() => this.#position())
  }

  #list<T>(item: () => T): T[] {
    this.#expect(/\s*\(/y)
    const items = [item()]
    while (this.#skip(/\s*,/y)) items.push(item())
    this.#expect(/\s*\)/y)
    return items
  }

  #position(): Position {
    const numbers: number[] = []
    for (;;) {
      const found = this.#skip(/\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?=[\s,)]|$)/y)?.[1]
      if (found === undefined) break
      numbers.push(Number(found))
    }
    if (numbers.length < 2 || numbers.length > 4) throw syntaxError
    return numbers
  }

  #peek(character: string): boolean {
    let at = this.at
    while (/\s/.test(this.#text.charAt(at))) at += 1
    return this.#text.charAt(at) === character
  }

  #skip(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.#text)
    if (match) this.at = pattern.lastIndex
    return match
  }

  #expect(pattern: RegExp): void {
    if (!this.#skip(pattern)) throw syntaxError
  }
}
