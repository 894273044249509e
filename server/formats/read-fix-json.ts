/**
 * Fixes from JSON: one object a line (`{"worker":…,"time":…,"lon":…,"lat":…}` or a GeoJSON Feature), or a GeoJSON
 * document of LineStrings with `coordTimes` and Points with a time.
 */
import type { Place } from '../core/values.ts'
import { readBytes, readWhole } from './bytes.ts'
import { toText } from './cell-values.ts'
import { type CoordinateSystem, coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { buildFix } from './fix-builder.ts'
import { type FixColumns, fixColumns, speedUnitOf } from './fix-fields.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import { findJsonError } from './json-error.ts'
import {
  jsonLineFlaw,
  jsonLines,
  looksLikeLines,
  membersOf,
  parseJson,
  systemOf,
  wholeJsonLimitBytes,
} from './read-geojson.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { decodeText, decodeWhole } from './text.ts'
import { shanghaiOffsetMinutes } from './times.ts'

type Dictionary = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Batches of fixes from lines of JSON. @throws FileRefused */
export async function* readFixLines(
  file: InputFile,
  options: ReadOptions,
  text: AsyncIterable<string> | Iterable<string> = decodeText(readBytes(file, options), { file: file.name }),
): AsyncGenerator<Read<FixRecord>[]> {
  const place = { file: file.name }
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, place)
  const reader = new FixObjects(file.name, crs, options)
  for await (const lines of jsonLines(text)) {
    const batch: Read<FixRecord>[] = []
    for (const { line, text: one } of lines) {
      const parsed = parseJson(one)
      if (parsed) reader.readInto(batch, parsed.value, line)
      else batch.push({ flaws: [jsonLineFlaw(one, { ...place, line, record: reader.nextRecord() })] })
    }
    yield batch
  }
}

