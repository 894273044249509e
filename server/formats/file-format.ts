/** A file's format by the ending of its name; `.gz` after it is looked through. */

const featureEndings = {
  geojson: 'geojson',
  json: 'geojson',
  geojsonl: 'geojson-lines',
  geojsons: 'geojson-lines',
  ndjson: 'geojson-lines',
  jsonl: 'geojson-lines',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  xlsx: 'xlsx',
  shp: 'shapefile',
  gpkg: 'geopackage',
  kml: 'kml',
  fgb: 'flatgeobuf',
  zip: 'zip',
  kmz: 'zip',
} as const

const fixEndings = {
  gpx: 'gpx',
  kml: 'kml',
  tcx: 'tcx',
  fit: 'fit',
  plt: 'plt',
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  geojsonl: 'ndjson',
  geojson: 'geojson',
  json: 'geojson',
  zip: 'zip',
  kmz: 'zip',
} as const

export type FeatureFormat = (typeof featureEndings)[keyof typeof featureEndings]
export type FixFormat = (typeof fixEndings)[keyof typeof fixEndings]

/** The ending in lower case, without `.gz`: `a.CSV.gz` → `csv`. */
export const endingOf = (name: string): string =>
  /\.([^./\\]+?)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** The name without folder, ending and `.gz`. */
export const stemOf = (name: string): string => name.replace(/^.*[/\\]/, '').replace(/\.[^.]*(?:\.gz)?$/i, '')

const lookUp = <T>(endings: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(endings, endingOf(name)) ? endings[endingOf(name)] : undefined

export const featureFormatOf = (name: string): FeatureFormat | undefined => lookUp(featureEndings, name)
export const fixFormatOf = (name: string): FixFormat | undefined => lookUp(fixEndings, name)

const dotted = (endings: object): string =>
  Object.keys(endings)
    .map((one) => `.${one}`)
    .join(' ')
export const knownFeatureEndings = `${dotted(featureEndings)} (.gz)`
export const knownFixEndings = `${dotted(fixEndings)} (.gz)`
