/**
 * GPS readings from any trace file: GPX 1.0 and 1.1, KML and KMZ, TCX, FIT, GeoLife PLT, CSV, NDJSON, GeoJSON, each also as .gz,
 * and any number of them in one .zip. Bad input is a value, as in read-features.ts.
 */
import { fixFormatOf, knownFixEndings } from './file-format.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import { guarded } from './read-features.ts'
import { readFitFile } from './read-fit.ts'
import { readFixDocument, readFixLines } from './read-fix-json.ts'
import { readFixTable } from './read-fix-table.ts'
import { readGpx } from './read-gpx.ts'
import { readKml } from './read-kml.ts'
import { readPlt } from './read-plt.ts'
import { readTcx } from './read-tcx.ts'
import type { FixRecord, Read, ReadOptions } from './records.ts'
import { unzipFiles } from './zip.ts'

export type { FixRecord, Read, ReadOptions } from './records.ts'

/** The most records of one batch. */
export const fixBatchSize = 10_000

/**
 * Streams the fixes of a file in its order, one by one. For a million of them prefer `readFixBatches`.
 * @throws only the reason of `options.signal`, when it is aborted
 */
export async function* readFixes(
  file: InputFile,
  options: ReadOptions = {},
): AsyncGenerator<Read<FixRecord>> {
  for await (const batch of readFixBatches(file, options)) yield* batch
}

/** Streams the fixes of a file in its order, in arrays of at most `fixBatchSize`. */
export async function* readFixBatches(
  file: InputFile,
  options: ReadOptions = {},
): AsyncGenerator<readonly Read<FixRecord>[]> {
  for await (const batch of guarded(opened(file, options), file, options))
    for (let from = 0; from < batch.length; from += fixBatchSize)
      yield batch.length <= fixBatchSize ? batch : batch.slice(from, from + fixBatchSize)
}

/** Not .txt: that is what readmes in archives are called. */
const traceEndings = new Set([
  'gpx',
  'kml',
  'tcx',
  'fit',
  'plt',
  'csv',
  'tsv',
  'ndjson',
  'jsonl',
  'geojsonl',
  'geojson',
  'json',
])

/** As a generator, so that an unknown format too is refused inside `guarded`. */
async function* opened(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  if (fixFormatOf(file.name) !== 'zip') yield* reader(file, options)
  else for (const one of await unzipFiles(file, traceEndings, options)) yield* reader(one, options)
}

function reader(file: InputFile, options: ReadOptions): AsyncGenerator<Read<FixRecord>[]> {
  switch (fixFormatOf(file.name)) {
    case 'csv':
      return readFixTable(file, options)
    case 'gpx':
      return readGpx(file, options)
    case 'kml':
      return readKml(file, options)
    case 'tcx':
      return readTcx(file, options)
    case 'fit':
      return readFitFile(file, options)
    case 'plt':
      return readPlt(file, options)
    case 'ndjson':
      return readFixLines(file, options)
    case 'geojson':
      return readFixDocument(file, options)
    default:
      throw new FileRefused(flaw('format_unknown', { file: file.name }, { known: knownFixEndings }))
  }
}