/** Batches of fixes from a JSON document: GeoJSON, or an array of objects as the lines above have them. @throws FileRefused */
export async function* readFixDocument(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FixRecord>[]> {
  const place = { file: file.name }
  const bytes = await readWhole(file, options, wholeJsonLimitBytes, {
    zh: '请改用 NDJSON（每行一个对象），没有大小限制。',
    en: 'Use NDJSON (one object a line), which has no limit.',
  })
  const text = decodeWhole(bytes, place)
  const parsed = parseJson(text)
  if (!parsed && looksLikeLines(text)) {
    yield* readFixLines(file, options, [text])
    return
  }
  if (!parsed) {
    const { line, column, reason } = findJsonError(text) ?? { line: 1, column: 1, reason: { zh: '', en: '' } }
    throw new FileRefused(flaw('json_syntax', { ...place, line }, { line, column, reason }))
  }
  const { members, crsName } = membersOf(parsed.value, place)
  const reader = new FixObjects(file.name, systemOf(options.crs, crsName, place), options)
  for (const member of members) yield [...reader.read(member, undefined)]
}

/** Turns JSON values into fixes, numbering them (and the lines they form) through the file. */
class FixObjects {
  readonly #file: string
  readonly #crs: CoordinateSystem
  readonly #map: Readonly<Record<string, string>>
  readonly #mapped: Set<string> | undefined
  readonly #columns = new Map<string, FixColumns>()
  #record = 0
  #track = 0

  constructor(file: string, crs: CoordinateSystem, options: ReadOptions) {
    this.#file = file
    this.#crs = crs
    this.#map = options.map ?? {}
    this.#mapped = options.mapped
  }

  nextRecord(): number {
    this.#record += 1
    return this.#record
  }

  /** Adds the fixes of a value; most are one fix each. */
  readInto(batch: Read<FixRecord>[], value: unknown, line: number | undefined): void {
    if (isObject(value) && !isObject(value['geometry'])) batch.push(this.#plain(value, line))
    else for (const read of this.read(value, line)) batch.push(read)
  }

  #plain(value: Dictionary, line: number | undefined): Read<FixRecord> {
    return this.#fix(value, value, `${this.#file}#1#1`, line)
  }

  *read(value: unknown, line: number | undefined): Generator<Read<FixRecord>> {
    if (!isObject(value)) {
      const place = this.#place(line)
      yield { flaws: [flaw('geojson_structure', place, { detail: 'must be a JSON Object' }, value)] }
    } else if (isObject(value['geometry'])) yield* this.#feature(value, value['geometry'], line)
    else yield this.#plain(value, line)
  }

  #place(line: number | undefined): Place {
    const record = this.nextRecord()
    return line === undefined ? { file: this.#file, record } : { file: this.#file, line, record }
  }

  *#feature(feature: Dictionary, geometry: Dictionary, line: number | undefined): Generator<Read<FixRecord>> {
    const properties = isObject(feature['properties']) ? feature['properties'] : {}
    const { type, coordinates } = geometry
    if (type === 'Point' && Array.isArray(coordinates)) {
      const [lon, lat] = coordinates as unknown[]
      yield this.#fix(properties, { ...properties, lon, lat }, `${this.#file}#1#1`, line)
      return
    }
    const lines = type === 'LineString' ? [coordinates] : type === 'MultiLineString' ? coordinates : undefined
    if (!Array.isArray(lines)) {
      const found = toText(type)
      const wanted = 'LineString'
      yield { flaws: [flaw('geometry_wrong_type', this.#place(line), { wanted, found })] }
      return
    }
    this.#track += 1
    const times = timesOf(properties)
    for (const [segment, one] of (lines as unknown[]).entries()) {
      const own = type === 'LineString' ? times : Array.isArray(times?.[segment]) ? times[segment] : undefined
      yield* this.#line(properties, one, own, `${this.#file}#${this.#track}#${segment + 1}`, line)
    }
  }

  *#line(
    properties: Dictionary,
    positions: unknown,
    times: readonly unknown[] | undefined,
    track: string,
    line: number | undefined,
  ): Generator<Read<FixRecord>> {
    for (const [i, position] of (Array.isArray(positions) ? positions : []).entries()) {
      const [lon, lat] = Array.isArray(position) ? (position as unknown[]) : []
      yield this.#fix(properties, { lon, lat, time: times?.[i] }, track, line)
    }
  }

  /** `owner` names the worker, `values` the reading. */
  #fix(owner: Dictionary, values: Dictionary, track: string, line: number | undefined): Read<FixRecord> {
    const found = this.#columnsOf(values)
    const workerColumn = owner === values ? found.worker : this.#columnsOf(owner).worker
    const worker = workerColumn === undefined ? '' : toText(owner[workerColumn])
    const raw = {
      time: valueAt(values, found.time),
      longitude: valueAt(values, found.longitude),
      latitude: valueAt(values, found.latitude),
      accuracyMetres: valueAt(values, found.accuracy),
      speed: valueAt(values, found.speed),
      speedUnit: found.speed === undefined ? 1 : speedUnitOf(found.speed),
    }
    return buildFix(
      raw,
      this.#crs,
      shanghaiOffsetMinutes,
      this.#place(line),
      worker === '' ? undefined : worker,
      track,
    )
  }

  /** Few sets of names occur in a file; what `--map` names comes first. */
  #columnsOf(values: Dictionary): FixColumns {
    const names = Object.keys(values)
    const signature = names.join('\n')
    const known = this.#columns.get(signature)
    if (known) return known
    for (const name of names) if (Object.hasOwn(this.#map, name)) this.#mapped?.add(name)
    const renamed = names.map((name) => (Object.hasOwn(this.#map, name) ? this.#map[name]! : name))
    const original = (column: string | undefined): string | undefined =>
      column === undefined ? undefined : names[renamed.lastIndexOf(column)]
    const found = Object.fromEntries(
      Object.entries(fixColumns(renamed)).map(([part, column]) => [part, original(column as string)]),
    ) as FixColumns
    if (this.#columns.size >= 1000) this.#columns.clear()
    this.#columns.set(signature, found)
    return found
  }
}

const valueAt = (values: Dictionary, column: string | undefined): unknown =>
  column === undefined ? undefined : values[column]

/** Times parallel to the coordinates: `coordTimes` (togeojson 0–4) or `coordinateProperties.times` (togeojson 5). */
function timesOf(properties: Dictionary): readonly unknown[] | undefined {
  const nested = isObject(properties['coordinateProperties'])
    ? properties['coordinateProperties']['times']
    : undefined
  const found = properties['coordTimes'] ?? properties['times'] ?? nested
  return Array.isArray(found) ? found : undefined
}
