/** A ZIP that holds one shapefile, or one other file of places; a KMZ is such, too. */
import { readWhole } from './bytes.ts'
import { featureFormatOf } from './file-format.ts'
import { FileRefused, flaw } from './flaw-codes.ts'
import type { InputFile } from './input-file.ts'
import type { ReadOptions } from './records.ts'
import { unzipFiles } from './zip.ts'

const wanted = new Set([
  'shp',
  'dbf',
  'prj',
  'cpg',
  'geojson',
  'json',
  'geojsonl',
  'geojsons',
  'ndjson',
  'jsonl',
  'csv',
  'tsv',
  'txt',
  'xlsx',
  'gpkg',
  'kml',
  'fgb',
])

/**
 * The file of places in an archive. Shapefiles win over what lies beside them (readme.txt), and a KML that only links to others
 * (the doc.kml of a KMZ) is none; two layers are refused: which one is meant is for the user to say.
 * @throws FileRefused
 */
export async function placesInZip(file: InputFile, options: ReadOptions): Promise<InputFile> {
  const files = await unzipFiles(file, wanted, options)
  const known = files.filter(({ name }) => featureFormatOf(name) !== undefined)
  const readable = known.length > 1 ? await withoutLinks(known, options) : known
  const shapes = readable.filter(({ name }) => featureFormatOf(name) === 'shapefile')
  const data = readable.filter(({ name }) => !/\.txt$/i.test(name))
  const candidates = shapes.length > 0 ? shapes : data.length > 0 ? data : readable
  const names = (some: readonly InputFile[]): string => some.map(({ name }) => name).join(', ')
  const place = { file: file.name }
  if (candidates.length > 1)
    throw new FileRefused(flaw('zip_ambiguous', place, { entries: names(candidates) }))
  const [only] = candidates
  if (!only) throw new FileRefused(flaw('zip_without_data', place, { entries: names(files) }))
  return only
}

/** Without each KML that has no Placemark. */
async function withoutLinks(files: readonly InputFile[], options: ReadOptions): Promise<InputFile[]> {
  const kept: InputFile[] = []
  for (const file of files)
    if (featureFormatOf(file.name) !== 'kml' || (await readWhole(file, options)).includes('<Placemark'))
      kept.push(file)
  return kept
}
