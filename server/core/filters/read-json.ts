/** Filters in CQL2 JSON, by cql2.json of OGC 21-065r2. */
import type { Geometry, Position } from 'geojson'
import { canonicalName, deepest, type Expression } from './expression.ts'
import { FilterRefused, filterFlaw, shown } from './flaws.ts'
import type { FilterRead } from './read-text.ts'

/** The expression a JSON text says, or the first place at which it says none. */
export function readFilterJson(filter: string): FilterRead {
  try {
    return { expression: read(parsed(filter), '', 0) }
  } catch (error) {
    if (error instanceof FilterRefused) return { flaws: [error.flaw] }
    throw error
  }
}

function parsed(filter: string): unknown {
  try {
    return JSON.parse(filter)
  } catch {
    return refuse(filter, '', { zh: '合法的 JSON', en: 'Valid JSON' })
  }
}

function refuse(found: unknown, pointer: string, wanted: { zh: string; en: string }): never {
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? '∎')
  throw new FilterRefused(filterFlaw('filter_syntax', pointer, { wanted, found: shown(text) }))
}

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

function read(value: unknown, pointer: string, depth: number): Expression {
  if (depth > 2 * deepest) throw new FilterRefused(filterFlaw('filter_too_deep', pointer, { most: deepest }))
  if (typeof value === 'string' || typeof value === 'boolean')
    return { kind: 'literal', value, spot: pointer }
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'literal', value, spot: pointer }
  const inner = (part: unknown, key: string | number): Expression =>
    read(part, `${pointer}/${key}`, depth + 1)
  if (Array.isArray(value)) return { kind: 'list', items: value.map(inner), spot: pointer }
  const fields = fieldsOf(value) ?? refuse(value, pointer, { zh: '表达式', en: 'An expression' })
  return composite(fields, pointer, inner)
}

function composite(
  fields: Fields,
  pointer: string,
  inner: (part: unknown, key: string) => Expression,
): Expression {
  const { op, args, property, date, timestamp, interval, bbox, type } = fields
  if (typeof op === 'string' && Array.isArray(args)) {
    const of = args.map((part: unknown, i) => inner(part, `args/${i}`))
    return { kind: 'call', name: canonicalName(op), of, spot: pointer }
  }
  if (typeof property === 'string') return { kind: 'property', name: property, spot: pointer }
  if (typeof date === 'string') return { kind: 'date', text: date, spot: pointer }
  if (typeof timestamp === 'string') return { kind: 'timestamp', text: timestamp, spot: pointer }
  if (Array.isArray(interval) && interval.length === 2) {
    const start = inner(interval[0], 'interval/0')
    return { kind: 'interval', start, end: inner(interval[1], 'interval/1'), spot: pointer }
  }
  if (isNumbers(bbox) && (bbox.length === 4 || bbox.length === 6))
    return { kind: 'box', numbers: bbox, spot: pointer }
  if (typeof type === 'string')
    return { kind: 'geometry', geometry: geometryOf(fields, pointer), spot: pointer }
  return refuse(fields, pointer, { zh: '表达式', en: 'An expression' })
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number')
const isPosition = (value: unknown): value is Position =>
  isNumbers(value) && (value.length === 2 || value.length === 3)
const isListOf =
  (one: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length > 0 && value.every(one)
const isLine = isListOf(isPosition)

const shapes: ReadonlyMap<string, (coordinates: unknown) => boolean> = new Map([
  ['Point', isPosition],
  ['LineString', isLine],
  ['Polygon', isListOf(isLine)],
  ['MultiPoint', isLine],
  ['MultiLineString', isListOf(isLine)],
  ['MultiPolygon', isListOf(isListOf(isLine))],
])

/** GeoJSON, its bounding box and whatever else it has left out. */
function geometryOf(fields: Fields, pointer: string): Geometry {
  const { type, coordinates, geometries } = fields
  if (type === 'GeometryCollection' && Array.isArray(geometries))
    return {
      type,
      geometries: geometries.map((one: unknown, i) => {
        const inner = fieldsOf(one)
        const spot = `${pointer}/geometries/${i}`
        // A collection in a collection is none of the standard's.
        if (!inner || inner['type'] === type) return refuse(one, spot, { zh: '几何图形', en: 'A geometry' })
        return geometryOf(inner, spot)
      }),
    }
  if (!shapes.get(String(type))?.(coordinates))
    return refuse(fields, pointer, { zh: 'GeoJSON 几何图形', en: 'A GeoJSON geometry' })
  return { type, coordinates } as Geometry
}
