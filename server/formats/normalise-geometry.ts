/**
 * One pass over a geometry from outside: every position checked, converted to WGS 84, cut to two numbers (altitude
 * is dropped). What is wrong is collected with part, ring and vertex (from 1), not thrown.
 */
import type { Geometry, Position } from 'geojson'
import type { Flaw, Place } from '../core/values.ts'
import { type CoordinateSystem, projectedHint } from './coordinate-systems.ts'
import { flaw } from './flaw-codes.ts'

export interface GeometryRules {
  readonly crs: CoordinateSystem
  readonly closeRings: boolean
}

export type Normalised = { readonly geometry: Geometry } | { readonly flaws: readonly Flaw[] }

/**
 * Normalises a GeoJSON-like geometry object of unknown content.
 * @param place where the record stands; flaws add part, ring and vertex to it
 */
export function normaliseGeometry(input: unknown, rules: GeometryRules, place: Place): Normalised {
  const pass = new Pass(rules, place)
  const geometry = pass.geometry(input)
  return geometry === undefined || pass.flaws.length > 0 ? { flaws: pass.flaws } : { geometry }
}

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value)

class Pass {
  readonly flaws: Flaw[] = []
  readonly #rules: GeometryRules
  readonly #place: Place
  /** Out of range or swapped is said once a geometry: one wrong declaration makes every vertex wrong. */
  #rangeReported = false

  constructor(rules: GeometryRules, place: Place) {
    this.#rules = rules
    this.#place = place
  }

  geometry(input: unknown): Geometry | undefined {
    if (typeof input !== 'object' || input === null || isArray(input)) return this.#not('a geometry', input)
    const { type, coordinates, geometries } = input as {
      type?: unknown
      coordinates?: unknown
      geometries?: unknown
    }
    if (type === 'GeometryCollection') {
      if (!isArray(geometries)) return this.#not('"geometries"', geometries)
      if (geometries.length === 0) return this.#empty()
      const parts = geometries.map((one) => this.geometry(one))
      return { type, geometries: parts.filter((one) => one !== undefined) }
    }
    if (!isArray(coordinates)) return this.#not('"coordinates"', coordinates)
    if (coordinates.length === 0) return this.#empty()
    switch (type) {
      case 'Point':
        return { type, coordinates: this.#positions([coordinates], {})[0] ?? [] }
      case 'MultiPoint':
        return { type, coordinates: this.#positions(coordinates, {}) }
      case 'LineString':
        return { type, coordinates: this.#line(coordinates, {}) }
      case 'MultiLineString':
        return { type, coordinates: coordinates.map((line, i) => this.#line(line, { part: i + 1 })) }
      case 'Polygon':
        return { type, coordinates: this.#polygon(coordinates, {}) }
      case 'MultiPolygon':
        return { type, coordinates: coordinates.map((one, i) => this.#polygon(one, { part: i + 1 })) }
      default:
        return this.#not('a geometry type', type)
    }
  }

  #not(what: string, found: unknown): undefined {
    this.flaws.push(flaw('geojson_structure', this.#place, { detail: `${what} expected` }, found ?? 'null'))
    return undefined
  }

  #empty(part: Place = {}): undefined {
    this.flaws.push(flaw('geometry_empty', { ...this.#place, ...part }, {}))
    return undefined
  }

  #polygon(rings: unknown, place: Place): Position[][] {
    if (!isArray(rings)) return this.#not('a polygon', rings) ?? []
    if (rings.length === 0) return this.#empty(place) ?? []
    return rings.map((ring, i) => this.#ring(ring, { ...place, ring: i + 1 }))
  }

  #ring(ring: unknown, place: Place): Position[] {
    if (!isArray(ring)) return this.#not('a ring', ring) ?? []
    if (ring.length === 0) {
      this.flaws.push(flaw('ring_too_short', { ...this.#place, ...place }, { found: 0 }))
      return []
    }
    const found = this.#positions(ring, place)
    if (found.length === 0) return found
    const first = found[0]!
    const last = found.at(-1)!
    const closed = found.length > 1 && first[0] === last[0] && first[1] === last[1]
    if (!closed && this.#rules.closeRings) found.push([...first])
    else if (!closed) {
      const vertex = ring.length
      this.flaws.push(flaw('ring_unclosed', { ...this.#place, ...place, vertex }, {}, ring.at(-1)))
    }
    if (found.length + (closed || this.#rules.closeRings ? 0 : 1) < 4)
      this.flaws.push(flaw('ring_too_short', { ...this.#place, ...place }, { found: ring.length }))
    return found
  }

  #line(line: unknown, place: Place): Position[] {
    if (!isArray(line)) return this.#not('a line', line) ?? []
    if (line.length < 2)
      this.flaws.push(flaw('line_too_short', { ...this.#place, ...place }, { found: line.length }))
    return this.#positions(line, place)
  }

  /** Empty when any position is malformed: then there is nothing to measure. */
  #positions(input: readonly unknown[], place: Place): Position[] {
    const { geographic, toWgs84, name } = this.#rules.crs
    const out: Position[] = new Array(input.length)
    let malformed = 0
    let firstMalformed = -1
    for (let i = 0; i < input.length; i += 1) {
      const position = input[i]
      const x: unknown = isArray(position) ? position[0] : undefined
      const y: unknown = isArray(position) ? position[1] : undefined
      if (typeof x !== 'number' || typeof y !== 'number' || !Number.isFinite(x) || !Number.isFinite(y)) {
        malformed += 1
        if (firstMalformed < 0) firstMalformed = i
        continue
      }
      if (geographic && (x < -180 || x > 180 || y < -90 || y > 90))
        this.#outOfRange(x, y, { ...place, vertex: i + 1 })
      const converted = toWgs84 ? toWgs84(x, y) : [x, y]
      // Written so that NaN, which a projection gives outside its area, fails.
      if (toWgs84 && !(Math.abs(converted[0]!) <= 180 && Math.abs(converted[1]!) <= 90))
        this.#reportRange(
          flaw(
            'coordinates_not_convertible',
            { ...this.#place, ...place, vertex: i + 1 },
            { crs: name },
            position,
          ),
        )
      out[i] = converted
    }
    if (malformed === 0) return out
    const at = { ...this.#place, ...place, vertex: firstMalformed + 1 }
    this.flaws.push(flaw('position_malformed', at, { count: malformed }, input[firstMalformed]))
    return []
  }

  #outOfRange(x: number, y: number, place: Place): void {
    const at = { ...this.#place, ...place }
    const swapped = Math.abs(x) <= 90 && Math.abs(y) <= 180
    this.#reportRange(
      swapped
        ? flaw('coordinates_swapped', at, {}, [x, y])
        : flaw('coordinates_out_of_range', at, { hint: projectedHint(x, y) }, [x, y]),
    )
  }

  #reportRange(found: Flaw): void {
    if (this.#rangeReported) return
    this.#rangeReported = true
    this.flaws.push(found)
  }
}
