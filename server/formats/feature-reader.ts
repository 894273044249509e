/** One GeoJSON value → one record: its geometry normalised, its structure checked by geojson-validation. */
import validation from 'geojson-validation'
import type { Flaw, Place } from '../core/values.ts'
import type { CoordinateSystem } from './coordinate-systems.ts'
import { flaw } from './flaw-codes.ts'
import { normaliseGeometry } from './normalise-geometry.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'

const geometryTypes = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
])

type Dictionary = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A reader of single values: a Feature, a bare geometry (a record without properties), or an object with a
 * `geometry` but no `type`, as map libraries publish them (its other members are its properties).
 *
 * geojson-validation is given the normalised geometry: its time on bad positions grows with their square, and it
 * throws on an empty ring, both of which the normalising pass has refused before with their places. On sound
 * geometry it is linear (25,000 polygons of 37 vertices: 0.11 s).
 */
export function featureReader(
  crs: CoordinateSystem,
  options: ReadOptions,
): (value: unknown, place: Place) => Read<FeatureRecord> {
  const rules = { crs, closeRings: options.closeRings ?? false }
  const rename = renamer(options)
  return (value, at) => {
    const feature = asFeature(value)
    if (!isObject(feature))
      return { flaws: [flaw('geojson_structure', at, { detail: 'must be a JSON Object' }, value)] }
    const { id } = feature
    const place = typeof id === 'string' || typeof id === 'number' ? { ...at, id: String(id) } : at
    const normalised =
      feature['geometry'] === null || feature['geometry'] === undefined
        ? { geometry: null }
        : normaliseGeometry(feature['geometry'], rules, place)
    const geometry = 'geometry' in normalised ? normalised.geometry : null
    const checked = 'geometry' in feature ? { ...feature, geometry } : feature
    const flaws: Flaw[] = [...structureOf(checked, place), ...('flaws' in normalised ? normalised.flaws : [])]
    if (flaws.length > 0) return { flaws }
    return { record: { place, geometry, properties: rename(feature['properties']) } }
  }
}

function asFeature(value: unknown): unknown {
  if (!isObject(value)) return value
  if (geometryTypes.has(String(value['type']))) return { type: 'Feature', properties: null, geometry: value }
  if (value['type'] !== undefined || value['geometry'] === undefined) return value
  const { geometry, id, properties, ...others } = value
  const own = isObject(properties) ? { ...others, ...properties } : others
  return {
    type: 'Feature',
    geometry,
    properties: id === undefined ? own : { id, ...own },
    ...(id === undefined ? {} : { id }),
  }
}

/** What geojson-validation objects to, and the two members it does not look into. */
function structureOf(feature: Dictionary, place: Place): Flaw[] {
  const found: string[] = validation.isFeature(feature, true)
  const { properties, id } = feature
  if (properties !== undefined && properties !== null && !isObject(properties))
    found.push('"properties" must be an object or null')
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number')
    found.push('"id" must be a string or a number')
  return found.map((detail) => flaw('geojson_structure', place, { detail }))
}

function renamer({ map, mapped }: ReadOptions): (properties: unknown) => Dictionary {
  const pairs = Object.entries(map ?? {})
  return (properties) => {
    const own = isObject(properties) ? properties : {}
    const renames = pairs.filter(([from]) => Object.hasOwn(own, from))
    if (renames.length === 0) return own
    const out: Record<string, unknown> = { ...own }
    for (const [from, to] of renames) {
      mapped?.add(from)
      if (from !== to) delete out[from]
      out[to] = own[from]
    }
    return out
  }
}
