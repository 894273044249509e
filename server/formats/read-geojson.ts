/** GeoJSON (RFC 7946), whole or one feature a line, → feature records. */
import type { Place } from '../core/values.ts'
import { readBytes, readWhole } from './bytes.ts'
import { type CoordinateSystem, coordinateSystem, wgs84 } from './coordinate-systems.ts'
import { featureReader } from './feature-reader.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import { findJsonError } from './json-error.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'
import { decodeText, decodeWhole } from './text.ts'

/** V8 holds no string over 512 MB; a document needs about six times its size in memory. */
export const wholeJsonLimitBytes = 300 << 20

const batchRecords = 1000

/** Reads one JSON document, or lines of JSON where the text is such. @throws FileRefused */
export async function* readGeoJson(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const place = { file: file.name }
  const bytes = await readWhole(file, options, wholeJsonLimitBytes, {
    zh: '请改用逐行 GeoJSON（.geojsonl），没有大小限制。',
    en: 'Use newline-delimited GeoJSON (.geojsonl), which has no limit.',
  })
  const text = decodeWhole(bytes, place)
  const parsed = parseJson(text)
  if (parsed === undefined && looksLikeLines(text)) {
    yield* readLines([text], file, options)
    return
  }
  if (parsed === undefined) {
    const error = findJsonError(text)
    // `JSON.parse` and the walk above accept the same language; were they ever to differ, say the beginning.
    const { line, column, reason } = error ?? { line: 1, column: 1, reason: { zh: '', en: '' } }
    throw new FileRefused(flaw('json_syntax', { ...place, line }, { line, column, reason }))
  }
  yield* batched(readDocument(parsed.value, file, options))
}

/** Reads one JSON value a line (also RFC 8142 with its record separators). @throws FileRefused */
export async function* readGeoJsonLines(
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  yield* readLines(decodeText(readBytes(file, options), { file: file.name }), file, options)
}

/** Undefined stands for a syntax error; so the value is wrapped. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** RFC 8142 puts the control character RS before each text. */
const withoutSeparator = (text: string): string => (text.startsWith('\u001e') ? text.slice(1) : text)

/** True when the first line alone is JSON and more lines follow. */
export const looksLikeLines = (text: string): boolean => {
  const firstLine = /^\s*([{[][^\n]*)\n/.exec(withoutSeparator(text))?.[1]
  return firstLine !== undefined && parseJson(firstLine) !== undefined
}

async function* readLines(
  text: AsyncIterable<string> | Iterable<string>,
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<Read<FeatureRecord>[]> {
  const crs = options.crs === undefined ? wgs84 : coordinateSystem(options.crs, { file: file.name })
  const read = featureReader(crs, options)
  let record = 0
  for await (const lines of jsonLines(text)) {
    const batch: Read<FeatureRecord>[] = []
    for (const { line, text: one } of lines) {
      record += 1
      batch.push(jsonLine(one, { file: file.name, line, record }, read))
    }
    yield batch
  }
}

function jsonLine(
  text: string,
  place: Place,
  read: (value: unknown, place: Place) => Read<FeatureRecord>,
): Read<FeatureRecord> {
  const parsed = parseJson(text)
  return parsed ? read(parsed.value, place) : { flaws: [jsonLineFlaw(text, place)] }
}

/** The flaw of a line that is not JSON. */
export function jsonLineFlaw(text: string, place: Place): ReturnType<typeof flaw> {
  const error = findJsonError(text)
  const { column, reason } = error ?? { column: 1, reason: { zh: '', en: '' } }
  return flaw('json_syntax', place, { line: place.line ?? 1, column, reason }, text)
}

export interface JsonLine {
  readonly line: number
  readonly text: string
}

/** Lines that are not blank, in batches, numbered from 1, without record separators. */
export async function* jsonLines(
  text: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<readonly JsonLine[]> {
  let rest = ''
  let line = 0
  const take = (lines: readonly string[]): JsonLine[] =>
    lines
      .map((one) => ({ line: (line += 1), text: withoutSeparator(one).trim() }))
      .filter((one) => one.text !== '')
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield take(lines)
  }
  yield take([rest])
}

function* readDocument(
  value: unknown,
  file: InputFile,
  options: ReadOptions,
): Generator<Read<FeatureRecord>> {
  const place = { file: file.name }
  const { members, crsName } = membersOf(value, place)
  const read = featureReader(systemOf(options.crs, crsName, place), options)
  for (const [i, member] of members.entries()) {
    options.signal?.throwIfAborted()
    yield read(member, { ...place, record: i + 1 })
  }
}

/** The features of a document: of a collection, a lone feature or geometry, or an array of feature-like objects. */
export function membersOf(
  value: unknown,
  place: Place,
): { members: readonly unknown[]; crsName: string | undefined } {
  if (Array.isArray(value)) return { members: value, crsName: undefined }
  if (typeof value !== 'object' || value === null)
    throw new FileRefused(flaw('json_not_geojson', place, { found: value === null ? 'null' : typeof value }))
  const { type, features, crs } = value as { type?: unknown; features?: unknown; crs?: unknown }
  const crsName = (crs as { properties?: { name?: unknown } } | null | undefined)?.properties?.name
  const named = typeof crsName === 'string' ? crsName : undefined
  if (type === 'FeatureCollection') {
    if (Array.isArray(features)) return { members: features, crsName: named }
    throw new FileRefused(flaw('geojson_structure', place, { detail: '"features" must be an array' }))
  }
  if (typeof type !== 'string' || type === 'Topology')
    throw new FileRefused(
      flaw('json_not_geojson', place, { found: type === 'Topology' ? 'TopoJSON' : 'no "type"' }),
    )
  return { members: [value], crsName: named }
}

/** The system the user names, else the one the document names, else WGS 84. @throws FileRefused */
export const systemOf = (
  option: string | undefined,
  member: string | undefined,
  place: Place,
): CoordinateSystem => {
  const name = option ?? member
  return name === undefined ? wgs84 : coordinateSystem(name, place)
}

async function* batched<T>(items: Iterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for (const item of items) {
    batch.push(item)
    if (batch.length < batchRecords) continue
    yield batch
    batch = []
  }
  yield batch
}
