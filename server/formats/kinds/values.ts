/** The values of one record's fields, read by the words people use; what is wrong is collected, never thrown. */
import type { Geometry, LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson'
import type { Flaw, Message, Place } from '../../core/values.ts'
import { isBlank, toNumber, toText } from '../cell-values.ts'
import { plainName } from '../columns.ts'
import { stemOf } from '../file-format.ts'
import { type FlawCode, flaw } from '../flaw-codes.ts'
import type { FeatureRecord } from '../records.ts'
import { toInstant, toMidnight } from '../times.ts'
import type { FieldFinder } from './field-finder.ts'

/** A choice of words: each value with the words that mean it, compared as plain names. */
export type Choice<T extends string> = Readonly<Record<T, readonly string[]>>

/** The value a word means, or undefined. */
export function chosen<T extends string>(choice: Choice<T>, word: string): T | undefined {
  const plain = plainName(word)
  return (Object.keys(choice) as T[]).find(
    (value) => plainName(value) === plain || choice[value].some((one) => plainName(one) === plain),
  )
}

const yes = new Set(['1', 'true', 'yes', 'y', 't', '是', '有', '√', '✓', '对'])
const no = new Set(['0', 'false', 'no', 'n', 'f', '否', '无', '×', '✗'])

/** The fields of one record. Getters return undefined (or '' where required) after noting a flaw. */
export class Values {
  readonly flaws: Flaw[] = []
  readonly #record: FeatureRecord
  readonly #finder: FieldFinder
  readonly #keys: ReadonlyMap<string, string>

  constructor(record: FeatureRecord, finder: FieldFinder) {
    this.#record = record
    this.#finder = finder
    this.#keys = finder.keysOf(record.columns ?? Object.keys(record.properties))
  }

  /** Trimmed text, whole numbers with all digits; undefined when blank. */
  text(field: string): string | undefined {
    const value = this.#raw(field)
    return isBlank(value) ? undefined : toText(value)
  }

  required(field: string): string {
    const text = this.text(field)
    if (text === undefined) this.object('value_missing', field, { label: this.#label(field) })
    return text ?? ''
  }

  /** A code people and URLs carry: no blanks, commas or control characters. */
  code(field: string): string | undefined {
    const text = this.text(field)
    if (text !== undefined && /[\s,\p{Cc}]/u.test(text))
      this.object('code_malformed', field, { label: this.#label(field) }, text)
    return text
  }

  requiredCode(field: string): string {
    const code = this.code(field)
    if (code === undefined) this.object('value_missing', field, { label: this.#label(field) })
    return code ?? ''
  }

  /** The column, else the id of the GeoJSON feature, else `file#record`: the same file again gives the same ids. */
  idOrPlace(field: string): string {
    const { id, file, record } = this.#record.place
    return this.text(field) ?? id ?? `${stemOf(file ?? '')}#${record ?? 1}`
  }

  /** A whole number from 0. */
  count(field: string): number | undefined {
    const value = this.#raw(field)
    if (isBlank(value)) return undefined
    const number = toNumber(value)
    if (number === undefined) this.object('value_not_number', field, { label: this.#label(field) }, value)
    else if (number < 0 || !Number.isSafeInteger(number))
      this.object('value_out_of_range', field, { label: this.#label(field), range: '0, 1, 2…' }, value)
    return number
  }

  flag(field: string): boolean | undefined {
    const value = this.#raw(field)
    if (isBlank(value)) return undefined
    const word = toText(value).toLowerCase()
    if (yes.has(word)) return true
    if (!no.has(word)) this.object('value_not_boolean', field, { label: this.#label(field) }, value)
    return false
  }

  choice<T extends string>(field: string, choice: Choice<T>): T | undefined {
    const text = this.text(field)
    if (text === undefined) return undefined
    const value = chosen(choice, text)
    if (value === undefined) {
      const allowed = Object.entries<readonly string[]>(choice).map(([name, words]) =>
        [name, ...words.slice(0, 1)].join(' '),
      )
      this.object(
        'value_not_in_list',
        field,
        { label: this.#label(field), allowed: allowed.join(', ') },
        text,
      )
    }
    return value
  }

  /** Words between `;` `,` `、` `|` `/` or their full-width forms, or a JSON array of words. */
  list(field: string): string[] {
    const value = this.#raw(field)
    const words = Array.isArray(value) ? value.map(toText) : toText(value).split(/[;,、|/；，｜]/)
    return [...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))]
  }

  /** Epoch milliseconds; a time without a zone is Asia/Shanghai. */
  instant(field: string): number | undefined {
    return this.#time(field, toInstant)
  }

  requiredInstant(field: string): number {
    const blank = isBlank(this.#raw(field))
    if (blank) this.object('time_missing', field, {})
    return this.instant(field) ?? Number.NaN
  }

  /** Midnight in Asia/Shanghai of a day, in epoch milliseconds. */
  day(field: string): number | undefined {
    return this.#time(field, toMidnight)
  }

  /** Half-open: an end that is not after the start is a flaw. */
  interval(from: number | undefined, to: number | undefined, field: string): void {
    if (from !== undefined && to !== undefined && from >= to)
      this.object('interval_reversed', field, {}, this.#raw(field))
  }

  /** The geometry as polygons; null where there is none (a flaw only when `required`). */
  boundary(required: true): MultiPolygon
  boundary(required: false): MultiPolygon | null
  boundary(required: boolean): MultiPolygon | null {
    const { geometry } = this.#record
    if (geometry?.type === 'MultiPolygon') return geometry
    if (geometry?.type === 'Polygon') return { type: 'MultiPolygon', coordinates: [geometry.coordinates] }
    const polygons = piecesOf(geometry, (one): one is Polygon | MultiPolygon => one.type.endsWith('Polygon'))
    if (polygons)
      return {
        type: 'MultiPolygon',
        coordinates: polygons.flatMap((one) =>
          one.type === 'Polygon' ? [one.coordinates] : one.coordinates,
        ),
      }
    if (geometry === null && !required) return null
    this.#wrongGeometry(geometry, 'Polygon')
    return { type: 'MultiPolygon', coordinates: [] }
  }

  path(): MultiLineString {
    const { geometry } = this.#record
    if (geometry?.type === 'MultiLineString') return geometry
    if (geometry?.type === 'LineString')
      return { type: 'MultiLineString', coordinates: [geometry.coordinates] }
    const lines = piecesOf(geometry, (one): one is LineString | MultiLineString =>
      one.type.endsWith('LineString'),
    )
    if (lines)
      return {
        type: 'MultiLineString',
        coordinates: lines.flatMap((one) =>
          one.type === 'LineString' ? [one.coordinates] : one.coordinates,
        ),
      }
    this.#wrongGeometry(geometry, 'LineString')
    return { type: 'MultiLineString', coordinates: [] }
  }

  /** The point of the record, or null without a flaw when it has none. */
  position(): { longitude: number; latitude: number } | null {
    const { geometry } = this.#record
    if (geometry === null) return null
    const single =
      geometry.type === 'MultiPoint' && geometry.coordinates.length === 1
        ? geometry.coordinates[0]
        : undefined
    const position = geometry.type === 'Point' ? geometry.coordinates : single
    if (position) return { longitude: position[0]!, latitude: position[1]! }
    this.#wrongGeometry(geometry, 'Point')
    return { longitude: Number.NaN, latitude: Number.NaN }
  }

  requiredPosition(): { longitude: number; latitude: number } {
    const position = this.position()
    if (!position) this.object('position_missing', undefined, {})
    return position ?? { longitude: Number.NaN, latitude: Number.NaN }
  }

  /** Notes a flaw of this record. */
  object<C extends FlawCode>(
    code: C,
    field: string | undefined,
    detail: Parameters<typeof flaw<C>>[2],
    value?: unknown,
  ): void {
    const { place } = this.#record
    const column = field === undefined ? undefined : (this.#keys.get(field) ?? field)
    const at: Place = column === undefined ? place : { ...place, field: column }
    this.flaws.push(flaw(code, at, detail, value))
  }

  #time(field: string, read: (value: unknown) => number | undefined): number | undefined {
    const value = this.#raw(field)
    if (isBlank(value)) return undefined
    const time = read(value)
    if (time === undefined) this.object('time_malformed', field, {}, value)
    return time
  }

  #raw(field: string): unknown {
    const key = this.#keys.get(field)
    return key === undefined ? undefined : this.#record.properties[key]
  }

  #label(field: string): Message {
    return this.#finder.labels.get(field) ?? { zh: field, en: field }
  }

  #wrongGeometry(geometry: Geometry | null, wanted: string): void {
    if (geometry === null) this.object('geometry_missing', undefined, {})
    else this.object('geometry_wrong_type', undefined, { wanted, found: geometry.type })
  }
}

/** The pieces of a collection, when all are of the wanted sort. */
function piecesOf<G extends Geometry>(
  geometry: Geometry | null,
  sort: (one: Geometry) => one is G,
): G[] | undefined {
  if (geometry?.type !== 'GeometryCollection') return undefined
  const pieces = geometry.geometries.filter(sort)
  return pieces.length === geometry.geometries.length ? pieces : undefined
}
