/**
 * Areas, grids, households… from any file that has places: GeoJSON, Shapefile, GeoPackage, KML, FlatGeobuf, CSV, TSV,
 * XLSX, each also as .gz or alone in a .zip (KML: a .kmz). Bad input is a value: a record is good, or refused with all its reasons; a file that cannot be
 * used is one refusal without a record number.
 */
import type { Flaw } from '../core/values.ts'
import { listed } from './columns.ts'
import { type FeatureFormat, featureFormatOf, knownFeatureEndings } from './file-format.ts'
import { readFlatGeobuf } from './flatgeobuf/read-flatgeobuf.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import { readGeoPackage } from './geopackage/read-geopackage.ts'
import type { InputFile } from './input-file.ts'
import { readCsv } from './read-csv.ts'
import { readGeoJson, readGeoJsonLines } from './read-geojson.ts'
import { readKmlFeatures } from './read-kml-features.ts'
import { readXlsx } from './read-xlsx.ts'
import { placesInZip } from './read-zip.ts'
import type { FeatureRecord, Read, ReadOptions } from './records.ts'
import { readShapefile } from './shapefile/read-shapefile.ts'

export type { FeatureRecord, Read, ReadOptions } from './records.ts'

/**
 * Streams the records of a file in its order, in WGS 84, longitude first.
 * @throws only the reason of `options.signal`, when it is aborted
 */
export async function* readFeatures(
  file: InputFile,
  options: ReadOptions = {},
): AsyncGenerator<Read<FeatureRecord>> {
  for await (const batch of readFeatureBatches(file, options)) yield* batch
}

/** The same in batches: awaiting every single record costs more than reading it. */
export async function* readFeatureBatches(
  file: InputFile,
  options: ReadOptions = {},
): AsyncGenerator<readonly Read<FeatureRecord>[]> {
  yield* guarded(opened(file, options), file, options)
}

/** As a generator, so that an unknown format too is refused inside `guarded`. */
async function* opened(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FeatureRecord>[]> {
  const one = featureFormatOf(file.name) === 'zip' ? await placesInZip(file, options) : file
  const isShared = options.map === undefined || options.mapped !== undefined
  yield* isShared || !withoutHeader.has(featureFormatOf(one.name))
    ? reader(one, options)
    : mappedWhole(one, options)
}

/** Formats whose records name their own fields, so that only the whole file tells whether it has a column. */
const withoutHeader: ReadonlySet<FeatureFormat | undefined> = new Set(['geojson', 'geojson-lines', 'kml'])

/** @throws FileRefused after the last record, where `map` names what none of them has */
async function* mappedWhole(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FeatureRecord>[]> {
  const mapped = new Set<string>()
  const names = new Set<string>()
  for await (const batch of reader(file, { ...options, mapped })) {
    for (const read of batch.slice(0, 10))
      if ('record' in read) for (const name of Object.keys(read.record.properties)) names.add(name)
    yield batch
  }
  const missing = Object.keys(options.map ?? {}).filter((from) => !mapped.has(from))
  if (missing.length > 0 && names.size > 0)
    throw new FileRefused(
      ...missing.map((from) =>
        flaw('map_column_unknown', { file: file.name }, { columns: listed([...names]) }, from),
      ),
    )
}

function reader(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FeatureRecord>[]> {
  switch (featureFormatOf(file.name)) {
    case 'geojson':
      return readGeoJson(file, options)
    case 'geojson-lines':
      return readGeoJsonLines(file, options)
    case 'csv':
      return readCsv(file, options)
    case 'xlsx':
      return readXlsx(file, options)
    case 'shapefile':
      return readShapefile(file, options)
    case 'geopackage':
      return readGeoPackage(file, options)
    case 'kml':
      return readKmlFeatures(file, options)
    case 'flatgeobuf':
      return readFlatGeobuf(file, options)
    default:
      throw new FileRefused(flaw('format_unknown', { file: file.name }, { known: knownFeatureEndings }))
  }
}

/** Turns a refusal of the file into a value, and a file without any record into a refusal. */
export async function* guarded<T>(
  batches: AsyncIterable<readonly Read<T>[]>,
  file: InputFile,
  options: ReadOptions,
): AsyncGenerator<readonly Read<T>[]> {
  let count = 0
  try {
    for await (const batch of batches) {
      options.signal?.throwIfAborted()
      count += batch.length
      if (batch.length > 0) yield batch
    }
    if (count === 0) yield [{ flaws: [nothingIn(file)] }]
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    yield [{ flaws: error.flaws }]
  }
}

const nothingIn = (file: InputFile): Flaw =>
  flaw('file_without_records', { file: file.name }, { found: { zh: '', en: '' } })
